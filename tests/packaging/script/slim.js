// The slim entries fetch the module, which the browser then caches by itself.
import { builtinShop, init, parseNumber, quote } from "./node_modules/ringup/slim.mjs";

await init("./node_modules/ringup/ringup.wasm");

const { price } = quote({
  shop: builtinShop("zernio"),
  standing: { terms: { plan: "build", billing: "usage", payment_method_on_file: true }, holders: ["profile_abc123"] },
  request: { holder: "profile_abc123", country: "US" },
  now: 1774432800000,
});
const { e164, type } = parseNumber("(415) 555-2671", "US");
const { minor_units, currency } = price.due_now;
document.getElementById("answer").textContent = `${e164} ${type} ${minor_units} ${currency}`;
