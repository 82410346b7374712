// The built package, as a program that installed it would use it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { test } from "node:test";

import { ringup } from "./built.js";
import { golden } from "./golden.js";

const {
  advice, builtinShop, currencyExponent, explain, isAcceptable, newIdempotencyKey, parseOffers, parseShop, parseStanding, policyIds, quoteId,
  sentence, verifyQuote,
} = ringup;

const NOW = Date.UTC(2026, 5, 16);
const usd = (minor_units) => ({ minor_units, currency: "USD" });
const inr = (minor_units) => ({ minor_units, currency: "INR" });

const right = (answer) => {
  assert.notEqual(answer.type, "failure", JSON.stringify(answer));
  return answer;
};
const ready = { plan: "build", billing: "subscription" };
const holders = ["profile_abc123"];
const input = (request, terms = ready, rest = {}, offers = undefined) =>
  ({ shop: builtinShop("zernio"), standing: { terms, holders, ...rest }, offers, request, now: NOW });
const zernio = (...given) => right(ringup.quote(input(...given)));
const gate = (quote, name) => quote.gates.find((report) => report.gate === name);

const offered = {
  number: "+919876543210",
  inventory_id: "inv_1",
  country: "IN",
  number_type: "local",
  capabilities: { voice: true },
  prices: [
    { setup_fee: inr(100_00), monthly_fee: inr(1_00) },
    { setup_fee: usd(0), monthly_fee: usd(1_00) },
  ],
};
const search = { selector: { kind: "exact", number: offered.number }, seen_at: NOW, expires_at: NOW + 60_000 };
const vobiz = (currency, balances, offers = { searches: [{ ...search, numbers: [offered] }] }) =>
  right(ringup.quote({
    shop: builtinShop("vobiz"),
    standing: { terms: { billing: "prepaid" }, holders: ["SA_1"], balances },
    offers,
    request: { holder: "SA_1", number: offered.number, currency },
    now: NOW,
  }));

test("Zernio in the US: the first month, paid at a checkout", () => {
  const request = { holder: "profile_abc123", country: "US" };
  const any = { kind: "any", country: "US" };
  assert.deepEqual(gate(zernio(request), "stock"), {
    gate: "stock",
    status: "waiting",
    fact: { fact: "search", selector: any },
  });
  const numbers = [{ ...offered, number: "+14155550142", country: "US", prices: [] }];
  const seen = right(parseOffers({ searches: [{ ...search, selector: any, numbers }] }));
  const quote = zernio(request, ready, {}, seen);
  assert.equal(quote.acceptable, true);
  assert.equal(quote.payment, "checkout");
  assert.deepEqual(quote.selector, { kind: "any", country: "US" });
  assert.equal(quote.item.country, "US");
  assert.deepEqual(quote.price.lines, [{ charge: "first_month", amount: usd(200) }]);
  assert.deepEqual(quote.price.due_now, usd(200));
  assert.deepEqual(quote.price.commitment_total, usd(200));
  assert.equal(quote.price.exponent, 2);
  assert.equal(quote.quoted_at, NOW);
  assert.equal(quote.expires_at, NOW + 900_000);
  assert.ok(quote.gates.every(({ status }) => status === "passed"));
});

test("Vobiz: each currency has its own price, and nothing is converted", () => {
  const rupees = vobiz("INR", [inr(101_00)]);
  assert.equal(rupees.acceptable, true);
  assert.deepEqual(rupees.price.lines, [
    { charge: "setup_fee", amount: inr(100_00) },
    { charge: "first_month", amount: inr(1_00) },
  ]);
  const dollars = vobiz("USD", [inr(101_00)]);
  assert.deepEqual(dollars.price.lines, [{ charge: "first_month", amount: usd(1_00) }]);
  assert.equal(gate(dollars, "balance").status, "blocked");
  assert.deepEqual(gate(dollars, "balance").fixes[0].money, usd(1_00));
});

