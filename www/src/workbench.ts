// The state of the page: account, request, quote, and the records of the simulated world.
import { parseShop, parseStanding, quote, type Answer, type EffectKind, type PurchaseRequest, type Quote, type Shop, type Standing } from "ringup/slim";

import { WorldClock } from "./clock.ts";
import type { Exchange } from "./exchange.ts";
import type { Suggestions } from "./fields.ts";
import type { FixAction } from "./quote/remedy.ts";
import * as simulator from "./simulator.ts";
import { Stock } from "./stock.ts";

export class Workbench {
  readonly clock = new WorldClock();
  dialects: simulator.Dialect[] = [];
  accounts: simulator.Account[] = [];
  account: simulator.Account | undefined;
  request: PurchaseRequest = {};
  shown: Quote | undefined;
  exchange: Exchange | undefined;
  purchases: simulator.StoredPurchase[] = [];
  numbers: simulator.HeldNumber[] = [];
  ledger: simulator.Ledger = { entries: [], balances: [] };
  problem = "";
  busy = false;

  readonly #changed: () => void;
  readonly #shops = new Map<string, Shop>();
  readonly #stock = new Stock();
  #standing: Standing | undefined;
  #holders: string[] = [];
  #currencies: string[] = [];
  #numbers: Suggestions["number"] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get dialect(): simulator.Dialect | undefined {
    return this.dialects.find(({ id }) => id === this.account?.dialect);
  }

  get suggestions(): Suggestions {
    return {
      holder: this.#holders,
      country: [...(this.#shop?.countries ?? [])],
      number: this.#numbers,
      currency: [...new Set([...this.#stock.currencies, ...this.#currencies])],
    };
  }

  /** Whether anything of this system is paid by card. */
  get paysByCard(): boolean {
    return this.dialect?.shop.policy.payment.some(({ method }) => method !== "wallet") ?? false;
  }

  get #shop(): Shop | undefined {
    return this.#shops.get(this.account?.dialect ?? "");
  }

  /** Loads systems and accounts, then selects the named account or the first in the situation `ready`. */
  start = (wanted: string) =>
    this.#guarded(async () => {
      [this.dialects, this.accounts] = await Promise.all([simulator.dialects(), simulator.accounts()]);
      for (const { id, shop } of this.dialects) this.#shops.set(id, must(parseShop(shop)));
      const named = this.accounts.find(({ account }) => account === wanted);
      const first = named ?? this.accounts.find(({ situation }) => situation === "ready") ?? this.accounts[0];
      if (first !== undefined) await this.#take(first);
    });

  /** Selects another account and resets the form. */
  choose = (account: string) =>
    this.#guarded(async () => {
      const chosen = this.accounts.find((known) => known.account === account);
      if (chosen !== undefined) await this.#take(chosen);
    });

  /** Selects another system: its account in the same situation, else the one in `ready`. */
  chooseDialect(dialect: string) {
    const own = this.accounts.filter((account) => account.dialect === dialect);
    const same = own.find(({ situation }) => situation === this.account?.situation) ?? own.find(({ situation }) => situation === "ready") ?? own[0];
    return same === undefined ? undefined : this.choose(same.account);
  }

  /** Opens a new account in the same situation. */
  openFresh = () =>
    this.#guarded(async () => {
      if (this.account === undefined) return;
      const fresh = await simulator.open(this.account.dialect, this.account.situation);
      this.accounts = [...this.accounts, fresh];
      await this.#take(fresh);
    });

  change(request: PurchaseRequest) {
    this.request = { ...this.request, ...request };
    this.quote();
  }

  /** Quotes the request; no HTTP request is sent. */
  quote() {
    const [shop, standing, account] = [this.#shop, this.#standing, this.account];
    if (shop === undefined || standing === undefined || account === undefined) return;
    const { request, clock } = this;
    this.shown = must(quote({ shop, standing, offers: this.#stock.offers, request, now: clock.now }));
    this.#stock.look(
      this.shown,
      () => this.#search(account.account, request),
      () => this.quote(),
    );
    this.#changed();
  }

  /** Sends the purchase over HTTP, as a client of the system would. */
  buy = () =>
    this.#guarded(async () => {
      if (this.account === undefined) return;
      const request = await simulator.encode(this.account.account, this.request);
      this.exchange = { request, reply: undefined };
      this.#changed();
      this.exchange = { request, reply: await simulator.send(request) };
      await this.#refresh();
    });

  advance = (seconds: number) =>
    this.#guarded(async () => {
      await simulator.advance(seconds);
      await this.#refresh();
    });

  /** Carries out a fix. */
  act(action: Exclude<FixAction, { action: "correct" }>) {
    switch (action.action) {
      case "change":
        return this.change(action.request);
      case "wait":
        return this.advance(Math.ceil((action.until - this.clock.now) / 1000));
      case "search":
        return this.#guarded(async () => {
          if (this.account === undefined) return;
          const { preparation } = await simulator.encode(this.account.account, this.request);
          for (const request of preparation) this.exchange = { request, reply: await simulator.send(request) };
          await this.#refresh();
        });
      case "arrange":
        return this.#guarded(async () => {
          if (this.account === undefined) return;
          await simulator.changeTerms(this.account.account, action.terms);
          await this.#refresh();
        });
      case "top_up":
        return this.#guarded(async () => {
          if (this.account === undefined) return;
          await simulator.topUp(this.account.account, action.money);
          await this.#refresh();
        });
    }
  }

  /** Releases a number, or keeps one whose release has not begun. */
  release = ({ purchase }: simulator.HeldNumber) => this.#changing(() => simulator.release(purchase));
  keep = ({ purchase }: simulator.HeldNumber) => this.#changing(() => simulator.keep(purchase));

  /** Breaks the card, or replaces it. */
  card = (declined: boolean) =>
    this.#changing(async () => {
      if (this.account !== undefined) await simulator.card(this.account.account, declined);
    });

  #changing(change: () => Promise<unknown>) {
    return this.#guarded(async () => {
      await change();
      await this.#refresh();
    });
  }

  /** Says what a manual review found. */
  resolve = (purchase: string, effect: EffectKind, finding: simulator.Finding) =>
    this.#guarded(async () => {
      await simulator.resolve(purchase, effect, finding);
      await this.#refresh();
    });

  /** Reloads if another client has changed the account. */
  refresh = () =>
    this.#guarded(async () => {
      if (this.account === undefined) return;
      const { account } = this.account;
      const happened = (purchases: simulator.StoredPurchase[]) => purchases.flatMap(({ events }) => events).length;
      if (happened(await simulator.purchases(account)) !== happened(this.purchases)) await this.#refresh();
    });

  async #search(account: string, request: PurchaseRequest) {
    const offers = await simulator.offers(account, request);
    for (const { seen_at } of offers.searches ?? []) this.clock.atLeast(seen_at);
    return offers;
  }

  async #take(account: simulator.Account) {
    this.account = account;
    this.exchange = undefined;
    this.request = { ...this.dialect?.form.seed };
    await this.#refresh();
    if (this.request.holder === undefined && this.#holders[0] !== undefined) this.change({ holder: this.#holders[0] });
  }

  async #refresh() {
    const { account, dialect } = this;
    if (account === undefined || dialect === undefined) return;
    const picksNumber = dialect.form.fields.includes("number");
    const [clock, { standing, numbers }, purchases, ledger, free] = await Promise.all([
      simulator.clock(),
      simulator.shown(account.account),
      simulator.purchases(account.account),
      simulator.ledger(account.account),
      picksNumber ? simulator.freeNumbers(dialect.id) : [],
    ]);
    // Another account may have been selected since.
    if (this.account !== account) return;
    this.clock.hear(clock);
    this.#standing = must(parseStanding(standing));
    const only = standing.actor?.only_holder;
    this.#holders = only ? [only] : (standing.holders ?? []);
    this.#currencies = [...(standing.balances ?? []).map(({ currency }) => currency), dialect.shop.policy.default_currency];
    [this.purchases, this.numbers, this.ledger, this.#numbers] = [purchases, numbers, ledger, free];
    this.#stock.forget();
    if (dialect.shop.policy.search_required) this.#stock.add(await this.#search(account.account, this.request));
    this.quote();
  }

  /** Shows a failed call to the simulator as the page's problem. */
  async #guarded(work: () => Promise<void>) {
    this.busy = true;
    this.problem = "";
    this.#changed();
    try {
      await work();
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      this.busy = false;
      this.#changed();
    }
  }
}

/** Data of the simulator; unreadable only if page and simulator differ in version. */
function must<T>(answer: Answer<T>): T {
  if (answer.type !== "failure") return answer;
  throw new Error(answer.errors.map(({ path, message }) => `${path}: ${message}`).join("; "));
}
