// Prints a table: what the module weighs as it is, without its reader, without its writer and without both; and what each adds.
// Where something ends up in a module moves its brotli by about a hundredth of the whole, so a difference is that exact.
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const sizes = (bytes) => [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
const row = (name, ...columns) => console.log(name.padEnd(36) + columns.map((column) => String(column).padStart(12)).join(""));

const [whole, unread, unwritten, neither] = process.argv.slice(1).map((module) => sizes(readFileSync(module)));
const added = (without) => whole.map((size, kind) => size - without[kind]);

row("", "raw", "gzip", "brotli");
row("ringup.wasm", ...whole);
row("without its reader", ...unread);
row("without its writer", ...unwritten);
row("without both", ...neither);
row("the reader", ...added(unread));
row("the writer", ...added(unwritten));
row("reader and writer", ...added(neither));
