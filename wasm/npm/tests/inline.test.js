// `ringup` and `ringup/number`: the module travels in the script, and is compiled when somebody asks for something.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { shapes } from "../shapes.mjs";
import { folder, load } from "./built.js";

const require = createRequire(import.meta.url);

/** What a program of its own says. */
const run = (...args) => execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).trim();

test("a number can be read on the line after the import, in both formats", () => {
  const program = 'console.log(parseNumber("(415) 555-2671", "US").e164)';
  for (const entry of ["index", "number"]) {
    assert.equal(run("--input-type=module", "--eval", `import { parseNumber } from "./${entry}.mjs"; ${program}`), "+14155552671");
    assert.equal(run("--input-type=commonjs", "--eval", `const { parseNumber } = require("./${entry}.js"); ${program}`), "+14155552671");
  }
});

test("importing compiles nothing, and needs nothing but the language", () => {
  const program = `
    const { Module } = WebAssembly;
    let compiled = 0;
    WebAssembly.Module = new Proxy(Module, { construct: (target, given) => (compiled += 1, new target(...given)) });
    for (const name of ["TextEncoder", "TextDecoder", "fetch", "performance", "process"]) delete globalThis[name];
    import("./index.mjs").then(async ({ builtinShop, init, parseNumber }) => {
      const atImport = compiled;
      parseNumber("+442071838750");
      builtinShop("kros");
      await init();
      console.log(atImport, compiled);
    });`;
  assert.equal(run("--input-type=commonjs", "--eval", program), "0 1");
});

test("`init` compiles beforehand, and may be called at any time", async () => {
  const { init, parseNumber } = await load("number.mjs", "early");
  await Promise.all([init(), init()]);
  assert.equal(parseNumber("+442071838750").country, "GB");
  await init();
});

test("a policy that forbids to compile is named", async () => {
  const { Module } = WebAssembly;
  const refuse = function () {
    throw new WebAssembly.CompileError("WebAssembly.Module(): Wasm code generation disallowed by embedder: Content Security Policy");
  };
  try {
    WebAssembly.Module = refuse;
    const { parseNumber } = await load("number.mjs", "refused");
    assert.throws(() => parseNumber("+442071838750"), /add 'wasm-unsafe-eval' to its `script-src`/);
    // Once it may, it does.
    WebAssembly.Module = Module;
    assert.equal(parseNumber("+442071838750").country, "GB");
  } finally {
    WebAssembly.Module = Module;
  }
});

test("the ways to make objects are fresh", async () => {
  const committed = readFileSync(new URL("../src/shapes.ts", import.meta.url), "utf8");
  assert.equal(await shapes(folder), committed, "write them anew: node shapes.mjs");
});

test("both formats export the same", async () => {
  for (const entry of ["index", "number", "slim", "number/slim"]) {
    const names = (module) => Object.keys(module).filter((name) => !["default", "module.exports"].includes(name)).sort();
    assert.deepEqual(names(await load(`${entry}.mjs`)), names(require(join(folder, `${entry}.js`))), entry);
  }
});