test("without a search the stock gate waits, and says for what", () => {
  const quote = vobiz("INR", [], null);
  assert.equal(quote.price, null);
  assert.deepEqual(gate(quote, "stock"), {
    gate: "stock",
    status: "waiting",
    fact: { fact: "search", selector: search.selector },
  });
});

test("a blocked gate brings its figures and its fix", () => {
  const quote = zernio({ holder: "profile_abc123" }, { ...ready, plan: "free" }, { held: { total: 1 } });
  assert.equal(quote.acceptable, false);
  const blocked = gate(quote, "paid_plan");
  const { rejection, fixes } = blocked;
  assert.deepEqual(rejection, { code: "plan_not_paid", plan: "free", title: "Free", free_suffices: false });
  assert.deepEqual(fixes[0], { remedy: "move_to_plan", plan: "build", title: "Build", monthly_fee: usd(1900) });
});

test("every gate and every fix has a sentence, and a quote has none", () => {
  const quote = zernio({ holder: "profile_abc123" }, { ...ready, plan: "free" }, { held: { total: 1 } });
  const blocked = gate(quote, "paid_plan");
  assert.equal(sentence(blocked), "your plan Free is not a paid one; numbers need a paid plan");
  assert.equal(sentence(blocked.rejection, builtinShop("zernio")), sentence(blocked));
  assert.equal(advice(quote.fixes[0]), "move to the plan Build at 19.00 USD a month");
  for (const report of quote.gates) assert.ok(sentence(report).length > 0);
  for (const rule of right(explain(input({ holder: "profile_abc123" }))).rules) assert.ok(sentence(rule).length > 0);
  const { document } = builtinShop("zernio");
  const shop = right(parseShop({ ...document, rate_card: { ...document.rate_card, exponents: { USD: 4 } } }));
  const money = { remedy: "add_money", money: usd(1) };
  assert.deepEqual([advice(money), advice(money, shop)], ["add 0.01 USD to your balance", "add 0.0001 USD to your balance"]);
  for (const wrong of [{}, { status: "open" }, { code: "no_such_code" }]) assert.throws(() => sentence(wrong), { name: "TypeError" });
  assert.throws(() => advice({ remedy: "no_such_remedy" }), { name: "TypeError", message: /no sentence for this fix/ });
});

test("a half-typed request is a blocked gate, not a failure", () => {
  const quote = zernio({ holder: "profile_abc123", country: "U", number: undefined });
  assert.equal(gate(quote, "request").rejection.field, "country");
});

test("the second purchase within the window is confirmed or waits", () => {
  const quote = zernio({ holder: "profile_abc123" }, ready, { last_accepted_at: NOW - 1000 });
  const [confirm, wait] = gate(quote, "velocity").fixes;
  assert.equal(confirm.remedy, "confirm_additional");
  assert.equal(wait.at, NOW + 599_000);
});

test("the golden quotes are the core's, in every script", () => {
  for (const { name, input, quote } of golden()) {
    assert.deepEqual(ringup.quote(input), quote, name);
    assert.equal(isAcceptable(input), quote.acceptable, name);
  }
});

test("what comes back is plain data: copies, spreads and JSON are as good", () => {
  const quote = zernio({ holder: "profile_abc123", country: "DE" });
  for (const copy of [structuredClone(quote), { ...quote }, JSON.parse(JSON.stringify(quote)), new Proxy(quote, {})]) {
    assert.deepEqual({ ...copy }, quote);
    assert.equal(quoteId(copy), quoteId(quote));
    assert.deepEqual(verifyQuote(copy, quoteId(quote), NOW), right(verifyQuote(quote, quoteId(quote), NOW)));
  }
  const shop = builtinShop("zernio");
  assert.ok([shop, shop.document, shop.document.policy, shop.document.rate_card.rates[0]].every(Object.isFrozen));
  for (const copy of [structuredClone(shop), new Proxy(shop, {}), { ...shop }, JSON.parse(JSON.stringify(shop))]) {
    assert.deepEqual(ringup.quote({ ...input({ holder: "profile_abc123", country: "DE" }), shop: copy }), quote);
  }
});

