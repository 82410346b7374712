// Every entry point loads its module and answers, each in a copy of the package, as they would be in programs of their own.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { register } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = process.env.RINGUP_NPM_PACKAGE ?? fileURLToPath(new URL("../../pkg", import.meta.url));
const copies = mkdtempSync(join(tmpdir(), "ringup-entries-"));
after(() => rmSync(copies, { recursive: true }));

// A Worker imports a module compiled; here a hook does what that runtime would.
const hook = `export async function load(url, context, next) {
  if (!url.endsWith(".wasm")) return next(url, context);
  const source = 'import { readFileSync } from "node:fs"; export default new WebAssembly.Module(readFileSync(new URL(URL_OF_IT)));';
  return { format: "module", shortCircuit: true, source: source.replace("URL_OF_IT", JSON.stringify(url)) };
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const modules = { ringup: "ringup_bg.wasm", "ringup/number": "number.wasm" };
const entries = [
  ["ringup", "node.js"], ["ringup", "workerd.js"], ["ringup", "web.js"],
  ["ringup/number", "number-node.js"], ["ringup/number", "number-workerd.js"], ["ringup/number", "number-web.js"],
];

for (const [entry, file] of entries) {
  test(`${entry} by ${file}`, async () => {
    const copy = join(copies, file);
    cpSync(folder, copy, { recursive: true });
    const ringup = await import(pathToFileURL(join(copy, file)).href);
    if (file.endsWith("web.js")) {
      assert.throws(() => ringup.parseNumber("+14155552671"), /await init\(\)/);
      // What a page would fetch is handed over here.
      const bytes = readFileSync(join(copy, modules[entry]));
      await assert.rejects(ringup.default({ module_or_path: Promise.reject(new Error("offline")) }), /offline/);
      await ringup.default({ module_or_path: new WebAssembly.Module(bytes) });
    }
    await ringup.default();
    assert.equal(ringup.parseNumber("(415) 555-2671", "US").e164, "+14155552671");
    assert.equal(typeof ringup.builtinShop, entry === "ringup" ? "function" : "undefined");
  });
}

test("the module of ringup/number imports nothing", () => {
  const module = new WebAssembly.Module(readFileSync(join(folder, "number.wasm")));
  assert.deepEqual(WebAssembly.Module.imports(module), []);
});

test("a page may hand over the bytes, a response or a promise of either", async () => {
  const bytes = readFileSync(join(folder, "number.wasm"));
  for (const [at, given] of [bytes, new Response(bytes), Promise.resolve(bytes)].entries()) {
    const copy = join(copies, `web-${at}`);
    cpSync(folder, copy, { recursive: true });
    const { default: init, parseNumber } = await import(pathToFileURL(join(copy, "number-web.js")).href);
    await init({ module_or_path: given });
    assert.equal(parseNumber("+442071838750").country, "GB");
  }
});
