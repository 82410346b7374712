// `node --expose-gc node.mjs NAME SCALE tight|yielding` prints what was measured, as JSON.
import * as ringup from "ringup";

import { measure } from "./memory.mjs";

const [name, scale, mode] = process.argv.slice(2);

function memory() {
  for (let times = 0; times < 3; times += 1) globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, rss };
}

console.log(JSON.stringify(await measure(ringup, { name, scale: Number(scale), yielding: mode === "yielding", memory })));
process.exit();
