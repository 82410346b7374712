// The suites: what each project runs, and what it must show.
import { ok, strictEqual } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { memory, memoryInChromium } from "./kit/memory.mjs";

/** What every project shows: a number read by `parseNumber`, and a price by `quote`. */
const LINE = "+14155552671 fixed_line_or_mobile 200 USD";

const shows = (text, what) => strictEqual(text.trim(), LINE, `${what} shows something else`);

/**
 * In the order in which they run. `project` is the folder, `version` what is laid over it from its `versions`,
 * `node` the major version that runs it, if not this one.
 */
export const suites = [
  { name: "memory", project: "memory", fast: true, run: memory(["quotes", "shops", "numbers"], 0.01) },
  { name: "lint-publint", project: "lint", fast: true, run: publint },
  { name: "lint-attw", project: "lint", fast: true, run: attw },
  { name: "node", project: "node", fast: true, run: inNode },
  { name: "node-20", project: "node", node: 20, run: inNode },
  { name: "node-22", project: "node", node: 22, run: inNode },
  { name: "node-24", project: "node", node: 24, run: inNode },
  { name: "typescript-nodenext", project: "typescript", fast: true, run: typescript("nodenext") },
  { name: "typescript-bundler", project: "typescript", fast: true, run: typescript("bundler") },
  { name: "typescript-node10", project: "typescript-node10", fast: true, run: typescriptNode10 },
  { name: "esbuild", project: "esbuild", fast: true, run: esbuild },
  { name: "rollup", project: "rollup", fast: true, run: rollup },
  { name: "script", project: "script", fast: true, run: plainScript },
  { name: "jest", project: "jest", fast: true, run: jest },
  { name: "vite-8", project: "vite", fast: true, run: vite },
  { name: "vite-7", project: "vite", version: "7", run: vite },
  { name: "vite-6", project: "vite", version: "6", run: vite },
  { name: "vite-5", project: "vite", version: "5", run: vite },
  { name: "webpack", project: "webpack", run: webpack },
  { name: "rspack", project: "rspack", run: rspack },
  { name: "parcel", project: "parcel", run: parcel },
  { name: "next-16", project: "next", run: next },
  { name: "next-15", project: "next", version: "15", run: next },
  { name: "vitest", project: "vitest", run: vitest },
  { name: "workerd", project: "workerd", run: workerd },
  { name: "wrangler", project: "wrangler", run: wrangler },
  { name: "cloudflare-vite", project: "cloudflare-vite", run: cloudflareVite },
  { name: "deno", project: "deno", run: deno },
  { name: "bun", project: "bun", run: bun },
  ...["quotes", "shops", "numbers"].flatMap((work) => [
    ...[20, 22, 24].map((node) => ({ name: `memory-${work}-node-${node}`, project: "memory", node, run: memory([work], 1) })),
    { name: `memory-${work}-chromium`, project: "memory", run: memoryInChromium([work], 1) },
  ]),
];

async function publint({ script, tarball }) {
  await script("publint", tarball);
}

async function attw({ script, tarball }) {
  await script("attw", tarball);
}

async function inNode({ run }) {
  for (const file of ["esm.mjs", "cjs.cjs", "one.mjs", "slim.mjs"]) shows(await run("node", [file]), file);
}

function typescript(resolution) {
  return async ({ run, script }) => {
    await script(`build-${resolution}`);
    shows(await run("node", [`dist/${resolution}/main.js`]), "main.js");
  };
}

async function typescriptNode10({ run, script }) {
  await script("build");
  shows(await run("node", ["dist/main.js"]), "main.js");
}

async function esbuild({ folder, run, script, served, open }) {
  await script("build");
  shows(await served(".", open), "the page");
  await script("build-node");
  shows(await run("node", ["dist/node.cjs"]), "node.cjs");
  await script("build-node-esm");
  shows(await run("node", ["dist/node.mjs"]), "node.mjs");
  await script("build-unused");
  holdsNothingOfThePackage(join(folder, "dist/unused.js"));
}

async function rollup({ folder, run, script, served, open }) {
  await script("build");
  shows(await served(".", open), "the page");
  shows(await run("node", ["dist/node.js"]), "node.js");
  holdsNothingOfThePackage(join(folder, "dist/unused.js"));
}

