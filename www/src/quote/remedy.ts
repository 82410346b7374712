// The fixes that the page can carry out: a change of the request, or a change in the simulated world.
import { newIdempotencyKey, type KycSubject, type Money, type PurchaseRequest, type Remedy, type SelectorKind } from "ringup/slim";

import { amount } from "../money.ts";
import { instant } from "../time.ts";

/** The most buttons for one fix; the field suggests the other values. */
const CHOICES_MAX = 6;

/** The field that each kind of selector is read from. */
const FIELDS: Record<SelectorKind, keyof PurchaseRequest> = {
  any: "country",
  exact: "number",
  inventory: "inventory_id",
  area_code: "area_code",
  pattern: "pattern",
};

/** What a button does. */
export type FixAction =
  | { action: "change"; request: PurchaseRequest }
  | { action: "correct"; field: string }
  | { action: "search" }
  | { action: "arrange"; terms: object }
  | { action: "top_up"; money: Money }
  | { action: "wait"; until: number };

export interface Choice {
  label: string;
  does: FixAction;
}

/** The buttons of a fix; none if the page cannot carry it out. */
export function choices(fix: Remedy): Choice[] {
  switch (fix.remedy) {
    case "use_fresh_key":
      return [change("Generate a new key", { idempotency_key: newIdempotencyKey() })];
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
      return [{ label: "Search for it", does: { action: "search" } }];
    case "choose_currency":
      return each(fix.currencies, (currency) => ({ currency }));
    case "confirm_additional":
      return [change("Confirm the additional purchase", { confirm_additional: true })];
    case "accept_price":
      return [change("Accept the price", { price_seen: fix.price })];
    case "add_money":
      return [{ label: `Add ${amount(fix.money)}`, does: { action: "top_up", money: fix.money } }];
    case "wait_until":
      return [{ label: `Turn the clock to ${instant(fix.at)} UTC`, does: { action: "wait", until: fix.at } }];
    case "choose_selector":
      return fix.selectors.map((kind) => correct(FIELDS[kind]));
    case "move_to_plan":
      return [arrange("Move to the plan", { plan: fix.plan })];
    case "move_to_billing":
      return [arrange("Change the billing", { billing: fix.billing })];
    case "add_payment_method":
      return [arrange("Put a card on file", { payment_method_on_file: true })];
    case "submit_kyc":
      return [arrange("Submit and approve", verified(fix))];
    case "await_kyc":
      return [arrange("Approve", verified(fix))];
    case "ask_role":
    case "ask_for_quote":
    case "release_numbers":
      return [];
  }
}

const correct = (field: keyof PurchaseRequest): Choice => ({ label: "Go to the field", does: { action: "correct", field } });

const change = (label: string, request: PurchaseRequest): Choice => ({ label, does: { action: "change", request } });

const arrange = (label: string, terms: object): Choice => ({ label, does: { action: "arrange", terms } });

const verified = ({ subject, country }: { subject: KycSubject; country: string }) => ({
  kyc: subject === "account" ? { account: "approved" } : { countries: { [country]: "approved" } },
});

const each = (values: string[], request: (value: string) => PurchaseRequest): Choice[] =>
  values.slice(0, CHOICES_MAX).map((value) => change(value, request(value)));
