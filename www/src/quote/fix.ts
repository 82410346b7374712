// One fix: its sentence, and a button for each way to carry it out.
import { html, nothing } from "lit";
import { advice, type Remedy } from "ringup/slim";

import { readable } from "../time.ts";
import { choices, type FixAction } from "./remedy.ts";

export type Do = (action: FixAction) => void;

export function remedy(fix: Remedy, act: Do, gate?: string) {
  const buttons = choices(fix).map(
    ({ label, does }) => html`<button type="button" class="fix" @click=${() => act(does)}>${label}</button>`,
  );
  return html`<li data-remedy=${fix.remedy} data-gate=${gate ?? nothing}>
    <span>${marked(advice(fix))}</span>
    ${buttons.length === 0 ? nothing : html`<span class="buttons">${buttons}</span>`}
  </li>`;
}

/** A sentence or a note: what stands in backticks was typed, and stays as it was. */
export function marked(message: string) {
  return message.split("`").map((part, index) => (index % 2 === 0 ? readable(part) : html`<code>${part}</code>`));
}
