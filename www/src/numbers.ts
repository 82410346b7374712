// The numbers that the account holds: what they cost next, and how they leave.
import { html, nothing } from "lit";

import { amount } from "./money.ts";
import type { HeldNumber } from "./simulator.ts";
import { instant } from "./time.ts";

/** What a button does to a number. */
export interface NumberActions {
  release: (number: HeldNumber) => void;
  keep: (number: HeldNumber) => void;
}

export function numbers(all: HeldNumber[], actions: NumberActions) {
  const held = all.filter(({ status }) => status.status !== "released");
  if (held.length === 0) return nothing;
  return html`<section aria-labelledby="numbers-title">
    <h2 id="numbers-title">Numbers</h2>
    ${held.map((number) => one(number, actions))}
  </section>`;
}

function one(number: HeldNumber, actions: NumberActions) {
  const stands = standing(number);
  return html`<article class="held" data-state=${stands}>
    <header>
      <span class="state">${stands.replaceAll("_", " ")}</span>
      <span class="number">${number.number}</span>
      <code>${number.holder ?? number.purchase}</code>
    </header>
    <p>${next(number)}</p>
    <div class="actions">${button(number, actions)}</div>
  </article>`;
}

/** One word for how the number stands. */
function standing({ status, suspended, renewal }: HeldNumber): string {
  if (status.status !== "active") return status.status;
  if (suspended) return "suspended";
  return (renewal?.unpaid?.declines ?? 0) > 0 ? "past_due" : "active";
}

/** What happens to the number next. */
function next({ status, renewal, renews_at, renewal_amount }: HeldNumber) {
  if (status.status === "ending_charges" || status.status === "releasing") return html`It is being released.`;
  if (status.status === "scheduled") return html`It is released at ${instant(status.at)} UTC.`;
  if (status.status === "cooling_down") return html`It does not work any more, and can be kept until ${instant(status.ends_at)} UTC.`;
  const unpaid = renewal?.unpaid;
  if (unpaid !== undefined) {
    const waits = [
      unpaid.suspends_at === undefined ? "" : `suspended at ${instant(unpaid.suspends_at)} UTC`,
      unpaid.releases_at === undefined ? "" : `released at ${instant(unpaid.releases_at)} UTC`,
    ].filter(Boolean);
    const then = waits.length === 0 ? "" : `; if it is not paid, the number is ${waits.join(" and ")}`;
    const { rent, tax } = unpaid;
    const due = { ...rent, minor_units: rent.minor_units + (tax?.minor_units ?? 0) };
    return html`${amount(due)} are due${then}.`;
  }
  if (typeof renews_at === "number" && renewal_amount) return html`${amount(renewal_amount)} are due at ${instant(renews_at)} UTC.`;
  return nothing;
}

function button(number: HeldNumber, { release, keep }: NumberActions) {
  switch (number.status.status) {
    case "active":
      return html`<button type="button" class="quiet" @click=${() => release(number)}>Release</button>`;
    case "scheduled":
    case "cooling_down":
      return html`<button type="button" class="quiet" @click=${() => keep(number)}>Keep it</button>`;
    default:
      return nothing;
  }
}