test("an answer is the caller's: changing it changes nothing else", () => {
  const [one, other] = [zernio({ holder: "profile_abc123" }), zernio({ holder: "profile_abc123" })];
  one.gates.length = 0;
  one.shop.policy = "mine";
  assert.equal(other.gates.length, zernio({ holder: "profile_abc123" }).gates.length);
  assert.equal(builtinShop("zernio").version.policy, "zernio");
  const given = { terms: { ...ready }, holders };
  const read = right(parseStanding(given));
  given.terms.plan = "free";
  assert.equal(read.terms.plan, "build");
  assert.ok(Object.isFrozen(read) && Object.isFrozen(read.holders));
});

test("a document that changes in place is read anew", () => {
  const standing = { terms: { ...ready }, holders };
  const ask = () => isAcceptable({ ...input({ holder: "profile_abc123" }), standing });
  standing.terms = { ...ready, billing: "usage", payment_method_on_file: true };
  assert.equal(ask(), true);
  standing.terms.plan = "free";
  standing.held = { total: 1 };
  assert.equal(ask(), false);
});

test("more shops than the module keeps are each still themselves", () => {
  const zernio = builtinShop("zernio");
  const shops = Array.from({ length: 50 }, (_, version) => {
    const policy = { ...zernio.document.policy, version: `1.${version}` };
    return right(parseShop({ ...zernio.document, policy }));
  });
  for (const _ of [1, 2]) {
    for (const [version, shop] of shops.entries()) {
      const quote = right(ringup.quote({ ...input({ holder: "profile_abc123" }), shop }));
      assert.equal(quote.shop.policy_version, `1.${version}`);
      assert.equal(shop.version.policy_version, `1.${version}`);
    }
  }
});

test("names that objects have already, and any script, are kept", () => {
  const { policy, rate_card, plans } = builtinShop("zernio").document;
  const title = "free ü ☎ 𝄞 \u0000 ".repeat(500);
  const shop = right(parseShop({ policy, rate_card, plans: plans.map((plan) => (plan.id === "free" ? { ...plan, title } : plan)) }));
  const terms = { ...ready, plan: "free" };
  const asked = { ...input({ holder: "__proto__" }, terms, { holders: ["__proto__", "constructor"], held: { total: 1 } }), shop };
  assert.equal(gate(right(ringup.quote(asked)), "paid_plan").rejection.title, title);
  // Half of a pair is no character.
  const half = right(ringup.quote(input({ holder: "profile_abc123", country: "U\ud800" })));
  assert.equal(half.acceptable, false);
});

test("why: every rule, in the order of the quote's gates, and the field that decided", () => {
  const shop = builtinShop("zernio");
  for (const country of ["US", "DE", "JP", "U"]) {
    const request = { holder: "profile_abc123", country };
    const why = right(explain(input(request)));
    const quote = zernio(request);
    assert.equal(why.explained_at, NOW);
    assert.deepEqual(why.shop, shop.version);
    // Nothing is refused before it was searched for: here, only what comes before the stock is.
    const first = quote.gates.find(({ status, fact }) => status === "blocked" || fact?.fact === "search");
    assert.equal(why.refused_by, first.status === "blocked" ? first.gate : null);
    assert.equal(why.rules.length, quote.gates.length);
    for (const [index, { field, ...rule }] of why.rules.entries()) {
      const { fixes, opened_by_earlier, ...gate } = quote.gates[index];
      assert.deepEqual(rule, gate);
    }
  }
  const rule = (country, name) =>
    right(explain(input({ holder: "profile_abc123", country }))).rules.find(({ gate }) => gate === name);
  assert.deepEqual(rule("DE", "billing").field, { pointer: "/policy/billing/international", is_set: true });
  assert.deepEqual(rule("JP", "country").field, { pointer: "/rate_card/rates/-", is_set: false });
  assert.equal(rule("U", "request").field, undefined);
});

