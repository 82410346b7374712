// Prints a table: what is done through the npm package, and the median time of one call in nanoseconds.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { builtinShop, parseStanding } = await import(pathToFileURL(join(process.argv[1], "node.js")).href);

const shop = builtinShop("zernio").value;
const terms = { plan: "build", billing: "usage", payment_method_on_file: true, holders: ["profile_abc123"] };
const standing = parseStanding({ terms }).value;
const request = { holder: "profile_abc123", country: "US" };

measure("quote, is it acceptable", (quote) => quote.acceptable);
measure("quote, price", (quote) => quote.price.due_now.minor_units);
measure("quote, price and all gates", (quote) => quote.price.due_now.minor_units + quote.gates.length);

function measure(name, read) {
  const times = [];
  for (let round = 0; round < 30; round += 1) {
    const start = process.hrtime.bigint();
    for (let call = 0; call < 1000; call += 1) {
      const quote = shop.quote(standing, undefined, request, 1_774_432_800_000);
      read(quote);
      quote.free();
    }
    times.push(Number(process.hrtime.bigint() - start) / 1000);
  }
  times.sort((one, other) => one - other);
  console.log(`node  ${name.padEnd(30)} ${Math.round(times[15]).toString().padStart(8)} ns`);
}
