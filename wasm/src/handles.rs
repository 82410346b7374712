//! The npm package's functions, and the handles that they give out: what was parsed stays in the module's memory, and a
//! call moves only the request and what is read of the answer.

mod quote;

use std::rc::Rc;

use ringup_core::{Currency, Offers, PurchaseRequest, QuoteId, Shop, Standing, Timestamp, policies};
use wasm_bindgen::prelude::*;

use crate::failure::{ErrorCode, InputError};
use crate::javascript::{failure, from_object, result, text, to_object};
use crate::read;
pub use quote::QuoteHandle;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type * as data from "./types.js";

/** What is asked for, or what keeps it from being made. Nothing throws. */
export type Result<T> = { type: "success"; value: T } | InputFailure;

/** The answer to data that cannot be used: a mistake of the calling code, not of the customer. */
export type InputFailure = { type: "failure"; errors: Array<InputError> };

/** One mistake in the data. */
export type InputError = {
  /**
   * `malformed`: not of the right type. `shop_invalid`: the shop's parts do not agree. `policy_unknown`: no such policy.
   * `quote_altered`: not what the quote of this id says. `quote_expired`: its time is over.
   */
  code: "malformed" | "shop_invalid" | "policy_unknown" | "quote_altered" | "quote_expired";
  /** What is wrong. */
  message: string;
  /** Where, as a JSON pointer; empty: the whole. */
  field: string;
  /** What to do. */
  help: string;
};
"#;

/// Checks a policy with its rate card and plans, once.
#[wasm_bindgen(js_name = parseShop, unchecked_return_type = "Result<ShopHandle>")]
pub fn parse_shop(#[wasm_bindgen(unchecked_param_type = "data.ShopData")] data: &JsValue) -> JsValue {
    result(text("ShopData", data).and_then(|json| read::shop(json.as_bytes())).map(ShopHandle))
}

/// Reads how an account stands.
#[wasm_bindgen(js_name = parseStanding, unchecked_return_type = "Result<StandingHandle>")]
pub fn parse_standing(#[wasm_bindgen(unchecked_param_type = "data.Standing")] data: &JsValue) -> JsValue {
    result(from_object("Standing", data).map(StandingHandle))
}

/// Reads what searches have found.
#[wasm_bindgen(js_name = parseOffers, unchecked_return_type = "Result<OffersHandle>")]
pub fn parse_offers(#[wasm_bindgen(unchecked_param_type = "data.Offers")] data: &JsValue) -> JsValue {
    result(from_object("Offers", data).map(|offers| OffersHandle(Rc::new(offers))))
}

/// The ids of the policies that come with the package.
#[wasm_bindgen(js_name = policyIds)]
#[must_use]
pub fn policy_ids() -> Vec<String> {
    policies::ALL.iter().map(|(id, _)| String::from(*id)).collect()
}

/// The shop of a policy that comes with the package.
#[wasm_bindgen(js_name = builtinShop, unchecked_return_type = "Result<ShopHandle>")]
#[must_use]
pub fn builtin_shop(id: &str) -> JsValue {
    let found = policies::ALL.iter().find(|(listed, _)| *listed == id).ok_or_else(|| InputError {
        code: ErrorCode::PolicyUnknown,
        message: format!("no policy `{id}` comes with this package"),
        field: String::new(),
        help: format!("name one of `{}`, or parse a shop of your own", policy_ids().join("`, `")),
    });
    result(found.and_then(|(_, json)| read::shop(json.as_bytes())).map(ShopHandle))
}

/// A fresh idempotency key: 128 bits of the host's entropy, as 32 hexadecimal digits.
#[wasm_bindgen(js_name = newIdempotencyKey)]
#[must_use]
pub fn new_idempotency_key() -> String {
    let mut bytes = [0; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => format!("{:032x}", u128::from_be_bytes(bytes)),
        // A key that is not unique would make two purchases one: without entropy there must be no key at all.
        Err(_) => wasm_bindgen::throw_str("this host gives no entropy (`crypto.getRandomValues`)"),
    }
}

/// Whether a plain quote (`quote.toObject()`) is the one of this id and still holds; then what a purchase names to follow it.
/// The id must be one that you have kept or signed: whoever changes a quote can make its new id.
///
/// Without `now`, the host's clock is read.
#[wasm_bindgen(js_name = verifyQuote, unchecked_return_type = "Result<data.QuoteSeen>")]
pub fn verify_quote(
    #[wasm_bindgen(unchecked_param_type = "data.Quote")] quote: &JsValue,
    id: &str,
    now: Option<f64>,
) -> JsValue {
    let now = instant(now.unwrap_or_else(js_sys::Date::now));
    let verified = id.parse::<QuoteId>().map_err(|error| read::malformed("QuoteId", String::new(), &error));
    let verified = verified.and_then(|id| crate::verify::verified(text("Quote", quote)?.as_bytes(), &id, now));
    result(verified.map(|seen| to_object(&seen)))
}

