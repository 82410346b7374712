// Phone numbers: parsed, validated and formatted by the numbering plan. No text throws.
import { instance, type NumberExports } from "./instance.js";
import { shown as named, typed } from "./misuse.js";
import { readLines, readUtf8, writeUtf8 } from "./text.js";
import type { NumberKind, NumberReason, PlanCountry } from "./types.js";

/** The result of parsing a text; `valid` and `type` tell the three cases apart. */
export type PhoneNumber = ValidNumber | InvalidNumber | NoNumber;

/** A number of the plan. Only its carrier knows whether it is in service. */
export interface ValidNumber extends ReadNumber {
  readonly valid: true;
  /** libphonenumber's type, in lower case. */
  readonly type: NumberKind;
  readonly reason: null;
}

/** A number that is not in the plan. */
export interface InvalidNumber extends ReadNumber {
  readonly valid: false;
  readonly type: "unknown";
  readonly reason: "too_short" | "too_long" | "invalid_length" | "local_only" | "invalid_for_country";
}

/** It could not be read as a number. */
export interface NoNumber {
  /** What was given. */
  readonly input: string;
  readonly valid: false;
  readonly possible: false;
  readonly e164: null;
  readonly country: null;
  readonly type: null;
  readonly national: null;
  readonly international: null;
  readonly reason: Exclude<NumberReason, "invalid_length" | "local_only" | "invalid_for_country">;
  readonly extension: null;
  readonly uri: null;
  readonly calling_code: null;
  /** For `invalid_character`: its position, in characters from zero. */
  readonly at: number | null;
}

/** What is known of every number that could be read. */
export interface ReadNumber {
  /** What was given. */
  readonly input: string;
  /** Whether numbers of this length exist, if only for calls nearby. */
  readonly possible: boolean;
  /** `+442071838750` */
  readonly e164: string;
  /** The country, also if several share the calling code; null if it is unknown, or if there is none, as for +800. */
  readonly country: PlanCountry | null;
  /** `020 7183 8750` */
  readonly national: string;
  /** `+44 20 7183 8750` */
  readonly international: string;
  /** Its extension within a company. */
  readonly extension: string | null;
  /** `tel:+44-20-7183-8750` */
  readonly uri: string;
  /** `44` */
  readonly calling_code: number;
  readonly at: null;
}

/** A country by its two letters. An unknown one gives the reason `unknown_country`. */
export type CountryInput = PlanCountry | (string & {}) | null;

/**
 * Parses a typed number: with spaces, brackets, dashes, digits of any script, international prefixes, extensions, or as a
 * `tel:` URI. Without a country it must begin with `+` and a calling code.
 *
 * @throws TypeError if `text` is no string, or `country` neither a string nor left out.
 */
export function parseNumber(text: string, country?: CountryInput): PhoneNumber {
  const { module, types, reasons } = plan();
  const bits = module.number_read(write(text), letters(country));
  const type = bits & IS_NUMBER ? types[bits & 15]! : null, more = bits >> 10 & 1023, reason = reasons[bits >> 4 & 15]!;
  const [e164, national, international, uri, extension] = type === null ? NO_LINES : readLines(buffer());
  return {
    input: text, valid: (bits & 15) !== 0, possible: (bits & IS_POSSIBLE) !== 0, e164, country: countryOf(bits >> 20), type,
    national, international, reason, extension: extension || null, uri, calling_code: type === null ? null : more,
    at: reason === "invalid_character" ? more : null,
  } as PhoneNumber;
}

/** Whether the number is in the plan: `parseNumber(…).valid`, several times faster. */
export function isValidNumber(text: string, country?: CountryInput): boolean {
  const { module } = plan();
  return (module.number_answer(write(text), letters(country)) & 15) !== 0;
}

/** The type: `"unknown"` if the number is not in the plan, null if the text is not a number. `parseNumber(…).type`, faster. */
export function numberType(text: string, country?: CountryInput): NumberKind | "unknown" | null {
  const { module, types } = plan();
  const bits = module.number_answer(write(text), letters(country));
  return bits & IS_NUMBER ? types[bits & 15]! : null;
}

