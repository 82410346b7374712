// What gates, charges and facts are called, and what each gate has compared.
import type { ChargeKind, Evidence, Fact, Gate, Pace, PaymentMethod } from "ringup/slim";

import { amount } from "../money.ts";
import { instant } from "../time.ts";

export const GATES: Record<Gate, string> = {
  key_form: "Idempotency key",
  idempotency: "First use of the key",
  request: "Request",
  actor: "Who acts",
  selector: "Which number",
  paid_plan: "Paid plan",
  number_limit: "Number limit",
  country_limit: "Numbers in the country",
  type_limit: "Numbers of the type",
  holder_limit: "Numbers of the holder",
  spend_limit: "Spend limit",
  daily_limit: "Purchases a day",
  country: "Country",
  stock: "In stock",
  billing: "Billing",
  kyc: "Identity",
  velocity: "Velocity",
  churn: "Buying and releasing",
  payment_method: "Payment method",
  balance: "Balance",
  price: "Price as seen",
};

export const CHARGES: Record<ChargeKind, string> = {
  setup_fee: "Setup fee",
  other_fee: "Other fee",
  first_month: "First month",
  first_year: "First year",
  recurring_fee: "Recurring charge",
  proration: "Already over",
  included_number: "Included in the plan",
  discount: "Discount",
  tax: "Tax",
};

export const PAYMENTS: Record<PaymentMethod, string> = {
  checkout: "at a checkout page",
  subscription: "one more on the subscription",
  usage_invoice: "on the invoice of the card on file",
  wallet: "from the wallet",
};

const PACES: Record<Pace, string> = { day: "bought today", churn: "bought and released lately" };

export function evidence(seen: Evidence): string {
  switch (seen.compared) {
    case "not_applicable":
      return "";
    case "key_length":
      return `${seen.length} of at most ${seen.length_max} characters`;
    case "key_is_new":
      return "not used before";
    case "repeats":
      return `used by the purchase ${seen.purchase}, which is the answer`;
    case "joins":
      return `on its way by the purchase ${seen.purchase}, which is the answer`;
    case "replaces":
      return `the checkout of the purchase ${seen.purchase} has expired`;
    case "key_of_another_holder":
      return "used by another holder";
    case "well_formed":
      return "every field can be read";
    case "may_act":
      return "the key may act for this holder";
    case "selected":
      return { any: "the system picks", exact: "exact number", inventory: "inventory id", area_code: "area code", pattern: "pattern" }[seen.selector.kind];
    case "plan":
      return `${seen.plan}, ${amount(seen.monthly_fee)} a month`;
    case "numbers":
      return `${seen.held} held and ${seen.in_flight} on their way, of ${seen.limit}`;
    case "sold":
      return `${seen.country} is sold`;
    case "in_stock":
      return seen.seen_at === null ? "the system looks when it reserves" : `seen at ${instant(seen.seen_at)}`;
    case "billing_serves":
      return `serves ${seen.country}`;
    case "tier":
      return seen.approved ? `tier ${seen.tier}, approved` : `tier ${seen.tier}, needed from ${seen.tier_min} on`;
    case "window":
      if (seen.ends_at === null) return "no purchase yet";
      return seen.confirmed ? "the additional purchase is confirmed" : `free since ${instant(seen.ends_at)}`;
    case "spent":
      return `${amount(seen.spent)} spent and ${amount(seen.price)} due, of ${amount(seen.limit)} a ${seen.period}`;
    case "pace":
      return `${seen.count} ${PACES[seen.pace]}, of ${seen.limit}`;
    case "method_on_file":
      return "there is one, or none is needed";
    case "funds":
      return `${amount(seen.available)} available, ${amount(seen.required)} due`;
    case "same_price":
      return amount(seen.price);
    case "same_quote":
      return "the quote still holds";
  }
}

export function fact(awaited: Fact): string {
  switch (awaited.fact) {
    case "used_keys":
      return "known when it is sent";
    case "earlier_gate":
      return `waits for “${GATES[awaited.gate]}”`;
    case "search":
      return "waits for a search of the stock";
  }
}
