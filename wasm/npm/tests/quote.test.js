// The built package, as a program that installed it would use it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { pathToFileURL, fileURLToPath } from "node:url";

const folder = process.env.RINGUP_NPM_PACKAGE ?? fileURLToPath(new URL("../../pkg", import.meta.url));
const ringup = await import(pathToFileURL(`${folder}/node.js`).href);
const { builtinShop, currencyExponent, newIdempotencyKey, parseOffers, parseShop, parseStanding, policyIds, verifyQuote } = ringup;

const NOW = Date.UTC(2026, 5, 16);
const usd = (minor_units) => ({ minor_units, currency: "USD" });
const inr = (minor_units) => ({ minor_units, currency: "INR" });

const value = (result) => {
  assert.equal(result.type, "success", JSON.stringify(result));
  return result.value;
};
const ready = { plan: "build", billing: "subscription", holders: ["profile_abc123"] };
const zernio = (request, terms = ready, rest = {}, offers = undefined) =>
  value(builtinShop("zernio")).quote(value(parseStanding({ terms, ...rest })), offers, request, NOW);
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
  value(builtinShop("vobiz")).quote(
    value(parseStanding({ terms: { billing: "prepaid", holders: ["SA_1"] }, balances })),
    offers && value(parseOffers(offers)),
    { holder: "SA_1", number: offered.number, currency },
    NOW,
  );

