// `<ringup-page>`: the workbench, drawn.
import { html, LitElement, nothing } from "lit";

import { exchange } from "./exchange.ts";
import { field } from "./fields.ts";
import { ledger } from "./ledger.ts";
import { amount } from "./money.ts";
import { numbers } from "./numbers.ts";
import { purchases } from "./purchases.ts";
import "./quote/element.ts";
import { marked } from "./quote/fix.ts";
import type { FixAction } from "./quote/remedy.ts";
import { instant } from "./time.ts";
import { Workbench } from "./workbench.ts";

/** How far the buttons turn the clock. */
const STEPS: Array<[string, number]> = [["+1 min", 60], ["+10 min", 600], ["+1 day", 86_400], ["+30 days", 2_592_000]];

class RingupPage extends LitElement {
  readonly #bench = new Workbench(() => this.requestUpdate());

  /** No shadow root: the page's style sheet and labels apply inside. */
  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    super.connectedCallback();
    void this.#bench.start(location.hash.slice(1));
    // The user may come back from the checkout page.
    addEventListener("focus", () => void this.#bench.refresh());
    setInterval(() => this.#bench.clock.runs && this.#bench.quote(), 1000);
  }

  protected override render() {
    const { account, problem, exchange: sent } = this.#bench;
    return html`
      ${this.#header()}
      <main>
        ${problem === "" ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
        ${account === undefined
          ? nothing
          : html`<div class="bench">
              ${this.#form()}
              <section class="card" aria-label="Quote">
                <ringup-quote .shown=${this.#bench.shown} @remedy=${(event: CustomEvent<FixAction>) => this.#act(event.detail)}></ringup-quote>
              </section>
            </div>`}
        ${sent === undefined ? nothing : exchange(sent)}
        ${numbers(this.#bench.numbers, { release: this.#bench.release, keep: this.#bench.keep })}
        ${purchases(this.#bench.purchases, this.#bench.resolve)}
        ${ledger(this.#bench.ledger)}
      </main>
    `;
  }

  #header() {
    const { clock, account } = this.#bench;
    return html`<header class="top">
      <h1>Ringup</h1>
      ${account === undefined
        ? nothing
        : html`<div class="clock">
            <time datetime=${new Date(clock.now).toISOString()}>${instant(clock.now)} UTC</time>
            ${STEPS.map(([label, seconds]) => html`<button type="button" class="quiet" @click=${() => this.#bench.advance(seconds)}>${label}</button>`)}
          </div>`}
    </header>`;
  }

  #form() {
    const { dialect, request, suggestions, shown, busy } = this.#bench;
    return html`<form
      class="card"
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.#buy();
      }}
    >
      ${this.#who()}
      ${dialect?.form.fields.map((name) => field(name, request, suggestions, (change) => this.#bench.change(change)))}
      <button class=${shown?.acceptable ? "buy" : "buy anyway"} ?disabled=${busy}>
        ${shown?.acceptable ? html`Buy${shown.price === null ? nothing : html` for ${amount(shown.price.due_now)}`}` : "Send it anyway"}
      </button>
    </form>`;
  }

  async #buy() {
    await this.#bench.buy();
    await this.updateComplete;
    this.querySelector("#reply")?.scrollIntoView({ block: "nearest" });
  }

  #who() {
    const { dialects, accounts, account } = this.#bench;
    const own = accounts.filter(({ dialect }) => dialect === account?.dialect);
    return html`
      <fieldset class="systems">
        <legend>System</legend>
        ${dialects.map(
          ({ id, title }) => html`<label>
            <input type="radio" name="dialect" value=${id} .checked=${id === account?.dialect} @change=${() => this.#bench.chooseDialect(id)} />
            <span>${title}</span>
          </label>`,
        )}
      </fieldset>
      <div class="with-button">
        <label>
          <span>Account</span>
          <select name="account" aria-describedby="note" @change=${(event: Event) => this.#bench.choose((event.target as HTMLSelectElement).value)}>
            ${own.map(
              (known) => html`<option value=${known.account} .selected=${known === account}>${known.account.slice(known.dialect.length + 1).replaceAll("_", " ")}</option>`,
            )}
          </select>
        </label>
        <button type="button" class="quiet" title="Opens a new account in the same situation" @click=${() => this.#bench.openFresh()}>New account</button>
      </div>
      <p class="note" id="note">${marked(account?.note ?? "")}</p>
      ${this.#bench.paysByCard
        ? html`<div class="cards">
            <button type="button" class="quiet" title="The payment provider declines every charge from now on" @click=${() => this.#bench.card(true)}>Break the card</button>
            <button type="button" class="quiet" title="A new card, which works: what was declined is asked for at once" @click=${() => this.#bench.card(false)}>Replace the card</button>
          </div>`
        : nothing}
    `;
  }

  #act(action: FixAction) {
    if (action.action !== "correct") return void this.#bench.act(action);
    this.querySelector<HTMLInputElement>(`input[name="${action.field}"]`)?.focus();
  }
}

customElements.define("ringup-page", RingupPage);
