import { compileAside } from "#source";

import { isStarted, start } from "./instance.js";

/**
 * Compiles the module now, beside whatever else the page does. Nobody has to call it: without it, the first call that needs
 * the module compiles it at once.
 */
export async function init(): Promise<void> {
  if (!isStarted()) start(await compileAside());
}
