// The official client `@zernio/node`, unchanged: only its base address is another one.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";

import Zernio from "@zernio/node";

import { serve } from "../serve.js";

let server;
let accounts;

before(async () => {
  server = await serve();
});

after(() => server.stop());

beforeEach(async () => {
  await server.sim("POST", "/reset");
  accounts = await server.sim("GET", "/accounts");
});

function client(situation) {
  const account = accounts.find((it) => it.dialect === "zernio" && it.situation === situation);
  return new Zernio({ apiKey: account.credentials.api_key, baseURL: `${server.url}/zernio/api` });
}

const advance = (seconds) => server.sim("POST", "/clock/advance", { seconds });

async function purchase(zernio, more = {}) {
  const { data } = await zernio.whatsappphonenumbers.purchaseWhatsAppPhoneNumber({
    body: { profileId: "profile_abc123", ...more },
  });
  return data;
}

const isError = (statusCode, code) => (error) => {
  assert.equal(error.name, "ZernioApiError");
  assert.equal(error.statusCode, statusCode);
  assert.equal(error.code, code);
  return true;
};

test("list, search, purchase, retry, get, release", async () => {
  const zernio = client("ready");
  const { whatsappphonenumbers: numbers } = zernio;

  const before = (await numbers.getWhatsAppPhoneNumbers()).data;
  assert.deepEqual(Object.keys(before), ["numbers", "connected", "sandbox"]);
  assert.equal(before.numbers.length, 2);

  const { countries } = (await numbers.listWhatsAppNumberCountries()).data;
  const prices = countries.map((country) => country.monthlyCents);
  assert.deepEqual(prices, prices.toSorted((one, other) => one - other));
  assert.deepEqual(
    countries.find((country) => country.code === "US"),
    { code: "US", tier: 1, monthlyCents: 200, needsKyc: false, outboundCallingAvailable: true },
  );

  const found = (
    await numbers.searchAvailableWhatsAppNumbers({ query: { country: "US", areaCode: "415", limit: 5 } })
  ).data;
  assert.equal(found.numbers.length, 5);
  for (const { phoneNumber } of found.numbers) assert.match(phoneNumber, /^\+1415\d{7}$/);

  const purchaseIntentId = crypto.randomUUID();
  const bought = await purchase(zernio, { purchaseIntentId });
  assert.equal(bought.phoneNumber.status, "active");
  assert.equal(bought.phoneNumber.country, "US");
  const { id, phoneNumber } = bought.phoneNumber;
  assert.match(id, /^[0-9a-f]{24}$/);

  const again = await purchase(zernio, { purchaseIntentId });
  assert.deepEqual(again, { status: "already_purchased", numberId: id, phoneNumber });

  const { data: one } = await numbers.getWhatsAppPhoneNumber({ path: { phoneNumberId: id } });
  assert.equal(one.phoneNumber.phoneNumber, phoneNumber);
  assert.equal(one.phoneNumber.status, "active");

  const listed = (await numbers.getWhatsAppPhoneNumbers({ query: { profileId: "profile_abc123" } })).data.numbers;
  assert.equal(listed.length, 3);
  assert.equal(listed.find((number) => number._id === id).phoneNumber, phoneNumber);

  const { data: released } = await numbers.releaseWhatsAppPhoneNumber({ path: { phoneNumberId: id } });
  assert.equal(released.phoneNumber.status, "released");
  assert.ok(released.phoneNumber.releasedAt);
  await assert.rejects(numbers.releaseWhatsAppPhoneNumber({ path: { phoneNumberId: id } }), isError(400));
  assert.equal((await numbers.getWhatsAppPhoneNumbers()).data.numbers.length, 2);
  const gone = (await numbers.getWhatsAppPhoneNumbers({ query: { status: "released" } })).data.numbers;
  assert.deepEqual(gone.map((number) => number._id), [id]);

  // The key outlives the number.
  assert.equal((await purchase(zernio, { purchaseIntentId })).status, "already_purchased");
});

test("the newer calls of the same client", async () => {
  const { phonenumbers: numbers } = client("ready");
  const { data } = await numbers.purchasePhoneNumber({ body: { profileId: "profile_abc123" } });
  const { id } = data.phoneNumber;
  assert.equal((await numbers.getPhoneNumber({ path: { id } })).data.phoneNumber.id, id);
  assert.equal((await numbers.listPhoneNumbers()).data.numbers.length, 3);
  assert.equal((await numbers.releasePhoneNumber({ path: { id } })).data.phoneNumber.status, "released");
});

