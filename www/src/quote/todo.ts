// The fixes of the quote, in the order of the gates, and whether they suffice.
import { html, nothing } from "lit";
import type { GateReport, Quote } from "ringup/slim";

import { remedy, type Do } from "./fix.ts";
import { GATES } from "./words.ts";

export function todo({ fixes, fixes_suffice, fixes_cut_short, gates }: Quote, act: Do) {
  if (fixes.length === 0) return nothing;
  return html`<section class="todo" aria-labelledby="todo-title">
    <h3 id="todo-title">What to do${fixes.length === 1 ? "" : ": all of these"}</h3>
    <ol class="fixes">${fixes.map((fix) => remedy(fix, act, fix.gate))}</ol>
    <p class="why">${fixes_suffice ? "After that, the purchase is accepted." : rest(gates, fixes_cut_short)}</p>
  </section>`;
}

function rest(gates: GateReport[], isCutShort: boolean | undefined): string {
  if (isCutShort) return "Not enough, and not everything was tried.";
  const shut = gates.filter(isShut).map(({ gate }) => `“${GATES[gate]}”`);
  return shut.length === 0 ? "After that, the price is quoted again." : `Not enough: there is no fix for ${shut.join(" and ")}.`;
}

const isShut = (report: GateReport) =>
  report.status === "blocked" && report.fixes.length === 0 && !report.opened_by_earlier;
