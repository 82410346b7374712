// Compiled, never run: the declarations say what the package does, and a switch over a union is exhaustive.
import init, {
  builtinShop, newIdempotencyKey, parseOffers, parseStanding,
  type ExplainedRule, type GateReport, type Money, type PurchaseRequest, type Remedy, type Standing,
} from "../../pkg/index.js";

const never = (value: never): never => value;

function outcome(report: GateReport): string {
  switch (report.status) {
    case "passed":
      return report.evidence.compared;
    case "blocked":
      return report.rejection.code + report.message + report.fixes.map((fix) => fix.message).join();
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
  const shop = builtinShop("zernio");
  if (shop.type === "failure") return shop.errors[0]?.field ?? "";
  const terms: Standing["terms"] = { plan: "build", billing: "subscription", holders: ["profile_abc123"] };
  const standing = parseStanding({ terms });
  const offers = parseOffers({});
  if (standing.type === "failure" || offers.type === "failure") return "";
  const request: PurchaseRequest = { holder: "profile_abc123", idempotency_key: newIdempotencyKey() };
  const quote = shop.value.quote(standing.value, offers.value, request);
  // @ts-expect-error A failure has no price: it must be ruled out first.
  quote.price;
  if (quote.type === "failure") return quote.errors.map((error) => error.message).join();
  const due: number | undefined = quote.price?.due_now.minor_units;
  const why = shop.value.explain(standing.value, offers.value, request);
  // @ts-expect-error A failure explains nothing: it must be ruled out first.
  why.value;
  if (why.type === "success") why.value.rules.map(told);
  // @ts-expect-error No gate is in such a state.
  quote.gates.some((report) => report.status === "open");
  return quote.gates.map(outcome).join() + String(due) + String(remedy({ remedy: "confirm_additional" }));
}