test("a second purchase is refused at 599 seconds and not at 600", async () => {
  const zernio = client("ready");
  await purchase(zernio);
  await advance(599);
  await assert.rejects(purchase(zernio, { purchaseIntentId: "second" }), isError(409, "PURCHASE_VELOCITY"));
  await advance(1);
  assert.ok((await purchase(zernio, { purchaseIntentId: "second" })).phoneNumber.id);
});

test("a second purchase at once goes through with the override", async () => {
  const zernio = client("ready");
  const one = await purchase(zernio);
  await assert.rejects(purchase(zernio), isError(409, "PURCHASE_VELOCITY"));
  const other = await purchase(zernio, { allowMultiple: true });
  assert.notEqual(one.phoneNumber.phoneNumber, other.phoneNumber.phoneNumber);
});

test("the first number is paid at the checkout", async () => {
  const zernio = client("new");
  const purchaseIntentId = "first";
  const { checkoutUrl } = await purchase(zernio, { purchaseIntentId });
  assert.equal((await purchase(zernio, { purchaseIntentId })).checkoutUrl, checkoutUrl);
  const { numbers } = (await zernio.whatsappphonenumbers.getWhatsAppPhoneNumbers()).data;
  assert.deepEqual(numbers, []);
  assert.match(await (await fetch(checkoutUrl, { headers: { Accept: "text/html" } })).text(), /<!doctype html>/i);
  await fetch(`${checkoutUrl}/pay`, { method: "POST" });
  assert.equal((await purchase(zernio, { purchaseIntentId })).status, "already_purchased");
  assert.equal((await zernio.whatsappphonenumbers.getWhatsAppPhoneNumbers()).data.numbers.length, 1);
});

test("refusals are the client's own errors", async () => {
  const stranger = new Zernio({ apiKey: "sk_nobody", baseURL: `${server.url}/zernio/api` });
  await assert.rejects(purchase(stranger), (error) => error.isAuthError() && error.message === "Unauthorized");
  await assert.rejects(purchase(client("free_plan")), (error) => error.isForbidden());
  await assert.rejects(purchase(client("no_card")), (error) => error.isPaymentRequired());
  await assert.rejects(purchase(client("ready"), { profileId: "nobody" }), (error) => error.isValidationError());
  const kyc = await purchase(client("ready"), { country: "DE" });
  assert.deepEqual([kyc.status, kyc.country], ["kyc_required", "DE"]);
});

test("a lost reply is found again under its key", async () => {
  const zernio = client("ready");
  await server.sim("POST", "/faults", { fault: "lose_reply", action: "order", dialect: "zernio", count: 1 });
  const purchaseIntentId = "lost";
  await assert.rejects(purchase(zernio, { purchaseIntentId }), isError(409, "PURCHASE_IN_PROGRESS"));
  await advance(60);
  assert.equal((await purchase(zernio, { purchaseIntentId })).status, "already_purchased");
  assert.equal((await zernio.whatsappphonenumbers.getWhatsAppPhoneNumbers()).data.numbers.length, 3);
});

// Papers for a German number, with a document that was uploaded before.
async function papers(numbers) {
  const { data } = await numbers.uploadWhatsAppNumberKycDocument({
    body: new Blob([new Uint8Array([0x25, 0x50, 0xff, 0x00])]),
    headers: { "X-Filename": encodeURIComponent("Ausweis ü.pdf") },
  });
  return {
    profileId: "profile_abc123",
    country: "DE",
    submissionId: "first",
    values: { de_registrant: "Acme GmbH" },
    documents: [{ requirementId: "de_identity_document", documentId: data.documentId }],
    address: { street_address: "Torstr. 1", locality: "Berlin", postal_code: "10119" },
  };
}

