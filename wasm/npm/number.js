// Telephone numbers: read, judged and written by the numbering plan of every country. Nothing throws for what was typed.
import { answer, canMatch, countries, example, reasons, shown, types, version, written } from "./number-module.js";

/** Everything about a number. What is seldom asked for is worked out when it is. */
class PhoneNumber {
  #country;
  #formats;

  constructor(input, country) {
    const bits = answer(input, country), isNumber = (bits & 512) !== 0, more = bits >> 10 & 1023;
    this.input = input;
    this.valid = (bits & 15) !== 0;
    this.possible = (bits & 256) !== 0;
    this.country = countryOf(bits >> 20);
    this.type = isNumber ? types[bits & 15] : null;
    this.calling_code = isNumber ? more : null;
    this.reason = reasons[bits >> 4 & 15];
    this.at = this.reason === "invalid_character" ? more : null;
    this.#country = country;
  }

  get e164() { return this.#format(0); }
  get national() { return this.#format(1); }
  get international() { return this.#format(2); }
  get uri() { return this.#format(3); }
  get extension() { return this.#format(4) || null; }

  #format(which) {
    if (this.type === null) return null;
    this.#formats ??= written(this.input, this.#country).split("\n");
    return this.#formats[which];
  }

  toJSON() {
    const { input, valid, possible, e164, country, type, national, international, reason } = this;
    const { extension, uri, calling_code, at } = this;
    return { input, valid, possible, e164, country, type, national, international, reason, extension, uri, calling_code, at };
  }
}

/** Five bits a letter, each made into text once. */
const names = [];
const countryOf = (letters) => (letters === 0 ? null : names[letters] ??= String.fromCharCode(64 + (letters >> 5), 64 + (letters & 31)));

const textOf = (value) => (typeof value === "string" ? value : String(value ?? ""));

export const parseNumber = (text, country) => new PhoneNumber(textOf(text), country);

export class AsYouType {
  #country;
  #typed = "";
  #shown = "";

  constructor(country) { this.#country = country; }

  get text() { return this.#shown; }

  push(text) {
    this.#typed += textOf(text);
    return (this.#shown = shown(this.#typed, this.#country));
  }

  clear() { this.#typed = this.#shown = ""; }
}

export function exampleNumber(country, type) {
  const number = example(country, type);
  return number === "" ? null : parseNumber(number);
}

export const patternCanMatch = (pattern, country) => canMatch(textOf(pattern), country);
export const planCountries = () => [...countries];
export const planVersion = () => version;
