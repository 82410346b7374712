const { builtinShop, quote } = require("ringup");
const { parseNumber } = require("ringup/number");

exports.answer = function answer() {
  const { price } = quote({
    shop: builtinShop("zernio"),
    standing: { terms: { plan: "build", billing: "usage", payment_method_on_file: true }, holders: ["profile_abc123"] },
    request: { holder: "profile_abc123", country: "US" },
    now: 1774432800000,
  });
  const { e164, type } = parseNumber("(415) 555-2671", "US");
  return `${e164} ${type} ${price.due_now.minor_units} ${price.due_now.currency}`;
};
