//! Which refusal and which state becomes which status and body.

use ringup_core::shop::{KeyHttp, UnfinishedAnswer};
use ringup_core::{Family, GateStatus, Mismatch, PurchaseRequest, QuoteDifference, Rejection, Selector, gates};

use super::SHOP;
use super::problem::Code;
use super::translate::{self, quote};
use super::wire::{Problem, PurchaseAnswer, PurchaseStatus};
use crate::http::Response;
use crate::kit::json::{Unreadable, to_json};
use crate::kit::keys::{self, Attempt};
use crate::retailer::{Caller, Failure, Purchased, Session};

/// When to ask again for a purchase that goes on, in seconds.
const ASK_AGAIN_S: &str = "1";

/// Where the key is, if the shop does not say.
const KEY_HEADER: &str = "Idempotency-Key";

pub(super) fn unauthorized() -> Response {
    let help = "send `Authorization: Bearer KEY` with a key of the account";
    let problem = Code::Unauthorized.because("the request names no key that is known here", help);
    problem.into_response().with("www-authenticate", "Bearer")
}

pub(super) fn not_found() -> Response {
    Code::NotFound.because("there is no such path", "the paths are in /ringup/v1/openapi.json").into_response()
}

pub(super) fn method_not_allowed(method: &str, allowed: &str) -> Response {
    let detail = format!("`{method}` means nothing here");
    let problem = Code::MethodNotAllowed.because(detail, format!("use {allowed}"));
    problem.into_response()
}

pub(super) fn broken_off(message: &str) -> Response {
    unreadable(Unreadable { member: None, reason: message.into() })
}

pub(super) fn too_large(message: &str) -> Response {
    Code::BodyTooLarge.because(message, "send a smaller body").into_response()
}

/// A body that cannot be read.
pub(super) fn unreadable(unreadable: Unreadable) -> Response {
    let help = "send one JSON object as /ringup/v1/openapi.json describes it";
    let problem = Code::BodyMalformed.because(unreadable.reason, help);
    match unreadable.member.filter(|member| member != ".") {
        Some(member) => problem.field(member).into_response(),
        None => problem.into_response(),
    }
}

/// A parameter of the path's query that cannot be read.
pub(super) fn bad_query(field: &str, detail: impl Into<String>) -> Response {
    Code::QueryMalformed.because(detail, format!("correct `{field}`, or leave it out")).field(field).into_response()
}

pub(super) fn key_missing(http: &KeyHttp, status: u16) -> Response {
    let help = "draw a fresh key for each purchase that is meant, and send the same one with every repeat of it";
    let problem = Code::IdempotencyKeyMissing.because("a purchase needs a key under which a repeat finds it", help);
    problem.status(status).field(&http.name).into_response()
}

pub(super) fn number_not_held() -> Response {
    let detail = "the account holds no number of this id, or holds it no more";
    Code::NumberNotHeld.because(detail, "GET /ringup/v1/numbers lists those that it holds").into_response()
}

pub(super) fn purchase_not_found() -> Response {
    let detail = "the account has made no purchase of this id";
    Code::PurchaseNotFound.because(detail, "GET /ringup/v1/purchases lists those that it made").into_response()
}

pub(super) fn quote_not_found() -> Response {
    let detail = "no quote of this id is kept for the account; the oldest ones are forgotten";
    Code::QuoteNotFound.because(detail, "POST /ringup/v1/quotes makes a new one").into_response()
}

pub(super) fn settings_invalid(field: &str, detail: &str) -> Response {
    Code::SettingsInvalid.because(detail, format!("correct `{field}`")).field(field).into_response()
}

/// A role that may look but not change anything.
pub(super) fn may_only_look(caller: &Caller) -> Response {
    let detail = format!("{} may look, but not change numbers", caller.actor.role.title());
    Code::RoleNotAllowed.because(detail, "ask somebody who may do it").into_response()
}

