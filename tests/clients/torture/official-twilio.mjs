// The official client of Twilio, as its documents show it: a search and a purchase by number. An error is asked again once,
// which Twilio's page on the code 20500 calls safe for a purchase by number.
import { client } from "../twilio/client.mjs";

const { RINGUP_BASE_URL: base, RINGUP_ACCOUNT_SID: sid, RINGUP_AUTH_TOKEN: token } = process.env;
const twilio = client(base, sid, token);
const [{ phoneNumber }] = await twilio.availablePhoneNumbers("US").local.list({ limit: 1 });
const buy = () => twilio.incomingPhoneNumbers.create({ phoneNumber });
console.log((await buy().catch(buy)).sid);
