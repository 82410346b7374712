// Writes `src/shapes.ts` anew: `node shapes.mjs`, after `cargo xtask wasm`. A test sees that it is fresh.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const source = fileURLToPath(new URL("src/shapes.ts", import.meta.url));
const golden = new URL("../../tests/golden/quote/", import.meta.url);

/** The shapes of all answers to the golden quotes' requests, as TypeScript. */
export async function shapes(folder = fileURLToPath(new URL("../pkg", import.meta.url))) {
  const { builtinShop, explain, parseShop, quote, quoteId, verifyQuote } = await import(pathToFileURL(`${folder}/index.mjs`).href);
  const found = new Set();
  const look = (value) => {
    if (typeof value !== "object" || value === null) return;
    if (!Array.isArray(value)) found.add(Object.keys(value).join());
    Object.values(value).forEach(look);
  };
  for (const file of readdirSync(golden)) {
    const { shop: document, standing, offers, request, now } = JSON.parse(readFileSync(new URL(file, golden), "utf8"));
    const shop = typeof document === "string" ? builtinShop(document) : parseShop(document);
    const input = { shop, standing, offers, request, now };
    const made = quote(input);
    [{ version: shop.version, countries: [] }, made, explain(input), verifyQuote(made, quoteId(made), now)].forEach(look);
  }
  const lines = [...found].sort().map((names) => {
    const members = names.split(",").map((name) => `${name}: next()`).join(", ");
    return `  ${JSON.stringify(names)}: (next) => ({ ${names === "" ? "" : members} }),\n`;
  });
  return `// Made by shapes.mjs: how the objects of the golden quotes are made, by their members' names. Engines make an object fast
// whose members are written out; any other shape is made member by member.
export type Maker = (next: () => unknown) => object;

export const makers: Record<string, Maker | undefined> = {\n${lines.join("")}};\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(source, await shapes());