/// How many decimals the minor unit of a currency stands behind its major one, by ISO 4217: 2 for `USD`, 0 for `JPY`. Absent:
/// there is no such currency.
#[wasm_bindgen(js_name = currencyExponent)]
#[must_use]
pub fn currency_exponent(code: &str) -> Option<u8> {
    code.parse().ok().map(Currency::exponent)
}

/// A shop, checked.
#[wasm_bindgen]
pub struct ShopHandle(Shop);

/// How an account stands.
#[wasm_bindgen]
pub struct StandingHandle(Standing);

/// What searches have found.
#[wasm_bindgen]
pub struct OffersHandle(Rc<Offers>);

#[wasm_bindgen]
extern "C" {
    /// An [`OffersHandle`] as JavaScript holds it, or nothing: wasm-bindgen knows no optional reference.
    #[wasm_bindgen(typescript_type = "OffersHandle | null | undefined")]
    pub type MaybeOffers;

    #[wasm_bindgen(method, catch)]
    fn share(this: &MaybeOffers) -> Result<OffersHandle, JsValue>;
}

#[wasm_bindgen]
impl OffersHandle {
    /// Another handle of the same offers.
    #[must_use]
    pub fn share(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

#[wasm_bindgen]
impl ShopHandle {
    /// Prices a request and judges every gate. A half-typed request is a blocked gate; only a request that is not of the
    /// type `PurchaseRequest` is a failure.
    ///
    /// Without `offers` nobody has searched; without `now`, the host's clock is read.
    #[wasm_bindgen(unchecked_return_type = "QuoteHandle | InputFailure")]
    pub fn quote(
        &self,
        standing: &StandingHandle,
        offers: &MaybeOffers,
        #[wasm_bindgen(unchecked_param_type = "data.PurchaseRequest")] request: &JsValue,
        now: Option<f64>,
    ) -> JsValue {
        let quoted = asked(offers, request, now).map(|Asked { offers, request, now }| {
            QuoteHandle::from(ringup_core::quote(&self.0, &standing.0, &offers, &request, now))
        });
        quoted.map_or_else(failure, JsValue::from)
    }

    /// Says why a request is answered as it is: every rule, what it compared, and the field of the shop that decided.
    ///
    /// What is given is what `quote` is given.
    #[wasm_bindgen(unchecked_return_type = "Result<data.Explanation>")]
    pub fn explain(
        &self,
        standing: &StandingHandle,
        offers: &MaybeOffers,
        #[wasm_bindgen(unchecked_param_type = "data.PurchaseRequest")] request: &JsValue,
        now: Option<f64>,
    ) -> JsValue {
        result(asked(offers, request, now).map(|Asked { offers, request, now }| {
            to_object(&ringup_core::explain(&self.0, &standing.0, &offers, &request, now))
        }))
    }

    /// The version of the rules and prices.
    #[wasm_bindgen(getter, unchecked_return_type = "data.ShopVersion")]
    #[must_use]
    pub fn version(&self) -> JsValue {
        to_object(&self.0.version())
    }

    /// The rules.
    #[wasm_bindgen(getter, unchecked_return_type = "data.Policy")]
    #[must_use]
    pub fn policy(&self) -> JsValue {
        to_object(self.0.policy())
    }

    /// The countries that the rate card names, by their two letters.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn countries(&self) -> Vec<String> {
        self.0.countries().into_iter().map(String::from).collect()
    }
}

/// What a quote and an explanation are asked of, beside the shop and the standing.
struct Asked {
    offers: Rc<Offers>,
    request: PurchaseRequest,
    now: Timestamp,
}

fn asked(offers: &MaybeOffers, request: &JsValue, now: Option<f64>) -> Result<Asked, InputError> {
    let request = from_object("PurchaseRequest", request)?;
    Ok(Asked { offers: shared(offers)?, request, now: instant(now.unwrap_or_else(js_sys::Date::now)) })
}

fn shared(offers: &MaybeOffers) -> Result<Rc<Offers>, InputError> {
    if offers.is_null() || offers.is_undefined() {
        return Ok(Rc::default());
    }
    let share = offers.share().map_err(|_| {
        read::malformed("OffersHandle", String::new(), &"the offers are neither left out nor what `parseOffers` made")
    })?;
    Ok(share.0)
}

/// Fractions of a millisecond are cut off; what is no number is the epoch. Both are what `as` does.
#[expect(clippy::as_conversions, reason = "the one way from JavaScript's number, and it saturates")]
fn instant(millis: f64) -> Timestamp {
    Timestamp::from_millis(millis as i64)
}
