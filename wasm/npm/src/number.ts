// The entry point `ringup/number`: the numbering plan by itself, with the module's bytes inside.
export { init } from "./init.js";
export * from "./phone-number.js";
export type { NumberKind, NumberReason, PlanCountry } from "./types.js";
