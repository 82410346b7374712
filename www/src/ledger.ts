// The ledger: its postings and the balance of each book.
import { html, nothing } from "lit";

import { amount, figure } from "./money.ts";
import type { Ledger } from "./simulator.ts";
import { instant } from "./time.ts";

export function ledger({ entries, balances }: Ledger) {
  if (entries.length === 0) return nothing;
  return html`<section aria-labelledby="ledger-title">
    <h2 id="ledger-title">Ledger</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="ledger-title">
      <table id="entries">
        <thead><tr><th>Time</th><th>Event</th><th>From</th><th>To</th><th class="money">Amount</th></tr></thead>
        <tbody>
          ${entries.toReversed().map(
            ({ at, event, from, to, money }) => html`<tr>
              <td>${instant(at)}</td><td>${words(event)}</td><td>${words(from)}</td><td>${words(to)}</td>
              <td class="money">${amount(money)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <div class="books">
      ${balances.map(
        ({ currency, books }) => html`<dl>
          <div class="head"><dt>Book</dt><dd>${currency}</dd></div>
          ${Object.entries(books).map(
            ([book, minor_units]) => html`<div><dt>${words(book)}</dt><dd>${figure({ minor_units, currency })}</dd></div>`,
          )}
        </dl>`,
      )}
    </div>
  </section>`;
}

const words = (name: string) => name.replaceAll("_", " ");
