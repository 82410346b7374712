// One fix: its sentence, and a button for each way of doing it from here.
import { html, nothing } from "lit";
import { advice, type Remedy } from "ringup/slim";

import { choices, type Deed } from "./remedy.ts";

export type Do = (deed: Deed) => void;

export function remedy(fix: Remedy, act: Do, gate?: string) {
  const buttons = choices(fix).map(
    ({ label, does }) => html`<button type="button" class="fix" @click=${() => act(does)}>${label}</button>`,
  );
  return html`<li data-remedy=${fix.remedy} data-gate=${gate ?? nothing}>
    <span>${marked(advice(fix))}</span>
    ${buttons.length === 0 ? nothing : html`<span class="buttons">${buttons}</span>`}
  </li>`;
}

/** The core quotes what was typed in backticks, and so do notes. */
export function marked(message: string) {
  return message.split("`").map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
}
