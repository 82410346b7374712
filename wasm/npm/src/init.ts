import { compileAside } from "#source";

import { isStarted, start } from "./instance.js";

/**
 * Compiles the module in the background. Optional: otherwise the first call that needs the module compiles it.
 */
export async function init(): Promise<void> {
  if (!isStarted()) start(await compileAside());
}
