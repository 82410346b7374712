// The account's purchases with their events.
import { html, nothing } from "lit";
import type { EffectKind, State } from "ringup/slim";

import { amount } from "./money.ts";
import type { Finding, StoredPurchase } from "./simulator.ts";
import { instant } from "./time.ts";

type StoredEvent = StoredPurchase["events"][number];

/** What a reviewer may say of an effect. */
const FINDINGS: ReadonlyArray<readonly [Finding, string]> = [
  ["done", "It is done"],
  ["not_done", "It is not done"],
  ["ask_again", "Ask once more"],
];

export type Resolve = (purchase: string, effect: EffectKind, finding: Finding) => void;

export function purchases(all: StoredPurchase[], resolve: Resolve) {
  if (all.length === 0) return nothing;
  const newestFirst = all.toSorted((a, b) => since(b) - since(a));
  return html`<section aria-labelledby="purchases-title">
    <h2 id="purchases-title">Purchases</h2>
    ${newestFirst.map((purchase) => one(purchase, resolve))}
  </section>`;
}

const since = ({ events }: StoredPurchase) => events[0]?.seq ?? 0;

function one({ purchase, state, in_review, events }: StoredPurchase, resolve: Resolve) {
  return html`<article class="purchase" data-state=${state.state}>
    <header>
      <span class="state">${words(state.state)}</span>
      <span class="number">${stands(state)}</span>
      <code>${purchase}</code>
    </header>
    ${state.state === "awaiting_payment"
      ? html`<p><a class="button" href=${state.url} target="_blank" rel="noopener">Open the checkout</a>
          Payable until ${instant(state.expires_at)} UTC.</p>`
      : nothing}
    ${in_review.map((effect) => review(effect, (finding) => resolve(purchase, effect, finding)))}
    <ol class="events">${events.map(event)}</ol>
  </article>`;
}

function review(effect: EffectKind, resolve: (finding: Finding) => void) {
  return html`<p class="review">In manual review: <strong>${words(effect)}</strong>
    ${FINDINGS.map(([finding, label]) => html`<button type="button" class="button" @click=${() => resolve(finding)}>${label}</button>`)}</p>`;
}

function event({ at, event }: StoredEvent) {
  return html`<li><time datetime=${new Date(at).toISOString()}>${instant(at)}</time> <span>${words(event.event)}</span> <span class="why">${detail(event)}</span></li>`;
}

function detail(event: StoredEvent["event"]): string {
  switch (event.event) {
    case "purchase_accepted":
      return `for ${amount(event.agreement.price.due_now)}`;
    case "payment_taken":
    case "payment_refunded":
    case "surplus_taken":
    case "surplus_refunded":
      return amount(event.amount);
    case "payment_unmatched":
    case "payment_dismissed":
      return `${amount(event.payment.amount)} of session ${event.payment.checkout}`;
    case "session_opened":
      return event.checkout;
    case "number_reserved":
    case "reservation_rejected":
      return event.offer.number;
    case "order_decline_doubted":
      return event.reason;
    case "outcome_unknown":
    case "order_absent":
      return `next attempt at ${instant(event.not_before)}`;
    case "compensation_started":
    case "purchase_failed":
      return "reason" in event.failure ? event.failure.reason : words(event.failure.failure);
    case "wallet_topped_up":
      return amount(event.money);
    case "release_scheduled":
      return `for ${instant(event.at)}`;
    case "cool_down_started":
      return `released at ${instant(event.ends_at)} unless it is cancelled`;
    case "number_transferred":
      return event.holder;
    case "number_used":
      return instant(event.at);
    case "release_cancelled":
      return event.refunded === undefined ? "" : `${amount(event.refunded)} given back`;
    case "renewal_due":
    case "commitment_due":
    case "number_renewed":
      return amount(event.rent);
    case "renewal_declined":
      return event.retry_at === undefined ? "" : `next attempt at ${instant(event.retry_at)}`;
    case "number_suspended":
      return event.releases_at === undefined ? "" : `released at ${instant(event.releases_at)} unless it is paid`;
    case "release_delayed":
    case "renewal_delayed":
    case "evidence_delayed":
    case "surplus_refund_delayed":
      return `next attempt at ${instant(event.not_before)}`;
    case "number_released":
      return `${amount(event.forfeited)} not refunded`;
    case "evidence_came_late":
    case "evidence_undone":
    case "evidence_asked_again":
      return words(event.step.undo);
    case "effect_doubted":
    case "doubt_ended":
      return words(event.effect);
    case "number_imported":
      return event.held.offer.number;
    case "holder_set":
      return event.holder;
    case "purchase_awaits_kyc":
      return `in ${event.agreement.country}`;
    case "kyc_wait_ended":
      return words(event.failure.failure);
    case "kyc_wait_extended":
      return event.until === undefined ? "" : `until ${instant(event.until)}`;
    case "verification_recorded":
      return [event.verification.country, words(event.verification.status)].filter(Boolean).join(" ");
    case "account_opened":
    case "key_expired":
    case "key_joined":
    case "checkout_opened":
    case "number_provisioned":
    case "number_activated":
    case "reservation_returned":
    case "provisioning_returned":
    case "terms_changed":
    case "review_needed":
    case "asked_again":
    case "evidence_review_needed":
    case "surplus_review_needed":
    case "surplus_asked_again":
    case "release_review_needed":
    case "release_asked_again":
    case "release_started":
    case "renewal_review_needed":
    case "renewal_asked_again":
    case "number_reactivated":
    case "charges_ended":
      return "";
  }
}

function stands(state: State): string {
  switch (state.state) {
    case "active":
      return state.number;
    case "charging":
    case "ordering":
    case "unconfirmed":
    case "billing":
      return state.offer.number;
    case "failed":
    case "compensating":
    case "undone":
      return words(state.failure.failure);
    case "awaiting_kyc":
    case "opening_checkout":
    case "awaiting_payment":
    case "securing":
    case "returning":
      return "";
  }
}

const words = (name: string) => name.replaceAll("_", " ");
