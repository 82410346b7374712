// Writing texts into the module.
import { instance } from "./instance.js";
import { utf8Length, writeUtf8 } from "./text.js";

let bytes = new Uint8Array(0);

/** Writes texts one after another where the module reads its input. Gives the length of the first in bytes. */
export function write(first: string, second = ""): number {
  const { input, memory } = instance();
  const length = utf8Length(first), all = length + utf8Length(second);
  const start = input(all);
  // When the memory has grown, the old view of it has no length any more.
  if (bytes.length === 0) bytes = new Uint8Array(memory.buffer);
  writeUtf8(second, bytes, writeUtf8(first, bytes, start, start + all), start + all);
  return length;
}
