// A client with one key for one purchase: it may ask as often as it likes, and waits as long as it is told to.
const { RINGUP_BASE_URL: base, RINGUP_API_KEY: key } = process.env;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** What `Retry-After` says, in milliseconds: seconds or a date. */
const told = (value) => (/^\d+$/.test(value) ? Number(value) * 1000 : Math.max(0, Date.parse(value) - Date.now()));

/** Asks until an answer can be read. A refusal is an answer. */
async function call(method, path, body, headers = {}) {
  for (let attempt = 1; ; attempt += 1) {
    let wait = 200;
    try {
      const answer = await fetch(`${base}${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
        body: body && JSON.stringify(body),
      });
      const after = answer.headers.get("retry-after");
      // An instant has whole seconds.
      if (after !== null) wait = told(after) + 1000;
      if (answer.status !== 429 && answer.status < 500) return { status: answer.status, body: await answer.json() };
    } catch {
      // Nothing is known: the same again, under the same key.
    }
    if (attempt === 6) return undefined;
    await pause(wait);
  }
}

const found = await call("GET", "/numbers/available?country=US&limit=1");
if (found?.status !== 200) process.exit(1);
const request = { holder: "default", number: found.body.data[0].number };
let purchase = await call("POST", "/purchases", request, { "idempotency-key": crypto.randomUUID() });
for (let looks = 0; purchase?.status === 202 && looks < 5; looks += 1) {
  await pause(200);
  purchase = await call("GET", `/purchases/${purchase.body.id}`);
  if (purchase?.body.status !== "bought") purchase = purchase && { ...purchase, status: 202 };
}
console.log(JSON.stringify(purchase));
if (purchase === undefined || purchase.status === 202) process.exit(75);
process.exit(purchase.status < 300 ? 0 : 1);