test("the id is SHA-256 over the quote as RFC 8785 writes it, and anybody can make it", () => {
  const sorted = (data) =>
    Array.isArray(data)
      ? data.map(sorted)
      : data !== null && typeof data === "object"
        ? Object.fromEntries(Object.keys(data).sort().map((name) => [name, sorted(data[name])]))
        : data;
  const id = (quote) => createHash("sha256").update(JSON.stringify(sorted(quote))).digest("hex");
  const quotes = [zernio({ holder: "profile_abc123" }), zernio({ holder: "profile_abc123", country: "ü\n\"" }), zernio({})];
  for (const quote of quotes) assert.equal(quoteId(quote), id(quote));
  assert.equal(quoteId(zernio({})), quoteId(quotes[2]));
  assert.equal(new Set(quotes.map(quoteId)).size, 3);
});

test("a quote that comes back is verified by its id, and then followed", () => {
  const made = zernio({ holder: "profile_abc123", country: "US" }), id = quoteId(made);
  const seen = right(verifyQuote(JSON.parse(JSON.stringify(made)), id, NOW));
  assert.equal(seen.id, id);
  assert.deepEqual(seen.terms.price, made.price);
  const followed = zernio({ holder: "profile_abc123", country: "US", quote_seen: seen });
  assert.deepEqual(gate(followed, "price").evidence, { compared: "same_quote", id });
  const { rejection } = gate(zernio({ holder: "profile_abc123", country: "CA", quote_seen: seen }), "price");
  assert.ok(rejection.differences.some(({ field, seen, now }) => field === "country" && seen === "US" && now === "CA"));

  const altered = { ...made, price: { ...made.price, due_now: usd(1) } };
  const cases = [
    [verifyQuote(altered, id, NOW), "quote_altered", "/quote"],
    [verifyQuote(made, "0".repeat(64), NOW), "quote_altered", "/quote"],
    [verifyQuote(made, id, NOW + 900_000), "quote_expired", "/quote/expires_at"],
    [verifyQuote({ ...made, refundable: true }, id, NOW), "member_unknown", "/quote/refundable"],
    [verifyQuote(made, "", NOW), "value_invalid", "/id"],
    ...[null, undefined, 1, []].map((data) => [verifyQuote(data, id, NOW), "wrong_type", "/quote"]),
  ];
  for (const [failure, code, path] of cases) told(failure, path, code);
});

test("the host's clock is read where `now` is left out", () => {
  const before = Date.now();
  const { quoted_at } = right(ringup.quote({ ...input({}), now: undefined }));
  assert.ok(before <= quoted_at && quoted_at <= Date.now());
});

function told(failure, path, code) {
  assert.equal(failure.type, "failure");
  const [error] = failure.errors;
  assert.deepEqual({ path: error.path, code: error.code }, { path, code }, JSON.stringify(failure));
  assert.ok(error.message && error.help, JSON.stringify(error));
}

test("data of the wrong shape is a failure with its place, and never thrown", () => {
  const { policy, rate_card } = builtinShop("zernio").document;
  const loop = {};
  loop.loop = loop;
  const asked = (change) => [ringup.quote, explain, isAcceptable].map((ask) => ask({ ...input({}), ...change }));
  const cases = [
    [[parseShop({ policy: { ...policy, velocty: {} }, rate_card, plans: [] })], "/policy/velocty", "member_unknown"],
    [[parseShop({ policy, rate_card: { version: "1", quote_lifetime_s: 1, rates: [] } })], "/plans", "parts_disagree"],
    [[parseStanding({ terms: { billing: "barter" } })], "/terms/billing", "value_invalid"],
    [[parseOffers({ searches: [{ ...search, numbers: [{ ...offered, number: "12" }] }] })], "/searches/0/numbers/0/number", "value_invalid"],
    [asked({ request: { country: 5 } }), "/request/country", "wrong_type"],
    [asked({ request: undefined }), "/request", "wrong_type"],
    [asked({ request: { holder: 1n } }), "/request", "wrong_type"],
    [asked({ offers: { searches: 5 } }), "/offers/searches", "wrong_type"],
    [asked({ standing: { terms: {} } }), "/standing/terms", "member_missing"],
    [asked({ standing: undefined }), "/standing", "wrong_type"],
    [asked({ shop: { document: { policy } } }), "/shop", "member_missing"],
    [[null, undefined, 1, "{}", 1n, [], loop, () => {}].map((data) => parseStanding(data)), "", "wrong_type"],
  ];
  for (const [failures, path, code] of cases) failures.forEach((failure) => told(failure, path, code));
});

