// Compiled, never run: the module may be given as anything, with and without the types of a browser or of Node.js.
import { init, initSync, parseNumber, type ModuleSource } from "ringup/number/slim";
import { init as initWhole, initSync as initWholeSync, quote } from "ringup/slim";

export async function start(address: string, bytes: Uint8Array, module: object, later: Promise<ModuleSource>): Promise<string> {
  await init(address);
  await init(bytes);
  await init(bytes.buffer);
  await init(module);
  await init(later);
  await initWhole({ href: address });
  initSync(bytes);
  initWholeSync(module);
  // @ts-expect-error An address takes time.
  initSync(address);
  return parseNumber("+442071838750").input + typeof quote;
}
