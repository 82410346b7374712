// Quotes, their inputs and explanations. Answers are plain data.
import { isFailure, json, within, type Answer } from "./failure.js";
import { write } from "./input.js";
import { instance } from "./instance.js";
import { checked, frozen, offers, shops, slotOf, standings } from "./loaded.js";
import { instant, members, shown, typed } from "./misuse.js";
import { answer } from "./tape.js";
import type * as data from "./types.js";

export type { Answer } from "./failure.js";

/** A checked policy with its rate card and plans. A frozen plain object; a copy works, too. */
export interface Shop {
  /** What it was made from. */
  readonly document: data.ShopData;
  /** The version of its rules and prices. */
  readonly version: data.ShopVersion;
  /** The countries that its rate card names, by their two letters. */
  readonly countries: readonly string[];
}

/** The input of a quote or an explanation. */
export interface QuoteInput {
  /** From `builtinShop` or `parseShop`. */
  readonly shop: Shop;
  /** The account's standing. One from `parseStanding` is read once, any other at every call. */
  readonly standing: data.Standing;
  /** Search results; default: none. Ones from `parseOffers` are read once. */
  readonly offers?: data.Offers | null | undefined;
  /** The purchase request. A half-typed one gives a blocked gate. */
  readonly request: data.PurchaseRequest;
  /** Milliseconds since 1970; default: the host's clock. */
  readonly now?: number | undefined;
}

const INPUT = ["shop", "standing", "offers", "request", "now"];

/** No slot has this number: no offers. */
const NONE = 0xffff;

/**
 * Prices a request and checks every gate.
 *
 * @returns the quote, or a failure if a part of the input is not of its type.
 * @throws TypeError if it is called wrongly: `shop` is not a shop, `now` is not a number, or a member is unknown.
 */
export function quote(input: QuoteInput): Answer<data.Quote> {
  return ask("quote", input, answer) as Answer<data.Quote>;
}

/**
 * Whether a purchase of the request would be accepted: `acceptable` of its quote, and three times as fast.
 *
 * @returns a failure if a part of the input is not of its type.
 * @throws TypeError if it is called wrongly.
 */
export function isAcceptable(input: QuoteInput): boolean | data.InputFailure {
  return ask("is_acceptable", input, (said) => (said > 1 ? answer(said) : said === 1)) as boolean | data.InputFailure;
}

/**
 * Explains a quote: every rule, what it compared, and the field of the shop that decided.
 *
 * @returns the explanation, or a failure if a part of the input is not of its type.
 * @throws TypeError if it is called wrongly.
 */
export function explain(input: QuoteInput): Answer<data.Explanation> {
  return ask("explain", input, answer) as Answer<data.Explanation>;
}

function ask(call: "quote" | "is_acceptable" | "explain", input: QuoteInput, read: (said: number) => unknown): unknown {
  members(input, INPUT);
  const now = instant(input.now);
  const shop = slotOf(shops, documentOf(input.shop));
  if (typeof shop !== "number") return within("/shop", shop);
  const standing = slotOf(standings, input.standing);
  if (typeof standing !== "number") return within("/standing", standing);
  const found = input.offers === undefined || input.offers === null ? NONE : slotOf(offers, input.offers);
  if (typeof found !== "number") return within("/offers", found);
  const request = json("PurchaseRequest", input.request);
  if (typeof request !== "string") return within("/request", request);
  write(request);
  return read(instance()[call](shop, standing, found, now));
}

/**
 * The English sentence of a gate: why it refuses, what it compared, or what it waits for.
 *
 * @param said a gate of a quote or of an explanation, or a refusal.
 * @param shop whose amounts are written with its own decimals; left out: with those of ISO 4217.
 * @throws TypeError if `said` is something else.
 */
export function sentence(said: data.GateReport | data.ExplainedRule | data.Rejection, shop?: Shop): string {
  if ("code" in said) return spoken({ rejection: said }, shop);
  switch (said.status) {
    case "passed":
      return spoken({ evidence: said.evidence }, shop);
    case "blocked":
      return spoken({ rejection: said.rejection }, shop);
    case "waiting":
      return spoken({ fact: said.fact }, shop);
    default:
      throw new TypeError(`\`sentence\` takes a gate or a rejection, not ${shown(said)}`);
  }
}

/**
 * The English sentence of a fix.
 *
 * @param fix a fix of a quote or of one of its gates.
 * @param shop whose amounts are written with its own decimals; left out: with those of ISO 4217.
 * @throws TypeError if it is no fix.
 */
