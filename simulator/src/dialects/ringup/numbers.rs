//! Numbers: listed, looked at, set, and released.

use ringup_core::HeldNumber;
use serde_json::Value;

use super::page::{Asked, Newest};
use super::wire::{NumberAnswer, NumberStatus, SettingsBody};
use super::{SHOP, read_body, status, translate};
use crate::http::{Request, Response};
use crate::kit::json::{read, to_json};
use crate::retailer::{Caller, NotDone, NotHeld, Session};

const LABEL_MAX: usize = 64;
const ENDPOINT_MAX: usize = 255;

/// What an endpoint may begin with.
const SCHEMES: [&str; 4] = ["sip:", "sips:", "https://", "wss://"];

pub(super) fn list(request: &Request, caller: &Caller, session: &Session<'_>) -> Response {
    let asked = match Asked::read(request) {
        Ok(asked) => asked,
        Err(refusal) => return refusal,
    };
    let wanted = request.query("status").map(|text| read::<NumberStatus>(Value::String(text)));
    if wanted == Some(None) {
        return status::bad_query("status", "a number is `active`, `scheduled`, `releasing` or `released`");
    }
    let fits = |found: NumberStatus| match wanted.flatten() {
        Some(wanted) => found == wanted,
        None => found != NumberStatus::Released,
    };
    let Some(account) = session.account(&caller.account) else { return status::unauthorized() };
    let visible = account.numbers().filter(|held| sees(caller, held));
    let mut numbers: Vec<(Newest, NumberAnswer)> =
        visible.map(|held| (place(held), answer(held, caller, session))).filter_map(both).collect();
    numbers.retain(|(_, number)| fits(number.status));
    numbers.sort_by(|(one, _), (other, _)| one.cmp(other));
    asked.of(numbers)
}

fn both<P, T>((place, thing): (P, Option<T>)) -> Option<(P, T)> {
    thing.map(|thing| (place, thing))
}

pub(super) fn get(id: &str, caller: &Caller, session: &Session<'_>) -> Response {
    let found = find(id, caller, session).and_then(|held| answer(held, caller, session));
    found.map_or_else(status::number_not_held, |number| Response::json(200, to_json(number)))
}

pub(super) fn change(id: &str, request: &Request, caller: &Caller, session: &mut Session<'_>) -> Response {
    if !may_change(caller) {
        return status::may_only_look(caller);
    }
    let held = find(id, caller, session).filter(|held| !held.is_released());
    let Some(purchase) = held.map(|held| held.purchase.clone()) else { return status::number_not_held() };
    let SettingsBody { label, endpoint, inbound, outbound } = match read_body(request) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    if let Some(Some(label)) = &label
        && !(1..=LABEL_MAX).contains(&label.chars().count())
    {
        return status::settings_invalid("label", "a label has 1 to 64 characters");
    }
    if let Some(Some(endpoint)) = &endpoint
        && !is_endpoint(endpoint)
    {
        return status::settings_invalid(
            "endpoint",
            "an endpoint is a URI of at most 255 characters that begins with `sip:`, `sips:`, `https://` or `wss://`",
        );
    }
    let mut settings = session.settings(&caller.account, &purchase);
    settings.label = label.unwrap_or(settings.label);
    settings.endpoint = endpoint.unwrap_or(settings.endpoint);
    settings.inbound = inbound.unwrap_or(settings.inbound);
    settings.outbound = outbound.unwrap_or(settings.outbound);
    session.configure(&caller.account, &purchase, settings);
    get(id, caller, session)
}

fn is_endpoint(text: &str) -> bool {
    let named = SCHEMES.iter().find_map(|scheme| text.strip_prefix(scheme));
    text.len() <= ENDPOINT_MAX
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && named.is_some_and(|rest| !rest.is_empty())
}

/// Done when it is given back. While the carrier has not answered it goes on, and a repeat joins it.
pub(super) fn release(id: &str, caller: &Caller, session: &mut Session<'_>) -> Response {
    if !may_change(caller) {
        return status::may_only_look(caller);
    }
    let held = find(id, caller, session).map(|held| held.purchase.clone());
    let Some(purchase) = held else { return status::number_not_held() };
    match session.release(&caller.account, &caller.actor, &purchase) {
        Ok(held) if held.is_released() => Response::empty(204),
        Ok(held) => match answer(&held, caller, session) {
            Some(number) => {
                let location = format!("/ringup/v1/numbers/{}", number.id);
                Response::json(202, to_json(number)).with("location", location)
            }
            None => status::number_not_held(),
        },
        Err(NotDone::Refused(NotHeld)) => status::number_not_held(),
        Err(NotDone::Failed(failure)) => failure.into_response(),
    }
}

/// A role that may not buy may not change a number, either.
fn may_change(caller: &Caller) -> bool {
    let buyers = &SHOP.policy().buyers;
    buyers.is_empty() || buyers.contains(&caller.actor.role)
}

fn find<'a>(id: &str, caller: &Caller, session: &'a Session<'_>) -> Option<&'a HeldNumber> {
    let held = session.account(&caller.account)?.number(&translate::purchase_of(id)?)?;
    sees(caller, held).then_some(held)
}

fn answer(held: &HeldNumber, caller: &Caller, session: &Session<'_>) -> Option<NumberAnswer> {
    let settings = session.settings(&caller.account, &held.purchase);
    session.account(&caller.account).map(|account| translate::number(held, account, settings))
}

fn sees(caller: &Caller, held: &HeldNumber) -> bool {
    translate::sees(caller, held.holder.as_ref())
}

fn place(held: &HeldNumber) -> Newest {
    Newest { at: held.accepted_at, id: held.purchase.to_string() }
}
