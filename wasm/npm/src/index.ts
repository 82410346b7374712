// The entry point `ringup`: quotes and numbers, with the module's bytes inside.
export { init } from "./init.js";
export * from "./phone-number.js";
export * from "./quote.js";
export type * from "./types.js";