test("every mistake is told at once", () => {
  const { policy, rate_card } = builtinShop("zernio").document;
  const { errors } = parseShop({ policy: { ...policy, velocty: {}, id: 5 }, rate_card: { ...rate_card, version: undefined }, plans: [] });
  const told = errors.map(({ code, path }) => `${code} ${path}`).sort();
  assert.deepEqual(told, ["member_missing /rate_card", "member_unknown /policy/velocty", "wrong_type /policy/id"]);
  assert.equal(errors.find(({ code }) => code === "member_unknown").help, "did you mean `velocity`?");
});

test("calling wrongly throws one TypeError that says how to call", () => {
  const good = input({});
  const wrong = [
    [() => ringup.quote({ ...good, now: NaN }), /`now` must be milliseconds since 1970.*NaN/],
    [() => ringup.quote({ ...good, now: new Date(0) }), /not a Date/],
    [() => ringup.quote({ ...good, now: "2026" }), /not `2026`/],
    [() => explain({ ...good, now: Infinity }), /not Infinity/],
    [() => ringup.quote({ ...good, shop: undefined }), /`shop` must come from `builtinShop` or `parseShop`, not undefined/],
    [() => ringup.quote({ ...good, shop: "zernio" }), /not `zernio`/],
    [() => ringup.quote({ ...good, shop: [] }), /not an array/],
    [() => ringup.quote(), /`shop`, `standing`, `offers`, `request`, `now`/],
    [() => ringup.quote(good.shop, good.standing), /unknown member `document`: the members are `shop`/],
    [() => ringup.quote({ ...good, offer: {} }), /unknown member `offer`/],
    [() => builtinShop("nobody"), /unknown policy `nobody`.*`zernio`/],
    [() => builtinShop(), /unknown policy undefined/],
    [() => verifyQuote({}, "", NaN), /`now`/],
    [() => verifyQuote({}, 5, NOW), /`id` must be a string, not 5/],
    [() => quoteId({}), /`quoteId` takes a quote of `quote`, not an object/],
    [() => quoteId(null), /not null/],
    [() => currencyExponent(5), /`code` must be a string/],
  ];
  for (const [call, message] of wrong) assert.throws(call, { name: "TypeError", message });
});

test("the policies that are listed can be opened", () => {
  const files = readdirSync(new URL("../../../core/policies", import.meta.url));
  const ids = files.filter((name) => name.endsWith(".json") && !name.endsWith(".schema.json"));
  assert.deepEqual(policyIds().sort(), ids.map((name) => name.replace(".json", "")).sort());
  for (const id of policyIds()) assert.equal(builtinShop(id).version.policy, id);
  assert.ok(builtinShop("zernio").countries.includes("DE"));
});

test("keys are unique, and of a form that every policy takes", () => {
  const keys = new Set(Array.from({ length: 10_000 }, newIdempotencyKey));
  assert.equal(keys.size, 10_000);
  for (const key of keys) assert.match(key, /^[0-9a-f]{32}$/);
  const card = { ...ready, billing: "usage", payment_method_on_file: true };
  const quote = zernio({ holder: "profile_abc123", idempotency_key: newIdempotencyKey() }, card);
  assert.equal(quote.acceptable, true);
});

test("currencies have the decimals of ISO 4217", () => {
  assert.deepEqual(["USD", "JPY", "KWD", "usd"].map(currencyExponent), [2, 0, 3, undefined]);
});
