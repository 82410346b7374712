// The bytes travel inside the script, as hexadecimal digits: of all ways to write bytes as text, that one compresses best.
import { hex } from "#bytes";
import { explained } from "./explained.js";

/** The module, at once. */
export function compile(): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes());
  } catch (error) {
    throw explained(error);
  }
}

/** The module, compiled beside whatever else the page does. */
export async function compileAside(): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes());
  } catch (error) {
    throw explained(error);
  }
}

function bytes(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = digit(2 * at) << 4 | digit(2 * at + 1);
  return bytes;
}

/** `0` to `9` have the low bits of their values; `a` to `f` those of one to six. */
function digit(at: number): number {
  const code = hex.charCodeAt(at);
  return (code & 15) + 9 * (code >> 6);
}
