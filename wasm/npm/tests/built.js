// The built package, as the tests take it.
import { fileURLToPath, pathToFileURL } from "node:url";

export const folder = process.env.RINGUP_NPM_PACKAGE ?? fileURLToPath(new URL("../../pkg", import.meta.url));

/** A script of the package; with another `copy`, one that has done nothing yet. */
export const load = (script, copy = "") => import(`${pathToFileURL(`${folder}/${script}`).href}?${copy}`);

export const ringup = await load("index.mjs");
export const number = await load("number.mjs");
