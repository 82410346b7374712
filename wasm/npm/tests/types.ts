// Compiled, never run: the declarations say what the package does, and a switch over a union is exhaustive.
import {
  advice, builtinShop, explain, init, isAcceptable, newIdempotencyKey, parseOffers, parseShop, parseStanding, quote, quoteId, sentence, verifyQuote,
  type Answer, type ExplainedRule, type GateReport, type Money, type PurchaseRequest, type Quote, type Remedy, type Shop, type Standing,
} from "ringup";

const never = (value: never): never => value;

function outcome(report: GateReport): string {
  switch (report.status) {
    case "passed":
      return report.evidence.compared;
    case "blocked":
      return report.rejection.code + sentence(report.rejection) + report.fixes.map((fix) => fix.remedy + advice(fix)).join();
    case "waiting":
      return report.fact.fact === "search" ? report.fact.selector.kind : report.fact.fact;
    default:
      return never(report);
  }
}

function told(rule: ExplainedRule): string {
  const field: string | undefined = rule.field?.pointer;
  switch (rule.status) {
    case "passed":
      return rule.evidence.compared + field;
    case "blocked":
      return rule.rejection.code + field;
    case "waiting":
      return rule.fact.fact + field;
    default:
      return never(rule);
  }
}

function remedy(fix: Remedy): Money | string | undefined {
  switch (fix.remedy) {
    case "add_money": return fix.money;
    case "accept_price": return fix.price.due_now;
    case "wait_until": return new Date(fix.at).toISOString();
    case "move_to_plan": return fix.plan;
    case "move_to_billing": return fix.billing;
    case "correct_field": return fix.field;
    case "submit_kyc": return fix.country;
    case "choose_holder": return fix.holders[0];
    case "choose_selector": return fix.selectors[0];
    case "choose_country": return fix.countries[0];
    case "choose_number_type": return fix.number_types[0];
    case "choose_number": return fix.numbers[0];
    case "choose_currency": return fix.currencies[0];
    case "release_numbers": return String(fix.count);
    case "search_first": return fix.number;
    case "ask_role": return fix.roles[0];
    case "use_fresh_key": case "confirm_additional": case "add_payment_method": case "await_kyc": case "ask_for_quote":
      return undefined;
    default: return never(fix);
  }
}

export async function firstQuote(): Promise<string> {
  await init();
  const shop: Shop = builtinShop("zernio");
  const terms: Standing["terms"] = { plan: "build", billing: "subscription" };
  const standing = parseStanding({ terms, holders: ["profile_abc123"] });
  const offers = parseOffers({});
  if (standing.type === "failure" || offers.type === "failure") return "";
  const request: PurchaseRequest = { holder: "profile_abc123", idempotency_key: newIdempotencyKey() };
  const input = { shop, standing, offers, request, now: Date.now() };
  const quoted: Answer<Quote> = quote(input);
  // @ts-expect-error A failure has no price: it must be ruled out first.
  quoted.price;
  if (quoted.type === "failure") return quoted.errors.map((error) => error.message).join();
  const due: number | undefined = quoted.price?.due_now.minor_units;
  const why = explain(input);
  // @ts-expect-error A failure explains nothing: it must be ruled out first.
  why.rules;
  if (why.type !== "failure") why.rules.map(told);
  // @ts-expect-error No gate is in such a state.
  quoted.gates.some((report) => report.status === "open");
  // @ts-expect-error A shop is frozen.
  shop.document = {};
  // @ts-expect-error A shop is what `builtinShop` or `parseShop` gave.
  quote({ standing, request });
  const verified = verifyQuote(quoted, quoteId(quoted));
  if (verified.type !== "failure") request.quote_seen = verified;
  const made = parseShop(shop.document);
  const again: boolean = isAcceptable({ ...input, shop: made.type === "failure" ? shop : made }) === true;
  return quoted.gates.map(outcome).join() + String(due) + String(remedy({ remedy: "confirm_additional" })) + String(again);
}
