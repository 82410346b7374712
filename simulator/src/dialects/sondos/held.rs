//! What the account has: its numbers, their names, their release; and the user.

use ringup_core::ledger::Book;
use ringup_core::{HeldNumber, HeldStatus};
use serde_json::json;

use super::ids::Ids;
use super::translate::{assignable, is_active, listed, renamed};
use super::wire::{Data, Done, ListedNumber, RenameBody, User};
use super::{SHOP, status};
use crate::http::{Request, Response};
use crate::kit::json::{amount, read_object, to_json};
use crate::kit::routes::Call;
use crate::retailer::{Caller, NotDone, NotHeld, Session, Settings};

/// The longest nickname, in characters.
const NICKNAME_MAX: usize = 50;

/// All numbers, the first one that was bought first.
pub(super) fn all(caller: &Caller, session: &Session<'_>) -> Response {
    list(caller, session, |_| true)
}

/// The older list: only numbers that do text messages and are paid for.
pub(super) fn legacy(caller: &Caller, session: &Session<'_>) -> Response {
    list(caller, session, |held| held.capabilities.sms && is_active(&held.status))
}

/// Nobody has connected a trunk of their own.
pub(super) fn sip_trunks() -> Response {
    Response::json(200, json!({ "data": [] }))
}

fn list(caller: &Caller, session: &Session<'_>, wanted: impl Fn(&HeldNumber) -> bool) -> Response {
    let numbers = numbers(caller, session).into_iter().filter(|(_, held)| wanted(held));
    let data: Vec<ListedNumber> =
        numbers.map(|(id, held)| listed(id, held, session.settings(&caller.account, &held.purchase).label)).collect();
    Response::json(200, to_json(Data { data }))
}

/// The numbers for an assistant, as a bare list. No assistant has any yet.
pub(super) fn for_assistants(request: &Request, caller: &Caller, session: &Session<'_>) -> Response {
    let asked = request.query("type").filter(|text| !text.is_empty());
    let inbound = match asked.as_deref() {
        None | Some("outbound") => false,
        Some("inbound") => true,
        Some(_) => return status::invalid("type", "The selected type is invalid."),
    };
    let numbers = numbers(caller, session).into_iter().map(|(id, held)| assignable(id, held));
    Response::json(200, to_json(numbers.filter(|number| !inbound || number.is_available).collect::<Vec<_>>()))
}

pub(super) fn rename(call: &Call<'_>, caller: &Caller, session: &mut Session<'_>) -> Response {
    let Some((id, held)) = find(call.named("id"), caller, session) else { return status::number_not_found() };
    let held = held.clone();
    let body: RenameBody = match read_object(&call.request.body) {
        Ok(body) => body,
        Err(unreadable) if unreadable.member.is_some() => {
            return status::invalid("nickname", "The nickname must be a string.");
        }
        Err(unreadable) => return status::unreadable(&unreadable.reason),
    };
    let settings = session.settings(&caller.account, &held.purchase);
    let nickname = match body.nickname {
        None => settings.label.clone(),
        Some(nickname) => nickname.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
    };
    if nickname.as_ref().is_some_and(|text| NICKNAME_MAX < text.chars().count()) {
        return status::invalid("nickname", "The nickname must not exceed 50 characters.");
    }
    session.configure(&caller.account, &held.purchase, Settings { label: nickname.clone(), ..settings });
    let answer = Done { message: "Phone number updated successfully.".into(), data: renamed(id, &held, nickname) };
    Response::json(200, to_json(answer))
}

pub(super) fn release(id: &str, caller: &Caller, session: &mut Session<'_>) -> Response {
    let Some((_, held)) = find(id, caller, session) else { return status::number_not_found() };
    if held.status != HeldStatus::Active {
        return status::already_scheduled();
    }
    let purchase = held.purchase.clone();
    match session.release(&caller.account, &caller.actor, &purchase) {
        Ok(_) => status::released(),
        Err(NotDone::Refused(NotHeld)) => status::number_not_found(),
        Err(NotDone::Failed(_)) => status::release_failed(),
    }
}

pub(super) fn user(caller: &Caller, session: &Session<'_>) -> Response {
    let Some(account) = session.account(&caller.account) else { return status::unauthenticated() };
    let balance = account.ledger().balance(Book::Wallet, SHOP.policy().default_currency);
    let name = account.id().to_string();
    let user = User { email: format!("{name}@example.com"), name, total_balance: amount(balance) };
    Response::json(200, to_json(user))
}

/// The number of this id, if the account has it.
fn find<'a>(id: &str, caller: &Caller, session: &'a Session<'_>) -> Option<(u64, &'a HeldNumber)> {
    let account = session.account(&caller.account)?;
    let id = id.parse().ok()?;
    let held = account.number(Ids::of(account, session).purchase(id)?)?;
    (!held.is_released()).then_some((id, held))
}

/// The numbers that the account has, by id.
fn numbers<'a>(caller: &Caller, session: &'a Session<'_>) -> Vec<(u64, &'a HeldNumber)> {
    let Some(account) = session.account(&caller.account) else { return Vec::new() };
    let ids = Ids::of(account, session);
    let held = account.numbers().filter(|held| !held.is_released());
    let mut numbers: Vec<_> = held.filter_map(|held| Some((ids.id(&held.purchase)?, held))).collect();
    numbers.sort_by_key(|(id, _)| *id);
    numbers
}
