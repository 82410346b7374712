// The entry point `ringup/slim`: the same as `ringup`, for programs that say where the module is.
export * from "./init-slim.js";
export * from "./phone-number.js";
export * from "./quote.js";
export type * from "./types.js";
