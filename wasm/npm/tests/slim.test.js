// `ringup/slim`: whatever the module is given as, and what is said where it is not there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { folder, load } from "./built.js";

const bytes = readFileSync(join(folder, "number.wasm"));

/** A copy of the entry point that has loaded nothing yet. */
let copies = 0;
const fresh = () => load("number/slim.mjs", String(++copies));

let server, address;
before(async () => {
  server = createServer((request, response) => {
    if (request.url === "/number.wasm") response.writeHead(200, { "content-type": "text/plain" }).end(bytes);
    else if (request.url === "/page") response.end("<!doctype html><title>Not it</title>");
    else response.writeHead(404).end("no such file");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

test("the module may be given in every way", async () => {
  const ways = [
    () => `${address}/number.wasm`,
    () => new URL(`${address}/number.wasm`),
    () => fetch(`${address}/number.wasm`),
    () => bytes,
    () => new Uint8Array(bytes).buffer,
    () => Promise.resolve(bytes),
    () => new WebAssembly.Module(bytes),
  ];
  for (const way of ways) {
    const { init, parseNumber } = await fresh();
    await init(way());
    await init("nowhere");
    assert.equal(parseNumber("(415) 555-2671", "US").e164, "+14155552671");
  }
  for (const source of [bytes, new WebAssembly.Module(bytes)]) {
    const { initSync, parseNumber } = await fresh();
    initSync(source);
    assert.equal(parseNumber("+442071838750").country, "GB");
  }
});

test("a module that is not there is told with address, status and what to do", async () => {
  const { init, initSync, parseNumber } = await fresh();
  assert.throws(() => parseNumber("+442071838750"), /not loaded yet: `await init\(source\)`/);
  await assert.rejects(init(`${address}/missing.wasm`), new RegExp(`not at ${address}/missing.wasm: the server answered 404; copy it`));
  await assert.rejects(init(`${address}/page`), new RegExp(`${address}/page answered is a page of HTML: give the address`));
  await assert.rejects(init(Promise.reject(new Error("offline"))), /offline/);
  await assert.rejects(init("http://127.0.0.1:1/number.wasm"), /127\.0\.0\.1:1\/number\.wasm could not be fetched/);
  await assert.rejects(init(new URL("file:///number.wasm")), /is a file: give its bytes/);
  await assert.rejects(init(bytes.subarray(1)), /no WebAssembly: give the address or the bytes/);
  await assert.rejects(init(5), { name: "TypeError", message: /takes an address/ });
  assert.throws(() => initSync("number.wasm"), { name: "TypeError", message: /takes the module's bytes/ });
  // After all that it can still be loaded.
  await init(bytes);
  assert.equal(parseNumber("+442071838750").country, "GB");
});

test("the whole is there, too, and as CommonJS", async () => {
  const { builtinShop, initSync, parseNumber } = createRequire(import.meta.url)(join(folder, "slim.js"));
  initSync(readFileSync(join(folder, "ringup.wasm")));
  assert.equal(builtinShop("vobiz").version.policy, "vobiz");
  assert.equal(parseNumber("+442071838750").country, "GB");
});
