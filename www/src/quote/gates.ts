// The gates, in the order in which they are asked: passed, waiting, or blocked with what would open them.
import { html, nothing } from "lit";
import type { Fix, GateReport } from "ringup";

import { choices, type Deed } from "./remedy.ts";
import { evidence, fact, GATES } from "./words.ts";

type Do = (deed: Deed) => void;

export function gates(reports: GateReport[], act: Do) {
  const asked = reports.filter((report) => !isIdle(report));
  const idle = reports.filter(isIdle).map(({ gate }) => GATES[gate]);
  return html`
    <ol class="gates">${asked.map((report) => gate(report, act))}</ol>
    ${idle.length === 0 ? nothing : html`<p class="idle">Nothing to judge: ${idle.join(", ")}.</p>`}
  `;
}

const isIdle = (report: GateReport) => report.status === "passed" && report.evidence.compared === "not_applicable";

function gate(report: GateReport, act: Do) {
  const title = html`<span class="name">${GATES[report.gate]}</span>`;
  switch (report.status) {
    case "passed":
      return html`<li class="passed" data-gate=${report.gate}>
        ${mark("passed")}<div>${title} <span class="why">${evidence(report.evidence)}</span></div>
      </li>`;
    case "waiting":
      return html`<li class="waiting" data-gate=${report.gate}>
        ${mark("waiting")}<div>${title} <span class="why">${fact(report.fact)}</span></div>
      </li>`;
    case "blocked":
      return html`<li class="blocked" data-gate=${report.gate}>
        ${mark("blocked")}
        <div>
          ${title}
          <p class="message">${sentence(report.message)}</p>
          ${report.fixes.length === 0
            ? html`<p class="why">Nobody can open this one.</p>`
            : html`<ul class="fixes">${report.fixes.map((fix, index) => remedy(fix, index === 0, act))}</ul>`}
        </div>
      </li>`;
  }
}

function remedy(fix: Fix, recommended: boolean, act: Do) {
  const buttons = choices(fix).map(
    ({ label, does }) => html`<button type="button" class="fix" @click=${() => act(does)}>${label}</button>`,
  );
  return html`<li class=${recommended ? "recommended" : ""} data-remedy=${fix.remedy}>
    <span>${sentence(fix.message)}</span>
    ${buttons.length === 0 ? nothing : html`<span class="buttons">${buttons}</span>`}
  </li>`;
}

/** The core quotes what was typed in backticks. */
function sentence(message: string) {
  return message.split("`").map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
}

/** Colour is never the only sign. */
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
