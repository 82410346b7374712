// The golden quotes: what was asked, ready for `quote`, and what the core answers.
import { readdirSync, readFileSync } from "node:fs";

import { ringup } from "./built.js";

const { builtinShop, parseShop } = ringup;

const folder = new URL("../../../tests/golden/quote/", import.meta.url);

export function golden() {
  return readdirSync(folder).map((name) => {
    const { shop, standing, offers, request, now, expect } = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
    const input = { shop: typeof shop === "string" ? builtinShop(shop) : parseShop(shop), standing, offers, request, now };
    return { name, input, quote: expect };
  });
}
