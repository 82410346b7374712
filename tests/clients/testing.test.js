// The examples of docs/testing, run as they are printed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const page = readFileSync(new URL("../../docs/testing/README.md", import.meta.url), "utf8");
const block = (language) => new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "ms").exec(page)[1];

for (const [language, file, command, passed] of [
  ["js", "lost-answer.test.mjs", [process.execPath, "--test", "--test-reporter=tap"], /^# pass 2$/m],
  ["python", "test_lost_answer.py", ["python3"], /^Ran 2 tests/m],
]) {
  test(`the example in ${language} passes`, () => {
    const folder = mkdtempSync(join(tmpdir(), "ringup-testing-"));
    try {
      const path = join(folder, file);
      writeFileSync(path, block(language));
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      const [program, ...args] = command;
      const ran = spawnSync(program, [...args, path], { encoding: "utf8", env });
      assert.equal(ran.status, 0, `${ran.stdout}${ran.stderr}`);
      assert.match(`${ran.stdout}${ran.stderr}`, passed);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
