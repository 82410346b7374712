// The module's instance: made at the first call, and never again.
import { compile } from "#source";

/** What both modules export. */
export interface NumberExports {
  readonly memory: WebAssembly.Memory;
  number_buffer(): number;
  number_facts(): number;
  number_answer(length: number, country: number): number;
  number_read(length: number, country: number): number;
  number_shown(length: number, country: number): number;
  number_example(country: number, type: number): number;
  number_can_match(length: number, country: number): number;
}

/** What the whole module exports besides; see wasm/src/package/exports.rs. */
export interface Exports extends NumberExports {
  input(length: number): number;
  load_shop(slot: number): number;
  load_standing(slot: number): number;
  load_offers(slot: number): number;
  quote(shop: number, standing: number, offers: number, now: number): number;
  is_acceptable(shop: number, standing: number, offers: number, now: number): number;
  explain(shop: number, standing: number, offers: number, now: number): number;
  verify_quote(length: number, now: number): number;
  quote_id(): number;
  sentence(shop: number): number;
  policy_ids(): number;
  policy(place: number): number;
  dictionary(knownWords: number, knownShapes: number): number;
  currency_exponent(): number;
}

let made: Exports | undefined;

/** The instance's exports. */
export function instance(): Exports {
  return made ?? start(compile());
}

/** Makes the instance, unless there is one. */
export function start(module: WebAssembly.Module): Exports {
  return (made ??= new WebAssembly.Instance(module).exports as unknown as Exports);
}

export const isStarted = (): boolean => made !== undefined;
