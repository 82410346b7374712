//! A purchase, in either flow.

use ringup_core::{Country, HeldNumber, OfferedNumber, PurchaseRequest, Rejection, Selector};

use super::record::Record;
use super::status;
use super::translate::{self, Unfit, number_type};
use super::visit::Visit;
use super::wire::PurchaseBody;
use crate::dialects::json::{read_object, written};
use crate::http::{Request, Response};
use crate::retailer::{Retailer, Settings};

pub(super) fn answer(request: &Request, visit: &Visit, retailer: &mut Retailer<'_>) -> Response {
    let body: PurchaseBody = match read_object(&request.body) {
        Ok(body) => body,
        Err(unreadable) => return status::unreadable(&unreadable),
    };
    let read = translate::request(&body, &visit.organization)
        .and_then(|wanted| translate::settings(&body).map(|settings| (wanted, settings)));
    let (wanted, settings) = match read {
        Ok(read) => read,
        Err(Unfit { member, reason }) => return status::bad_request(Some(member), reason),
    };
    let account = &visit.caller.account;
    let purchased = match retailer.purchase(account, &visit.caller.actor, &wanted) {
        Ok(purchased) => purchased,
        Err(rejection) => return refused(&rejection, &wanted, retailer),
    };
    let id = &purchased.purchase.id;
    if !purchased.repeated {
        retailer.configure(account, id, settings);
    }
    let settings = retailer.settings(account, id);
    let success = |held: &HeldNumber| success(held, visit, &settings);
    retailer.account(account).map_or_else(status::not_found, |account| status::purchased(&purchased, account, success))
}

fn success(held: &HeldNumber, visit: &Visit, settings: &Settings) -> Response {
    Response::json(201, written(Record::held(held).shown(&visit.organization, settings)))
}

/// Whoever names a number in two ways that do not agree is told so, rather than that it is not available.
fn refused(rejection: &Rejection, wanted: &PurchaseRequest, retailer: &Retailer<'_>) -> Response {
    let is_gone = matches!(rejection, Rejection::OutOfStock { .. });
    let disagreeing = if is_gone { disagreeing(wanted, retailer) } else { Vec::new() };
    if disagreeing.is_empty() { status::refused(rejection) } else { status::contradictory(&disagreeing) }
}

/// The members that are not true of the number that another one names.
fn disagreeing(wanted: &PurchaseRequest, retailer: &Retailer<'_>) -> Vec<&'static str> {
    let free = |selector: Option<Selector>| retailer.search(Some(&selector?)).pop();
    let number = wanted.number.as_deref().and_then(|text| text.trim().parse().ok());
    let inventory_id = wanted.inventory_id.as_deref().and_then(|text| text.trim().parse().ok());
    let by_number = free(number.map(|number| Selector::Exact { number }));
    let found = by_number.or_else(|| free(inventory_id.map(|inventory_id| Selector::Inventory { inventory_id })));
    let Some(found) = found else { return Vec::new() };
    let said = |field: &Option<String>, is: &dyn Fn(&str, &OfferedNumber) -> bool| {
        field.as_deref().is_none_or(|text| is(text.trim(), &found))
    };
    let checks: [(&str, bool); 4] = [
        ("inventory_id", said(&wanted.inventory_id, &|text, offer| text == offer.inventory_id.as_str())),
        ("e164", said(&wanted.number, &|text, offer| text.parse() == Ok(offer.number))),
        ("country", said(&wanted.country, &|text, offer| text.parse::<Country>() == Ok(offer.country))),
        ("type", said(&wanted.number_type, &|text, offer| text == number_type(offer.number_type))),
    ];
    checks.into_iter().filter(|(_, agrees)| !agrees).map(|(member, _)| member).collect()
}
