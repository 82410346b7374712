// Measures the project `memory`: each kind of work, tight and yielding, in a process of its own.
import { ok } from "node:assert/strict";
import { readFileSync } from "node:fs";

import { launch } from "./chromium.mjs";

/** How much more may be there after all the work than after the warm-up. A quote that is kept is more than 1,000 bytes. */
const HEAP_BYTES_MAX = 1e6, RSS_BYTES_MAX = 24e6;

/** V8 lets its young generation grow long after the start; with its size bounded, what grows is what is kept. */
const V8 = ["--expose-gc", "--max-semi-space-size=4"];

/** In Node.js, at this share of the full counts. */
export function memory(work, share) {
  return ({ run, scale }) => each(work, async (name, mode) => {
    const args = [...V8, "node.mjs", name, String(share * scale), mode];
    return JSON.parse(await run("node", args, { limit_s: 60 + 3600 * share * scale }));
  });
}

/** In Chromium, at this share of the full counts. */
export function memoryInChromium(work, share) {
  return ({ served, playwright, scale }) =>
    served(".", (url) => each(work, (name, mode) => inChromium(url, playwright, name, share * scale, mode === "yielding")));
}

async function each(work, measure) {
  const lines = [];
  for (const name of work) for (const mode of ["tight", "yielding"]) lines.push(judged(await measure(name, mode)));
  return lines.join("\n");
}

function judged({ name, yielding, count, microseconds, heap, rss }) {
  const kilobytes = (bytes) => `${Math.round(bytes / 1000).toLocaleString("en")} KB`;
  const shown = (heap, rss) => `${kilobytes(heap)} of heap, ${kilobytes(rss)} of RSS`;
  const what = `${count.toLocaleString("en")} ${name}, ${yielding ? "yielding" : "tight"}`;
  const line = `${what}: ${shown(heap, rss)} more, ${microseconds.toFixed(1)} µs each`;
  const bound = shown(HEAP_BYTES_MAX, RSS_BYTES_MAX);
  ok(heap <= HEAP_BYTES_MAX && rss <= RSS_BYTES_MAX, `memory grows by more than ${bound}: ${line}`);
  return line;
}

async function inChromium(url, playwright, name, scale, yielding) {
  const browser = await launch(await playwright(), [`--js-flags=${V8.join(" ")}`, "--enable-precise-memory-info"]);
  try {
    const session = await browser.newBrowserCDPSession();
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.exposeFunction("resident", async () => {
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      return Math.max(...processInfo.filter(({ type }) => type === "renderer").map(({ id }) => residentBytes(id)));
    });
    await page.goto(url);
    await page.waitForFunction("globalThis.measured");
    return await page.evaluate(([name, scale, yielding]) => measured(name, scale, yielding), [name, scale, yielding]);
  } finally {
    await browser.close();
  }
}

function residentBytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
}
