//! Which refusal and which state becomes which status and body. Where the seed says it, its words are used.

use ringup_core::purchase::{Failure, State};
use ringup_core::{Family, FieldProblem, HeldNumber, KycStatus, Mismatch, Money, PriceDifference, Rejection, gates};
use serde_json::{Value, json};

use super::translate;
use super::wire::{CostDifference, CostDifferences, ErrorBody};
use crate::http::Response;
use crate::kit::json::{Unreadable, to_json};
use crate::retailer::Purchased;

/// The code of a pending purchase: the client asks for its state later.
pub(super) const UNCONFIRMED: &str = "PURCHASE_UNCONFIRMED";

const BAD_REQUEST: &str = "Bad request - Invalid parameters or request body";

/// Why nobody is known to have sent a request.
pub(super) enum Unsigned {
    /// It names nobody.
    Nothing,
    /// It names somebody who is not known, and why.
    Unknown(&'static str),
}

fn error(status: u16, error: &str, code: Option<&str>, details: Value) -> Response {
    let details = Some(details).filter(|details| !details.is_null());
    Response::json(status, to_json(ErrorBody { error: error.into(), code: code.map(str::to_owned), details }))
}

pub(super) fn bad_request(field: Option<&str>, reason: &str) -> Response {
    let details =
        field.map_or_else(|| json!({ "reason": reason }), |field| json!({ "field": field, "reason": reason }));
    error(400, BAD_REQUEST, None, details)
}

/// A body that cannot be read.
pub(super) fn unreadable(unreadable: &Unreadable) -> Response {
    bad_request(unreadable.member.as_deref(), &unreadable.reason)
}

/// The request's members are true of no number, though each is true of one that is for sale.
fn contradictory(mismatches: &[Mismatch]) -> Response {
    let members: Vec<&str> = mismatches.iter().map(|mismatch| translate::field(mismatch.field())).collect();
    disagreeing(&members)
}

fn disagreeing(members: &[&str]) -> Response {
    let reason = "the members do not agree on one number";
    error(400, BAD_REQUEST, None, json!({ "fields": members, "reason": reason }))
}

pub(super) fn unauthorized(why: Unsigned) -> Response {
    let (code, details) = match why {
        Unsigned::Nothing => ("MISSING_API_KEY", Value::Null),
        Unsigned::Unknown(reason) => ("INVALID_API_KEY", json!({ "reason": reason })),
    };
    error(401, "Unauthorized - Invalid or missing API key", Some(code), details)
}

pub(super) fn foreign_organization(organization: &str) -> Response {
    not_permitted(json!({ "organization_id": organization }))
}

/// The caller's role may not do it.
pub(super) fn role_not_permitted() -> Response {
    not_permitted(Value::Null)
}

fn not_permitted(details: Value) -> Response {
    error(403, "Forbidden - Insufficient permissions", Some("INSUFFICIENT_SCOPE"), details)
}

pub(super) fn not_found() -> Response {
    error(404, "Resource not found", None, Value::Null)
}

pub(super) fn method_not_allowed() -> Response {
    error(405, "Method not allowed", None, Value::Null)
}

pub(super) fn broken_off(message: &str) -> Response {
    unreadable(&Unreadable { member: None, reason: message.into() })
}

pub(super) fn too_large(message: &str) -> Response {
    error(413, "Request body too large", None, json!({ "reason": message }))
}

/// A number whose purchase is pending cannot be released yet.
pub(super) fn purchase_pending() -> Response {
    error(409, "The purchase of this number is still pending", Some("PURCHASE_PENDING"), Value::Null)
}

fn not_available() -> Response {
    error(400, "The requested number is no longer available", Some("NUMBER_NOT_AVAILABLE"), Value::Null)
}

fn insufficient_balance(details: Value) -> Response {
    error(402, "Insufficient balance", Some("INSUFFICIENT_BALANCE"), details)
}

/// Nobody knows yet. Kros has no word for that, and no key to repeat a purchase by.
fn unconfirmed() -> Response {
    let what = "The carrier has not confirmed the purchase yet. List your phone numbers before you buy another one.";
    error(500, what, Some(UNCONFIRMED), Value::Null)
}

/// The answer to an accepted purchase, in its current state.
pub(super) fn purchased(purchased: &Purchased, success: impl Fn(&HeldNumber) -> Response) -> Response {
    let Purchased { purchase, account, .. } = purchased;
    match &purchase.state {
        State::Active { .. } => account.number(&purchase.id).map_or_else(unconfirmed, success),
        // What the wallet holds for it is set free at the end.
        State::Compensating(compensating) => failed(&compensating.failure, true),
        State::Undone(undone) => failed(&undone.failure, true),
        State::Failed(ended) => failed(&ended.failure, false),
        State::AwaitingKyc(_)
        | State::OpeningCheckout(_)
        | State::AwaitingPayment(_)
        | State::Securing(_)
        | State::Returning(_)
        | State::Charging(_)
        | State::Ordering(_)
        | State::Unconfirmed(_)
        | State::Billing(_) => unconfirmed(),
    }
}

/// A purchase that did not go through; `owes_money`: its money is still held.
fn failed(failure: &Failure, owes_money: bool) -> Response {
    match failure {
        Failure::OutOfStock { .. } => not_available(),
        Failure::PaymentDeclined { .. } => insufficient_balance(Value::Null),
        Failure::CheckoutDeclined
        | Failure::CheckoutExpired
        | Failure::CarrierDeclined { .. }
        | Failure::FoundNotBought
        | Failure::KycDeclined
        | Failure::KycWithdrawn
        | Failure::KycOverdue => {
            let money = if owes_money { "Your balance is being restored" } else { "Your balance is as before" };
            let what = format!("The carrier did not provide the number. {money}.");
            error(500, &what, Some("CARRIER_DECLINED"), Value::Null)
        }
    }
}

/// A purchase that was refused: by its family, after what Kros's documents say of one refusal alone.
pub(super) fn refused(rejection: &Rejection) -> Response {
    match (rejection.family(), rejection) {
        (Family::Malformed, Rejection::RequestMalformed(malformed))
            if matches!(malformed.problem, FieldProblem::OfAnotherCountry { .. }) =>
        {
            disagreeing(&["e164", "country"])
        }
        (Family::Malformed, Rejection::RequestMalformed(malformed)) => {
            bad_request(Some(translate::field(&malformed.field)), &malformed.detail())
        }
        (Family::Malformed, Rejection::SelectorMissing(_)) => {
            let what = "Neither inventory_id nor e164/country/type provided";
            error(400, what, Some("MISSING_FIELDS"), Value::Null)
        }
        (Family::Forbidden, _) | (Family::NotFound, Rejection::HolderUnknown(_)) => role_not_permitted(),
        (Family::Conflict, Rejection::NumberMismatch(gates::stock::Mismatched { mismatches, .. })) => {
            contradictory(mismatches)
        }
        (Family::Unavailable, Rejection::CountryNotSold(_) | Rejection::NoSuchNumber(_) | Rejection::OutOfStock(_))
        | (Family::Conflict, Rejection::AlreadyHeld(_)) => not_available(),
        (Family::Unverified, Rejection::KycRequired(gates::kyc::Required { may_submit: false, status, .. })) => {
            let reason = "an owner or an admin of the organization must see to its KYC verification";
            let details = json!({ "status": kyc(*status).0, "reason": reason });
            error(403, "KYC required", Some("KYC_REQUIRED"), details)
        }
        (Family::Unverified, Rejection::KycRequired(gates::kyc::Required { status, .. })) => {
            let (code, what) = kyc(*status);
            error(400, what, Some(code), Value::Null)
        }
        (Family::Unpaid, Rejection::InsufficientBalance(insufficient)) => {
            let gates::balance::Insufficient { available, required, missing } = insufficient;
            insufficient_balance(json!({
                "required_cents": required.minor_units(),
                "available_cents": available.minor_units(),
                "missing_cents": missing.minor_units(),
            }))
        }
        // `translate.rs` reads the costs that a client sends, and the gate `price` of the core compares them.
        (Family::Changed, Rejection::PriceChanged(gates::price::Changed { differences })) => {
            let what = "The price is not the one that was sent";
            error(409, what, Some("PRICE_CHANGED"), to_json(costs(differences)))
        }
        // Rules that Kros does not have.
        (
            Family::Malformed
            | Family::NotFound
            | Family::NotEntitled
            | Family::Unverified
            | Family::TooSoon { .. }
            | Family::Conflict
            | Family::Unavailable
            | Family::Unpaid
            | Family::Changed,
            _,
        ) => bad_request(None, &rejection.to_string()),
    }
}

/// The code and the words for a verification that is not approved.
const fn kyc(status: KycStatus) -> (&'static str, &'static str) {
    match status {
        // An approval that has expired: Kros has no code of its own.
        KycStatus::NotSubmitted | KycStatus::Expired => ("KYC_NOT_SUBMITTED", "KYC verification not yet submitted"),
        KycStatus::Initiated => ("KYC_INITIATED", "KYC submitted but not yet reviewed"),
        KycStatus::Declined => ("KYC_DECLINED", "KYC verification was declined"),
        // An approved one is never asked for again.
        KycStatus::Pending | KycStatus::Approved => ("KYC_PENDING", "KYC verification is still pending"),
    }
}

fn costs(differences: &[PriceDifference]) -> CostDifferences {
    let cents = |money: &Money| money.minor_units();
    let read = |difference: &PriceDifference| {
        let PriceDifference { field, seen, now } = difference;
        (translate::member_of(*field), CostDifference { sent: cents(seen), current: cents(now) })
    };
    differences.iter().map(read).collect()
}
