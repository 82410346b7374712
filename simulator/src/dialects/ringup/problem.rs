//! Problems: what is said when something cannot be done, as RFC 9457 writes it.

use ringup_core::QuoteDifference;
use serde::{Deserialize, Serialize};

use super::wire::{Problem, PurchaseAnswer, QuoteAnswer};
use crate::http::Response;
use crate::kit::json::to_json;

/// What an error is called, whatever the words are.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema), schemars(rename = "ProblemCode"))]
pub(super) enum Code {
    BodyMalformed,
    QueryMalformed,
    IdempotencyKeyMissing,
    KeyMalformed,
    Unauthorized,
    PaymentDeclined,
    CheckoutDeclined,
    CheckoutExpired,
    RoleNotAllowed,
    ActorNotAllowed,
    NotFound,
    NumberNotHeld,
    PurchaseNotFound,
    QuoteNotFound,
    MethodNotAllowed,
    KeyReused,
    PurchaseInProgress,
    PriceChanged,
    QuoteOutdated,
    SoldMeanwhile,
    BodyTooLarge,
    SettingsInvalid,
    RequestMalformed,
    HolderUnknown,
    SelectorMissing,
    SelectorAmbiguous,
    PlanNotPaid,
    NumberLimitReached,
    CountryNotSold,
    NumberMismatch,
    NoSuchNumber,
    OutOfStock,
    CurrencyNotOffered,
    KycRequired,
    VelocityExceeded,
    PaymentMethodMissing,
    InsufficientBalance,
    CarrierDeclined,
}

impl Code {
    /// The stable name, the title and the status: the table of the contract.
    const fn listed(self) -> (&'static str, &'static str, u16) {
        match self {
            Self::BodyMalformed => ("body_malformed", "The body cannot be read", 400),
            Self::QueryMalformed => ("query_malformed", "A parameter cannot be read", 400),
            Self::IdempotencyKeyMissing => ("idempotency_key_missing", "The header Idempotency-Key is missing", 400),
            Self::KeyMalformed => ("key_malformed", "The idempotency key cannot be taken", 400),
            Self::Unauthorized => ("unauthorized", "The key is missing or not known", 401),
            Self::PaymentDeclined => ("payment_declined", "The payment was declined", 402),
            Self::CheckoutDeclined => ("checkout_declined", "The payment was declined at the checkout", 402),
            Self::CheckoutExpired => ("checkout_expired", "The checkout has expired", 402),
            Self::RoleNotAllowed => ("role_not_allowed", "This role may not do that", 403),
            Self::ActorNotAllowed => ("actor_not_allowed", "The key acts for another holder only", 403),
            Self::NotFound => ("not_found", "Nothing answers here", 404),
            Self::NumberNotHeld => ("number_not_held", "The account holds no such number", 404),
            Self::PurchaseNotFound => ("purchase_not_found", "The account has no such purchase", 404),
            Self::QuoteNotFound => ("quote_not_found", "The account has no such quote", 404),
            Self::MethodNotAllowed => ("method_not_allowed", "The method is not known here", 405),
            Self::KeyReused => ("key_reused", "The idempotency key belongs to another body", 409),
            Self::PurchaseInProgress => ("purchase_in_progress", "The first attempt under the key goes on", 409),
            Self::PriceChanged => ("price_changed", "The price is not the one that was seen", 409),
            Self::QuoteOutdated => ("quote_outdated", "The quote no longer holds", 409),
            Self::SoldMeanwhile => ("sold_meanwhile", "Somebody else was faster", 409),
            Self::BodyTooLarge => ("body_too_large", "The body is too large", 413),
            Self::SettingsInvalid => ("settings_invalid", "The settings cannot be taken", 422),
            Self::RequestMalformed => ("request_malformed", "A field cannot be read", 422),
            Self::HolderUnknown => ("holder_unknown", "The account has no such holder", 422),
            Self::SelectorMissing => ("selector_missing", "The request names no number", 422),
            Self::SelectorAmbiguous => ("selector_ambiguous", "The request names a number in several ways", 422),
            Self::PlanNotPaid => ("plan_not_paid", "The plan is not a paid one", 422),
            Self::NumberLimitReached => ("number_limit_reached", "The plan allows no further number", 422),
            Self::CountryNotSold => ("country_not_sold", "No number of this country is sold", 422),
            Self::NumberMismatch => ("number_mismatch", "The number is not what the request says of it", 422),
            Self::NoSuchNumber => ("no_such_number", "No number of the country can be so", 422),
            Self::OutOfStock => ("out_of_stock", "No such number is for sale", 422),
            Self::CurrencyNotOffered => ("currency_not_offered", "The number has no price in this currency", 422),
            Self::KycRequired => ("kyc_required", "The holder's identity must be verified first", 422),
            Self::VelocityExceeded => ("velocity_exceeded", "Another purchase was accepted a moment ago", 422),
            Self::PaymentMethodMissing => ("payment_method_missing", "There is no payment method on file", 422),
            Self::InsufficientBalance => ("insufficient_balance", "The balance does not suffice", 422),
            Self::CarrierDeclined => ("carrier_declined", "The carrier has declined the order", 502),
        }
    }

    /// A problem of this kind.
    pub(super) fn because(self, detail: impl Into<String>, help: impl Into<String>) -> Problem {
        let (name, title, status) = self.listed();
        Problem {
            kind: format!("urn:ringup:problem:{name}"),
            title,
            status,
            detail: detail.into(),
            code: self,
            field: None,
            help: help.into(),
            transient: false,
            differences: Vec::new(),
            quote: None,
            purchase: None,
        }
    }
}

impl Problem {
    /// The same with the status that the shop has for it.
    pub(super) const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub(super) fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    pub(super) const fn transient(mut self, transient: bool) -> Self {
        self.transient = transient;
        self
    }

    pub(super) fn differences(mut self, differences: Vec<QuoteDifference>) -> Self {
        self.differences = differences;
        self
    }

    pub(super) fn quote(mut self, quote: QuoteAnswer) -> Self {
        self.quote = Some(Box::new(quote));
        self
    }

    pub(super) fn purchase(mut self, purchase: PurchaseAnswer) -> Self {
        self.purchase = Some(Box::new(purchase));
        self
    }

    pub(super) fn into_response(self) -> Response {
        Response::json(self.status, to_json(self)).of_type("application/problem+json")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_contract_s() {
        let source = include_str!("golden/source.txt");
        let rows = source.lines().filter_map(|line| {
            let (status, rest) = line.split_once(' ')?;
            let (code, title) = rest.split_once(' ')?;
            let code: Code = serde_json::from_value(code.into()).ok()?;
            Some((code, (status.parse().ok()?, title.trim_start())))
        });
        let rows: Vec<(Code, (u16, &str))> = rows.collect();
        assert_eq!(rows.len(), 37);
        for (code, (status, title)) in rows {
            let name = serde_json::to_value(code).unwrap();
            assert_eq!(code.listed(), (name.as_str().unwrap(), title, status));
        }
    }
}
