// The price: the amount due now with its lines, the recurring fee, and the commitment.
import { html, nothing } from "lit";
import type { Introductory, PaymentMethod, Price, PriceLine } from "ringup/slim";

import { amount, figure } from "../money.ts";
import { instant } from "../time.ts";
import { CHARGES, PAYMENTS } from "./words.ts";

export function price(price: Price | null, payment: PaymentMethod | null) {
  return html`
    <div class="due" aria-live="polite" aria-atomic="true">
      <p class="label">Due now</p>
      <p class="figure" id="due-now">
        ${price === null
          ? html`<span class="unknown">not known yet</span>`
          : html`${figure(price.due_now)} <span class="currency">${price.due_now.currency}</span>`}
      </p>
      ${payment === null ? nothing : html`<p class="way">${PAYMENTS[payment]}</p>`}
    </div>
    ${price === null ? nothing : lines(price)}
  `;
}

function lines(price: Price) {
  const unit = price.yearly_fee === undefined ? "month" : "year";
  return html`
    <dl class="lines">
      ${price.lines.map(line)}
      ${(price.taxes_included ?? []).map(included)}
      ${price.first_period === undefined ? nothing : html`<div><dt>First period</dt><dd>until ${instant(price.first_period.ends_at)} UTC</dd></div>`}
      ${(price.introductory ?? []).map((one) => introductory(one, unit))}
      <div class="recurs">
        <dt>Then every ${unit}</dt>
        <dd>${amount(price.yearly_fee ?? price.monthly_fee)}</dd>
      </div>
      ${(price.recurring_lines ?? []).map(included)}
      ${(price.recurring_taxes_included ?? []).map(included)}
      <div><dt>Commitment</dt><dd>${commitment(price)}</dd></div>
    </dl>
  `;
}

function line({ charge, label, amount: money }: PriceLine) {
  return html`<div><dt>${label ?? CHARGES[charge]}</dt><dd>${amount(money)}</dd></div>`;
}

function included({ charge, label, amount: money }: PriceLine) {
  return html`<div><dt>of which ${label ?? CHARGES[charge]}</dt><dd>${amount(money)}</dd></div>`;
}

function introductory({ periods, amount: money, taxes_included: taxes }: Introductory, unit: string) {
  return html`<div><dt>The next ${periods === 1 ? unit : `${periods} ${unit}s`}</dt><dd>${amount(money)}</dd></div>
    ${(taxes ?? []).map(included)}`;
}

function commitment({ minimum_commitment_months: months, commitment_total }: Price) {
  return months <= 1 ? "none" : `${months} months, ${amount(commitment_total)} in all`;
}
