//! Purchases: made, listed, and found again.

use ringup_core::Purchase;

use super::page::{Asked, Newest};
use super::{read_request, status, translate};
use crate::http::{Request, Response};
use crate::kit::json::to_json;
use crate::kit::keys;
use crate::retailer::{Caller, NotDone, Session};

pub(super) fn make(request: &Request, caller: &Caller, session: &mut Session<'_>) -> Response {
    let http = session.key_http(&caller.account);
    let (key, request) = http.map_or((None, request.clone()), |http| keys::take(request, http));
    if let (None, Some(http)) = (&key, http)
        && let Some(status) = http.missing
    {
        return status::key_missing(http, status);
    }
    let wanted = match read_request(&request, key.map(|key| key.trim().to_owned()), caller, session) {
        Ok(wanted) => wanted,
        Err(refusal) => return refusal,
    };
    match session.purchase(&caller.account, &caller.actor, &wanted) {
        Ok(purchased) => status::purchased(&purchased, http, session),
        Err(NotDone::Refused(rejection)) => status::refused(rejection, caller, &wanted, session),
        Err(NotDone::Failed(failure)) => failure.into_response(),
    }
}

pub(super) fn list(request: &Request, caller: &Caller, session: &Session<'_>) -> Response {
    let asked = match Asked::read(request) {
        Ok(asked) => asked,
        Err(refusal) => return refusal,
    };
    let Some(account) = session.account(&caller.account) else { return status::unauthorized() };
    let visible = account.purchases().filter(|purchase| sees(caller, purchase));
    let mut purchases: Vec<(Newest, &Purchase)> = visible.map(|purchase| (place(purchase), purchase)).collect();
    purchases.sort_by(|(one, _), (other, _)| one.cmp(other));
    let shown = purchases.into_iter();
    asked.of(shown.filter_map(|(place, purchase)| Some((place, translate::purchase(purchase, account, session)?))))
}

pub(super) fn get(id: &str, caller: &Caller, session: &Session<'_>) -> Response {
    let Some(account) = session.account(&caller.account) else { return status::unauthorized() };
    let found = id.parse().ok().and_then(|id| account.purchase(&id)).filter(|purchase| sees(caller, purchase));
    let Some(found) = found else { return status::purchase_not_found() };
    translate::purchase(found, account, session)
        .map_or_else(status::purchase_not_found, |answer| Response::json(200, to_json(answer)))
}

fn sees(caller: &Caller, purchase: &Purchase) -> bool {
    translate::sees(caller, purchase.agreement.holder())
}

fn place(purchase: &Purchase) -> Newest {
    Newest { at: purchase.agreement.accepted_at(), id: purchase.id.to_string() }
}
