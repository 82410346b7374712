// A client as it is often written: when something goes wrong, it starts again.
const { RINGUP_BASE_URL: base, RINGUP_API_KEY: key } = process.env;

async function call(method, path, body) {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  const answer = await fetch(`${base}${path}`, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.json();
}

for (let attempt = 1; ; attempt += 1) {
  try {
    const { data } = await call("GET", "/numbers/available?country=US&limit=1");
    const bought = await call("POST", "/purchases", { holder: "default", number: data[0].number });
    console.log(`bought ${JSON.stringify(bought)}`);
    process.exit(0);
  } catch (error) {
    console.log(`attempt ${attempt}: ${error.message}`);
    if (attempt === 3) process.exit(1);
    await new Promise((done) => setTimeout(done, 100));
  }
}
