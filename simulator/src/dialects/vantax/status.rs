//! Which refusal and which state becomes which status and body. The words are ours: the documents say that nobody should
//! rely on them.

use ringup_core::purchase::{Failure, State};
use ringup_core::{Family, HeldNumber, HeldStatus, Purchase, Rejection, Selector, gates};
use serde::Serialize;

use super::translate::{self, render};
use super::wire::{Done, ErrorBody, FieldError, Gone};
use crate::http::Response;
use crate::kit::json::{Unreadable, to_json};
use crate::retailer::Purchased;

/// What is wrong when both or neither of the two are there.
const EXACTLY_ONE: &str = "Provide exactly one of `area_code` or `number_pattern`.";

fn error(status: u16, message: impl Into<String>) -> Response {
    Response::json(status, to_json(ErrorBody { success: false, message: message.into(), errors: Vec::new() }))
}

/// `400`: what was sent cannot be read.
pub(super) fn malformed(message: impl Into<String>) -> Response {
    error(400, message)
}

/// `validation_failed`
pub(super) fn invalid(field: &str, message: impl Into<String>) -> Response {
    invalid_fields(vec![FieldError { field: field.into(), message: message.into() }])
}

fn invalid_fields(errors: Vec<FieldError>) -> Response {
    Response::json(422, to_json(ErrorBody { success: false, message: "Validation failed".into(), errors }))
}

/// A body that cannot be read: as a whole, or in one of its members.
pub(super) fn unreadable(unreadable: &Unreadable) -> Response {
    let Unreadable { member, reason } = unreadable;
    match member {
        Some(member) => invalid(member, reason),
        None => malformed(format!("The request is malformed: {reason}")),
    }
}

/// `unauthorized`
pub(super) fn no_key() -> Response {
    error(401, "No API key was provided. Send it as `Authorization: Bearer vx_live_…` or as `x-api-key`.")
}

/// `unauthorized`
pub(super) fn two_keys() -> Response {
    error(401, "Send the API key as `Authorization` or as `x-api-key`, never both at once.")
}

/// `invalid_api_key`
pub(super) fn unknown_key() -> Response {
    error(401, "Invalid API key")
}

/// `forbidden_scope`
pub(super) fn forbidden_scope() -> Response {
    error(403, "The scope of this API key does not reach this endpoint")
}

pub(super) fn foreign_sub_account() -> Response {
    error(403, "This API key does not reach this sub-account")
}

pub(super) fn no_route() -> Response {
    error(404, "Endpoint not found")
}

pub(super) fn no_such_number() -> Response {
    error(404, "Phone number not found")
}

pub(super) fn no_such_agent() -> Response {
    error(404, "Agent not found")
}

pub(super) fn method_not_allowed() -> Response {
    error(405, "Method not allowed")
}

/// `conflict`
pub(super) fn conflict(message: impl Into<String>) -> Response {
    error(409, message)
}

pub(super) fn broken_off(message: &str) -> Response {
    unreadable(&Unreadable { member: None, reason: message.into() })
}

pub(super) fn too_large(message: &str) -> Response {
    error(413, format!("The request is too large: {message}"))
}

/// `internal_error`: the release goes on, and a repeat joins it.
pub(super) fn release_unconfirmed() -> Response {
    error(500, "The carrier has not confirmed the release yet. It can safely be sent again.")
}

/// Something was done to `data`.
pub(super) fn done<T: Serialize>(status: u16, message: &str, data: T) -> Response {
    Response::json(status, to_json(Done { success: true, message: message.into(), data }))
}

/// A number was released.
pub(super) fn released() -> Response {
    Response::json(200, to_json(Gone { success: true, message: "Phone number released successfully" }))
}

/// The answer to an accepted purchase, in its current state; `agent`: whom its number is assigned to.
pub(super) fn purchased(purchased: &Purchased, agent: Option<String>) -> Response {
    let Purchased { purchase, account, .. } = purchased;
    match &purchase.state {
        State::Active { .. } => match account.number(&purchase.id) {
            Some(held) => bought(held, agent),
            None => unconfirmed(purchase),
        },
        State::Compensating(compensating) => failed(&compensating.failure, purchase),
        State::Undone(undone) => failed(&undone.failure, purchase),
        State::Failed(state) => failed(&state.failure, purchase),
        // Nobody knows yet. The purchase goes on, and a repeat of its key joins it.
        State::AwaitingKyc(_)
        | State::OpeningCheckout(_)
        | State::AwaitingPayment(_)
        | State::Securing(_)
        | State::Returning(_)
        | State::Charging(_)
        | State::Billing(_)
        | State::Ordering(_)
        | State::Unconfirmed(_) => unconfirmed(purchase),
    }
}

