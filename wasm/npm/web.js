// Browsers and bundlers: the module is fetched from beside this file; await `init()` before anything else.
import { attach } from "./number-module.js";
import load from "./ringup.js";

export * from "./number.js";
export * from "./ringup.js";

export default async function init(options) {
  const exports = await load(options);
  attach(exports);
  return exports;
}
