// Prints a table: what is done through the npm package, and the median time of one call in nanoseconds.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const load = (script) => import(pathToFileURL(join(process.argv[1], script)).href);
const { builtinShop, isAcceptable, parseStanding, quote, quoteId } = await load("index.mjs");

const terms = { plan: "build", billing: "usage", payment_method_on_file: true };
const holders = ["profile_abc123"];
const input = {
  shop: builtinShop("zernio"),
  standing: parseStanding({ terms, holders }),
  request: { holder: "profile_abc123", country: "US" },
  now: 1_774_432_800_000,
};
const plain = { ...input, standing: { terms, holders } };
const blocked = { ...input, request: { holder: "profile_abc123", country: "DE" } };
const made = quote(input);

measure("is it acceptable", 1000, () => isAcceptable(input));
measure("quote", 1000, () => quote(input));
measure("quote, standing not parsed", 1000, () => quote(plain));
measure("quote, blocked, with its fixes", 100, () => quote(blocked));
measure("quote's id", 100, () => quoteId(made));

function measure(name, calls, work) {
  const times = [];
  for (let round = 0; round < 30; round += 1) {
    const start = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) work();
    times.push(Number(process.hrtime.bigint() - start) / calls);
  }
  times.sort((one, other) => one - other);
  console.log(`node  ${name.padEnd(30)} ${Math.round(times[15]).toString().padStart(8)} ns`);
}
