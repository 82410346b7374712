// The form: the request fields that the chosen system's API has.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { type Capabilities, newIdempotencyKey, type PurchaseRequest } from "ringup/slim";

export type Field = keyof PurchaseRequest;

/** The fields that a person types text into. */
type TextField = Exclude<Field, "capabilities" | "confirm_additional" | "price_seen" | "quote_seen">;

/** Suggested values for the fields. */
export interface Suggestions {
  holder: string[];
  country: string[];
  number: Array<{ number: string; country: string; region: string }>;
  currency: string[];
}

type Change = (request: PurchaseRequest) => void;

const LABELS: Record<Field, string> = {
  holder: "Holder",
  country: "Country",
  number: "Number",
  inventory_id: "Inventory id",
  area_code: "Area code",
  number_type: "Type of number",
  capabilities: "Capabilities",
  region: "Region",
  pattern: "Pattern",
  currency: "Currency",
  idempotency_key: "Idempotency key",
  confirm_additional: "Confirm an additional purchase",
  price_seen: "Accepted price",
  quote_seen: "Quote",
};

const CAPABILITIES: Record<keyof Capabilities, string> = { voice: "Voice", sms: "SMS", mms: "MMS", fax: "Fax" };

export function field(name: Field, request: PurchaseRequest, suggestions: Suggestions, change: Change): TemplateResult {
  switch (name) {
    case "confirm_additional":
      return html`<label class="check">
        <input
          type="checkbox"
          name=${name}
          .checked=${live(request.confirm_additional ?? false)}
          @change=${(event: Event) => change({ confirm_additional: (event.target as HTMLInputElement).checked })}
        />
        ${LABELS[name]}
      </label>`;
    case "capabilities":
      return capabilities(request, change);
    case "price_seen":
    case "quote_seen":
      return html``;
    case "idempotency_key":
      return html`<div class="with-button">
        ${text(name, request, suggestions, change)}
        <button type="button" class="quiet" @click=${() => change({ idempotency_key: newIdempotencyKey() })}>Generate</button>
      </div>`;
    default:
      return text(name, request, suggestions, change);
  }
}

function capabilities(request: PurchaseRequest, change: Change) {
  const wanted: Capabilities = { voice: false, sms: false, mms: false, fax: false, ...request.capabilities };
  const box = (name: keyof Capabilities) => html`<label class="check">
    <input
      type="checkbox"
      name=${name}
      .checked=${live(wanted[name])}
      @change=${(event: Event) => change({ capabilities: { ...wanted, [name]: (event.target as HTMLInputElement).checked } })}
    />
    ${CAPABILITIES[name]}
  </label>`;
  return html`<fieldset class="checks">
    <legend>${LABELS.capabilities}</legend>
    ${(Object.keys(CAPABILITIES) as Array<keyof Capabilities>).map(box)}
  </fieldset>`;
}

function text(name: TextField, request: PurchaseRequest, suggestions: Suggestions, change: Change) {
  const options = listed(name, suggestions);
  return html`<label>
    <span>${LABELS[name]}</span>
    <input
      name=${name}
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      inputmode=${name === "number" || name === "pattern" ? "tel" : "text"}
      list=${options === nothing ? nothing : `${name}-list`}
      .value=${live(request[name] ?? "")}
      @input=${(event: Event) => change({ [name]: (event.target as HTMLInputElement).value })}
    />
    ${options}
  </label>`;
}

function listed(name: TextField, suggestions: Suggestions) {
  const options = (values: TemplateResult[]) =>
    values.length === 0 ? nothing : html`<datalist id=${`${name}-list`}>${values}</datalist>`;
  const plain = (values: string[]) => options(values.map((value) => html`<option value=${value}></option>`));
  switch (name) {
    case "holder":
    case "country":
    case "currency":
      return plain(suggestions[name]);
    case "region":
      return plain([...new Set(suggestions.number.map(({ region }) => region).filter(Boolean))]);
    case "number":
      return options(
        suggestions.number.map(
          ({ number, country, region }) => html`<option value=${number}>${[region, country].filter(Boolean).join(", ")}</option>`,
        ),
      );
    case "inventory_id":
    case "area_code":
    case "pattern":
    case "idempotency_key":
      return nothing;
    case "number_type":
      return plain(["local", "mobile", "national", "toll_free"]);
  }
}
