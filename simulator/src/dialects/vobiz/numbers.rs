//! Purchase, list, inventory.

use ringup_core::{HeldNumber, OfferedNumber};

use super::Visit;
use super::status;
use super::translate::{self, listed, offered};
use super::wire::{Page, PurchaseBody};
use crate::http::{Request, Response};
use crate::kit::exact;
use crate::kit::json::{read_object, to_json};
use crate::kit::paging::{self, Part, Size};
use crate::retailer::{NotDone, Session};

const PER_PAGE: Size = Size { default: 25, max: 100 };

pub(super) fn purchase(request: &Request, visit: &Visit, session: &mut Session<'_>) -> Response {
    let body: PurchaseBody = match read_object(&request.body) {
        Ok(body) => body,
        Err(unreadable) => return status::unreadable(&unreadable),
    };
    let wanted = translate::request(body, &visit.holder);
    if let Err(error) = exact::check(wanted.number.as_deref()) {
        return status::bad_request(format!("invalid e164: {error}"));
    }
    match session.purchase(&visit.caller.account, &visit.caller.actor, &wanted) {
        Ok(purchased) => status::purchased(&purchased),
        Err(NotDone::Refused(rejection)) => status::refused(&rejection),
        Err(NotDone::Failed(failure)) => failure.into_response(),
    }
}

pub(super) fn list(request: &Request, visit: &Visit, session: &Session<'_>) -> Response {
    let alone = request.query("include_subaccounts").is_some_and(|text| matches!(text.as_str(), "false" | "0"));
    let search = digits(&request.query("search").unwrap_or_default());
    let own = |held: &&HeldNumber| translate::holder(held) == visit.holder;
    let mut numbers = in_sight(visit, session);
    numbers.retain(|held| (!alone || own(held)) && held.number.digits().to_string().contains(&search));
    numbers.sort_by_key(|held| (held.accepted_at, held.number));
    numbers.reverse();
    page(request, numbers.into_iter().map(listed).collect())
}

pub(super) fn inventory(request: &Request, session: &Session<'_>) -> Response {
    let country = request.query("country").filter(|text| !text.is_empty());
    let search = digits(&request.query("search").unwrap_or_default());
    let excluded = request.query("exclude").unwrap_or_default();
    let excluded: Vec<String> = excluded.split(',').map(digits).filter(|prefix| !prefix.is_empty()).collect();
    let fits = |offer: &&OfferedNumber| {
        let number = offer.number.digits().to_string();
        country.as_ref().is_none_or(|country| offer.country.to_string().eq_ignore_ascii_case(country))
            && number.contains(&search)
            && !excluded.iter().any(|prefix| number.starts_with(prefix))
    };
    let free = session.search(None);
    page(request, free.iter().filter(fits).filter_map(offered).collect())
}

/// The digits of what was typed: a raw `+` in a query is a space to most servers, and means no more than that here.
fn digits(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).collect()
}

fn page<T: serde::Serialize>(request: &Request, all: Vec<T>) -> Response {
    let number = paging::number(request, "page").unwrap_or(1).max(1);
    let per_page = PER_PAGE.moved(paging::number(request, "per_page"));
    let total = all.len();
    let items = Part::page(number, per_page).of(all);
    Response::json(200, to_json(Page { items, page: number, per_page, total }))
}

/// The numbers that the account in the path holds; a master's are its sub-accounts' as well.
pub(super) fn in_sight<'a>(visit: &Visit, session: &'a Session<'_>) -> Vec<&'a HeldNumber> {
    let Some(account) = session.account(&visit.caller.account) else { return Vec::new() };
    let held = account.numbers().filter(|held| !held.is_released());
    held.filter(|held| visit.is_master || translate::holder(held) == visit.holder).collect()
}
