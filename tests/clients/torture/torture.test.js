// `ringup torture` on clients whose manners are known: each gets its verdicts, and a correct one no false alarm.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { describe, test } from "node:test";

const program = process.env.RINGUP_BIN;

async function torture(system, command) {
  const args = ["torture", "--system", system, "--jobs", "8", "--json", "--", ...command];
  const running = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let [printed, told] = ["", ""];
  running.stdout.on("data", (part) => { printed += part; });
  running.stderr.on("data", (part) => { told += part; });
  const code = await new Promise((done) => running.on("close", done));
  const runs = code === 2 ? [] : JSON.parse(printed).runs;
  const verdict = (place) => runs.find((run) => run.place === place)?.verdict;
  return { code, told, runs, verdict, verdicts: new Set(runs.map((run) => run.verdict)) };
}
const client = (name) => [process.execPath, new URL(`${name}.mjs`, import.meta.url).pathname];

// Most of the time goes by waiting.
describe("torture", { concurrency: 3, timeout: 300_000 }, () => {
  test("a client that starts again buys twice where the answer is lost, and only there", async () => {
    const { code, verdict, runs } = await torture("zernio", client("naive-zernio"));
    assert.equal(code, 1);
    for (const place of ["the answer is lost", "the answer breaks off after its headers", "the answer breaks off in its body",
      "the answer is no JSON", "a gateway answers 504, and it is done"]) {
      assert.equal(verdict(`request 1: ${place}`), "bought_twice", place);
    }
    assert.equal(verdict("request 1: the request is lost"), "bought");
    assert.equal(verdict("request 1: a gateway answers 502, and nothing is done"), "bought");
    assert.equal(verdict("request 1: the answer comes 3 seconds late"), "bought");
    assert.equal(verdict("request 1: 429, to come again in 2 seconds"), "ignored_retry_after");
    const [lost] = runs.filter((run) => run.place === "request 1: the answer is lost");
    assert.deepEqual(lost.exchanges.map((exchange) => exchange.status), [200, 200]);
  });

  test("a client that draws a new key each time gives up on what it owns", async () => {
    const { code, verdict, verdicts } = await torture("ringup", client("naive"));
    assert.equal(code, 1);
    assert.equal(verdict("request 2: the answer is lost"), "gave_up_owned_number");
    assert.deepEqual([...verdicts].sort(), ["bought", "gave_up_owned_number", "ignored_retry_after"]);
  });

  for (const manners of ["keyed", "reconciling"]) {
    test(`a ${manners} client is safe everywhere`, async () => {
      const { code, runs } = await torture("ringup", client(manners));
      const alarms = runs.filter((run) => !["bought", "not_bought", "not_known"].includes(run.verdict));
      assert.deepEqual(alarms, []);
      assert.equal(code, 0);
    });
  }

  test("the official client of Zernio never buys twice, and forgets what it owns", async () => {
    const { verdict, verdicts } = await torture("zernio", client("official-zernio"));
    assert.ok(!verdicts.has("bought_twice"));
    assert.equal(verdict("request 1: the answer is lost"), "gave_up_owned_number");
  });

  test("the official client of Twilio may repeat a purchase by number", async () => {
    const { verdict, verdicts } = await torture("twilio", client("official-twilio"));
    assert.ok(!verdicts.has("bought_twice"));
    assert.equal(verdict("request 2: the answer is lost"), "bought");
    assert.equal(verdict("request 2: 429, to come again in 2 seconds"), "ignored_retry_after");
    assert.equal(verdict("the carrier's answer to the order is lost"), "gave_up_owned_number");
  });

  test("what cannot be tortured is told", async () => {
    for (const [system, command, words] of [
      ["nobody", ["true"], /there is no system `nobody`; one of zernio/],
      ["ringup", ["true"], /does not buy one number in a calm world: said that it bought, and holds no number/],
      ["ringup", ["false"], /does not buy one number in a calm world: safe: bought nothing/],
      ["ringup", ["/nowhere/client"], /`\/nowhere\/client` cannot be started/],
    ]) {
      const { code, told } = await torture(system, command);
      assert.equal(code, 2, told);
      assert.match(told, words);
    }
  });
});
