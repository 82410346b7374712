// The types of every entry point: they differ only in how the module is loaded.
import type { InitInput } from "./ringup.js";

export type * from "./types.js";
export * from "./number.js";
export * from "./ringup.js";

/**
 * Loads the module. In a browser, await it once before anything else; elsewhere it does nothing.
 * Without an argument the module is fetched from beside the package's own files.
 */
export default function init(options?: { module_or_path: InitInput | Promise<InitInput> }): Promise<unknown>;