test("Zernio in the US: the first month, paid at a checkout", () => {
  const request = { holder: "profile_abc123", country: "US" };
  const any = { kind: "any", country: "US" };
  assert.deepEqual(gate(zernio(request), "stock"), {
    gate: "stock",
    status: "waiting",
    fact: { fact: "search", selector: any },
  });
  const numbers = [{ ...offered, number: "+14155550142", country: "US", prices: [] }];
  const seen = value(parseOffers({ searches: [{ ...search, selector: any, numbers }] }));
  const quote = zernio(request, ready, {}, seen);
  assert.equal(quote.type, "quote");
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
  const { rejection, message, fixes } = gate(quote, "paid_plan");
  assert.deepEqual(rejection, { code: "plan_not_paid", plan: "free", title: "Free", free_suffices: false });
  assert.match(message, /paid plan/);
  assert.deepEqual({ ...fixes[0], message: undefined }, {
    remedy: "move_to_plan",
    plan: "build",
    monthly_fee: usd(1900),
    message: undefined,
  });
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

test("the parts are the whole, and the whole is JSON", () => {
  const quote = zernio({ holder: "profile_abc123", country: "DE" });
  const whole = quote.toObject();
  for (const member of ["acceptable", "price", "fixes", "fixes_suffice", "gates", "payment", "selector", "item", "quoted_at", "expires_at", "shop"])
    assert.deepEqual(quote[member], whole[member], member);
  assert.deepEqual(JSON.parse(JSON.stringify(whole)), whole);
});

test("why: every rule, in the order of the quote's gates, and the field that decided", () => {
  const [shop, standing] = [value(builtinShop("zernio")), value(parseStanding({ terms: ready }))];
  for (const country of ["US", "DE", "JP", "U"]) {
    const request = { holder: "profile_abc123", country };
    const why = value(shop.explain(standing, undefined, request, NOW));
    const quote = shop.quote(standing, undefined, request, NOW);
    assert.equal(why.explained_at, NOW);
    assert.deepEqual(why.shop, quote.shop);
    // Nothing is refused before it was searched for: here, only what comes before the stock is.
    const first = quote.gates.find(({ status, fact }) => status === "blocked" || fact?.fact === "search");
    assert.equal(why.refused_by, first.status === "blocked" ? first.gate : null);
    assert.equal(why.rules.length, quote.gates.length);
    for (const [index, { field, ...rule }] of why.rules.entries()) {
      const { message, fixes, opened_by_earlier, ...gate } = quote.gates[index];
      assert.deepEqual(rule, gate);
    }
  }
  const rule = (country, name) =>
    value(shop.explain(standing, null, { holder: "profile_abc123", country }, NOW)).rules.find(({ gate }) => gate === name);
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
  const id = (quote) => createHash("sha256").update(JSON.stringify(sorted(quote.toObject()))).digest("hex");
  const quotes = [zernio({ holder: "profile_abc123" }), zernio({ holder: "profile_abc123", country: "ü\n\"" }), zernio({})];
  for (const quote of quotes) assert.equal(quote.id, id(quote));
  assert.equal(zernio({}).id, quotes[2].id);
  assert.equal(new Set(quotes.map((quote) => quote.id)).size, 3);
});

test("a quote that comes back is verified by its id, and then followed", () => {
  const quote = zernio({ holder: "profile_abc123", country: "US" });
  const made = quote.toObject();
  const seen = value(verifyQuote(JSON.parse(JSON.stringify(made)), quote.id, NOW));
  assert.equal(seen.id, quote.id);
  assert.deepEqual(seen.terms.price, made.price);
  const followed = zernio({ holder: "profile_abc123", country: "US", quote_seen: seen });
  assert.deepEqual(gate(followed, "price").evidence, { compared: "same_quote", id: quote.id });
  const { rejection } = gate(zernio({ holder: "profile_abc123", country: "CA", quote_seen: seen }), "price");
  assert.ok(rejection.differences.some(({ field, seen, now }) => field === "country" && seen === "US" && now === "CA"));

  const altered = { ...made, price: { ...made.price, due_now: usd(1) } };
  const cases = [
    [verifyQuote(altered, quote.id, NOW), "quote_altered", ""],
    [verifyQuote(made, "0".repeat(64), NOW), "quote_altered", ""],
    [verifyQuote(made, quote.id, NOW + 900_000), "quote_expired", "/expires_at"],
    [verifyQuote({ ...made, refundable: true }, quote.id, NOW), "malformed", "/refundable"],
    [verifyQuote(quote, quote.id, NOW), "malformed", null],
    [verifyQuote(made, "", NOW), "malformed", ""],
    ...[null, undefined, 1, []].map((data) => [verifyQuote(data, quote.id, NOW), "malformed", ""]),
  ];
  for (const [failure, code, field] of cases) {
    assert.equal(failure.type, "failure");
    const [error] = failure.errors;
    assert.equal(error.code, code, JSON.stringify(failure));
    if (field !== null) assert.equal(error.field, field);
    assert.ok(error.message && error.help, JSON.stringify(error));
  }
});

test("the host's clock is read where `now` is left out", () => {
  const shop = value(builtinShop("zernio"));
  const before = Date.now();
  const { quoted_at } = shop.quote(value(parseStanding({ terms: ready })), null, {});
  assert.ok(before <= quoted_at && quoted_at <= Date.now());
});

test("data of the wrong shape is a failure with its place, and never thrown", () => {
  const shop = value(builtinShop("zernio"));
  const standing = value(parseStanding({ terms: ready }));
  const { plans, rate_card, policy } = { plans: [], rate_card: {}, policy: shop.policy };
  const loop = {};
  loop.loop = loop;
  const cases = [
    [parseShop({ policy: { ...policy, velocty: {} }, rate_card, plans }), "/policy/velocty", "malformed"],
    [parseShop({ policy, rate_card: { version: "1", quote_lifetime_s: 1, rates: [] } }), "/plans", "shop_invalid"],
    [parseStanding({ terms: { billing: "barter" } }), "/terms/billing", "malformed"],
    [parseOffers({ searches: [{ ...search, numbers: [{ ...offered, number: "12" }] }] }), "/searches/0/numbers/0/number", "malformed"],
    [shop.quote(standing, undefined, { country: 5 }), "/country", "malformed"],
    [shop.quote(standing, undefined, undefined), "", "malformed"],
    [shop.quote(standing, {}, {}), "", "malformed"],
    [shop.explain(standing, undefined, { country: 5 }), "/country", "malformed"],
    [shop.explain(standing, {}, {}), "", "malformed"],
    [builtinShop("nobody"), "", "policy_unknown"],
    ...[null, undefined, 1, "{}", 1n, [], loop, () => {}].map((data) => [parseStanding(data), "", "malformed"]),
  ];
  for (const [failure, field, code] of cases) {
    assert.equal(failure.type, "failure");
    const [error] = failure.errors;
    assert.deepEqual({ field: error.field, code: error.code }, { field, code }, JSON.stringify(failure));
    assert.ok(error.message && error.help, JSON.stringify(error));
  }
});

test("the policies that are listed can be opened", () => {
  const files = readdirSync(new URL("../../../core/policies", import.meta.url));
  const ids = files.filter((name) => name.endsWith(".json") && !name.endsWith(".schema.json"));
  assert.deepEqual(policyIds().sort(), ids.map((name) => name.replace(".json", "")).sort());
  for (const id of policyIds()) assert.equal(value(builtinShop(id)).version.policy, id);
  assert.ok(value(builtinShop("zernio")).countries.includes("DE"));
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

test("a handle that is given back is used no more, and others go on", () => {
  const offers = value(parseOffers({ searches: [] }));
  const copy = offers.share();
  offers.free();
  assert.equal(value(builtinShop("vobiz")).quote(value(parseStanding({ terms: ready })), copy, {}, NOW).type, "quote");
});
