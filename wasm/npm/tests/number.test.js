// Numbers, by the built package: the same answers as the native program, and as an independent peer where it knows them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import peer from "libphonenumber-js/max";

import { number as built } from "./built.js";

const {
  AsYouType, exampleNumber, isValidNumber, numberType, parseNumber, patternCanMatch, planCountries, planVersion,
} = built;

const program = process.env.RINGUP_BIN ?? fileURLToPath(new URL("../../../target/debug/ringup", import.meta.url));

const TYPES = [
  "fixed_line", "mobile", "fixed_line_or_mobile", "toll_free", "premium_rate", "shared_cost", "voip", "personal_number",
  "pager", "uan", "voicemail",
];
const examples = planCountries().flatMap((country) =>
  TYPES.flatMap((type) => {
    const number = exampleNumber(country, type);
    return number ? [{ country, type, number }] : [];
  }),
);

/** Texts like those that people leave in forms, the same ones every time. */
function garbage(count) {
  const letters = ["+", "0", "1", "4", "5", "9", " ", "-", "(", ")", ".", "x", "#", ";ext=", "tel:", ",", "a", "é", "٣", "٤", "＋", "😀", "\ud800", "\u0000", "\n"];
  let seed = 7;
  const next = (bound) => (seed = (seed * 48271) % 2147483647) % bound;
  return Array.from({ length: count }, () => Array.from({ length: next(30) }, () => letters[next(letters.length)]).join(""));
}

const odd = ["", " ", "+", "911", "12€34", "hello", "1-800-FLOWERS", "٠١٠٠ ١٢٣ ٤٥٦٧", "＋４４２０７１８３８７５０", "020 7183 8750 ext. 12",
  "tel:7183-8750;phone-context=+44-20", "1".repeat(250), "1".repeat(251), "😀".repeat(300), "+1 (415) 555-2671 or 2672"];

test("every example is valid, and the peer knows it as the same number", () => {
  assert.ok(examples.length > 1000, `${examples.length} examples`);
  let same = 0;
  for (const { country, number } of examples) {
    assert.ok(number.valid && number.possible && number.reason === null, `${country} ${number.e164}`);
    const theirs = peer(number.e164);
    const agrees = theirs?.isValid() && theirs.number === number.e164 && (theirs.getType() ?? "").toLowerCase() === number.type
      && (theirs.country ?? null) === number.country && theirs.formatInternational() === number.international.replace(/[^+\d]+/g, " ")
      && theirs.formatNational() === number.national;
    same += agrees ? 1 : 0;
  }
  // The peer writes spaces only, has no formats for very short numbers and no country that is but a part of another.
  assert.ok(same >= examples.length * 0.99, `${same} of ${examples.length}`);
});

test("the answers are those of `ringup number`", () => {
  const typed = examples.flatMap(({ number }) => [number.e164, number.national, number.uri, `${number.international}0`, number.e164.slice(0, -1)]);
  const texts = [...typed, ...odd, ...garbage(3000)].filter((text) => text.isWellFormed?.() !== false && !/[\ud800-\udfff\n\r]/.test(text));
  for (const country of [undefined, "US", "gb", "DE", "AR", "JP"]) {
    const lines = execFileSync(program, ["number", ...(country ? ["--country", country] : [])], {
      input: texts.map((text) => `${text}\n`).join(""), encoding: "utf8", maxBuffer: 1 << 28,
    });
    const native = lines.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.equal(native.length, texts.length);
    native.forEach((expected, at) => {
      const { input, valid, possible, e164, country: home, type, national, international, reason } = parseNumber(texts[at], country);
      assert.deepEqual({ input, valid, possible, e164, country: home, type, national, international, reason }, expected);
    });
  }
});

test("whatever was typed, nothing throws, and the answer is of one of three kinds", () => {
  const unread = ["e164", "country", "type", "national", "international", "extension", "uri", "calling_code"];
  const flaws = ["too_short", "too_long", "invalid_length", "local_only", "invalid_for_country"];
  for (const text of [...odd, ...garbage(5000)]) {
    for (const country of [undefined, null, "US", "", "usa", "ZZ", "日本"]) {
      const number = parseNumber(text, country);
      assert.equal(isValidNumber(text, country), number.valid);
      assert.equal(numberType(text, country), number.type);
      const why = JSON.stringify(number);
      assert.equal(number.valid, number.reason === null, why);
      assert.equal(number.at === null, number.reason !== "invalid_character", why);
      if (number.valid) assert.ok(TYPES.includes(number.type), why);
      else if (number.type === "unknown") assert.ok(flaws.includes(number.reason), why);
      else for (const member of unread) assert.equal(number[member], null, why);
      if (number.type !== null) assert.match(number.e164, /^\+\d+$/, why);
    }
    const typing = new AsYouType("GB");
    assert.equal(typeof typing.push(text), "string");
    assert.equal(patternCanMatch(text, "GB"), false);
  }
});

