// Prints a table: file, bytes as they are, after gzip, after brotli. Both at their strongest, as a CDN would.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const row = (name, ...sizes) => console.log(name.padEnd(18) + sizes.map((size) => String(size).padStart(12)).join(""));

/** What a browser loads for an entry point: its module and every script. */
function entry(name, files) {
  row(name, "raw", "gzip", "brotli");
  const total = [0, 0, 0];
  for (const file of files) {
    const bytes = readFileSync(join(process.argv[1], file));
    const sizes = [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
    row(file, ...sizes);
    sizes.forEach((size, kind) => (total[kind] += size));
  }
  row("together", ...total);
  console.log();
}

entry("ringup", ["ringup_bg.wasm", "ringup.js", "web.js", "number.js", "number-module.js"]);
entry("ringup/number", ["number.wasm", "number-web.js", "number.js", "number-module.js"]);