export function advice(fix: data.Remedy | data.GateFix, shop?: Shop): string {
  return spoken({ fix }, shop);
}

function spoken(message: object, shop: Shop | undefined): string {
  const slot = shop === undefined ? NONE : slotOf(shops, documentOf(shop));
  const text = json("Message", message);
  if (typeof slot === "number" && typeof text === "string") {
    write(text);
    const read = answer(instance().sentence(slot));
    if (typeof read === "string") return read;
  }
  const [kind = "message"] = Object.keys(message);
  throw new TypeError(`there is no sentence for this ${kind}: give one that a quote or a decision has`);
}

function documentOf(shop: Shop): unknown {
  const document = (shop as Shop | null | undefined)?.document;
  if (typeof document === "object" && document !== null) return document;
  throw new TypeError(`\`shop\` must come from \`builtinShop\` or \`parseShop\`, not ${shown(shop)}`);
}

/** Checks a policy with its rate card and plans, once. */
export function parseShop(data: data.ShopData): Answer<Shop> {
  const read = checked(shops, data);
  if (isFailure(read)) return read;
  const { version, countries } = read.facts as Pick<Shop, "version" | "countries">;
  return frozen({ document: read.document as data.ShopData, version, countries });
}

/** Checks a standing once. Returns a frozen copy, which `quote` does not read again. */
export function parseStanding(data: data.Standing): Answer<data.Standing> {
  const read = checked(standings, data);
  return isFailure(read) ? read : (read.document as data.Standing);
}

/** Checks search results once. Returns a frozen copy, which `quote` does not read again. */
export function parseOffers(data: data.Offers): Answer<data.Offers> {
  const read = checked(offers, data);
  return isFailure(read) ? read : (read.document as data.Offers);
}

/** The ids of the shipped policies. */
export function policyIds(): string[] {
  return answer(instance().policy_ids()) as string[];
}

const builtin = new Map<string, Shop>();

/**
 * The shop of a shipped policy.
 *
 * @throws TypeError if there is no such policy.
 */
export function builtinShop(id: string): Shop {
  const known = builtin.get(id);
  if (known !== undefined) return known;
  const ids = policyIds(), place = ids.indexOf(id);
  if (place === -1) throw new TypeError(`unknown policy ${shown(id)}: name one of \`${ids.join("`, `")}\``);
  const shop = parseShop(JSON.parse(answer(instance().policy(place)) as string) as data.ShopData);
  if (isFailure(shop)) throw new Error(shop.errors[0]!.message);
  builtin.set(id, shop);
  return shop;
}

/**
 * The id of a quote: SHA-256, in hexadecimal, over the quote as RFC 8785 writes it. The same content has the same id everywhere;
 * it is a name, not a signature.
 *
 * @throws TypeError if it is no quote.
 */
export function quoteId(quote: data.Quote): string {
  if (!Array.isArray((quote as data.Quote | null | undefined)?.gates)) {
    throw new TypeError(`\`quoteId\` takes a quote of \`quote\`, not ${shown(quote)}`);
  }
  write(canonical(quote));
  return answer(instance().quote_id()) as string;
}

/** As RFC 8785 writes it: members in the order of their names, the rest as `JSON.stringify` does. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical((value as Record<string, unknown>)[name])}`).join()}}`;
}

/**
 * Checks that a returned quote has this id and has not expired; gives the `quote_seen` of a purchase that follows it.
 * Use an id that you have stored or signed: a client that changes a quote can compute its new id.
 *
 * @throws TypeError if `now` is no number, or `id` no string.
 */
export function verifyQuote(quote: data.Quote, id: string, now?: number): Answer<data.QuoteSeen> {
  const at = instant(now);
  const text = json("Quote", quote);
  if (typeof text !== "string") return within("/quote", text);
  const length = write(text, typed("id", id));
  return answer(instance().verify_quote(length, at)) as Answer<data.QuoteSeen>;
}

/**
 * The decimals of a currency by ISO 4217: 2 for `USD`, 0 for `JPY`. Undefined for an unknown currency.
 */
export function currencyExponent(code: string): number | undefined {
  write(typed("code", code));
  const exponent = instance().currency_exponent();
  return exponent < 0 ? undefined : exponent;
}

/**
 * A new idempotency key: 128 bits of the host's entropy, as 32 hexadecimal digits.
 *
 * @throws Error if the host gives no entropy: a key that is not unique would make two purchases one.
 */
export function newIdempotencyKey(): string {
  if (typeof crypto === "undefined") throw new Error("this host gives no entropy (`crypto.getRandomValues`)");
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
