// The HTTP request and its reply, side by side.
import { html } from "lit";

import type { WireReply, WireRequest } from "./simulator.ts";

export interface Exchange {
  request: WireRequest;
  reply: WireReply | undefined;
}

export function exchange({ request, reply }: Exchange) {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  return html`<section aria-labelledby="exchange-title">
    <h2 id="exchange-title">On the wire</h2>
    <div class="sides">
      <figure>
        <figcaption><b>${request.method}</b> ${request.path}</figcaption>
        <pre tabindex="0">${[...headers, "", json(request.body)].join("\n")}</pre>
      </figure>
      <figure id="reply" aria-live="polite">
        ${reply === undefined
          ? html`<figcaption>waiting for the reply …</figcaption>`
          : html`<figcaption class=${reply.status < 300 ? "good" : "bad"}><b>${reply.status}</b> ${meaning(reply.status)}</figcaption>
              <pre tabindex="0">${json(reply.body)}</pre>`}
      </figure>
    </div>
  </section>`;
}

const json = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

function meaning(status: number): string {
  const known: Record<number, string> = {
    200: "OK",
    201: "Created",
    202: "Accepted",
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
  };
  return known[status] ?? "";
}
