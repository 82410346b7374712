//! Which refusal and which state becomes which status and body.
//!
//! The endpoints' own errors are `{error}`; what the framework says before an endpoint is reached, and what it says of an
//! input, is `{message}`, with `errors` by field if there are any.

use ringup_core::purchase::{Failure, State};
use ringup_core::{Family, Purchase, Rejection, Selector, gates};
use serde_json::{Map, json};

use super::ids::Ids;
use super::translate::bought;
use super::wire::{Done, ErrorBody};
use crate::http::Response;
use crate::kit::json::to_json;
use crate::retailer::{Caller, Purchased, Session};

fn error(status: u16, error: &str) -> Response {
    Response::json(status, to_json(ErrorBody { error: error.into() }))
}

fn message(status: u16, message: &str) -> Response {
    Response::json(status, json!({ "message": message }))
}

pub(super) fn unparsable() -> Response {
    error(422, "Unable to parse phone number. Please provide a valid E.164 format number.")
}

pub(super) fn in_use() -> Response {
    error(400, "This phone number is already in use.")
}

fn not_available() -> Response {
    error(400, "This phone number is not available for purchase. Please search for available numbers first.")
}

fn no_payment_method() -> Response {
    error(402, "No payment method found. Please add a payment method to your account.")
}

fn payment_failed() -> Response {
    error(402, "Payment failed. Please update your payment method.")
}

pub(super) fn provider_failed() -> Response {
    error(500, "Failed to purchase phone number from provider. Please contact support.")
}

pub(super) fn number_not_found() -> Response {
    error(404, "Phone number not found.")
}

pub(super) fn already_scheduled() -> Response {
    error(400, "Phone number is already scheduled for release.")
}

pub(super) fn release_failed() -> Response {
    error(500, "Failed to release phone number. Please try again or contact support.")
}

pub(super) fn released() -> Response {
    message(200, "Phone number released successfully. It will be removed at the end of the billing period.")
}

/// The answer to an accepted purchase, in its current state.
pub(super) fn purchased(purchased: &Purchased, caller: &Caller, session: &Session<'_>) -> Response {
    let purchase = &purchased.purchase;
    match &purchase.state {
        State::Active { .. } => success(purchase, caller, session).unwrap_or_else(provider_failed),
        State::Compensating(compensating) => failed(&compensating.failure, purchase, session),
        State::Undone(undone) => failed(&undone.failure, purchase, session),
        State::Failed(ended) => failed(&ended.failure, purchase, session),
        // Nobody knows yet. The purchase goes on, and a repeat for the same number joins it.
        State::AwaitingKyc(_)
        | State::OpeningCheckout(_)
        | State::AwaitingPayment(_)
        | State::Securing(_)
        | State::Returning(_)
        | State::Charging(_)
        | State::Ordering(_)
        | State::Unconfirmed(_)
        | State::Billing(_) => provider_failed(),
    }
}

fn success(purchase: &Purchase, caller: &Caller, session: &Session<'_>) -> Option<Response> {
    let account = session.account(&caller.account)?;
    let id = Ids::of(account, session).id(&purchase.id)?;
    let answer = Done {
        message: "Phone number purchased successfully.".into(),
        data: bought(id, account.number(&purchase.id)?),
    };
    Some(Response::json(201, to_json(answer)))
}

fn failed(failure: &Failure, purchase: &Purchase, session: &Session<'_>) -> Response {
    match failure {
        Failure::OutOfStock { .. } => gone(purchase.agreement.selector(), session),
        Failure::PaymentDeclined { .. } => payment_failed(),
        Failure::CheckoutDeclined
        | Failure::CheckoutExpired
        | Failure::CarrierDeclined { .. }
        | Failure::FoundNotBought
        | Failure::KycDeclined
        | Failure::KycWithdrawn
        | Failure::KycOverdue => provider_failed(),
    }
}

/// A number that cannot be had: somebody here has it, or nobody here knows it.
fn gone(selector: &Selector, session: &Session<'_>) -> Response {
    match selector {
        Selector::Exact { number } if session.is_taken(*number) => in_use(),
        Selector::Exact { .. }
        | Selector::Any { .. }
        | Selector::Inventory { .. }
        | Selector::AreaCode { .. }
        | Selector::Pattern { .. } => not_available(),
    }
}

/// A purchase that was refused: by its family, after what Sondos's documents say of one refusal alone.
pub(super) fn refused(rejection: &Rejection, session: &Session<'_>) -> Response {
    match (rejection.family(), rejection) {
        (Family::Malformed, Rejection::RequestMalformed(gates::request::Malformed { field, .. }))
            if field == "number" =>
        {
            unparsable()
        }
        (Family::Malformed, Rejection::SelectorMissing(_)) => unparsable(),
        (Family::NotFound, Rejection::NotSearched(gates::stock::NotSearched { number })) => {
            gone(&Selector::Exact { number: *number }, session)
        }
        (Family::Unavailable, Rejection::NoSuchNumber(gates::stock::existence::NoSuchNumber { selector, .. }))
        | (Family::Unavailable, Rejection::OutOfStock(gates::stock::OutOfStock { selector }))
        | (Family::Conflict, Rejection::NumberMismatch(gates::stock::Mismatched { selector, .. })) => {
            gone(selector, session)
        }
        (Family::Unavailable, _) | (Family::Conflict, Rejection::AlreadyHeld(_)) => not_available(),
        (Family::Unpaid, Rejection::PaymentMethodMissing(_)) => no_payment_method(),
        (Family::Unpaid, _) => payment_failed(),
        // Rules that Sondos does not have.
        (
            Family::Malformed
            | Family::Forbidden
            | Family::NotFound
            | Family::NotEntitled
            | Family::Unverified
            | Family::TooSoon { .. }
            | Family::Conflict
            | Family::Changed,
            _,
        ) => message(400, &rejection.to_string()),
    }
}

/// An input that breaks its rule.
pub(super) fn invalid(field: &str, problem: &str) -> Response {
    let errors = Map::from_iter([(field.to_owned(), json!([problem]))]);
    Response::json(422, json!({ "message": problem, "errors": errors }))
}

/// A body that is no JSON object.
pub(super) fn unreadable(reason: &str) -> Response {
    message(400, &format!("The request body could not be read: {reason}."))
}

pub(super) fn unauthenticated() -> Response {
    message(401, "Unauthenticated.")
}

pub(super) fn no_route(path: &str) -> Response {
    message(404, &format!("The route api{path} could not be found."))
}

pub(super) fn method_not_allowed(method: &str, path: &str, allowed: &str) -> Response {
    message(405, &format!("The {method} method is not supported for route api{path}. Supported methods: {allowed}."))
}

pub(super) fn broken_off(words: &str) -> Response {
    unreadable(words)
}

pub(super) fn too_large(words: &str) -> Response {
    message(413, &format!("The request body is too large: {words}."))
}
