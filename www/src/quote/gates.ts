// The gates in order: passed, waiting, or blocked with their fixes.
import { html, nothing } from "lit";
import { advice, sentence, type GateFix, type GateReport, type Quote } from "ringup/slim";

import { marked, remedy, type Do } from "./fix.ts";
import { GATES } from "./words.ts";

type Blocked = Extract<GateReport, { status: "blocked" }>;

export function gates({ gates: reports, fixes }: Quote, act: Do) {
  const asked = reports.filter((report) => !isIdle(report));
  const idle = reports.filter(isIdle).map(({ gate }) => GATES[gate]);
  return html`
    <ol class="gates">${asked.map((report) => gate(report, fixes, act))}</ol>
    ${idle.length === 0 ? nothing : html`<p class="idle">Not applicable: ${idle.join(", ")}.</p>`}
  `;
}

const isIdle = (report: GateReport) => report.status === "passed" && report.evidence.compared === "not_applicable";

function gate(report: GateReport, todo: GateFix[], act: Do) {
  const title = html`<span class="name">${GATES[report.gate]}</span>`;
  switch (report.status) {
    case "passed":
      return html`<li class="passed" data-gate=${report.gate}>
        ${mark("passed")}<div>${title} <span class="why">${marked(sentence(report))}</span></div>
      </li>`;
    case "waiting":
      return html`<li class="waiting" data-gate=${report.gate}>
        ${mark("waiting")}<div>${title} <span class="why">${marked(sentence(report))}</span></div>
      </li>`;
    case "blocked":
      return html`<li class="blocked" data-gate=${report.gate}>
        ${mark("blocked")}
        <div>
          ${title}
          <p class="message">${marked(sentence(report))}</p>
          ${ways(report, todo, act)}
        </div>
      </li>`;
  }
}

/** What opens the gate: an earlier fix, one of its own fixes, or nothing. */
function ways({ gate, fixes, opened_by_earlier }: Blocked, todo: GateFix[], act: Do) {
  if (opened_by_earlier) return html`<p class="why">An earlier fix opens this gate.</p>`;
  if (fixes.length === 0) return html`<p class="why">There is no fix for this.</p>`;
  const others = fixes.filter((fix) => !todo.some((listed) => listed.gate === gate && advice(listed) === advice(fix)));
  if (others.length === 0) return nothing;
  const listed = others.length < fixes.length;
  return html`<ul class=${listed ? "fixes others" : "fixes"}>${others.map((fix) => remedy(fix, act))}</ul>`;
}

/** The icon repeats what the colour says, for readers who do not see colours. */
function mark(status: GateReport["status"]) {
  const path = {
    passed: "M4.5 8.3 7 10.8 11.5 5.6",
    waiting: "M5 8h.01M8 8h.01M11 8h.01",
    blocked: "M5.4 5.4 10.6 10.6M10.6 5.4 5.4 10.6",
  }[status];
  return html`<svg class="mark" viewBox="0 0 16 16" role="img" aria-label=${status}>
    <circle cx="8" cy="8" r="7.25" /><path d=${path} />
  </svg>`;
}
