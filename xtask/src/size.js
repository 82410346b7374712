// Prints a table: file, bytes as they are, after gzip, after brotli. Both at their strongest, as a CDN would.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const row = (name, ...sizes) => console.log(name.padEnd(16) + sizes.map((size) => String(size).padStart(12)).join(""));

row("bytes", "raw", "gzip", "brotli");
const total = [0, 0, 0];
for (const name of ["ringup_bg.wasm", "ringup.js"]) {
  const bytes = readFileSync(join(process.argv[1], name));
  const sizes = [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
  row(name, ...sizes);
  sizes.forEach((size, kind) => (total[kind] += size));
}
row("together", ...total);
