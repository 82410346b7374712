//! Which refusal and which state becomes which status and body.

use ringup_core::purchase::{Failure, State};
use ringup_core::{Country, Family, HolderId, IdempotencyKey, Purchase, Rejection, Selector, gates};
use serde_json::{Value, json};

use super::kyc::{self, Applicant};
use super::translate::{self, bought};
use super::wire::{ErrorBody, PurchaseAnswer};
use crate::http::Response;
use crate::kit::json::{Unreadable, to_json};
use crate::retailer::{Purchased, Session};

pub(super) fn error(status: u16, error: impl Into<String>) -> Response {
    Response::json(status, to_json(ErrorBody { error: error.into(), code: None, details: None }))
}

fn coded(status: u16, code: &str, error: impl Into<String>) -> Response {
    Response::json(status, to_json(ErrorBody { error: error.into(), code: Some(code.into()), details: None }))
}

/// A body that cannot be read.
pub(super) fn unreadable(unreadable: Unreadable) -> Response {
    let Unreadable { member, reason } = unreadable;
    match member {
        Some(field) => bad_request(format!("Invalid {field}"), json!({ "field": field, "reason": reason })),
        None => bad_request("Invalid request body", json!({ "reason": reason })),
    }
}

pub(super) fn bad_request(error: impl Into<String>, details: Value) -> Response {
    Response::json(400, to_json(ErrorBody { error: error.into(), code: None, details: Some(details) }))
}

pub(super) fn unauthorized() -> Response {
    error(401, "Unauthorized")
}

pub(super) fn not_found() -> Response {
    error(404, "Not found")
}

pub(super) fn method_not_allowed() -> Response {
    error(405, "Method not allowed")
}

pub(super) fn broken_off(message: &str) -> Response {
    unreadable(Unreadable { member: None, reason: message.into() })
}

pub(super) fn too_large(message: &str) -> Response {
    Response::json(
        413,
        to_json(ErrorBody {
            error: "Request body too large".into(),
            code: None,
            details: Some(json!({ "reason": message })),
        }),
    )
}

pub(super) fn country_not_available(country: &str) -> Response {
    bad_request("Country not available", json!({ "country": country }))
}

/// Nobody knows yet. Only a key finds the purchase again; a request without one would be a second purchase.
fn in_progress(has_key: bool) -> Response {
    let what_to_do = match has_key {
        true => "Retry with the same purchaseIntentId.",
        false => "List your phone numbers before you retry: without a purchaseIntentId a retry is another purchase.",
    };
    coded(409, "PURCHASE_IN_PROGRESS", format!("This purchase is still in progress. {what_to_do}"))
}

fn payment_required(error: &str) -> Response {
    coded(402, "PAYMENT_REQUIRED", error)
}

/// Nothing that was asked for is on sale. Another number is never taken in its place.
fn out_of_stock(wanted: &Selector) -> Response {
    match wanted {
        Selector::Exact { .. } | Selector::Inventory { .. } => {
            coded(409, "PHONE_NUMBER_UNAVAILABLE", "This phone number is not available. Choose another one.")
        }
        Selector::AreaCode { .. } | Selector::Pattern { .. } => {
            coded(409, "AREA_CODE_UNAVAILABLE", "No phone numbers are available in this area code at the moment.")
        }
        Selector::Any { .. } => {
            coded(409, "COUNTRY_OUT_OF_STOCK", "No phone numbers are available in this country at the moment.")
        }
    }
}

/// The answer to an accepted purchase, in its current state.
pub(super) fn purchased(purchased: &Purchased, session: &Session<'_>) -> Response {
    let public_url = session.public_url();
    let Purchased { purchase, account, .. } = purchased;
    match &purchase.state {
        State::AwaitingKyc(_) => {
            let profile = purchase.agreement.holder().map_or("", HolderId::as_str);
            let key = purchase.key.as_ref().map(IdempotencyKey::as_str);
            let applicant = Applicant { account: account.id(), profile, key };
            kyc_required(public_url, purchase.agreement.country(), &applicant)
        }
        State::AwaitingPayment(awaiting) => ok(PurchaseAnswer::Checkout {
            message: "Complete the checkout to receive your phone number.".into(),
            checkout_url: absolute(&awaiting.url, public_url),
        }),
        State::Active(active) => match account.number(&purchase.id) {
            Some(held) if !purchased.repeated => ok(PurchaseAnswer::Bought {
                message: "Phone number purchased successfully.".into(),
                phone_number: bought(held, session),
            }),
            Some(_) | None => ok(PurchaseAnswer::Replay {
                status: "already_purchased".into(),
                number_id: purchase.id.to_string(),
                phone_number: active.number.to_string(),
            }),
        },
        State::Compensating(undoing) => failed(purchase, &undoing.failure, undoing.steps.refund().is_some()),
        State::Undone(undone) => failed(purchase, &undone.failure, false),
        State::Failed(ended) => failed(purchase, &ended.failure, false),
        State::OpeningCheckout(_)
        | State::Securing(_)
        | State::Returning(_)
        | State::Charging(_)
        | State::Ordering(_)
        | State::Unconfirmed(_)
        | State::Billing(_) => in_progress(purchase.key.is_some()),
    }
}

/// The papers are open: a customer submits them at the page of the link.
fn kyc_required(public_url: &str, country: Country, applicant: &Applicant<'_>) -> Response {
    Response::json(
        202,
        to_json(PurchaseAnswer::Kyc {
            status: "kyc_required".into(),
            country: country.to_string(),
            kyc_url: kyc::url(public_url, country, applicant),
        }),
    )
}

fn ok(answer: PurchaseAnswer) -> Response {
    Response::json(200, to_json(answer))
}

