// The slim entries need no types of the DOM either. This file is only compiled.
import * as ringup from "ringup/slim";
import * as number from "ringup/number/slim";

export async function load(bytes: Uint8Array): Promise<string | null> {
  ringup.initSync(bytes);
  await number.init("https://example.com/number.wasm");
  return number.parseNumber("(415) 555-2671", "US").e164;
}
