// `<ringup-quote>`: a request, priced and judged by the core within this page. It makes no request of its own.
import { html, LitElement, nothing, unsafeCSS } from "lit";
import type { GateFix, GateReport, OffersHandle, PaymentMethod, Price, PurchaseRequest, Selector, ShopHandle, StandingHandle } from "ringup";

import { instant } from "../time.ts";
import { gates } from "./gates.ts";
import { price } from "./price.ts";
import css from "./quote.css?inline";
import type { Deed } from "./remedy.ts";
import { todo } from "./todo.ts";

/** What the element is given. */
export interface QuoteInput {
  shop: ShopHandle;
  standing: StandingHandle;
  offers: OffersHandle | undefined;
  request: PurchaseRequest;
  now: number;
}

/** What is shown of a quote. */
export interface Shown {
  acceptable: boolean;
  price: Price | null;
  payment: PaymentMethod | null;
  selector: Selector | null;
  fixes: GateFix[];
  fixes_suffice: boolean;
  gates: GateReport[];
  expires_at: number;
}

/** The quote's parts; its handle is given back at once, for the next keystroke makes a new one. */
export function ask({ shop, standing, offers, request, now }: QuoteInput): Shown {
  const quote = shop.quote(standing, offers, request, now);
  if (quote.type === "failure") throw new Error(quote.errors.map(({ field, message }) => `${field}: ${message}`).join("; "));
  try {
    const { acceptable, price, payment, selector, fixes, fixes_suffice, gates, expires_at } = quote;
    return { acceptable, price, payment, selector, fixes, fixes_suffice, gates, expires_at };
  } finally {
    quote.free();
  }
}

export class RingupQuote extends LitElement {
  static override styles = unsafeCSS(css);
  static override properties = { shown: { attribute: false } };
  declare shown: Shown | undefined;

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

function verdict({ acceptable, gates }: Shown): string {
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
