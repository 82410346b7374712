// Workers: the runtime compiles the module when the Worker is uploaded, and hands it over by import.
import module from "./number.wasm";

import { attach } from "./number-module.js";

attach(new WebAssembly.Instance(module).exports);

export * from "./number.js";

/** Does nothing: the module is ready. It is here so that the same program runs in a browser. */
export default async function init() {}
