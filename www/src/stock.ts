// Results of inventory searches. A search is sent when a quote waits for one and typing has paused.
import { parseOffers, type Offers, type Quote, type Search, type Selector } from "ringup/slim";

const PAUSE_MS = 300;

const SEARCHES_MAX = 20;

export class Stock {
  #searches: Search[] = [];
  #offers: Offers = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = "";

  get offers(): Offers {
    return this.#offers;
  }

  /** The currencies of the prices found. */
  get currencies(): string[] {
    const prices = this.#searches.flatMap(({ numbers }) => numbers.flatMap(({ prices }) => prices));
    return [...new Set(prices.map(({ monthly_fee }) => monthly_fee.currency))];
  }

  forget() {
    clearTimeout(this.#timer);
    this.#asked = "";
    this.#keep([]);
  }

  add({ searches = [] }: Offers) {
    // The request may have changed since; the result is still valid.
    this.#keep([...searches, ...this.#searches].slice(0, SEARCHES_MAX));
  }

  /** Searches after a pause in typing if the quote waits for a search. */
  look(quote: Quote, search: () => Promise<Offers>, found: () => void) {
    const selector = awaited(quote);
    const wanted = selector === undefined ? "" : JSON.stringify(selector);
    if (wanted === this.#asked) return;
    clearTimeout(this.#timer);
    this.#asked = wanted;
    if (wanted === "") return;
    this.#timer = setTimeout(async () => {
      this.add(await search());
      found();
    }, PAUSE_MS);
  }

  #keep(searches: Search[]) {
    this.#searches = searches;
    const parsed = parseOffers({ searches });
    if (parsed.type !== "failure") this.#offers = parsed;
  }
}

function awaited({ gates }: Quote): Selector | undefined {
  for (const gate of gates) if (gate.status === "waiting" && gate.fact.fact === "search") return gate.fact.selector;
  return undefined;
}
