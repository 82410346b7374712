//! The addresses of an account's customers, as far as a purchase asks for them. Nobody looks them up.

use ringup_core::Country;

use super::incoming::{form, own};
use super::settings::{ADDRESS_SID, Form};
use super::translate::{API_VERSION, date};
use super::visit::Visit;
use super::wire::Address;
use super::{page, sids, status};
use crate::http::{Request, Response};
use crate::kit::json::to_json;
use crate::kit::routes::Call;
use crate::retailer::{Note, Session};

/// What the ids of addresses begin with.
const LETTERS: &str = "AD";

/// The account that an address belongs to.
const OWNER: &str = "AccountSid";

const COUNTRY: &str = "IsoCountry";

const REQUIRED: [&str; 6] = ["CustomerName", "Street", "City", "Region", "PostalCode", COUNTRY];

const OPTIONAL: [&str; 3] = ["FriendlyName", "StreetSecondary", "EmergencyEnabled"];

/// The country of an address of the account in the path; none if it has no such address.
pub(super) fn country(sid: &str, visit: &Visit, session: &Session<'_>) -> Option<String> {
    find(sid, visit, session)?.words.get(COUNTRY).cloned()
}

pub(super) fn create(request: &Request, visit: &Visit, session: &mut Session<'_>) -> Response {
    let words = form(request).and_then(|form| written(&form, Form::new()));
    let mut words = match words {
        Ok(words) => words,
        Err(refusal) => return refusal,
    };
    words.insert(OWNER.into(), visit.account.clone());
    let sid = sids::address(&visit.parent, session.notes_written(&visit.caller.account));
    session.write_note(&visit.caller.account, &sid, words);
    shown(&sid, 201, visit, session)
}

pub(super) fn update(call: &Call<'_>, visit: &Visit, session: &mut Session<'_>) -> Response {
    let sid = call.named("sid");
    let Some(before) = find(sid, visit, session).map(|note| note.words.clone()) else {
        return status::not_found(&call.request.path);
    };
    // An address keeps its country.
    let country = before.get(COUNTRY).cloned().unwrap_or_default();
    let changed = form(call.request).and_then(|mut form| {
        form.insert(COUNTRY.into(), country);
        written(&form, before)
    });
    match changed {
        Ok(words) => {
            session.write_note(&visit.caller.account, sid, words);
            shown(sid, 200, visit, session)
        }
        Err(refusal) => refusal,
    }
}

pub(super) fn fetch(call: &Call<'_>, visit: &Visit, session: &Session<'_>) -> Response {
    match find(call.named("sid"), visit, session) {
        Some(_) => shown(call.named("sid"), 200, visit, session),
        None => status::not_found(&call.request.path),
    }
}

pub(super) fn delete(call: &Call<'_>, visit: &Visit, session: &mut Session<'_>) -> Response {
    let sid = call.named("sid");
    if find(sid, visit, session).is_none() {
        return status::not_found(&call.request.path);
    }
    let account = &visit.caller.account;
    let needs = |purchase| session.settings(account, purchase).more.get(ADDRESS_SID).is_some_and(|used| used == sid);
    if own(visit, session).iter().any(|held| needs(&held.purchase)) {
        return status::address_in_use();
    }
    session.erase_note(account, sid);
    Response::empty(204)
}

pub(super) fn list(request: &Request, visit: &Visit, session: &Session<'_>) -> Response {
    let filters = ["CustomerName", "FriendlyName", COUNTRY, "EmergencyEnabled"];
    let filters = filters.map(|name| (name, request.query(name).filter(|text| !text.is_empty())));
    let fits = |note: &Note| {
        let same = |(name, wanted): &(&str, Option<String>)| {
            let found = note.words.get(*name).map_or("", String::as_str);
            let found = if *name == "EmergencyEnabled" && found.is_empty() { "false" } else { found };
            wanted.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(found))
        };
        is_of(note, visit) && filters.iter().all(same)
    };
    let notes = session.notes(&visit.caller.account, LETTERS);
    let addresses = notes.into_iter().filter(|(_, note)| fits(note)).map(|(sid, note)| address(sid, note));
    let path = format!("/{API_VERSION}/Accounts/{}/Addresses.json", visit.account);
    page::answer(request, &path, "addresses", addresses.collect())
}

/// The words of an address after a form; those that are required must not be empty.
fn written(form: &Form, before: Form) -> Result<Form, Response> {
    let mut words = before;
    for name in REQUIRED.into_iter().chain(OPTIONAL) {
        if let Some(text) = form.get(name) {
            words.insert(name.into(), text.trim().into());
        }
    }
    if let Some(missing) = REQUIRED.into_iter().find(|name| words.get(*name).is_none_or(String::is_empty)) {
        return Err(status::bad_request(&format!("{missing} is required")));
    }
    let country: Option<Country> = words.get(COUNTRY).and_then(|text| text.to_ascii_uppercase().parse().ok());
    let country = country.ok_or_else(status::address_invalid)?;
    words.insert(COUNTRY.into(), country.to_string());
    Ok(words)
}

fn find<'a>(sid: &str, visit: &Visit, session: &'a Session<'_>) -> Option<&'a Note> {
    let note = sid.starts_with(LETTERS).then(|| session.note(&visit.caller.account, sid))?;
    note.filter(|note| is_of(note, visit))
}

fn is_of(note: &Note, visit: &Visit) -> bool {
    note.words.get(OWNER) == Some(&visit.account)
}

fn shown(sid: &str, success: u16, visit: &Visit, session: &Session<'_>) -> Response {
    match find(sid, visit, session) {
        Some(note) => Response::json(success, to_json(address(sid, note))),
        None => status::server_error(),
    }
}

fn address(sid: &str, note: &Note) -> Address {
    let word = |name: &str| note.words.get(name).cloned().unwrap_or_default();
    let account_sid = word(OWNER);
    Address {
        city: word("City"),
        customer_name: word("CustomerName"),
        date_created: date(note.written_at),
        date_updated: date(note.changed_at),
        friendly_name: word("FriendlyName"),
        iso_country: word(COUNTRY),
        postal_code: word("PostalCode"),
        region: word("Region"),
        street: word("Street"),
        uri: format!("/{API_VERSION}/Accounts/{account_sid}/Addresses/{sid}.json"),
        emergency_enabled: word("EmergencyEnabled") == "true",
        validated: false,
        verified: false,
        street_secondary: Some(word("StreetSecondary")).filter(|text| !text.is_empty()),
        account_sid,
        sid: sid.into(),
    }
}
