// What npm would publish holds every file that the entry points name.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = process.env.RINGUP_NPM_PACKAGE ?? fileURLToPath(new URL("../../pkg", import.meta.url));
const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const [packed] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: folder, encoding: "utf8" }));
const files = new Set(packed.files.map((file) => `./${file.path}`));

/** Every file that a tree of conditional exports ends in. */
const ends = (exports) => (typeof exports === "string" ? [exports] : Object.values(exports).flatMap(ends));

test("every entry point is packed", () => {
  for (const file of ends(manifest.exports)) assert.ok(files.has(file), file);
});

test("every file that a packed file names is packed", () => {
  for (const file of files) {
    if (!/\.(js|d\.ts)$/.test(file)) continue;
    const text = readFileSync(join(folder, file), "utf8");
    for (const [, named] of text.matchAll(/(?:from |import |new URL\()["'](\.\/[^"']+)["']/g)) {
      const types = named.replace(/\.js$/, ".d.ts");
      assert.ok(files.has(file.endsWith(".d.ts") && files.has(types) ? types : named), `${file} names ${named}`);
    }
  }
});

test("the numbering plan is packed, with its types", () => {
  for (const file of ["number.wasm", "number.js", "number-module.js", "number.d.ts"]) assert.ok(files.has(`./${file}`), file);
});

test("the licences and the README are packed", () => {
  for (const file of ["./LICENSE-APACHE", "./LICENSE-MIT", "./README.md"]) assert.ok(files.has(file), file);
});

test("who installs the package gets no tools, no scripts and no dependencies", () => {
  for (const field of ["private", "scripts", "dependencies", "devDependencies"]) assert.ok(!(field in manifest), field);
});
