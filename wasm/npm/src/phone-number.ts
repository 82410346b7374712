// Telephone numbers: read, judged and written by the numbering plan of every country. Nothing throws for what was typed.
import { instance, type NumberExports } from "./instance.js";
import { shown as named, typed } from "./misuse.js";
import { readLines, readUtf8, writeUtf8 } from "./text.js";
import type { NumberKind, NumberReason, PlanCountry } from "./types.js";

/** What is known of a text that may be a number; `valid` and `type` tell the three cases apart. */
export type PhoneNumber = ValidNumber | InvalidNumber | NoNumber;

/** A number that the plan has. Whether it is in service, nobody but its carrier knows. */
export interface ValidNumber extends ReadNumber {
  readonly valid: true;
  /** libphonenumber's name for what it is for, in lower case. */
  readonly type: NumberKind;
  readonly reason: null;
}

/** It was read as a number, and the plan has none like it. */
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
  /** The country that has it, also where several share a calling code; null if that is not known, or none has it as for +800. */
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

/** A country by its two letters. A text that is none is answered, by the reason `unknown_country`. */
export type CountryInput = PlanCountry | (string & {}) | null;

/**
 * Reads what a person typed: with spaces, brackets, dashes, other scripts' digits, prefixes for calls abroad, extensions,
 * or as a `tel:` URI. Without a country it must say its calling code, after a `+`.
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

/** Whether the plan has the number. As `parseNumber(…).valid`, and a few times as fast. */
export function isValidNumber(text: string, country?: CountryInput): boolean {
  const { module } = plan();
  return (module.number_answer(write(text), letters(country)) & 15) !== 0;
}

/** What the number is for; `"unknown"` if the plan has none like it, null if it is no number. As `parseNumber(…).type`. */
export function numberType(text: string, country?: CountryInput): NumberKind | "unknown" | null {
  const { module, types } = plan();
  const bits = module.number_answer(write(text), letters(country));
  return bits & IS_NUMBER ? types[bits & 15]! : null;
}

/** Formats a number while it is typed. In a country that the plan does not know only numbers with a `+` take a form. */
export class AsYouType {
  /** What is shown now. */
  text = "";
  /** What was typed. */
  typed = "";
  readonly country: CountryInput | undefined;

  /** @throws TypeError if `country` is neither a string nor left out. */
  constructor(country?: CountryInput) {
    letters(country);
    this.country = country;
  }

  /** More was typed, a character or several; gives what is shown now. */
  push(text: string): string {
    const all = this.typed + typed("text", text);
    const length = plan().module.number_shown(write(all), letters(this.country));
    this.typed = all;
    return (this.text = length < 0 ? all : read(length));
  }

  /** Starts anew. */
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

/** Whatever is cut off would not have been looked at. */
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
