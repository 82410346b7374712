import { isStarted, start } from "./instance.js";
import type { BytesLike, ModuleSource } from "./module-source.js";
import { compileFrom, compileGiven } from "./source/given.js";

export type { BytesLike, ModuleSource, ResponseLike } from "./module-source.js";

/**
 * Loads the module; await it once before anything else. A second call does nothing.
 *
 * @param source its address, a `Response`, its bytes, a `WebAssembly.Module`, or a promise of one of them.
 * @throws Error if the module is not found, with the address, the status and what to do.
 */
export async function init(source: ModuleSource | PromiseLike<ModuleSource>): Promise<void> {
  if (!isStarted()) start(await compileFrom(await source));
}

/** Loads the module from its bytes, or takes a `WebAssembly.Module`. A second call does nothing. */
export function initSync(source: BytesLike | object): void {
  if (!isStarted()) start(compileGiven(source));
}
