// The entry point `ringup/number/slim`: the same as `ringup/number`, for programs that say where the module is.
export * from "../init-slim.js";
export * from "../phone-number.js";
export type { NumberKind, NumberReason, PlanCountry } from "../types.js";