test("a mistake says what it is and where", () => {
  const { reason, at } = parseNumber("12€34", "US");
  assert.deepEqual({ reason, at }, { reason: "invalid_character", at: 2 });
  assert.equal(parseNumber("4155552671").reason, "missing_calling_code");
  assert.equal(parseNumber("+1 299 555 2671").reason, "invalid_for_country");
});

test("a country that there is not is never passed over", () => {
  for (const country of ["UK", "XX", "", "USA", "ÜS", "U"]) {
    const { valid, reason } = parseNumber("+442071838750", country);
    assert.deepEqual({ valid, reason }, { valid: false, reason: "unknown_country" }, country);
    assert.equal(exampleNumber(country, "mobile"), null);
    assert.equal(patternCanMatch("+4420********", country), false);
  }
  for (const country of ["GB", "gb", undefined, null]) assert.equal(parseNumber("+442071838750", country).valid, true);
});

test("a number takes its form while it is typed", () => {
  const typing = new AsYouType("US");
  const shown = [..."4155552671"].map((digit) => typing.push(digit));
  assert.deepEqual(shown, ["4", "41", "415", "415-5", "415-55", "415-555", "415-5552", "(415) 555-26", "(415) 555-267", "(415) 555-2671"]);
  assert.equal(typing.text, "(415) 555-2671");
  typing.clear();
  assert.equal(typing.push("+442071838750"), "+44 20 7183 8750");
  for (const long of ["9".repeat(300), "é".repeat(3000)]) assert.equal(new AsYouType("GB").push(long), long);
});

test("a pattern can match where numbers are", () => {
  for (const [pattern, country, expected] of [
    ["+1415555****", "US", true], ["+1415555****", undefined, true], ["+1415555****", "CA", false], ["+***********", "FR", true],
    ["+1415055****", "US", false], ["1415555****", "US", false],
  ]) assert.equal(patternCanMatch(pattern, country), expected, `${pattern} ${country}`);
});

test("the plan says which countries it knows, and its version", () => {
  assert.equal(planCountries().length, 245);
  for (const country of ["US", "GB", "VA", "AC"]) assert.ok(planCountries().includes(country));
  assert.match(planVersion(), /^9\.\d+\.\d+$/);
});

test("memory that has grown is still the same memory", () => {
  const long = "+1 415 555 2671, or any of these: ".padEnd(250, "+1 415 555 2671 ");
  for (let call = 0; call < 2000; call += 1) new AsYouType("US").push(long);
  assert.equal(parseNumber("+14155552671").national, "(415) 555-2671");
});

test("a number is plain data, and a formatter works behind a proxy", () => {
  const number = parseNumber("(415) 555-2671", "US");
  for (const copy of [structuredClone(number), { ...number }, JSON.parse(JSON.stringify(number))]) assert.deepEqual(copy, number);
  assert.equal(new Proxy(number, {}).e164, "+14155552671");
  const typing = new Proxy(new AsYouType("US"), {});
  assert.equal(typing.push("4155552"), "415-5552");
  assert.equal(typing.text, "415-5552");
  typing.clear();
  assert.equal(typing.text, "");
});

test("calling wrongly throws one TypeError that says how to call", () => {
  for (const call of [parseNumber, isValidNumber, numberType, patternCanMatch]) {
    for (const text of [undefined, null, 5, {}, []]) assert.throws(() => call(text, "US"), { name: "TypeError", message: /must be a string/ });
    for (const country of [["G", "B"], 44, {}, true]) {
      assert.throws(() => call("+442071838750", country), { name: "TypeError", message: /`country` must be two letters/ });
    }
  }
  assert.throws(() => new AsYouType(["US"]), { name: "TypeError", message: /not an array/ });
  assert.throws(() => new AsYouType("US").push(5), { name: "TypeError", message: /`text` must be a string, not 5/ });
  assert.throws(() => exampleNumber(1, "mobile"), TypeError);
});
