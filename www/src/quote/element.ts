// `<ringup-quote>`: the price and the gates of a request, computed by the core in this page. It sends no HTTP request.
import { html, LitElement, nothing, unsafeCSS } from "lit";
import type { Quote } from "ringup/slim";

import { instant } from "../time.ts";
import { gates } from "./gates.ts";
import { price } from "./price.ts";
import css from "./quote.css?inline";
import type { FixAction } from "./remedy.ts";
import { todo } from "./todo.ts";

export class RingupQuote extends LitElement {
  static override styles = unsafeCSS(css);
  static override properties = { shown: { attribute: false } };
  declare shown: Quote | undefined;

  override render() {
    const { shown } = this;
    if (shown === undefined) return nothing;
    const tell = (action: FixAction) => this.#tell(action);
    return html`
      ${price(shown.price, shown.payment)}
      <p class=${shown.acceptable ? "verdict yes" : "verdict no"} role="status">${verdict(shown)}</p>
      ${shown.acceptable ? html`<p class="holds">The quote expires at ${instant(shown.expires_at)} UTC.</p>` : nothing}
      ${todo(shown, tell)}
      ${gates(shown, tell)}
    `;
  }

  #tell(action: FixAction) {
    this.dispatchEvent(new CustomEvent<FixAction>("remedy", { detail: action, bubbles: true, composed: true }));
  }
}

function verdict({ acceptable, gates }: Quote): string {
  if (acceptable) return "This purchase would be accepted.";
  const blocked = gates.filter(({ status }) => status === "blocked").length;
  if (blocked === 0) return "Some facts are still missing.";
  return blocked === 1 ? "1 requirement is not met." : `${blocked} requirements are not met.`;
}

customElements.define("ringup-quote", RingupQuote);

declare global {
  interface HTMLElementTagNameMap {
    "ringup-quote": RingupQuote;
  }
}
