// What npm would publish holds every file that the entry points name.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { folder } from "./built.js";

const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const [packed] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: folder, encoding: "utf8" }));
const files = new Set(packed.files.map((file) => `./${file.path}`));

/** Every file that a tree of conditional exports ends in. */
const ends = (exports) => (typeof exports === "string" ? [exports] : Object.values(exports).flatMap(ends));

test("every entry point is packed", () => {
  for (const file of ends(manifest.exports)) assert.ok(files.has(file), file);
});

test("every file that a packed script or declaration names is packed", () => {
  for (const file of files) {
    if (!/\.(m?js|d\.m?ts)$/.test(file)) continue;
    const text = readFileSync(join(folder, file), "utf8");
    for (const [, named] of text.matchAll(/(?:from |import |import\(|require\()["'](\.[^"'?]+)["'?]/g)) {
      const path = `./${join(dirname(file), named)}`;
      const types = path.replace(/\.(m?)js$/, ".d.$1ts");
      assert.ok(files.has(/\.d\.m?ts$/.test(file) ? types : path), `${file} names ${named}`);
    }
  }
});

test("nothing is freed, and nothing asks for more than a page has", () => {
  for (const file of files) {
    if (!/\.m?js$/.test(file)) continue;
    const text = readFileSync(join(folder, file), "utf8");
    for (const absent of ["FinalizationRegistry", "node:", "process.", "import.meta", "TextDecoder", "new Function", "eval("]) {
      assert.ok(!text.includes(absent), `${file} has ${absent}`);
    }
  }
});

test("the modules import nothing", () => {
  for (const file of ["ringup.wasm", "number.wasm"]) {
    assert.deepEqual(WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(join(folder, file)))), [], file);
  }
});

test("the scripts' bytes are the modules'", async () => {
  for (const module of ["ringup", "number"]) {
    const bytes = readFileSync(join(folder, `${module}.wasm`)).toString("hex");
    assert.equal((await import(pathToFileURL(join(folder, `${module}.bytes.mjs`)).href)).hex, bytes);
    assert.equal(createRequire(import.meta.url)(join(folder, `${module}.bytes.js`)).hex, bytes);
  }
});

test("the licences and the README are packed", () => {
  for (const file of ["./LICENSE-APACHE", "./LICENSE-MIT", "./README.md"]) assert.ok(files.has(file), file);
});

test("who installs the package gets no tools, no scripts and no dependencies", () => {
  for (const field of ["private", "scripts", "dependencies", "devDependencies"]) assert.ok(!(field in manifest), field);
});
