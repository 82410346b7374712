//! Which refusal and which state becomes which status, code and message.

use ringup_core::purchase::{Failure, State};
use ringup_core::{Family, HeldNumber, Purchase, Rejection, Selector, gates};

use super::wire::ErrorBody;
use crate::http::Response;
use crate::kit::json::{Unreadable, to_json};

pub(super) fn error(status: u16, code: u32, message: &str) -> Response {
    let more_info = format!("https://www.twilio.com/docs/errors/{code}");
    Response::json(status, to_json(ErrorBody { code, message: message.into(), more_info, status }))
}

pub(super) fn bad_request(problem: &str) -> Response {
    error(400, 400, &format!("Bad Request: {problem}"))
}

/// A form that cannot be read.
pub(super) fn unreadable(unreadable: &Unreadable) -> Response {
    match &unreadable.member {
        Some(member) => bad_request(&format!("{member}: {}", unreadable.reason)),
        None => bad_request(&unreadable.reason),
    }
}

pub(super) fn authenticate() -> Response {
    error(401, 20003, "Authenticate").with("www-authenticate", "Basic realm=\"Twilio API\"")
}

pub(super) fn method_not_allowed() -> Response {
    error(405, 20004, "Method not allowed")
}

pub(super) fn account_not_active() -> Response {
    error(400, 20005, "Account not active")
}

pub(super) fn test_credentials() -> Response {
    error(403, 20008, "Resource not accessible with Test Account Credentials")
}

/// `path` is the resource's, from the host on.
pub(super) fn not_found(path: &str) -> Response {
    let path = path.split('?').next().unwrap_or_default();
    error(404, 20404, &format!("The requested resource {path} was not found"))
}

/// The outcome is not known: what was asked may be done or not.
pub(super) fn server_error() -> Response {
    error(500, 20500, "Internal Server Error")
}

pub(super) fn invalid_url() -> Response {
    error(400, 21402, "Invalid URL")
}

pub(super) fn invalid_method() -> Response {
    error(400, 21403, "Invalid Method")
}

pub(super) fn trial() -> Response {
    let message = "Trial accounts are allowed only one Twilio number. To purchase additional numbers, please upgrade your account.";
    error(400, 21404, message)
}

pub(super) fn number_invalid() -> Response {
    error(400, 21421, "Phone Number is invalid")
}

pub(super) fn not_available() -> Response {
    error(400, 21422, "PhoneNumber is not available")
}

pub(super) fn area_code_invalid() -> Response {
    error(400, 21451, "Invalid area code")
}

pub(super) fn none_in_area_code() -> Response {
    error(400, 21452, "No phone numbers found in area code")
}

pub(super) fn no_area_code_here() -> Response {
    error(400, 21457, "AreaCode Parameter not Supported")
}

pub(super) fn another_type() -> Response {
    error(400, 21458, "PhoneNumber Provisioning Type Mismatch")
}

pub(super) fn status_invalid() -> Response {
    error(400, 21475, "Unable to update Status, invalid Status.")
}

pub(super) fn parent_status() -> Response {
    error(400, 21477, "Unable to update Status for parent accounts")
}

pub(super) fn account_closed() -> Response {
    error(400, 21479, "Unable to update Status for subaccount, subaccount has been closed.")
}

pub(super) fn address_in_use() -> Response {
    error(400, 21625, "Address Required for Active IncomingPhoneNumber")
}

pub(super) fn address_invalid() -> Response {
    error(400, 21628, "Address validation error")
}

pub(super) fn account_sid_invalid() -> Response {
    error(400, 21470, "Invalid AccountSid")
}

pub(super) fn not_related() -> Response {
    let message = "AccountSid you are transferring to is not related to the originating owner of the phone number";
    error(400, 21473, message)
}

pub(super) fn parent_needed() -> Response {
    error(400, 21474, "API User must be the parent account to transfer phone numbers.")
}

pub(super) fn address_missing() -> Response {
    error(400, 21631, "Phone Number Requires an Address but the 'AddressSid' parameter was empty.")
}

pub(super) fn address_unfit() -> Response {
    error(400, 21631, "Phone Number Requires an Address")
}

pub(super) fn bundle_missing() -> Response {
    let message = "To purchase or transfer this number you must provide a bundle compliant with the rules for the \
        country and number type. More information here: \
        https://www.twilio.com/docs/phone-numbers/regulatory/phone-numbers-regulatory-requirements-customers";
    error(400, 21649, message)
}

pub(super) fn broken_off(message: &str) -> Response {
    bad_request(message)
}

pub(super) fn too_large(message: &str) -> Response {
    error(413, 20413, &format!("Request entity too large: {message}"))
}

/// What an accepted purchase has come to: its number, or the error of its current state.
pub(super) fn purchased<'a>(purchase: &Purchase, held: Option<&'a HeldNumber>) -> Result<&'a HeldNumber, Response> {
    match &purchase.state {
        State::Active { .. } => held.ok_or_else(server_error),
        State::Compensating(compensating) => Err(failed(&compensating.failure, purchase)),
        State::Undone(undone) => Err(failed(&undone.failure, purchase)),
        State::Failed(ended) => Err(failed(&ended.failure, purchase)),
        // Nobody knows yet. The purchase goes on, and a repeat for the same number joins it.
        State::AwaitingKyc(_)
        | State::OpeningCheckout(_)
        | State::AwaitingPayment(_)
        | State::Securing(_)
        | State::Returning(_)
        | State::Charging(_)
        | State::Ordering(_)
        | State::Unconfirmed(_)
        | State::Billing(_) => Err(server_error()),
    }
}

fn failed(failure: &Failure, purchase: &Purchase) -> Response {
    match failure {
        Failure::OutOfStock { .. } | Failure::CarrierDeclined { .. } | Failure::FoundNotBought => {
            gone(purchase.agreement.selector())
        }
        Failure::PaymentDeclined { .. } | Failure::CheckoutDeclined | Failure::CheckoutExpired => account_not_active(),
        Failure::KycDeclined | Failure::KycWithdrawn | Failure::KycOverdue => bundle_missing(),
    }
}

/// A number that cannot be had.
const fn is_area_code(selector: &Selector) -> bool {
    match selector {
        Selector::AreaCode { .. } => true,
        Selector::Exact { .. } | Selector::Any { .. } | Selector::Inventory { .. } | Selector::Pattern { .. } => false,
    }
}

fn gone(selector: &Selector) -> Response {
    if is_area_code(selector) { none_in_area_code() } else { not_available() }
}

/// A purchase that was refused: by its family, after what Twilio says of one refusal alone.
pub(super) fn refused(rejection: &Rejection) -> Response {
    match (rejection.family(), rejection) {
        (Family::Malformed, Rejection::RequestMalformed(malformed)) => match malformed.field.as_str() {
            "area_code" => area_code_invalid(),
            _ => number_invalid(),
        },
        (Family::Malformed, Rejection::SelectorMissing(_) | Rejection::SelectorAmbiguous(_)) => {
            bad_request("give either PhoneNumber or AreaCode")
        }
        (Family::Unavailable, Rejection::OutOfStock(gates::stock::OutOfStock { selector })) => gone(selector),
        (Family::Unavailable | Family::Conflict, _) => not_available(),
        (Family::NotEntitled, _) => trial(),
        (Family::Unverified, _) => bundle_missing(),
        // The account in the path was suspended or closed.
        (Family::NotFound | Family::Forbidden | Family::Unpaid, _) => account_not_active(),
        // Rules that Twilio does not have.
        (Family::Malformed | Family::TooSoon { .. } | Family::Changed, _) => bad_request(&rejection.to_string()),
    }
}
