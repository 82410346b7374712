// Node.js, Deno and Bun: the module lies beside this file and is read at once, so there is nothing to wait for.
import { readFileSync } from "node:fs";

import { attach } from "./number-module.js";
import { initSync } from "./ringup.js";

attach(initSync({ module: readFileSync(new URL("./ringup_bg.wasm", import.meta.url)) }));

export * from "./number.js";
export * from "./ringup.js";

/** Does nothing: the module is ready. It is here so that the same program runs in a browser. */
export default async function init() {}
