// `ringup` has the numbers, too: a program that quotes needs one module only.
import { builtinShop, parseNumber, quote } from "ringup";

const { e164, type } = parseNumber("(415) 555-2671", "US");
const { price } = quote({
  shop: builtinShop("zernio"),
  standing: { terms: { plan: "build", billing: "usage", payment_method_on_file: true }, holders: ["profile_abc123"] },
  request: { holder: "profile_abc123", country: "US" },
  now: 1774432800000,
});
console.log(`${e164} ${type} ${price.due_now.minor_units} ${price.due_now.currency}`);