test("a regulated number: form, papers, a question, the approval", async () => {
  const { whatsappphonenumbers: numbers } = client("ready");
  const query = { country: "DE", profileId: "profile_abc123" };
  const { data: form } = await numbers.getWhatsAppNumberKycForm({ query });
  assert.deepEqual(form.fields.map((field) => field.kind), ["text", "address", "file"]);
  assert.equal(form.reusable, null);

  const address = { country: "DE", street_address: "Torstr.", locality: "Berlin", administrative_area: "Berlin" };
  const check = (body) => numbers.validateWhatsAppNumberKycAddress({ body });
  await assert.rejects(check({ ...address, postal_code: "10119" }), isError(400, "INVALID_FIELD_VALUE"));
  const valid = { ...address, street_address: "Torstr. 1", postal_code: "10119" };
  assert.deepEqual((await check(valid)).data, { ok: true });

  const body = await papers(numbers);
  const { data: submitted } = await numbers.submitWhatsAppNumberKyc({ body });
  assert.deepEqual([submitted.status, submitted.phoneNumber.status], ["kyc_submitted", "pending_regulatory"]);
  const { id } = submitted.phoneNumber;
  const again = (await numbers.submitWhatsAppNumberKyc({ body })).data;
  assert.deepEqual([again.status, again.phoneNumber.id], ["kyc_already_submitted", id]);

  const reason = "The back is missing";
  await server.sim("POST", `/kyc/${id}/remediate`, { reason, requirements: ["de_identity_document"] });
  const path = { id };
  const { data: asked } = await numbers.getWhatsAppNumberRemediation({ path });
  assert.deepEqual([asked.declineReason, asked.fields.length], [reason, 1]);
  const review = { query: { status: "pending_regulatory" } };
  assert.equal((await numbers.getWhatsAppPhoneNumbers(review)).data.numbers[0].regulatoryDeclineReason, reason);
  const { documents } = body;
  assert.equal((await numbers.remediateWhatsAppNumber({ path, body: { documents } })).data.status, "resubmitted");
  await assert.rejects(numbers.remediateWhatsAppNumber({ path, body: { documents } }), isError(400));

  await server.sim("POST", `/kyc/${id}/approve`);
  const { data: one } = await numbers.getWhatsAppPhoneNumber({ path: { phoneNumberId: id } });
  assert.equal(one.phoneNumber.status, "active");
  assert.match(one.phoneNumber.phoneNumber, /^\+49/);

  const { reusable } = (await numbers.getWhatsAppNumberKycForm({ query })).data;
  assert.equal(reusable.fromPhoneNumber, one.phoneNumber.phoneNumber);
  const reuse = { profileId: "profile_abc123", country: "DE", reuse: true, reuseFrom: reusable.fromPhoneNumber };
  const { data: reused } = await numbers.submitWhatsAppNumberKyc({ body: reuse });
  assert.deepEqual([reused.status, reused.phoneNumber.status], ["kyc_reused", "active"]);
});

test("a webhook is signed, delivered and logged", async () => {
  const received = [];
  const receiver = createServer(async (request, response) => {
    const chunks = await request.toArray();
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.end("thank you");
    receiver.emit("received");
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const arrives = async (count) => {
    while (received.length < count) await once(receiver, "received");
    return received[count - 1];
  };
  try {
    const zernio = client("ready");
    const body = {
      name: "mine",
      url: `http://127.0.0.1:${receiver.address().port}/hooks`,
      secret: "secret",
      events: ["whatsapp.number.activated", "post.published"],
    };
    const { webhook } = (await zernio.webhooks.createWebhookSettings({ body })).data;
    assert.deepEqual([webhook.isActive, webhook.events], [true, body.events]);
    await zernio.webhooks.testWebhook({ body: { webhookId: webhook._id } });
    assert.equal((await arrives(1)).headers["x-zernio-event"], "webhook.test");

    const { phoneNumber } = await purchase(zernio);
    const { headers, body: raw } = await arrives(2);
    assert.equal(headers["x-zernio-signature"], createHmac("sha256", body.secret).update(raw).digest("hex"));
    const payload = JSON.parse(raw);
    assert.equal(payload.id, headers["x-zernio-event-id"]);
    assert.deepEqual([payload.event, payload.number.id], ["whatsapp.number.activated", phoneNumber.id]);

    const query = { webhookId: webhook._id, eventId: payload.id };
    // The postman reports a moment after the endpoint has answered.
    let logs = [];
    while (logs.length === 0) logs = (await zernio.webhooks.getWebhookLogs({ query })).data.logs;
    assert.deepEqual([logs[0].status, logs[0].statusCode, logs[0].responseBody], ["success", 200, "thank you"]);

    const changed = { webhookId: webhook._id, isActive: false };
    assert.equal((await zernio.webhooks.updateWebhookSettings({ body: changed })).data.webhook.isActive, false);
    await zernio.webhooks.deleteWebhookSettings({ query: { webhookId: webhook._id } });
    assert.deepEqual((await zernio.webhooks.getWebhookSettings()).data.webhooks, []);
  } finally {
    receiver.close();
    receiver.closeAllConnections();
  }
});

test("a number for a new profile", async () => {
  const zernio = client("ready");
  const { profile } = (await zernio.profiles.createProfile({ body: { name: "Acme" } })).data;
  const { profiles } = (await zernio.profiles.listProfiles()).data;
  assert.deepEqual(profiles.map((it) => it.name).at(-1), "Acme");
  await purchase(zernio, { profileId: profile._id });
  const query = { profileId: profile._id };
  const { numbers } = (await zernio.whatsappphonenumbers.getWhatsAppPhoneNumbers({ query })).data;
  assert.deepEqual(numbers.map((number) => number.profileId), [{ _id: profile._id, name: "Acme" }]);
});
