// The official client, as its documents show it: one call.
import Zernio from "@zernio/node";

const { RINGUP_BASE_URL: baseURL, RINGUP_API_KEY: apiKey } = process.env;
const zernio = new Zernio({ apiKey, baseURL });
const { data } = await zernio.whatsappphonenumbers.purchaseWhatsAppPhoneNumber({ body: { profileId: "profile_abc123" } });
console.log(JSON.stringify(data));