function holdsNothingOfThePackage(file) {
  const bundle = readFileSync(file, "utf8");
  ok(bundle.length < 500, `calls nothing, but the bundle has ${bundle.length} characters:\n${bundle.slice(0, 1000)}`);
}

async function plainScript({ served, open }) {
  const underPolicy = (scripts, use) =>
    served(".", use, { "content-security-policy": `default-src 'self'; script-src ${scripts}` });
  await underPolicy("'self' 'wasm-unsafe-eval'", async (url) => {
    shows(await open(url), "the page");
    shows(await open(`${url}slim.html`), "the page of the slim entry");
    const told = await open(`${url}missing.html`);
    ok(/no-such-module\.wasm.*404/.test(told), `a module that is not there is told without its address or its status: ${told}`);
  });
  await underPolicy("'self'", async (url) => {
    const told = await open(url);
    ok(told.includes("wasm-unsafe-eval"), `a policy that forbids the module is told without the remedy: ${told}`);
  });
}

async function jest({ script }) {
  await script("test");
  await script("test-esm");
}

async function vite({ script, serving, open }) {
  const at = (port) => ["--host", "127.0.0.1", "--port", String(port), "--strictPort"];
  shows(await serving("vite", at, open), "the page of `vite`");
  await script("build");
  shows(await serving("vite", (port) => ["preview", ...at(port)], open), "the page of `vite build`");
}

async function webpack({ run, script, served, open }) {
  await script("build");
  shows(await served(".", open), "the page");
  await script("build-node");
  shows(await run("node", ["dist/node.js"]), "node.js");
}

async function rspack({ script, served, open }) {
  await script("build");
  shows(await served(".", open), "the page");
}

async function parcel({ script, served, open }) {
  await script("build");
  shows(await served("dist", open), "the page");
}

async function next({ folder, script, serving, open }) {
  await script("build");
  await serving("next", (port) => ["start", "--hostname", "127.0.0.1", "--port", String(port)], async (url) => {
    shows(await open(url), "the server component, rendered by `next build`");
    shows(await open(`${url}request`), "the server component, rendered at the request");
    shows(await open(`${url}client`), "the client page");
    shows(await text(`${url}edge`), "the edge route");
  });
  importsTheModules(join(folder, ".next/server"));
}

async function vitest({ script }) {
  await script("test");
}

async function workerd({ serving }) {
  const at = (port) => ["serve", "config.capnp", "--socket-addr", `http=127.0.0.1:${port}`];
  shows(await serving("workerd", at, text), "the worker");
}

async function wrangler({ folder, script, serving }) {
  const at = (port) => ["dev", "--ip", "127.0.0.1", "--port", String(port), "--inspector-port", "0"];
  shows(await serving("wrangler", at, text), "the worker of `wrangler dev`");
  await script("build");
  importsTheModules(join(folder, "dist"));
}

async function cloudflareVite({ folder, script, serving }) {
  const at = (port) => ["--host", "127.0.0.1", "--port", String(port), "--strictPort"];
  shows(await serving("vite", at, text), "the worker of `vite`");
  await script("build");
  shows(await serving("vite", (port) => ["preview", ...at(port)], text), "the worker of `vite build`");
  importsTheModules(join(folder, "dist"));
}

/** Hosted edge runtimes refuse to compile bytes, so both modules must be deployed as files. */
function importsTheModules(build) {
  const modules = readdirSync(build, { recursive: true }).filter((file) => file.endsWith(".wasm"));
  strictEqual(modules.length, 2, `deploys the modules ${modules}`);
}

async function deno({ script }) {
  shows(await script("start"), "`deno run`"); // No permission is given; a question would be answered with no.
}

async function bun({ folder, run, script }) {
  shows(await script("start"), "`bun run`");
  await script("build");
  shows(await run("bun", ["dist/bun.mjs"]), "`bun build --target=bun`");
  await script("build-node");
  shows(await run("node", ["dist/node.mjs"]), "`bun build --target=node`");
  await script("compile");
  shows(await run(join(folder, "dist/answer")), "`bun build --compile`");
}

const text = async (url) => (await fetch(url)).text();