fn absolute(url: &str, public_url: &str) -> String {
    if url.starts_with('/') { format!("{public_url}{url}") } else { url.into() }
}

/// A purchase that did not go through; `owes_money`: what was charged is still to be given back.
fn failed(purchase: &Purchase, failure: &Failure, owes_money: bool) -> Response {
    let money = match owes_money {
        true => "Your charge is being refunded",
        false => "You were not charged",
    };
    match failure {
        Failure::CheckoutDeclined => payment_required("The payment was declined at the checkout."),
        Failure::CheckoutExpired => payment_required("The checkout has expired."),
        Failure::PaymentDeclined { .. } => payment_required("The payment was declined."),
        Failure::OutOfStock { .. } => out_of_stock(purchase.agreement.selector()),
        Failure::KycDeclined | Failure::KycWithdrawn | Failure::KycOverdue => coded(
            409,
            "KYC_DECLINED",
            "The KYC submission came to nothing. Send the request again to start another one.",
        ),
        Failure::CarrierDeclined { .. } | Failure::FoundNotBought => coded(
            503,
            "CARRIER_UNAVAILABLE",
            format!("The carrier could not provide a phone number. {money}; retry the same request."),
        ),
    }
}

/// A purchase that was refused: by its family, after what Zernio's documents say of one refusal alone.
pub(super) fn refused(rejection: &Rejection, public_url: &str, applicant: &Applicant<'_>) -> Response {
    let profile = applicant.profile;
    match (rejection.family(), rejection) {
        (Family::Malformed, Rejection::KeyMalformed(gates::key_form::Malformed { length_max, .. })) => bad_request(
            format!("purchaseIntentId must be 1 to {length_max} characters of ASCII"),
            json!({ "field": "purchaseIntentId" }),
        ),
        (Family::Malformed, Rejection::RequestMalformed(unread)) => malformed(&unread.field, &unread.detail(), profile),
        (Family::Forbidden, Rejection::ActorNotAllowed(_)) => error(403, "This API key has no access to the profile"),
        (Family::NotFound, Rejection::HolderUnknown(gates::actor::HolderUnknown { holder })) => {
            bad_request("Profile not found", json!({ "field": "profileId", "profileId": holder.as_str() }))
        }
        (Family::NotEntitled, Rejection::PlanNotPaid(_)) => error(403, "A paid plan is required"),
        (Family::NotEntitled, Rejection::NumberLimitReached(reached)) => {
            let gates::limits::Reached { held, in_flight, limit, .. } = reached;
            bad_request(
                "Phone number limit of your plan reached",
                json!({ "limit": limit, "used": held.saturating_add(*in_flight) }),
            )
        }
        (Family::NotEntitled, Rejection::BillingKindRequired(_)) => {
            coded(422, "USAGE_BILLING_REQUIRED", "International numbers require usage-based billing.")
        }
        (Family::Unverified, Rejection::KycRequired(gates::kyc::Required { country, .. })) => {
            kyc_required(public_url, *country, applicant)
        }
        (Family::TooSoon { .. }, Rejection::VelocityExceeded(_)) => coded(
            409,
            "PURCHASE_VELOCITY",
            "Another phone number was purchased less than 10 minutes ago. \
             Pass allowMultiple: true to confirm that this purchase is intentional.",
        ),
        (Family::Conflict, Rejection::KeyReused) => coded(
            422,
            "IDEMPOTENCY_KEY_REUSED",
            "This purchaseIntentId was already used for a different request. Generate a fresh key.",
        ),
        (Family::Unavailable, Rejection::CountryNotSold(gates::country::NotSold { country, .. })) => {
            country_not_available(&country.to_string())
        }
        (
            Family::Unavailable,
            Rejection::NoSuchNumber(gates::stock::existence::NoSuchNumber { selector, .. })
            | Rejection::OutOfStock(gates::stock::OutOfStock { selector }),
        ) => out_of_stock(selector),
        (Family::Conflict, Rejection::NumberMismatch(mismatched)) => bad_request(
            "The phone number is not what the request says of it",
            json!({
                "fields": mismatched.mismatches.iter().map(|one| translate::field(one.field())).collect::<Vec<_>>(),
                "reason": mismatched.to_string(),
            }),
        ),
        (Family::Conflict, _) => coded(409, "PHONE_NUMBER_UNAVAILABLE", rejection.to_string()),
        (Family::Unpaid, _) => payment_required("Add a payment method before you purchase a phone number."),
        (Family::Forbidden | Family::Unverified, _) => error(403, rejection.to_string()),
        // Rules that Zernio does not have.
        (Family::Malformed | Family::NotFound | Family::Unavailable, _) => {
            bad_request("Invalid request body", json!({ "reason": rejection.to_string() }))
        }
        (Family::NotEntitled | Family::TooSoon { .. }, _) => coded(409, "LIMIT_REACHED", rejection.to_string()),
        (Family::Changed, _) => coded(409, "PRICE_CHANGED", rejection.to_string()),
    }
}

/// A field that is missing or that cannot be read. Only a profile can be missing.
fn malformed(field: &str, problem: &str, profile: &str) -> Response {
    let field = translate::field(field);
    let details = json!({ "field": field, "reason": problem });
    if field == "profileId" && profile.trim().is_empty() {
        return bad_request("profileId is required", details);
    }
    bad_request(format!("Invalid {field}"), details)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Body;

    #[test]
    fn a_missing_profile_is_told_from_an_unreadable_one_by_what_was_sent() {
        for (sent, expected) in
            [("", "profileId is required"), (" ", "profileId is required"), ("/", "Invalid profileId")]
        {
            let Body::Json(body) = malformed("holder", "any words", sent).body else { panic!("no JSON") };
            assert_eq!(body["error"], expected, "{sent}");
        }
    }
}
