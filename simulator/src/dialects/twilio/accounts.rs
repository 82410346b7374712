//! An account, its subaccounts and its balance. A subaccount holds numbers; its parent pays.

use ringup_core::ledger::Book;
use ringup_core::{Actor, HolderId, Timestamp};

use super::incoming::{form, own};
use super::settings::{FRIENDLY_NAME, Form};
use super::translate::{API_VERSION, date};
use super::visit::{Visit, is_active, is_known};
use super::wire::{AccountInstance, Balance};
use super::{SHOP, page, sids, situations, status};
use crate::http::{Request, Response};
use crate::kit::json::to_json;
use crate::kit::routes::Call;
use crate::retailer::{HolderCard, Session};

/// What the ids of accounts begin with.
const LETTERS: &str = "AC";

const STATUS: &str = "Status";

/// What an account has below its address, by the names of the members. Only some of it is imitated.
const BELOW: [(&str, &str); 4] = [
    ("addresses", "Addresses"),
    ("available_phone_numbers", "AvailablePhoneNumbers"),
    ("balance", "Balance"),
    ("incoming_phone_numbers", "IncomingPhoneNumbers"),
];

/// The account and its subaccounts, the first that was made comes first; a subaccount sees itself.
pub(super) fn list(request: &Request, visit: &Visit, session: &Session<'_>) -> Response {
    let typed = |name: &str| request.query(name).filter(|text| !text.is_empty());
    let (name, status) = (typed(FRIENDLY_NAME), typed(STATUS));
    let subaccounts = session.notes(&visit.caller.account, LETTERS).into_iter().map(|(sid, _)| sid.to_owned());
    let mut sids = vec![visit.account.clone()];
    if visit.by_parent {
        sids.extend(subaccounts.filter(|sid| *sid != visit.parent));
    }
    let fits = |account: &AccountInstance| {
        name.as_ref().is_none_or(|name| *name == account.friendly_name)
            && status.as_ref().is_none_or(|status| *status == account.status)
    };
    let accounts = sids.iter().map(|sid| instance(sid, visit, session)).filter(fits);
    page::answer(request, &format!("/{API_VERSION}/Accounts.json"), "accounts", accounts.collect())
}

pub(super) fn create(request: &Request, visit: &Visit, session: &mut Session<'_>) -> Response {
    let mut words = match form(request) {
        Ok(form) => kept(&form),
        Err(refusal) => return refusal,
    };
    if !visit.by_parent {
        return status::authenticate();
    }
    let account = &visit.caller.account;
    let nth = session.account(account).map_or(0, |account| account.holders().count());
    let taken = |nth: &usize| !is_known(&sids::subaccount(&visit.parent, *nth), &visit.caller, session);
    let Some(sid) = (nth..).find(taken).map(|nth| sids::subaccount(&visit.parent, nth)) else {
        return status::server_error();
    };
    let Ok(holder) = sid.parse::<HolderId>() else { return status::server_error() };
    words.entry(FRIENDLY_NAME.into()).or_insert_with(|| format!("SubAccount Created at {}", date(session.now())));
    let card = HolderCard { name: words.get(FRIENDLY_NAME).cloned().unwrap_or_default(), ..HolderCard::default() };
    if let Err(failure) = session.add_holder(account, holder.clone(), card) {
        return failure.into_response();
    }
    let actor = Actor { only_holder: Some(holder), ..Actor::default() };
    session.add_credential(account, situations::credential(&sid, actor));
    session.write_note(account, &sid, words);
    Response::json(201, to_json(instance(&sid, visit, session)))
}

pub(super) fn fetch(call: &Call<'_>, visit: &Visit, session: &Session<'_>) -> Response {
    let sid = call.named("sid");
    match is_in_sight(sid, visit, session) {
        true => Response::json(200, to_json(instance(sid, visit, session))),
        false => status::not_found(&call.request.path),
    }
}

pub(super) fn update(call: &Call<'_>, visit: &Visit, session: &mut Session<'_>) -> Response {
    let sid = call.named("sid");
    if !is_in_sight(sid, visit, session) {
        return status::not_found(&call.request.path);
    }
    let form = match form(call.request) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let wanted = form.get(STATUS).map(|text| text.trim()).filter(|text| !text.is_empty());
    if let Some(wanted) = wanted
        && let Err(refusal) = set_status(sid, wanted, visit, session)
    {
        return refusal;
    }
    let account = &visit.caller.account;
    let mut words = session.note(account, sid).map(|note| note.words.clone()).unwrap_or_default();
    words.extend(kept(&form));
    session.write_note(account, sid, words);
    Response::json(200, to_json(instance(sid, visit, session)))
}

