import { builtinShop, quote } from "ringup";
import { parseNumber } from "ringup/number";

export function answer(): string {
  const quoted = quote({
    shop: builtinShop("zernio"),
    standing: { terms: { plan: "build", billing: "usage", payment_method_on_file: true }, holders: ["profile_abc123"] },
    request: { holder: "profile_abc123", country: "US" },
    now: 1774432800000,
  });
  if (quoted.type === "failure") throw new Error(quoted.errors[0]?.message);
  const due = quoted.price?.due_now;
  const { e164, type } = parseNumber("(415) 555-2671", "US");
  return `${e164} ${type} ${due?.minor_units} ${due?.currency}`;
}
