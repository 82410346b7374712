// Prints a table: what a page downloads with each entry point of the npm package, as it is, after gzip and after brotli, both
// at their strongest, as a CDN would. A script is what esbuild makes of `import * as all from …`, minified.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const [, folder, sources] = process.argv;
const { buildSync } = createRequire(join(sources, "package.json"))("esbuild");

const sizes = (bytes) => [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
const sum = (one, other) => one.map((size, kind) => size + other[kind]);
const row = (name, ...columns) => console.log(name.padEnd(36) + columns.map((column) => String(column).padStart(12)).join(""));

function bundle(script) {
  const stdin = { contents: `import * as all from "./${script}"; globalThis.all = all;`, resolveDir: folder };
  return buildSync({ stdin, bundle: true, minify: true, format: "esm", write: false }).outputFiles[0].contents;
}

row("", "raw", "gzip", "brotli");
for (const [entry, script, slim, module] of [
  ["ringup", "index.mjs", "slim.mjs", "ringup.wasm"],
  ["ringup/number", "number.mjs", "number/slim.mjs", "number.wasm"],
]) {
  const file = sizes(readFileSync(join(folder, module)));
  const inside = sizes(bundle(script)), beside = sum(sizes(bundle(slim)), file);
  row(module, ...file);
  row(`${entry}, the bytes in the script`, ...inside);
  row(`${entry}/slim, and the module`, ...beside);
  row("in the script : beside it", ...inside.map((size, kind) => (size / beside[kind]).toFixed(3)));
  console.log();
}