/// The answer to an accepted purchase, in its current state.
pub(super) fn purchased(purchased: &Purchased, http: Option<&KeyHttp>, session: &Session<'_>) -> Response {
    let Some(answer) = translate::purchase(&purchased.purchase, &purchased.account, session) else {
        return Failure::RecordMissing.into_response();
    };
    let location = format!("/ringup/v1/purchases/{}", answer.id);
    let response = match answer.status {
        PurchaseStatus::Bought => Response::json(201, to_json(answer)),
        PurchaseStatus::Failed => failed(answer),
        PurchaseStatus::AwaitingKyc
        | PurchaseStatus::AwaitingPayment
        | PurchaseStatus::InProgress
        | PurchaseStatus::Unconfirmed
        | PurchaseStatus::NeedsReview
        | PurchaseStatus::Compensating => Response::json(202, to_json(answer)).with("retry-after", ASK_AGAIN_S),
    };
    let response = response.with("location", location);
    let Some(http) = http else { return response };
    let attempt = Attempt::of(purchased);
    // Another status than the state's own: the policy sends a repeat away while the first attempt runs.
    let response = match keys::unfinished(http, attempt).filter(|unfinished| unfinished.status != response.status) {
        Some(unfinished) => in_progress(unfinished, purchased),
        None => response,
    };
    keys::told(response, http, attempt)
}

/// A repeat that must wait for its first attempt.
fn in_progress(UnfinishedAnswer { status, retry_after_s }: UnfinishedAnswer, purchased: &Purchased) -> Response {
    let detail = format!("the purchase `{}` under this key goes on", purchased.purchase.id);
    let problem = Code::PurchaseInProgress.because(detail, "send the same request again a little later");
    let response = problem.status(status).transient(true).into_response();
    match retry_after_s {
        Some(seconds) => response.with("retry-after", seconds.to_string()),
        None => response,
    }
}

/// An accepted purchase that has ended without a number.
fn failed(answer: PurchaseAnswer) -> Response {
    let help = "nothing was bought and nothing is charged; the same request with the same key may be sent again";
    let (code, detail) = match &answer.failure {
        Some(failure) => (failure.code, failure.detail.clone()),
        None => (Code::CarrierDeclined, String::new()),
    };
    code.because(detail, help).transient(true).purchase(answer).into_response()
}

/// A purchase that was refused: why, and what the request comes to now, with every gate.
pub(super) fn refused(
    rejection: Rejection,
    caller: &Caller,
    request: &PurchaseRequest,
    session: &mut Session<'_>,
) -> Response {
    let kept = session.store_quote(&caller.account, &caller.actor, request);
    let blocked = kept.iter().flat_map(|kept| &kept.quote.gates).find_map(|report| match &report.status {
        GateStatus::Blocked { fixes, .. } => fixes.first().map(|fix| fix.sentence(SHOP.decimals())),
        GateStatus::Passed { .. } | GateStatus::Waiting { .. } => None,
    });
    let help = help(&rejection).map_or_else(|| blocked.unwrap_or_else(|| NOBODY.into()), str::to_owned);
    let problem = code(&rejection).because(rejection.to_string(), help).transient(rejection.is_transient());
    let problem = match session.key_http(&caller.account).filter(|_| rejection == Rejection::KeyReused) {
        Some(http) => problem.status(http.reused),
        None => problem,
    };
    let problem = Problem { field: field(&rejection), ..problem }.differences(differences(rejection));
    match kept {
        Some(kept) => problem.quote(quote(kept)).into_response(),
        None => problem.into_response(),
    }
}

/// A gate without a fix says so.
const NOBODY: &str = "nobody can change that";

