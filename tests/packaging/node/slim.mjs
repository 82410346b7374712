// The slim entries load the module from wherever you keep it: here from the package's own file.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { builtinShop, initSync, quote } from "ringup/slim";
import { init, parseNumber } from "ringup/number/slim";

const bytes = (file) => readFileSync(fileURLToPath(import.meta.resolve(file)));

initSync(bytes("ringup/ringup.wasm"));
await init(bytes("ringup/number.wasm"));

const { price } = quote({
  shop: builtinShop("zernio"),
  standing: { terms: { plan: "build", billing: "usage", payment_method_on_file: true }, holders: ["profile_abc123"] },
  request: { holder: "profile_abc123", country: "US" },
  now: 1774432800000,
});
const { e164, type } = parseNumber("(415) 555-2671", "US");
console.log(`${e164} ${type} ${price.due_now.minor_units} ${price.due_now.currency}`);
