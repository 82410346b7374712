//! Search and purchase.

use ringup_core::{Account, Country, E164, OfferedNumber, PurchaseRequest, Selector, Shop};

use super::status;
use super::translate::available;
use super::wire::{AvailableNumber, Data, PurchaseBody};
use crate::http::{Request, Response};
use crate::kit::exact;
use crate::kit::json::{read_object, to_json};
use crate::retailer::{Caller, NotDone, Session};

/// How long what a search has returned can be bought, in seconds.
const SEARCH_LIFETIME_S: u32 = 1800;

/// The most digits that a search can ask for.
pub(super) const CONTAINS_MAX: usize = 10;

pub(super) fn search(request: &Request, caller: &Caller, session: &mut Session<'_>, shop: &Shop) -> Response {
    let typed = |name| request.query(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let country = typed("country_code").unwrap_or_else(|| "US".into());
    let Ok(country) = country.parse::<Country>() else {
        return status::invalid("country_code", "The country code must be 2 letters.");
    };
    let contains = typed("contains").unwrap_or_default();
    if !contains.bytes().all(|byte| byte.is_ascii_digit()) {
        return status::invalid("contains", "The contains must only contain digits.");
    }
    if CONTAINS_MAX < contains.len() {
        return status::invalid("contains", "The contains must not exceed 10 digits.");
    }
    let selector = Selector::any(country, None);
    let fits = |offer: &OfferedNumber| offer.number.digits().to_string().contains(&contains);
    let found = session.search_for(&caller.account, &selector, fits, SEARCH_LIFETIME_S);
    let data: Vec<AvailableNumber> = found.iter().filter_map(|offer| available(offer, shop)).collect();
    Response::json(200, to_json(Data { data }))
}

pub(super) fn purchase(request: &Request, caller: &Caller, session: &mut Session<'_>) -> Response {
    let body: PurchaseBody = match read_object(&request.body) {
        Ok(body) => body,
        Err(unreadable) if unreadable.member.is_some() => return status::unparsable(),
        Err(unreadable) => return status::unreadable(&unreadable.reason),
    };
    let wanted = PurchaseRequest::from(body);
    if exact::check(wanted.number.as_deref()).is_err() {
        return status::unparsable();
    }
    if is_in_use(&wanted, caller, session) {
        return status::in_use();
    }
    match session.purchase(&caller.account, &caller.actor, &wanted) {
        Ok(purchased) => status::purchased(&purchased, caller, session),
        Err(NotDone::Refused(rejection)) => status::refused(&rejection, session),
        Err(NotDone::Failed(failure)) => failure.into_response(),
    }
}

/// Whether somebody here has the number. It is looked at before everything but the number's form; who is still buying
/// it is not told so, but joins their own purchase.
fn is_in_use(wanted: &PurchaseRequest, caller: &Caller, session: &Session<'_>) -> bool {
    let number = wanted.number.as_deref().and_then(|text| text.parse::<E164>().ok());
    let account = session.account(&caller.account);
    number.is_some_and(|number| session.is_taken(number) && !account.is_some_and(|account| is_buying(account, number)))
}

fn is_buying(account: &Account, number: E164) -> bool {
    let mut on_their_way = account.purchases().filter(|purchase| !purchase.is_settled());
    on_their_way.any(|purchase| *purchase.agreement.selector() == Selector::Exact { number })
}
