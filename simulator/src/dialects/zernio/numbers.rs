//! Purchase, list, get, release.

use ringup_core::PurchaseRequest;
use serde_json::{Value, json};

use super::status;
use super::translate::{Entry, released};
use super::wire::{NumberList, PurchaseBody};
use crate::dialects::json::{read_object, written};
use crate::http::{Request, Response};
use crate::retailer::{Caller, Retailer};

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

pub(super) fn purchase(request: &Request, caller: &Caller, retailer: &mut Retailer<'_>) -> Response {
    let body: PurchaseBody = match read_object(&request.body) {
        Ok(body) => body,
        Err(unreadable) => return status::unreadable(unreadable),
    };
    let wanted = PurchaseRequest::from(body);
    let profile = wanted.holder.clone().unwrap_or_default();
    let outcome = retailer.purchase(&caller.account, &caller.actor, &wanted);
    let public_url = retailer.public_url().to_owned();
    match (outcome, retailer.account(&caller.account)) {
        (Ok(purchased), Some(account)) => status::purchased(&purchased, account, &public_url),
        (Err(rejection), _) => status::refused(&rejection, &public_url, &profile),
        (Ok(_), None) => status::unauthorized(),
    }
}

pub(super) fn list(request: &Request, caller: &Caller, retailer: &Retailer<'_>) -> Response {
    let wanted = request.query("status");
    if let Some(unknown) = wanted.as_deref().filter(|wanted| !STATUSES.contains(wanted)) {
        return status::bad_request("Invalid status", json!({ "status": unknown }));
    }
    let profile = request.query("profileId");
    let numbers = visible(caller, retailer).into_iter().filter(|entry| {
        // An unpaid checkout is no number yet: it is shown to those who ask for it.
        let by_default = !matches!(entry.status, "released" | "pending_payment");
        let fits = wanted.as_deref().map_or(by_default, |wanted| wanted == entry.status);
        let in_profile = profile.as_deref().is_none_or(|id| entry.holder.is_some_and(|holder| holder.as_str() == id));
        fits && in_profile
    });
    let list = NumberList {
        numbers: numbers.map(|entry| entry.listed()).collect(),
        connected: Vec::new(),
        sandbox: Value::Null,
    };
    Response::json(200, written(list))
}

pub(super) fn get(id: &str, caller: &Caller, retailer: &Retailer<'_>) -> Response {
    visible(caller, retailer)
        .into_iter()
        .find(|entry| entry.id() == id)
        .map_or_else(status::not_found, |entry| Response::json(200, json!({ "phoneNumber": written(entry.single()) })))
}

pub(super) fn release(id: &str, caller: &Caller, retailer: &mut Retailer<'_>) -> Response {
    let found = visible(caller, retailer).into_iter().find(|entry| entry.id() == id);
    let Some(found) = found else { return status::not_found() };
    let refusal = match (found.status, found.held_number()) {
        ("released", _) => Some("Phone number is already released"),
        ("releasing", _) => Some("Phone number is already being released"),
        (_, None) => Some("Phone number is not active yet"),
        (_, Some(_)) => None,
    };
    if let Some(refusal) = refusal {
        return status::error(400, refusal);
    }
    let Ok(number) = id.parse() else { return status::not_found() };
    match retailer.release(&caller.account, &caller.actor, &number) {
        Ok(held) => Response::json(
            200,
            json!({ "message": "Phone number released successfully.", "phoneNumber": written(released(&held)) }),
        ),
        Err(rejection) => status::refused(&rejection, "", ""),
    }
}

/// What the caller may see.
fn visible<'a>(caller: &Caller, retailer: &'a Retailer<'_>) -> Vec<Entry<'a>> {
    let suspended = |number: &_| retailer.is_suspended(number);
    let mut entries = retailer.account(&caller.account).map(|it| Entry::all(it, &suspended)).unwrap_or_default();
    if let Some(only) = &caller.actor.only_holder {
        entries.retain(|entry| entry.holder == Some(only));
    }
    entries
}
