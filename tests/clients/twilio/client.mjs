// The official client `twilio`, unchanged: its requests to Twilio's two hosts go to the simulator. The client takes no base
// address, so its way to send a request is wrapped, which it documents for proxies.
import twilio from "twilio";

/** A client of the system at this address, below which both hosts answer. */
export function client(base, accountSid, authToken) {
  const made = twilio(accountSid, authToken);
  const request = made.request.bind(made);
  const here = (uri) => uri.replace(/^https:\/\/(api|pricing)\.twilio\.com/, base);
  made.request = (options) => request({ ...options, uri: here(options.uri) });
  return made;
}
