// Workers: the runtime compiles the module when the Worker is uploaded, and hands it over by import.
import module from "./ringup_bg.wasm";

import { attach } from "./number-module.js";
import { initSync } from "./ringup.js";

attach(initSync({ module }));

export * from "./number.js";
export * from "./ringup.js";

/** Does nothing: the module is ready. It is here so that the same program runs in a browser. */
export default async function init() {}
