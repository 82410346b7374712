// What can be done about a blocked gate from here: a change of the request, or something in the simulated world.
import { newIdempotencyKey, type KycSubject, type Money, type PurchaseRequest, type Remedy, type SelectorKind } from "ringup/slim";

import { amount } from "../money.ts";
import { instant } from "../time.ts";

/** How many choices get a button of their own; the field offers the rest. */
const CHOICES_MAX = 6;

/** The field that says which number is wanted, for each way of saying it. */
const FIELDS: Record<SelectorKind, keyof PurchaseRequest> = {
  any: "country",
  exact: "number",
  inventory: "inventory_id",
  area_code: "area_code",
  pattern: "pattern",
};

/** One thing that a button does. */
export type Deed =
  | { deed: "change"; request: PurchaseRequest }
  | { deed: "correct"; field: string }
  | { deed: "search" }
  | { deed: "arrange"; terms: object }
  | { deed: "top_up"; money: Money }
  | { deed: "wait"; until: number };

/** A button: what it says, and what it does. */
export interface Choice {
  label: string;
  does: Deed;
}

/** The buttons of a fix; none if nobody can do it from here. */
export function choices(fix: Remedy): Choice[] {
  switch (fix.remedy) {
    case "use_fresh_key":
      return [change("Draw a fresh key", { idempotency_key: newIdempotencyKey() })];
    case "correct_field":
      return [correct(fix.field as keyof PurchaseRequest)];
    case "choose_holder":
      return each(fix.holders, (holder) => ({ holder }));
    case "choose_country":
      return each(fix.countries, (country) => ({ country }));
    case "choose_number_type":
      return each(fix.number_types, (number_type) => ({ number_type }));
    case "choose_number":
      return fix.numbers.length === 0 ? [correct("number")] : each(fix.numbers, (number) => ({ number }));
    case "search_first":
      return [{ label: "Search for it", does: { deed: "search" } }];
    case "choose_currency":
      return each(fix.currencies, (currency) => ({ currency }));
    case "confirm_additional":
      return [change("Confirm the additional purchase", { confirm_additional: true })];
    case "accept_price":
      return [change("Accept the price", { price_seen: fix.price })];
    case "add_money":
      return [{ label: `Add ${amount(fix.money)}`, does: { deed: "top_up", money: fix.money } }];
    case "wait_until":
      return [{ label: `Turn the clock to ${instant(fix.at)}`, does: { deed: "wait", until: fix.at } }];
    case "choose_selector":
      return fix.selectors.map((kind) => correct(FIELDS[kind]));
    case "move_to_plan":
      return [arrange("Move to the plan", { plan: fix.plan })];
    case "move_to_billing":
      return [arrange("Move to that billing", { billing: fix.billing })];
    case "add_payment_method":
      return [arrange("Put a card on file", { payment_method_on_file: true })];
    case "submit_kyc":
      return [arrange("Submit and approve it", verified(fix))];
    case "await_kyc":
      return [arrange("Approve it", verified(fix))];
    case "ask_role":
    case "ask_for_quote":
    case "release_numbers":
      return [];
  }
}

const correct = (field: keyof PurchaseRequest): Choice => ({ label: "Go to the field", does: { deed: "correct", field } });

const change = (label: string, request: PurchaseRequest): Choice => ({ label, does: { deed: "change", request } });

const arrange = (label: string, terms: object): Choice => ({ label, does: { deed: "arrange", terms } });

const verified = ({ subject, country }: { subject: KycSubject; country: string }) => ({
  kyc: subject === "account" ? { account: "approved" } : { countries: { [country]: "approved" } },
});

const each = (values: string[], request: (value: string) => PurchaseRequest): Choice[] =>
  values.slice(0, CHOICES_MAX).map((value) => change(value, request(value)));