fn bought(held: &HeldNumber, agent: Option<String>) -> Response {
    // Only a repeat of a key can find a number that is held no more.
    if held.status == HeldStatus::Active {
        done(201, "Phone number purchased successfully", render(held, agent))
    } else {
        conflict("The phone number that was purchased with this Idempotency-Key has been released. Use a fresh key.")
    }
}

/// Without a key a repeat is a purchase of its own, whatever the documents say of a 500.
fn unconfirmed(purchase: &Purchase) -> Response {
    let what_to_do = match purchase.key.is_some() {
        true => "Retry with the same Idempotency-Key.",
        false => "List the phone numbers before you retry: without an Idempotency-Key a retry is another purchase.",
    };
    error(500, format!("The purchase is not confirmed yet. {what_to_do}"))
}

fn failed(failure: &Failure, purchase: &Purchase) -> Response {
    match failure {
        Failure::OutOfStock { .. } => nothing_matches(purchase.agreement.selector()),
        Failure::PaymentDeclined { .. } => {
            error(402, "The payment method on file was declined. The phone number was not kept.")
        }
        Failure::CheckoutDeclined
        | Failure::CheckoutExpired
        | Failure::CarrierDeclined { .. }
        | Failure::FoundNotBought
        | Failure::KycDeclined
        | Failure::KycWithdrawn
        | Failure::KycOverdue => error(
            500,
            "The carrier could not provision a phone number. Nothing was charged; the request can be retried.",
        ),
    }
}

fn nothing_matches(selector: &Selector) -> Response {
    let number = match selector {
        Selector::AreaCode { country, area_code, .. } => format!("for area code {area_code} in {country}"),
        Selector::Pattern { country, pattern, .. } => {
            format!("for the pattern {} in {country}", String::from(pattern.clone()))
        }
        Selector::Any { country, .. } => format!("in {country}"),
        Selector::Exact { number } => format!("as {number}"),
        Selector::Inventory { inventory_id } => format!("as {inventory_id}"),
    };
    error(404, format!("No phone number is available {number}"))
}

/// A purchase that was refused: by its family, after what Vantax's documents say of one refusal alone.
pub(super) fn refused(rejection: &Rejection) -> Response {
    match (rejection.family(), rejection) {
        (Family::Malformed, Rejection::KeyMalformed(gates::key_form::Malformed { length_max, .. })) => {
            malformed(format!("Idempotency-Key must be 1 to {length_max} characters of ASCII"))
        }
        (Family::Malformed, Rejection::RequestMalformed(malformed)) => {
            invalid(translate::field(&malformed.field), malformed.detail())
        }
        // The selectors.
        (Family::Malformed, _) => {
            let both = ["area_code", "number_pattern"];
            let wrong = |field: &str| FieldError { field: field.into(), message: EXACTLY_ONE.into() };
            invalid_fields(both.map(wrong).into())
        }
        (Family::Forbidden, _) | (Family::NotFound, Rejection::HolderUnknown(_)) => foreign_sub_account(),
        (Family::Conflict, Rejection::KeyReused) => {
            conflict("This Idempotency-Key was already used for a different request")
        }
        (Family::Conflict, Rejection::NumberMismatch(gates::stock::Mismatched { selector, .. }))
        | (Family::Unavailable, Rejection::NoSuchNumber(gates::stock::existence::NoSuchNumber { selector, .. }))
        | (Family::Unavailable, Rejection::OutOfStock(gates::stock::OutOfStock { selector })) => {
            nothing_matches(selector)
        }
        (Family::Unavailable, Rejection::CountryNotSold(gates::country::NotSold { country, .. })) => {
            error(404, format!("No phone number is available in {country}"))
        }
        (Family::Unpaid, Rejection::PaymentMethodMissing(_)) => {
            error(402, "The sub-account has no payment method on file")
        }
        // Rules that Vantax's documents do not have, with the statuses that they have for such rules.
        (Family::NotFound, _) => error(404, rejection.to_string()),
        (Family::Unverified, _) => error(403, rejection.to_string()),
        (Family::NotEntitled | Family::Unpaid, _) => error(402, rejection.to_string()),
        (Family::TooSoon { .. }, Rejection::PaceLimitReached(_)) => error(402, rejection.to_string()),
        (Family::TooSoon { .. } | Family::Conflict | Family::Changed, _) => conflict(rejection.to_string()),
        // A price in another currency, or one that is no amount.
        (Family::Unavailable, _) => invalid("currency", rejection.to_string()),
    }
}
