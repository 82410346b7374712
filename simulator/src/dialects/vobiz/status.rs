//! Which refusal and which state becomes which status and body.

use ringup_core::purchase::{Failure, State};
use ringup_core::{Family, HeldNumber, Rejection, gates};

use super::translate::{self, bought};
use super::wire::{ErrorBody, PurchaseAnswer};
use crate::http::Response;
use crate::kit::json::{Unreadable, to_json};
use crate::retailer::Purchased;

fn error(status: u16, error: &str, message: impl Into<String>) -> Response {
    Response::json(status, to_json(ErrorBody { error: error.into(), message: message.into() }))
}

pub(super) fn bad_request(message: impl Into<String>) -> Response {
    error(400, "bad request", message)
}

/// A body that cannot be read.
pub(super) fn unreadable(unreadable: &Unreadable) -> Response {
    let Unreadable { member, reason } = unreadable;
    bad_request(format!("invalid {}: {reason}", member.as_deref().unwrap_or("request body")))
}

pub(super) fn unauthorized() -> Response {
    error(401, "unauthorized", "invalid authentication credentials")
}

pub(super) fn foreign_account() -> Response {
    error(403, "forbidden", "credentials do not give access to this account")
}

pub(super) fn foreign_number() -> Response {
    error(403, "forbidden", "account does not own this number")
}

pub(super) fn insufficient_balance(message: String) -> Response {
    error(402, "insufficient balance", message)
}

pub(super) fn admin_needed() -> Response {
    error(403, "forbidden", "an admin role is required")
}

pub(super) fn parent_needed() -> Response {
    error(403, "forbidden", "parent account credentials are required")
}

pub(super) fn number_unknown() -> Response {
    error(404, "not found", "number not found")
}

pub(super) fn not_in_pool() -> Response {
    error(404, "not found", "number not found in parent pool")
}

pub(super) fn not_assigned() -> Response {
    error(404, "not found", "number is not assigned to a sub-account")
}

pub(super) fn no_sub_account() -> Response {
    error(404, "not found", "sub-account not found")
}

pub(super) fn no_route() -> Response {
    error(404, "not found", "resource not found")
}

pub(super) fn method_not_allowed() -> Response {
    error(405, "method not allowed", "the method is not allowed for this resource")
}

pub(super) fn broken_off(message: &str) -> Response {
    unreadable(&Unreadable { member: None, reason: message.into() })
}

pub(super) fn too_large(message: &str) -> Response {
    error(413, "request entity too large", message)
}

fn not_in_inventory() -> Response {
    error(404, "not found", "number not found in inventory")
}

fn provider_failed() -> Response {
    error(500, "internal server error", "failed to purchase number from provider")
}

pub(super) fn release_unconfirmed() -> Response {
    error(500, "internal server error", "failed to return number to inventory")
}

/// The answer to an accepted purchase, in its current state.
pub(super) fn purchased(purchased: &Purchased) -> Response {
    let Purchased { purchase, account, .. } = purchased;
    match &purchase.state {
        State::Active { .. } => account.number(&purchase.id).map_or_else(provider_failed, success),
        State::Compensating(compensating) => failed(&compensating.failure),
        State::Undone(undone) => failed(&undone.failure),
        State::Failed(state) => failed(&state.failure),
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

fn success(held: &HeldNumber) -> Response {
    let (number, item) = bought(held);
    let answer = PurchaseAnswer { message: "Number purchased successfully", number, items: vec![item] };
    Response::json(200, to_json(answer))
}

fn failed(failure: &Failure) -> Response {
    match failure {
        Failure::OutOfStock { .. } => not_in_inventory(),
        Failure::PaymentDeclined { .. } => error(402, "insufficient balance", "the payment was declined"),
        Failure::CheckoutDeclined
        | Failure::CheckoutExpired
        | Failure::CarrierDeclined { .. }
        | Failure::FoundNotBought
        | Failure::KycDeclined
        | Failure::KycWithdrawn
        | Failure::KycOverdue => provider_failed(),
    }
}

/// A purchase that was refused: by its family, after what Vobiz's documents say of one refusal alone.
pub(super) fn refused(rejection: &Rejection) -> Response {
    match (rejection.family(), rejection) {
        (Family::Malformed, Rejection::RequestMalformed(malformed)) => {
            bad_request(format!("invalid {}: {}", translate::field(&malformed.field), malformed.detail()))
        }
        (Family::Malformed, Rejection::SelectorMissing(_)) => bad_request("e164 is required"),
        (Family::Forbidden, _) | (Family::NotFound, Rejection::HolderUnknown(_)) => foreign_account(),
        // A number of which something else was said is not the one in the inventory.
        (Family::Conflict, Rejection::NumberMismatch(_) | Rejection::AlreadyHeld(_)) => not_in_inventory(),
        (Family::Unavailable, Rejection::PriceTooLarge(_)) => bad_request(rejection.to_string()),
        (Family::Unavailable, Rejection::CurrencyNotOffered(gates::stock::CurrencyNotOffered { currency, .. })) => {
            bad_request(format!("number has no price in {currency}"))
        }
        (Family::NotFound | Family::Unavailable, _) => not_in_inventory(),
        (Family::Unpaid, Rejection::InsufficientBalance(gates::balance::Insufficient { available, required, .. })) => {
            error(402, "insufficient balance", format!("required {required}, available {available}"))
        }
        (Family::Unpaid, _) => error(402, "insufficient balance", rejection.to_string()),
        // Rules that Vobiz does not have.
        (
            Family::Malformed
            | Family::NotEntitled
            | Family::Unverified
            | Family::TooSoon { .. }
            | Family::Conflict
            | Family::Changed,
            _,
        ) => bad_request(rejection.to_string()),
    }
}
