// `<ringup-quote>`: a request, priced and judged by the core within this page. It makes no request of its own.
import { html, LitElement, nothing, unsafeCSS } from "lit";
import type { Quote } from "ringup/slim";

import { instant } from "../time.ts";
import { gates } from "./gates.ts";
import { price } from "./price.ts";
import css from "./quote.css?inline";
import type { Deed } from "./remedy.ts";
import { todo } from "./todo.ts";

export class RingupQuote extends LitElement {
  static override styles = unsafeCSS(css);
  static override properties = { shown: { attribute: false } };
  declare shown: Quote | undefined;

  override render() {
    const { shown } = this;
    if (shown === undefined) return nothing;
    const tell = (deed: Deed) => this.#tell(deed);
    return html`
      ${price(shown.price, shown.payment)}
      <p class=${shown.acceptable ? "verdict yes" : "verdict no"} role="status">${verdict(shown)}</p>
      ${shown.acceptable ? html`<p class="holds">The quote holds until ${instant(shown.expires_at)} UTC.</p>` : nothing}
      ${todo(shown, tell)}
      ${gates(shown, tell)}
    `;
  }

  #tell(deed: Deed) {
    this.dispatchEvent(new CustomEvent<Deed>("remedy", { detail: deed, bubbles: true, composed: true }));
  }
}

function verdict({ acceptable, gates }: Quote): string {
  if (acceptable) return "This purchase would be accepted.";
  const blocked = gates.filter(({ status }) => status === "blocked").length;
  if (blocked === 0) return "Not everything is known yet.";
  return blocked === 1 ? "One thing stands in the way." : `${blocked} things stand in the way.`;
}

customElements.define("ringup-quote", RingupQuote);

declare global {
  interface HTMLElementTagNameMap {
    "ringup-quote": RingupQuote;
  }
}
