// Shops, standings and offers are plain data here. The module caches the ones used last, parsed, each in a slot, and loads
// others again. So there is nothing to free, and memory does not grow.
import { isFailure, json } from "./failure.js";
import { write } from "./input.js";
import { instance } from "./instance.js";
import { answer } from "./tape.js";
import type { InputFailure } from "./types.js";

/** How many of a kind the module holds. */
const SLOTS = 16;

/** A kind of document, and those of it that are in the module, by slot. */
export interface Kind {
  readonly load: "load_shop" | "load_standing" | "load_offers";
  /** Its type's name, for errors. */
  readonly type: string;
  readonly slots: Slot[];
}

interface Slot {
  text: string;
  /** When it was used, by count. */
  used: number;
  /** What the module said when it was loaded. */
  facts: unknown;
}

export const shops: Kind = { load: "load_shop", type: "ShopData", slots: [] };
export const standings: Kind = { load: "load_standing", type: "Standing", slots: [] };
export const offers: Kind = { load: "load_offers", type: "Offers", slots: [] };

/** The texts of documents that are frozen, so that they need not be written again. */
const texts = new WeakMap<object, string>();

let uses = 0;

/** The slot of a document. A cached document is found by its text. */
export function slotOf(kind: Kind, document: unknown): number | InputFailure {
  const text = texts.get(document as object) ?? json(kind.type, document);
  if (typeof text !== "string") return text;
  const known = kind.slots.findIndex((slot) => slot.text === text);
  const slot = known === -1 ? load(kind, text) : known;
  if (typeof slot === "number") kind.slots[slot]!.used = ++uses;
  return slot;
}

/** A frozen copy of a valid document, and the module's facts about it. */
export function checked(kind: Kind, document: unknown): { document: object; facts: unknown } | InputFailure {
  const slot = slotOf(kind, document);
  if (typeof slot !== "number") return slot;
  const { text, facts } = kind.slots[slot]!;
  const copy = frozen(JSON.parse(text) as object);
  texts.set(copy, text);
  return { document: copy, facts };
}

export function frozen<T extends object>(value: T): T {
  for (const member of Object.values(value)) if (typeof member === "object" && member !== null) frozen(member as object);
  return Object.freeze(value);
}

/** Into a slot that is free, or into the one that was not used for the longest time. */
function load({ load, slots }: Kind, text: string): number | InputFailure {
  let slot = slots.length;
  if (slot === SLOTS) slot = slots.reduce((oldest, { used }, at) => (used < slots[oldest]!.used ? at : oldest), 0);
  write(text);
  const facts = answer(instance()[load](slot));
  if (isFailure(facts)) {
    // The former document of the slot is no longer cached.
    if (slot < slots.length) slots[slot] = { text: "", used: 0, facts: undefined };
    return facts;
  }
  slots[slot] = { text, used: 0, facts };
  return slot;
}
