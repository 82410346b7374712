// A purchase reads a number as people write it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ringup } from "./built.js";

const { advice, builtinShop, explain, isAcceptable, policyIds, quote, quoteId, sentence } = ringup;

const NOW = Date.UTC(2026, 5, 16);
const number = "+14044101672";
const selector = { kind: "exact", number };
const offered = { number, inventory_id: "inv_1", country: "US", number_type: "local", capabilities: { voice: true }, prices: [] };
const offers = { searches: [{ selector, seen_at: NOW, expires_at: NOW + 60_000, numbers: [offered] }] };
const terms = { plan: "starter", billing: "usage", payment_method_on_file: true };
const input = (shop, request) =>
  ({ shop: builtinShop(shop), standing: { terms, holders: ["acme"] }, offers, request: { holder: "acme", ...request }, now: NOW });
const asked = (shop, request) => {
  const answer = quote(input(shop, request));
  assert.notEqual(answer.type, "failure", JSON.stringify(answer));
  return answer;
};

/** U+FF10 and the nine after it are digits as wide as an ideograph. */
const wide = (text) => text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

const SPELLINGS = [
  { number, country: "US" },
  { number: "(404) 410-1672", country: "US" },
  { number: "404.410.1672", country: "us" },
  { number: "1 404 410 1672", country: "US" },
  { number: "011 1 404 410 1672", country: "US" },
  { number: wide("(404) 410-1672"), country: "US" },
  { number: "+1 (404) 410-1672" },
  { number: "tel:+1-404-410-1672" },
  { number: "tel:404-410-1672;phone-context=+1" },
  { number: wide(number) },
];

test("every spelling of a number is one quote, with one id, in every shop", () => {
  for (const shop of policyIds()) {
    const plain = asked(shop, { number });
    for (const request of SPELLINGS) {
      const spelt = asked(shop, request);
      assert.deepEqual(spelt, plain, `${shop}: ${JSON.stringify(request)}`);
      assert.equal(quoteId(spelt), quoteId(plain));
      assert.equal(isAcceptable(input(shop, request)), plain.acceptable);
      assert.deepEqual(explain(input(shop, request)), explain(input(shop, { number })));
    }
  }
});

test("a shop that sells exact numbers sells the one that was meant", () => {
  const bought = asked("ringup", { number: "(404) 410-1672", country: "US" });
  assert.equal(bought.acceptable, true);
  assert.deepEqual(bought.selector, selector);
  // One that sells by area code or pattern says so, and not that the number cannot be read.
  const refused = asked("vantax", { number: "(404) 410-1672", country: "US" });
  assert.equal(refused.gates.find(({ gate }) => gate === "request").status, "passed");
  assert.equal(refused.gates.find(({ status }) => status === "blocked").gate, "selector");
});

test("a number that cannot be had as it is written is refused with its reason", () => {
  const cases = [
    [{ number: "(404) 410-1672 ext. 5", country: "US" }, { code: "has_extension" }, /leave it out$/],
    [{ number: "+1 416 555 0100", country: "US" }, { code: "of_another_country", asked: "US", found: "CA" }, /belongs to CA, not to US/],
    [{ number: "(404) 410-1672" }, { code: "not_a_number", reason: "missing_calling_code" }, /a country must be given$/],
    [{ number: "(404) 410-16", country: "US" }, { code: "not_a_number", reason: "too_short" }, /too short$/],
    [{ number: "410-1672", country: "US" }, { code: "not_a_number", reason: "local_only" }, /area code is missing$/],
    [{ number: "404€4101672", country: "US" }, { code: "not_a_number", reason: "invalid_character", at: 3 }, /character 3/],
  ];
  for (const [request, problem, says] of cases) {
    const refused = asked("ringup", request);
    const gate = refused.gates.find(({ gate }) => gate === "request");
    assert.equal(refused.acceptable, false);
    assert.deepEqual(gate.rejection, { code: "request_malformed", field: "number", typed: request.number, problem });
    assert.match(sentence(gate), says);
    assert.equal(advice(gate.fixes[0]), "correct `number`");
  }
});
