// Node.js, Deno and Bun: the module lies beside this file and is read at once, so there is nothing to wait for.
import { readFileSync } from "node:fs";

import { attach } from "./number-module.js";

const module = new WebAssembly.Module(readFileSync(new URL("./number.wasm", import.meta.url)));
attach(new WebAssembly.Instance(module).exports);

export * from "./number.js";

/** Does nothing: the module is ready. It is here so that the same program runs in a browser. */
export default async function init() {}
