// Prints a table: what a page downloads with each entry point of the npm package, as it is, after gzip and after brotli, both
// at their strongest, as a CDN would. A script is what esbuild makes of `import * as all from …`, minified. It fails if a row is
// beyond its budget, or has none.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const [, folder, sources, budgets] = process.argv;
const budget = JSON.parse(readFileSync(budgets, "utf8"));
const beyond = [];
const { buildSync } = createRequire(join(sources, "package.json"))("esbuild");

const sizes = (bytes) => [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
const sum = (one, other) => one.map((size, kind) => size + other[kind]);
const row = (name, ...columns) => console.log(name.padEnd(40) + columns.map((column) => String(column).padStart(12)).join(""));

function bundle(script) {
  const stdin = { contents: `import * as all from "./${script}"; globalThis.all = all;`, resolveDir: folder };
  return buildSync({ stdin, bundle: true, minify: true, format: "esm", write: false }).outputFiles[0].contents;
}

/** A row with its budget, which is for what brotli makes of it. */
function measured(name, [raw, gzip, brotli]) {
  const most = budget[name];
  row(name, raw, gzip, brotli, most ?? "none", most === undefined ? "" : `${((100 * brotli) / most).toFixed(1)} %`);
  if (most === undefined) beyond.push(`${name} has no budget: add one`);
  else if (most < brotli) beyond.push(`${name} has ${brotli} bytes, ${brotli - most} more than its budget`);
}

row("", "raw", "gzip", "brotli", "budget", "of it");
for (const [entry, script, slim, module] of [
  ["ringup", "index.mjs", "slim.mjs", "ringup.wasm"],
  ["ringup/number", "number.mjs", "number/slim.mjs", "number.wasm"],
]) {
  const file = sizes(readFileSync(join(folder, module)));
  const inside = sizes(bundle(script)), beside = sum(sizes(bundle(slim)), file);
  measured(module, file);
  measured(`${entry}, the bytes in the script`, inside);
  measured(`${entry}/slim, and the module`, beside);
  row("in the script : beside it", ...inside.map((size, kind) => (size / beside[kind]).toFixed(3)));
  console.log();
}
if (0 < beyond.length) {
  console.error(`${beyond.join("\n")}\nMake it smaller, or raise the budget in ${budgets} and say what grew.`);
  process.exitCode = 1;
}
