// The small functions that write figures and instants.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { initSync } from "ringup/slim";
import { runnerImport } from "vite";

initSync(readFileSync(fileURLToPath(import.meta.resolve("ringup/ringup.wasm"))));

const load = async (file) =>
  (await runnerImport(fileURLToPath(new URL(`../src/${file}`, import.meta.url)), { configFile: false, logLevel: "error" })).module;
const { decimal, amount } = await load("money.ts");
const { instant, readable } = await load("time.ts");

test("an amount has its currency's decimals, and groups of three", () => {
  const shown = [[0, 2], [5, 2], [200, 2], [-5, 2], [123456789, 2], [100, 0], [1, 3], [1000000, 3], [12345, 4]];
  assert.deepEqual(
    shown.map(([minorUnits, exponent]) => decimal(minorUnits, exponent)),
    ["0.00", "0.05", "2.00", "\u22120.05", "1\u202f234\u202f567.89", "100", "0.001", "1\u202f000.000", "1.2345"],
  );
});

test("the largest amount keeps every digit", () => {
  assert.equal(decimal(Number.MAX_SAFE_INTEGER, 2).replaceAll(/\D/g, ""), "9007199254740991");
});

test("the currency decides", () => {
  const of = (minor_units, currency) => amount({ minor_units, currency });
  assert.deepEqual([of(10100, "INR"), of(100, "JPY"), of(1, "KWD")], ["101.00\u00a0INR", "100\u00a0JPY", "0.001\u00a0KWD"]);
});

test("instants are in UTC", () => {
  assert.equal(instant(Date.UTC(2026, 2, 25, 10)), "25 Mar 2026, 10:00:00");
});

test("the instants of a sentence are in the reader's form", () => {
  assert.equal(readable("wait until 2026-10-31T13:43:00Z"), "wait until 31 Oct 2026, 13:43:00 UTC");
  assert.equal(readable("the day 2026-10-31, and 2026-10-31T13:43:00.250Z"), "the day 2026-10-31, and 31 Oct 2026, 13:43:00 UTC");
});
