// The types of the numbering plan, in every entry point.
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
export interface NoNumber extends Everything {
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
  /** For `invalid_character`: its position, in characters from nought. */
  readonly at: number | null;
}

interface ReadNumber extends Everything {
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

interface Everything {
  /** What was given. */
  readonly input: string;
  /** All of it as a plain object. `JSON.stringify` calls it. */
  toJSON(): { [key in Exclude<keyof PhoneNumber, "toJSON">]: PhoneNumber[key] };
}

/** A country by its two letters. A text that is none is answered, by the reason `unknown_country`. */
export type CountryInput = PlanCountry | (string & {}) | null;

/**
 * Reads what a person typed: with spaces, brackets, dashes, other scripts' digits, prefixes for calls abroad, extensions,
 * or as a `tel:` URI. Without a country it must say its calling code, after a `+`. It never throws.
 */
export function parseNumber(text: string, country?: CountryInput): PhoneNumber;

/** Formats a number while it is typed. In a country that the plan does not know only numbers with a `+` take a form. */
export class AsYouType {
  constructor(country?: CountryInput);
  /** What is shown now. */
  readonly text: string;
  /** More was typed, a character or several; gives what is shown now. */
  push(text: string): string;
  /** Starts anew. */
  clear(): void;
}

/** The example that the plan gives for a country and a type. */
export function exampleNumber(country: CountryInput, type: NumberKind): ValidNumber | null;

/** Whether `+1415555****`, each `*` an open digit, can mean a valid number, of the country if one is given. */
export function patternCanMatch(pattern: string, country?: CountryInput): boolean;

/** The countries whose numbers the plan knows. */
export function planCountries(): PlanCountry[];

/** The version of libphonenumber whose metadata the plan holds. */
export function planVersion(): string;
