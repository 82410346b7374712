//! A quote, read part by part: only what is asked for is turned into JavaScript's values.

use ringup_core::{Quote, Timestamp};
use wasm_bindgen::prelude::*;

use crate::javascript::to_object;

/// What a request would cost, and whether it would be accepted. Each member is made anew when it is read.
#[wasm_bindgen]
pub struct QuoteHandle(Quote);

impl From<Quote> for QuoteHandle {
    fn from(quote: Quote) -> Self {
        Self(quote)
    }
}

#[wasm_bindgen]
impl QuoteHandle {
    /// `"quote"`: tells it from a failure.
    #[wasm_bindgen(getter, js_name = type, unchecked_return_type = "\"quote\"")]
    #[must_use]
    pub fn kind(&self) -> String {
        "quote".into()
    }

    /// Its id: SHA-256, in hexadecimal, over `toObject()` as RFC 8785 writes it. The same content has the same id everywhere;
    /// it is a name, not a signature.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn id(&self) -> String {
        self.0.id().to_string()
    }

    /// Whether every gate passes: then the same request is accepted.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn acceptable(&self) -> bool {
        self.0.acceptable
    }

    /// What it costs, if that is known.
    #[wasm_bindgen(getter, unchecked_return_type = "data.Price | null")]
    #[must_use]
    pub fn price(&self) -> JsValue {
        to_object(&self.0.price)
    }

    /// What to do, all of it, in the order of the gates.
    #[wasm_bindgen(getter, unchecked_return_type = "Array<data.GateFix>")]
    #[must_use]
    pub fn fixes(&self) -> JsValue {
        to_object(&self.0.fixes)
    }

    /// Whether doing all of that opens every gate, as far as is known now.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn fixes_suffice(&self) -> bool {
        self.0.fixes_suffice
    }

    /// Every gate, in order.
    #[wasm_bindgen(getter, unchecked_return_type = "Array<data.GateReport>")]
    #[must_use]
    pub fn gates(&self) -> JsValue {
        to_object(&self.0.gates)
    }

    /// How it would be paid.
    #[wasm_bindgen(getter, unchecked_return_type = "data.PaymentMethod | null")]
    #[must_use]
    pub fn payment(&self) -> JsValue {
        to_object(&self.0.payment)
    }

    /// Which number is wanted, if that is clear.
    #[wasm_bindgen(getter, unchecked_return_type = "data.Selector | null")]
    #[must_use]
    pub fn selector(&self) -> JsValue {
        to_object(&self.0.selector)
    }

    /// What would be bought, if that is known.
    #[wasm_bindgen(getter, unchecked_return_type = "data.Item | null")]
    #[must_use]
    pub fn item(&self) -> JsValue {
        to_object(&self.0.item)
    }

    /// When it was made, in milliseconds since 1970.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn quoted_at(&self) -> f64 {
        number(self.0.quoted_at)
    }

    /// From when on it holds no more, in milliseconds since 1970.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn expires_at(&self) -> f64 {
        number(self.0.expires_at)
    }

    /// The rules and prices that it was made under.
    #[wasm_bindgen(getter, unchecked_return_type = "data.ShopVersion")]
    #[must_use]
    pub fn shop(&self) -> JsValue {
        to_object(&self.0.shop)
    }

    /// The whole as a plain object.
    #[wasm_bindgen(js_name = toObject, unchecked_return_type = "data.Quote")]
    #[must_use]
    pub fn to_object(&self) -> JsValue {
        to_object(&self.0)
    }
}

/// A timestamp is within ±(2⁵³ − 1), so it is the same number in JavaScript.
#[expect(clippy::as_conversions, reason = "there is no lossless `From` for the whole of i64")]
fn number(timestamp: Timestamp) -> f64 {
    timestamp.as_millis() as f64
}
