// Answers and what quotes are made of, behind the proxies that frameworks put in front of data.
import assert from "node:assert/strict";
import { test } from "node:test";

import { reactive, ref } from "@vue/reactivity";
import { makeAutoObservable, observable, toJS } from "mobx";

import { number, ringup } from "./built.js";

const { builtinShop, explain, parseOffers, parseStanding, quote, quoteId, verifyQuote } = ringup;
const terms = { plan: "build", billing: "subscription" };
const NOW = Date.UTC(2026, 5, 16);
const input = (wrap = (value) => value) => ({
  shop: wrap(builtinShop("zernio")),
  standing: wrap(parseStanding({ terms, holders: ["profile_abc123"] })),
  offers: wrap(parseOffers({})),
  request: wrap({ holder: "profile_abc123", country: "DE" }),
  now: NOW,
});

for (const [name, wrap] of [
  ["Vue's ref", (value) => ref(value).value],
  ["Vue's reactive", (value) => reactive({ value }).value],
  ["MobX", (value) => observable({ value }).value],
  ["a plain proxy", (value) => new Proxy(value, {})],
]) {
  test(`${name}: what goes in and what comes out are data`, () => {
    const expected = quote(input()), id = quoteId(expected);
    assert.deepEqual(quote(input(wrap)), expected);
    assert.deepEqual(explain(input(wrap)), explain(input()));
    const wrapped = wrap(expected);
    assert.equal(JSON.stringify(wrapped), JSON.stringify(expected));
    assert.equal(wrapped.gates.length, expected.gates.length);
    assert.equal(quoteId(wrapped), id);
    assert.deepEqual(verifyQuote(wrapped, id, NOW), verifyQuote(expected, id, NOW));
    const typed = wrap(number.parseNumber("(415) 555-2671", "US"));
    assert.deepEqual([typed.e164, { ...typed }.national], ["+14155552671", "(415) 555-2671"]);
  });
}

test("a formatter works where it is observed", () => {
  for (const typing of [ref(new number.AsYouType("US")).value, makeAutoObservable(new number.AsYouType("US"))]) {
    for (const digit of "4155552671") typing.push(digit);
    assert.equal(typing.text, "(415) 555-2671");
    typing.clear();
    assert.equal(toJS(typing.text), "");
  }
});