/// What is kept of a form.
fn kept(form: &Form) -> Form {
    let kept = [FRIENDLY_NAME, STATUS].into_iter().filter_map(|name| {
        let text = form.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())?;
        Some((name.to_owned(), text.to_owned()))
    });
    kept.collect()
}

/// Suspends a subaccount, makes it active again, or closes it, which gives its numbers back.
fn set_status(sid: &str, wanted: &str, visit: &Visit, session: &mut Session<'_>) -> Result<(), Response> {
    if !["active", "suspended", "closed"].contains(&wanted) {
        return Err(status::status_invalid());
    }
    if sid == visit.parent {
        return Err(status::parent_status());
    }
    if !visit.by_parent {
        return Err(status::authenticate());
    }
    if status_of(sid, visit, session) == "closed" {
        return if wanted == "closed" { Ok(()) } else { Err(status::account_closed()) };
    }
    let account = &visit.caller.account;
    if wanted == "closed" {
        let there = Visit { account: sid.into(), caller: visit.caller.clone(), parent: visit.parent.clone(), ..*visit };
        let numbers: Vec<_> = own(&there, session).iter().map(|held| held.purchase.clone()).collect();
        for number in numbers {
            if session.release(account, visit.actor(), &number).is_err() {
                return Err(status::server_error());
            }
        }
    }
    let Ok(holder) = sid.parse() else { return Err(status::server_error()) };
    session.allow_holder(account, holder, wanted == "active").map_err(crate::retailer::Failure::into_response)
}

/// What is left of the wallet.
pub(super) fn balance(visit: &Visit, session: &Session<'_>) -> Response {
    let Some(account) = session.account(&visit.caller.account) else { return status::authenticate() };
    let currency = SHOP.policy().default_currency;
    let balance = account.ledger().balance(Book::Wallet, currency).to_string();
    let balance = balance.split(' ').next().unwrap_or_default().to_owned();
    let answer = Balance { account_sid: visit.account.clone(), balance, currency: currency.to_string() };
    Response::json(200, to_json(answer))
}

fn is_in_sight(sid: &str, visit: &Visit, session: &Session<'_>) -> bool {
    sid == visit.account || visit.by_parent && is_known(sid, &visit.caller, session)
}

fn status_of(sid: &str, visit: &Visit, session: &Session<'_>) -> &'static str {
    let note = session.note(&visit.caller.account, sid);
    let word = note.and_then(|note| note.words.get(STATUS)).map_or("", String::as_str);
    match (is_active(sid, &visit.caller, session), word) {
        (true, _) => "active",
        (false, "closed") => "closed",
        (false, _) => "suspended",
    }
}

fn instance(sid: &str, visit: &Visit, session: &Session<'_>) -> AccountInstance {
    let account = &visit.caller.account;
    let note = session.note(account, sid);
    let opened = session.opening(account).map_or(Timestamp::from_millis(0), |(at, _)| at);
    let is_trial = session.account(account).and_then(|account| account.terms().plan.clone());
    let uri = format!("/{API_VERSION}/Accounts/{sid}");
    let name = note.and_then(|note| note.words.get(FRIENDLY_NAME)).cloned();
    AccountInstance {
        auth_token: sids::token(sid),
        date_created: date(note.filter(|_| sid != visit.parent).map_or(opened, |note| note.written_at)),
        date_updated: date(note.map_or(opened, |note| note.changed_at)),
        friendly_name: name.unwrap_or_else(|| format!("{account}'s Account")),
        owner_account_sid: visit.parent.clone(),
        sid: sid.into(),
        status: status_of(sid, visit, session),
        subresource_uris: BELOW.iter().map(|(name, below)| (*name, format!("{uri}/{below}.json"))).collect(),
        kind: if is_trial.is_some_and(|plan| plan.as_str() == situations::TRIAL) { "Trial" } else { "Full" },
        uri: format!("{uri}.json"),
    }
}