/// What to do, where the first fix does not say it in the words of this wire.
fn help(rejection: &Rejection) -> Option<&'static str> {
    match (rejection.family(), rejection) {
        (Family::Conflict, Rejection::KeyReused) => {
            Some("draw a fresh key for another purchase; a repeat sends the same body")
        }
        (Family::Changed, Rejection::QuoteOutdated(_)) => {
            Some("look at the differences; if they are acceptable, send the purchase again with the new quote's id")
        }
        (Family::Changed, _) => Some(
            "look at the differences; if they are acceptable, send the purchase again with the quote's id or its price",
        ),
        (Family::TooSoon { .. }, Rejection::VelocityExceeded(_)) => {
            Some("send `confirm_additional`: true if this purchase is meant, too")
        }
        (
            Family::Malformed
            | Family::Forbidden
            | Family::NotFound
            | Family::NotEntitled
            | Family::Unverified
            | Family::TooSoon { .. }
            | Family::Conflict
            | Family::Unavailable
            | Family::Unpaid,
            _,
        ) => None,
    }
}

/// Our own wire has a code for each rule that our own policy has; for the others it has one for their family.
fn code(rejection: &Rejection) -> Code {
    match (rejection.family(), rejection) {
        (_, Rejection::KeyMalformed(_)) => Code::KeyMalformed,
        (_, Rejection::KeyReused) => Code::KeyReused,
        (_, Rejection::RoleNotAllowed(_)) => Code::RoleNotAllowed,
        (_, Rejection::HolderUnknown(_)) => Code::HolderUnknown,
        (_, Rejection::ActorNotAllowed(_)) => Code::ActorNotAllowed,
        (_, Rejection::SelectorMissing(_)) => Code::SelectorMissing,
        (_, Rejection::SelectorAmbiguous(_)) => Code::SelectorAmbiguous,
        (_, Rejection::PlanNotPaid(_)) => Code::PlanNotPaid,
        (_, Rejection::NumberLimitReached(_)) => Code::NumberLimitReached,
        (_, Rejection::CountryNotSold(_)) => Code::CountryNotSold,
        (_, Rejection::NumberMismatch(_)) => Code::NumberMismatch,
        (_, Rejection::NoSuchNumber(_)) => Code::NoSuchNumber,
        (_, Rejection::CurrencyNotOffered(_)) => Code::CurrencyNotOffered,
        (_, Rejection::VelocityExceeded(_)) => Code::VelocityExceeded,
        (_, Rejection::PaymentMethodMissing(_)) => Code::PaymentMethodMissing,
        (_, Rejection::QuoteOutdated(_)) => Code::QuoteOutdated,
        (family, _) => of_family(family),
    }
}

/// The code of a rule that our own policy does not have: the nearest one that such a refusal can have. The detail names the
/// rule.
const fn of_family(family: Family) -> Code {
    match family {
        Family::Malformed => Code::RequestMalformed,
        Family::Forbidden => Code::RoleNotAllowed,
        Family::NotFound | Family::Unavailable => Code::OutOfStock,
        Family::NotEntitled => Code::NumberLimitReached,
        Family::Unverified => Code::KycRequired,
        Family::TooSoon { .. } => Code::VelocityExceeded,
        Family::Conflict => Code::NumberMismatch,
        Family::Unpaid => Code::InsufficientBalance,
        Family::Changed => Code::PriceChanged,
    }
}

