// The examples of the READMEs: each is strict TypeScript, runs, and says what its comments say.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { folder } from "./built.js";

const readmes = { package: "../README.md", repository: "../../../README.md" };
const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));

/** A program of somebody who has installed the package. */
const program = mkdtempSync(join(tmpdir(), "ringup-readme-"));
after(() => rmSync(program, { recursive: true }));
mkdirSync(join(program, "node_modules"));
symlinkSync(folder, join(program, "node_modules/ringup"));
writeFileSync(join(program, "package.json"), '{ "type": "module" }');

/** Its blocks of JavaScript that use the package. */
const examples = Object.entries(readmes).flatMap(([name, file]) => {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  const blocks = [...text.matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code).filter((code) => /from "ringup/.test(code));
  return blocks.map((code, at) => ({ name: `${name} ${at + 1}`, file: `${name}-${at + 1}`, code }));
});

/** `expression; // value` becomes an assertion; a comment that is no value stays one. */
const asserted = (code) =>
  code.replace(/^(\s*)([^\s/][^\n]*?);\s*\/\/ (.+)$/gm, (line, indent, expression, comment) => {
    if (/^(const|let|import|return|if)\b/.test(expression)) return line;
    const value = comment.trim();
    try {
      new Function(`return (${value})`)();
    } catch {
      return line;
    }
    return `${indent}assert.deepEqual(${expression}, ${value});`;
  });

test("there are examples, and they say something", () => {
  assert.ok(examples.length >= 7, `${examples.length} examples`);
  const checks = examples.map(({ code }) => asserted(code).match(/assert\.deepEqual/g)?.length ?? 0);
  assert.ok(checks.every((count) => count > 0), checks.join());
});

for (const { name, file, code } of examples) {
  test(`example ${name} runs`, () => {
    writeFileSync(join(program, `${file}.mjs`), `import assert from "node:assert/strict";\n${asserted(code)}`);
    execFileSync(process.execPath, [join(program, `${file}.mjs`)], { stdio: "pipe" });
  });
}

test("all examples are strict TypeScript", () => {
  const node = 'declare module "node:fs" { export function readFileSync(path: string): Uint8Array }\n'
    + 'declare module "node:module" { export function createRequire(url: string): { resolve(name: string): string } }\n'
    + "interface ImportMeta { readonly url: string }\n";
  writeFileSync(join(program, "node.d.ts"), node);
  for (const { file, code } of examples) writeFileSync(join(program, `${file}.ts`), `${code}export {};\n`);
  const options = { strict: true, noEmit: true, skipLibCheck: false, target: "es2022", lib: ["es2022"], types: [], module: "nodenext" };
  writeFileSync(join(program, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*.ts"] }));
  execFileSync(process.execPath, [tsc, "--project", program], { stdio: "pipe", encoding: "utf8" });
});