/** Formats a number while it is typed. Without a country of the plan, only numbers with a `+` are formatted. */
export class AsYouType {
  /** The formatted text. */
  text = "";
  /** What was typed. */
  typed = "";
  readonly country: CountryInput | undefined;

  /** @throws TypeError if `country` is neither a string nor left out. */
  constructor(country?: CountryInput) {
    letters(country);
    this.country = country;
  }

  /** Adds typed characters; returns the formatted text. */
  push(text: string): string {
    const all = this.typed + typed("text", text);
    const length = plan().module.number_shown(write(all), letters(this.country));
    this.typed = all;
    return (this.text = length < 0 ? all : read(length));
  }

  /** Clears the text. */
  clear(): void {
    this.typed = this.text = "";
  }
}

/** The example that the plan gives for a country and a type. */
export function exampleNumber(country: CountryInput, type: NumberKind): ValidNumber | null {
  const { module, types } = plan();
  const length = module.number_example(letters(country), types.indexOf(type));
  return length === 0 ? null : (parseNumber(read(length)) as ValidNumber);
}

/** Whether `+1415555****`, each `*` an open digit, can mean a valid number, of the country if one is given. */
export function patternCanMatch(pattern: string, country?: CountryInput): boolean {
  return plan().module.number_can_match(write(pattern), letters(country)) !== 0;
}

/** The countries whose numbers the plan knows. */
export const planCountries = (): PlanCountry[] => [...plan().countries];

/** The version of libphonenumber whose metadata the plan holds. */
export const planVersion = (): string => plan().version;

// The other side of wasm/number/src/abi.rs: one buffer for texts, one integer for everything short.

const IS_POSSIBLE = 1 << 8, IS_NUMBER = 1 << 9, BUFFER = 2048;

const NO_LINES = [null, null, null, null, null];

/** The module, and the words that its integers stand for; the first of each is zero. */
interface Plan {
  readonly module: NumberExports;
  readonly types: readonly (NumberKind | "unknown")[];
  readonly reasons: readonly (NumberReason | null)[];
  readonly version: string;
  readonly countries: readonly PlanCountry[];
}

let known: Plan | undefined;

function plan(): Plan {
  return (known ??= facts(instance()));
}

function facts(module: NumberExports): Plan {
  // The memory may grow in a call, so it is looked at afterwards.
  const length = module.number_facts();
  bytes = new Uint8Array(module.memory.buffer, module.number_buffer(), BUFFER);
  const [types, reasons, version, countries] = readUtf8(bytes, 0, length).split("\n") as [string, string, string, string];
  return {
    module,
    types: ["unknown", ...(types.split(" ") as NumberKind[])],
    reasons: [null, ...(reasons.split(" ") as NumberReason[])],
    version,
    countries: countries.match(/../g) as string[] as PlanCountry[],
  };
}

let bytes = new Uint8Array(0);

/** When the memory has grown, the old view of it has no length any more. */
function buffer(): Uint8Array {
  if (bytes.length === 0) bytes = new Uint8Array(plan().module.memory.buffer, plan().module.number_buffer(), BUFFER);
  return bytes;
}

/** A longer text is not a number, so the rest may be cut off. */
const write = (text: string): number => writeUtf8(typed("text", text), buffer(), 0, BUFFER / 2);

const read = (length: number): string => readUtf8(buffer(), 0, length);

/** Two letters as two bytes, zero for none. What is no country gets a number that is none either. */
function letters(country: CountryInput | undefined): number {
  if (country === undefined || country === null) return 0;
  if (typeof country !== "string") throw new TypeError(`\`country\` must be two letters such as \`US\`, or left out, not ${named(country)}`);
  if (country.length !== 2) return 1;
  const first = country.charCodeAt(0), second = country.charCodeAt(1);
  return first < 128 && second < 128 ? first << 8 | second : 1;
}

/** Five bits a letter, each made into text once. */
const names: string[] = [];
const countryOf = (letters: number): string | null =>
  letters === 0 ? null : (names[letters] ??= String.fromCharCode(64 + (letters >> 5), 64 + (letters & 31)));
