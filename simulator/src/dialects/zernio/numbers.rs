//! Purchase, list, get, release.

use ringup_core::PurchaseRequest;
use serde_json::{Value, json};

use super::entry::{Entry, withdrawn};
use super::kyc::Applicant;
use super::status;
use super::translate::released;
use super::wire::{NumberList, PurchaseBody, ReleasedNumber};
use crate::http::{Request, Response};
use crate::kit::json::{read_object, to_json};
use crate::retailer::{Caller, NotDone, NotHeld, Session};

/// How long a declined number is shown among those in review.
const RECENT_S: u32 = 30 * 86_400;

/// Every status that a number can have.
const STATUSES: [&str; 9] = [
    "pending_payment",
    "pending_regulatory",
    "regulatory_declined",
    "provisioning",
    "verifying",
    "active",
    "suspended",
    "releasing",
    "released",
];

pub(super) fn purchase(request: &Request, caller: &Caller, session: &mut Session<'_>) -> Response {
    let body: PurchaseBody = match read_object(&request.body) {
        Ok(body) => body,
        Err(unreadable) => return status::unreadable(unreadable),
    };
    let wanted = PurchaseRequest::from(body);
    let profile = wanted.holder.clone().unwrap_or_default();
    let applicant = Applicant { account: &caller.account, profile: &profile, key: None };
    match session.purchase(&caller.account, &caller.actor, &wanted) {
        Ok(purchased) => status::purchased(&purchased, session),
        Err(NotDone::Refused(rejection)) => status::refused(&rejection, session.public_url(), &applicant),
        Err(NotDone::Failed(failure)) => failure.into_response(),
    }
}

pub(super) fn list(request: &Request, caller: &Caller, session: &Session<'_>) -> Response {
    let wanted = request.query("status");
    if let Some(unknown) = wanted.as_deref().filter(|wanted| !STATUSES.contains(wanted)) {
        return status::bad_request("Invalid status", json!({ "status": unknown }));
    }
    let profile = request.query("profileId");
    let recent = session.now().plus_millis(i64::from(RECENT_S).saturating_mul(-1000));
    let just_declined = |entry: &Entry<'_>| {
        entry.status == "regulatory_declined" && entry.changed_at().is_some_and(|changed| recent <= changed)
    };
    let numbers = visible(caller, session).into_iter().filter(|entry| {
        // What was paid in vain is told for a while.
        let is_news = entry.is_paid_in_vain() && recent <= entry.created_at();
        // An unpaid checkout is no number yet, a declined one no more: they are shown to those who ask for them.
        let by_default = !matches!(entry.status, "released" | "pending_payment" | "regulatory_declined");
        let fits = match wanted.as_deref() {
            None => by_default || is_news,
            Some("pending_regulatory") => entry.status == "pending_regulatory" || just_declined(entry),
            Some(wanted) => wanted == entry.status,
        };
        let in_profile = profile.as_deref().is_none_or(|id| entry.holder == Some(id));
        fits && in_profile
    });
    let list = NumberList {
        numbers: numbers.map(|entry| entry.listed()).collect(),
        connected: Vec::new(),
        sandbox: Value::Null,
    };
    Response::json(200, to_json(list))
}

pub(super) fn get(id: &str, caller: &Caller, session: &Session<'_>) -> Response {
    visible(caller, session)
        .into_iter()
        .find(|entry| entry.is(id))
        .map_or_else(status::not_found, |entry| Response::json(200, json!({ "phoneNumber": to_json(entry.single()) })))
}

pub(super) fn release(id: &str, caller: &Caller, session: &mut Session<'_>) -> Response {
    let found = visible(caller, session).into_iter().find(|entry| entry.is(id));
    let Some(found) = found else { return status::not_found() };
    if let (Some(case), false) = (found.waiting_case().cloned(), found.status == "released") {
        session.withdraw(&case.id);
        return released_answer(&withdrawn(&case, session.now()));
    }
    let refusal = match (found.status, found.held_number()) {
        ("released", _) => Some("Phone number is already released"),
        ("releasing", _) => Some("Phone number is already being released"),
        (_, None) => Some("Phone number is not active yet"),
        (_, Some(_)) => None,
    };
    if let Some(refusal) = refusal {
        return status::error(400, refusal);
    }
    let Ok(number) = found.id().parse() else { return status::not_found() };
    match session.release(&caller.account, &caller.actor, &number) {
        Ok(held) => released_answer(&released(&held)),
        Err(NotDone::Refused(NotHeld)) => status::not_found(),
        Err(NotDone::Failed(failure)) => failure.into_response(),
    }
}

fn released_answer(number: &ReleasedNumber) -> Response {
    Response::json(200, json!({ "message": "Phone number released successfully.", "phoneNumber": to_json(number) }))
}

/// What the caller may see.
pub(super) fn visible<'a>(caller: &Caller, session: &'a Session<'_>) -> Vec<Entry<'a>> {
    let account = session.account(&caller.account);
    let mut entries = account.map(|account| Entry::all(account, session)).unwrap_or_default();
    if let Some(only) = &caller.actor.only_holder {
        entries.retain(|entry| entry.holder == Some(only.as_str()));
    }
    entries
}
