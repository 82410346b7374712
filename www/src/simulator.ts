// A client of the control plane of `ringup serve`, on the same origin.
import { newIdempotencyKey, type EffectKind, type Event, type Money, type Offers, type PurchaseRequest, type ShopData, type Standing, type State } from "ringup/slim";

export interface Dialect {
  id: string;
  title: string;
  shop: ShopData;
  form: { fields: Array<keyof PurchaseRequest>; seed: PurchaseRequest };
}

export interface Account {
  account: string;
  dialect: string;
  situation: string;
  credentials: Record<string, string>;
  note: string;
}

export interface Clock {
  now: number;
  mode: "manual" | "wall";
}

export interface StoredPurchase {
  purchase: string;
  state: State;
  /** What is in manual review. */
  in_review: EffectKind[];
  events: Array<{ seq: number; at: number; event: Event }>;
}

/** A number that was bought, as the control plane lists it. */
export interface HeldNumber {
  purchase: string;
  number: string;
  holder?: string;
  status:
    | { status: "active" | "ending_charges" | "releasing" | "released" }
    | { status: "scheduled"; at: number }
    | { status: "cooling_down"; ends_at: number };
  suspended: boolean;
  renewal?: { unpaid?: { rent: Money; tax?: Money; declines?: number; suspends_at?: number; releases_at?: number } };
  renews_at: number | null;
  renewal_amount: Money | null;
}

export interface Posting {
  at: number;
  purchase?: string;
  event: string;
  from: string;
  to: string;
  money: Money;
}

export interface Ledger {
  entries: Posting[];
  balances: Array<{ currency: string; books: Record<string, number> }>;
}

/** An HTTP request as the system's API defines it; a form's body is a string. */
export interface WireRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

/** A purchase request with the requests that must come before it, such as a search. */
export interface WirePurchase extends WireRequest {
  preparation: WireRequest[];
}

export interface WireReply {
  status: number;
  body: unknown;
}

export const dialects = () => get<Dialect[]>("/_sim/dialects");
export const accounts = () => get<Account[]>("/_sim/accounts");
export const clock = () => get<Clock>("/_sim/clock");
/** How the account stands, and the numbers that it has bought. */
export const shown = (account: string) =>
  get<{ standing: Standing; numbers: HeldNumber[] }>(`/_sim/accounts/${encodeURIComponent(account)}`);
export const purchases = (account: string) => get<StoredPurchase[]>(`/_sim/purchases?${of(account)}`);
export const ledger = (account: string) => get<Ledger>(`/_sim/ledger?${of(account)}`);

/** Searches the inventory by the selector of the request. */
export const offers = (account: string, request: PurchaseRequest) =>
  post<Offers>("/_sim/offers", { account, request });

/** Up to 40 free numbers, as suggestions. */
export const freeNumbers = async (dialect: string) =>
  (await get<{ numbers: Array<{ number: string; country: string; region: string }> }>(
    `/_sim/inventory?${new URLSearchParams({ dialect, free: "true", limit: "40" })}`,
  )).numbers;

export const encode = (account: string, request: PurchaseRequest) =>
  post<WirePurchase>("/_sim/encode", { account, request });
/** Changes the account's terms by a merge patch, as an operator would. */
export const changeTerms = (account: string, terms: object) =>
  ask<unknown>(`/_sim/accounts/${encodeURIComponent(account)}/terms`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(terms),
  });
export const advance = (seconds: number) => post<Clock>("/_sim/clock/advance", { seconds });
/** Adds money to the wallet. The key makes a repeat of this call, by whatever is between, harmless. */
export const topUp = (account: string, money: Money) =>
  post<unknown>(`/_sim/accounts/${encodeURIComponent(account)}/top-up`, { money }, { "idempotency-key": newIdempotencyKey() });

/** Breaks the card, or replaces it by one that works. */
export const card = (account: string, declined: boolean) =>
  ask<unknown>(`/_sim/accounts/${encodeURIComponent(account)}/card`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ declined }),
  });

/** Releases a number when the policy says. */
export const release = (purchase: string) => post<HeldNumber>(`/_sim/numbers/${encodeURIComponent(purchase)}/release`, {});
/** Cancels a release that has not begun. */
export const keep = (purchase: string) => post<HeldNumber>(`/_sim/numbers/${encodeURIComponent(purchase)}/cancel-release`, {});

export type Finding = "done" | "not_done" | "ask_again";

/** Closes a manual review. A finding that contradicts the world's records is refused. */
export const resolve = (purchase: string, effect: EffectKind, finding: Finding) =>
  post<StoredPurchase>(`/_sim/purchases/${encodeURIComponent(purchase)}/resolve`, { effect, finding });

/** Opens a new account in a situation. */
export const open = (dialect: string, situation: string) =>
  post<Account>("/_sim/accounts", { dialect, situation });

/** Sends a request. A refusal is a reply, not an error. */
export async function send({ method, path, headers, body }: WireRequest): Promise<WireReply> {
  // A form is a string already.
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(path, { method, headers, body: method === "GET" ? null : text });
  const reply = await response.text();
  try {
    return { status: response.status, body: JSON.parse(reply) };
  } catch {
    return { status: response.status, body: reply };
  }
}

const of = (account: string) => new URLSearchParams({ account });

const get = <T>(path: string) => ask<T>(path);

const post = <T>(path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask<T>(path, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  const body = await response.json();
  if (!response.ok) throw new Error(body?.error?.message ?? `the simulator answered ${response.status} to ${path}`);
  return body as T;
}
