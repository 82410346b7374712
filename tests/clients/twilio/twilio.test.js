// The official client `twilio`, against `ringup serve`: its whole life with a number.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { serve } from "../serve.js";
import { client } from "./client.mjs";

let server;
let account;

before(async () => {
  server = await serve();
  const accounts = await server.sim("GET", "/accounts");
  account = accounts.find((it) => it.dialect === "twilio" && it.situation === "ready").credentials;
});
after(() => server.stop());

const signedIn = (sid = account.account_sid, token = account.auth_token) => client(`${server.url}/twilio`, sid, token);

test("search, buy, list, change and give back", async () => {
  const twilio = signedIn();
  const held = (await twilio.incomingPhoneNumbers.list()).length;
  const [found, other] = await twilio.availablePhoneNumbers("US").local.list({ limit: 2 });
  assert.notEqual(found.phoneNumber, other.phoneNumber);

  const bought = await twilio.incomingPhoneNumbers.create({ phoneNumber: found.phoneNumber, friendlyName: "support" });
  assert.match(bought.sid, /^PN[0-9a-f]{32}$/);
  assert.deepEqual([bought.phoneNumber, bought.friendlyName], [found.phoneNumber, "support"]);
  assert.ok(bought.dateCreated instanceof Date);

  // A purchase by number is safe to repeat: it is an update.
  const again = await twilio.incomingPhoneNumbers.create({ phoneNumber: found.phoneNumber, friendlyName: "sales" });
  assert.deepEqual([again.sid, again.friendlyName], [bought.sid, "sales"]);
  assert.equal((await twilio.incomingPhoneNumbers.list()).length, held + 1);

  const changed = await twilio.incomingPhoneNumbers(bought.sid).update({ voiceUrl: "https://example.com/voice" });
  assert.equal(changed.voiceUrl, "https://example.com/voice");
  assert.equal(await twilio.incomingPhoneNumbers(bought.sid).remove(), true);
  await assert.rejects(twilio.incomingPhoneNumbers(bought.sid).fetch(), { status: 404, code: 20404 });
});

test("the errors and the magic numbers are the client's own", async () => {
  const test = signedIn(account.test_account_sid, account.test_auth_token);
  const create = (wanted) => test.incomingPhoneNumbers.create(wanted);
  await assert.rejects(create({ phoneNumber: "+15005550000" }), { status: 400, code: 21422 });
  await assert.rejects(create({ phoneNumber: "+15005550001" }), { status: 400, code: 21421 });
  await assert.rejects(create({ areaCode: "533" }), { status: 400, code: 21452 });
  assert.equal((await create({ phoneNumber: "+15005550006" })).phoneNumber, "+15005550006");
  await assert.rejects(signedIn(account.account_sid, "wrong").incomingPhoneNumbers.list(), { status: 401, code: 20003 });
});

test("prices and subaccounts", async () => {
  const twilio = signedIn();
  const { phoneNumberPrices } = await twilio.pricing.v1.phoneNumbers.countries("US").fetch();
  assert.deepEqual(phoneNumberPrices.map((price) => [price.numberType, price.basePrice]), [["local", "1.15"], ["toll free", "2.15"]]);
  const sub = await twilio.api.v2010.accounts.create({ friendlyName: "a customer" });
  assert.match(sub.sid, /^AC[0-9a-f]{32}$/);
  assert.equal((await signedIn(sub.sid, sub.authToken).incomingPhoneNumbers.list()).length, 0);
});