/// The field or header that is meant.
fn field(rejection: &Rejection) -> Option<String> {
    let named = match (rejection.family(), rejection) {
        (_, Rejection::KeyMalformed(_) | Rejection::KeyReused) => KEY_HEADER,
        (_, Rejection::RequestMalformed(gates::request::Malformed { field, .. })) => field.as_str(),
        (_, Rejection::HolderUnknown(_) | Rejection::ActorNotAllowed(_)) => "holder",
        (_, Rejection::CountryNotSold(_)) => "country",
        (_, Rejection::CurrencyNotOffered(_) | Rejection::PriceTooLarge(_)) => "currency",
        (_, Rejection::VelocityExceeded(_)) => "confirm_additional",
        (_, Rejection::PriceChanged(_)) => "price_seen",
        (_, Rejection::QuoteOutdated(_)) => "quote_id",
        (_, Rejection::NumberMismatch(gates::stock::Mismatched { mismatches, .. })) => {
            mismatches.first().map(Mismatch::field)?
        }
        (_, Rejection::NoSuchNumber(gates::stock::existence::NoSuchNumber { selector, .. }))
        | (_, Rejection::OutOfStock(gates::stock::OutOfStock { selector })) => match selector {
            Selector::Any { .. } => "country",
            Selector::Exact { .. } => "number",
            Selector::Inventory { .. } => "inventory_id",
            Selector::AreaCode { .. } => "area_code",
            Selector::Pattern { .. } => "pattern",
        },
        // The others are about the customer, and not about one field.
        (
            Family::Malformed
            | Family::Forbidden
            | Family::NotFound
            | Family::NotEntitled
            | Family::Unverified
            | Family::TooSoon { .. }
            | Family::Conflict
            | Family::Unavailable
            | Family::Unpaid
            | Family::Changed,
            _,
        ) => return None,
    };
    Some(named.into())
}

fn differences(rejection: Rejection) -> Vec<QuoteDifference> {
    if let Rejection::PriceChanged(gates::price::Changed { differences }) = rejection {
        return differences.into_iter().map(QuoteDifference::from).collect();
    }
    if let Rejection::QuoteOutdated(gates::price::Outdated { differences, .. }) = rejection {
        differences
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use ringup_core::Timestamp;
    use serde_json::{Value, json};

    use super::*;

    /// The rules of other policies: none but a request that cannot be read is `request_malformed`.
    #[test]
    fn a_refusal_is_told_by_its_rule_or_its_family() {
        #[track_caller]
        fn check(family: &str, rejection: Value, expected: Code) {
            let rejection: Rejection = serde_json::from_value(rejection).unwrap();
            assert_eq!((rejection.family().name(), code(&rejection)), (family, expected));
        }
        let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
        let missing = json!({ "code": "missing" });
        let malformed = json!({ "code": "request_malformed", "field": "holder", "typed": null, "problem": missing });
        check("malformed", malformed, Code::RequestMalformed);
        check("not_found", json!({ "code": "not_searched", "number": "+14155550142" }), Code::OutOfStock);
        let spent = json!({
            "code": "spend_limit_reached", "period": "month", "spent": usd(900), "price": usd(200), "limit": usd(1000),
            "ends_at": 0
        });
        check("not_entitled", spent, Code::NumberLimitReached);
        let mut pace = json!({
            "code": "pace_limit_reached", "pace": "day", "window_s": null, "count": 1, "limit": 1, "ends_at": 0
        });
        check("too_soon", pace.clone(), Code::VelocityExceeded);
        pace["ends_at"] = Value::Null;
        check("not_entitled", pace, Code::NumberLimitReached);
        check("conflict", json!({ "code": "key_reused" }), Code::KeyReused);
        check("changed", json!({ "code": "price_changed", "differences": [] }), Code::PriceChanged);
    }

    #[test]
    fn every_family_has_a_code() {
        let too_soon = Family::TooSoon { ends_at: Timestamp::from_millis(0) };
        for (family, status, name) in [
            (Family::Malformed, 422, "request_malformed"),
            (Family::Forbidden, 403, "role_not_allowed"),
            (Family::NotFound, 422, "out_of_stock"),
            (Family::NotEntitled, 422, "number_limit_reached"),
            (Family::Unverified, 422, "kyc_required"),
            (too_soon, 422, "velocity_exceeded"),
            (Family::Conflict, 422, "number_mismatch"),
            (Family::Unavailable, 422, "out_of_stock"),
            (Family::Unpaid, 422, "insufficient_balance"),
            (Family::Changed, 409, "price_changed"),
        ] {
            let problem = of_family(family).because("", "");
            assert_eq!((problem.status, json!(problem.code)), (status, json!(name)), "{}", family.name());
        }
    }
}
