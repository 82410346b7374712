// The types of the entry point `ringup/number`.
export type { NumberKind, NumberReason, PlanCountry } from "./types.js";
export * from "./number.js";

/**
 * Loads the module. In a browser, await it once before anything else; elsewhere it does nothing.
 * Without an argument the module is fetched from beside the package's own files.
 */
export default function init(options?: {
  module_or_path: string | URL | Response | BufferSource | WebAssembly.Module | Promise<Response | BufferSource | WebAssembly.Module>;
}): Promise<unknown>;
