// Browsers and bundlers: the module is fetched from beside this file; await `init()` before anything else.
export { default } from "./ringup.js";
export * from "./ringup.js";
