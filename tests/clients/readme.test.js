// What the repository's README tells to type, typed: every command that speaks to a running `ringup serve`, and the program's own.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { serve } from "./serve.js";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const blocks = (language) => [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(([, code]) => code);

let server;
before(async () => { server = await serve(); });
after(() => server.stop());

const here = (code) => code.replaceAll("http://127.0.0.1:8787", server.url);

test("every curl works twice", () => {
  const curls = blocks("sh").filter((code) => code.startsWith("curl"));
  assert.ok(curls.length > 0);
  for (const curl of curls) {
    for (const time of [1, 2]) {
      const answer = execFileSync("bash", ["-c", here(curl).trim().replace("curl", "curl --silent --show-error --fail-with-body")], { encoding: "utf8" });
      assert.equal(JSON.parse(answer).success, true, `time ${time}: ${answer}`);
    }
  }
});

test("the official client buys a number", async () => {
  const [code] = blocks("js").filter((code) => code.includes("@zernio/node"));
  const program = new URL("readme-example.mjs", import.meta.url);
  writeFileSync(program, `${here(code)}\nconsole.log(JSON.stringify(data));\n`);
  try {
    const data = JSON.parse(execFileSync(process.execPath, [program.pathname], { encoding: "utf8" }));
    assert.match(JSON.stringify(data), /\+\d{8,}/);
  } finally {
    rmSync(program);
  }
});

test("what is typed at a prompt is answered as printed", () => {
  for (const block of blocks("sh").filter((code) => code.startsWith("$ "))) {
    const [command, ...printed] = block.trim().split("\n");
    const typed = command.slice(2).replace("target/release/ringup", process.env.RINGUP_BIN);
    assert.equal(execFileSync("bash", ["-c", typed], { encoding: "utf8" }).trim(), printed.join("\n"));
  }
});

test("the commands on files work", () => {
  const folder = mkdtempSync(join(tmpdir(), "ringup-readme-"));
  try {
    const terms = { plan: "build", billing: "usage", payment_method_on_file: true };
    writeFileSync(join(folder, "standing.json"), JSON.stringify({ terms, holders: ["profile_abc123"] }));
    writeFileSync(join(folder, "request.json"), JSON.stringify({ holder: "profile_abc123", country: "US" }));
    writeFileSync(join(folder, "mine.json"), readFileSync(new URL("../../core/policies/zernio.json", import.meta.url)));
    const commands = blocks("sh").flatMap((code) => code.split("\n")).filter((line) => /^ringup (?!torture)/.test(line));
    assert.equal(commands.length, 3);
    for (const command of commands) {
      execFileSync("bash", ["-c", command.replace("ringup", process.env.RINGUP_BIN)], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
