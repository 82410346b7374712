// The control plane of `ringup serve`: what the page asks of the simulated world. Same origin, JSON.
import type { Event, Money, Offers, PurchaseRequest, ShopData, Standing, State } from "ringup/slim";

/** A system that is spoken here. */
export interface Dialect {
  id: string;
  title: string;
  shop: ShopData;
  form: { fields: Array<keyof PurchaseRequest>; seed: PurchaseRequest };
}

/** An account that one can act as. */
export interface Account {
  account: string;
  dialect: string;
  situation: string;
  credentials: Record<string, string>;
  note: string;
}

/** The world's clock. */
export interface Clock {
  now: number;
  mode: "manual" | "wall";
}

/** A purchase and its history. */
export interface StoredPurchase {
  purchase: string;
  state: State;
  events: Array<{ seq: number; at: number; event: Event }>;
}

/** What moved from book to book. */
export interface Posting {
  at: number;
  purchase?: string;
  event: string;
  from: string;
  to: string;
  money: Money;
}

/** The books of an account. */
export interface Ledger {
  entries: Posting[];
  balances: Array<{ currency: string; books: Record<string, number> }>;
}

/** A system's own purchase request. */
export interface WireRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

/** A purchase request, and what a client must have sent before it. */
export interface WirePurchase extends WireRequest {
  preparation: WireRequest[];
}

/** What came back. */
export interface WireReply {
  status: number;
  body: unknown;
}

export const dialects = () => get<Dialect[]>("/_sim/dialects");
export const accounts = () => get<Account[]>("/_sim/accounts");
export const clock = () => get<Clock>("/_sim/clock");
export const standing = async (account: string) =>
  (await get<{ standing: Standing }>(`/_sim/accounts/${encodeURIComponent(account)}`)).standing;
export const purchases = (account: string) => get<StoredPurchase[]>(`/_sim/purchases?${of(account)}`);
export const ledger = (account: string) => get<Ledger>(`/_sim/ledger?${of(account)}`);

/** Searches the stock for what the request names. */
export const offers = (account: string, request: PurchaseRequest) =>
  post<Offers>("/_sim/offers", { account, request });

/** A few numbers that nobody holds, to choose from. */
export const freeNumbers = async (dialect: string) =>
  (await get<{ numbers: Array<{ number: string; country: string; region: string }> }>(
    `/_sim/inventory?${new URLSearchParams({ dialect, free: "true", limit: "40" })}`,
  )).numbers;

export const encode = (account: string, request: PurchaseRequest) =>
  post<WirePurchase>("/_sim/encode", { account, request });
/** What a person at the shop, the bank or the regulator decides: a merge patch of the terms. */
export const changeTerms = (account: string, terms: object) =>
  ask<unknown>(`/_sim/accounts/${encodeURIComponent(account)}/terms`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(terms),
  });
export const advance = (seconds: number) => post<Clock>("/_sim/clock/advance", { seconds });
export const topUp = (account: string, money: Money) =>
  post<unknown>(`/_sim/accounts/${encodeURIComponent(account)}/top-up`, { money });

/** A fresh account in the same situation: nothing of what was done before is in it. */
export const open = (dialect: string, situation: string) =>
  post<Account>("/_sim/accounts", { dialect, situation });

/** Sends a system's request as its client would. A refusal is an answer like any other. */
export async function send({ method, path, headers, body }: WireRequest): Promise<WireReply> {
  const sent = method === "GET" ? null : JSON.stringify(body);
  const response = await fetch(path, { method, headers, body: sent });
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) };
  } catch {
    return { status: response.status, body: text };
  }
}

const of = (account: string) => new URLSearchParams({ account });

const get = <T>(path: string) => ask<T>(path);

const post = <T>(path: string, body: unknown) =>
  ask<T>(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  const body = await response.json();
  if (!response.ok) throw new Error(body?.error?.message ?? `the simulator has answered ${response.status} to ${path}`);
  return body as T;
}
