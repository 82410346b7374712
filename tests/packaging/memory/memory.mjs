// Does memory stay where it was? The same loops run in Node.js and in a browser; the caller says how memory is read.

const NOW = 1774432800000;
const standing = { terms: { plan: "build", billing: "usage", payment_method_on_file: true }, holders: ["profile_abc123"] };
const request = { holder: "profile_abc123", country: "US" };

/** What is done again and again, and how often at scale 1. */
const WORK = {
  quotes: [10_000_000, ({ builtinShop, quote }) => {
    const shop = builtinShop("zernio");
    return (turn) => quote({ shop, standing, request, now: NOW + turn }).acceptable;
  }],
  shops: [1_000_000, ({ builtinShop, parseShop, quote }) => {
    const { document } = builtinShop("zernio");
    return (turn) => quote({ shop: parseShop(renamed(document, turn)), standing, request, now: NOW }).acceptable;
  }],
  numbers: [1_000_000, ({ parseNumber }) => (turn) => parseNumber(nationalNumber(turn), "US").e164],
};

/** `(415) 200 0000`, `(415) 200 0001`, … */
const nationalNumber = (turn) => `(415) ${200 + Math.floor(turn / 10_000)} ${String(turn % 10_000).padStart(4, "0")}`;

/** Another shop every time. */
const renamed = (document, turn) => ({ ...document, policy: { ...document.policy, version: `test-${turn}` } });

/** A tenth of the work, which warms up; then all of it. `memory()` gives `{ heap, rss }` in bytes after a collection. */
export async function measure(ringup, { name, scale, yielding, memory }) {
  const [times, prepare] = WORK[name];
  const step = prepare(ringup), count = Math.round(times * scale), warmed = Math.ceil(count / 10);
  await repeat(step, 0, warmed, yielding);
  const before = await memory();
  const began = performance.now();
  await repeat(step, warmed, warmed + count, yielding);
  const microseconds = (performance.now() - began) * 1000 / count;
  const after = await memory();
  return { name, yielding, count, microseconds, heap: after.heap - before.heap, rss: after.rss - before.rss };
}

async function repeat(step, from, to, yielding) {
  for (let turn = from; turn < to; turn += 1) {
    if (!step(turn)) throw new Error(`turn ${turn} has no answer`);
    if (yielding && turn % 1000 === 0) await macrotask();
  }
}

const { port1, port2 } = new MessageChannel();

function macrotask() {
  return new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
}
