// What to do, all of it: the quote's own fixes, in the order of the gates, and whether that is enough.
import { html, nothing } from "lit";
import type { GateReport, Quote } from "ringup/slim";

import { remedy, type Do } from "./fix.ts";
import { GATES } from "./words.ts";

export function todo({ fixes, fixes_suffice, gates }: Quote, act: Do) {
  if (fixes.length === 0) return nothing;
  return html`<section class="todo" aria-labelledby="todo-title">
    <h3 id="todo-title">What to do${fixes.length === 1 ? "" : ", all of it"}</h3>
    <ol class="fixes">${fixes.map((fix) => remedy(fix, act, fix.gate))}</ol>
    <p class="why">${fixes_suffice ? "Then it is accepted." : rest(gates)}</p>
  </section>`;
}

function rest(gates: GateReport[]): string {
  const shut = gates.filter(isShut).map(({ gate }) => `“${GATES[gate]}”`);
  return shut.length === 0 ? "Then it is quoted anew." : `Not enough: nobody can open ${shut.join(" and ")}.`;
}

const isShut = (report: GateReport) =>
  report.status === "blocked" && report.fixes.length === 0 && !report.opened_by_earlier;
