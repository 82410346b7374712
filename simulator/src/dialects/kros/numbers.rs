//! List, details, routing, release.

use ringup_core::{Country, CountryError, OfferedNumber, PurchaseId};

use super::record::{Record, Standing, offered};
use super::translate::{self, Unfit, number_type};
use super::visit::Visit;
use super::wire::{Deleted, Page, UpdateBody};
use super::{SHOP, status};
use crate::http::{Request, Response};
use crate::kit::json::{read_object, to_json};
use crate::kit::paging::{Part, Size};
use crate::kit::routes::Call;
use crate::retailer::{NotDone, NotHeld, Session, Settings};

const LIMIT: Size = Size { default: 20, max: 100 };

const TYPES: [&str; 3] = ["local", "mobile", "toll_free"];

/// The organization's numbers, or those that could be bought.
pub(super) fn list(request: &Request, visit: &Visit, session: &Session<'_>) -> Response {
    let listed = match filled(request, "action").as_deref() {
        None | Some("assigned") => assigned(request, visit, session),
        Some("available") => available(request, session),
        Some(_) => Err(status::bad_request(Some("action"), "it is `assigned` or `available`")),
    };
    listed.unwrap_or_else(|refusal| refusal)
}

fn assigned(request: &Request, visit: &Visit, session: &Session<'_>) -> Result<Response, Response> {
    let country = country(request)?;
    let mut records = records(visit, session);
    records.retain(|(record, _)| country.is_none_or(|country| record.country == country));
    let shown = records.iter().map(|(record, settings)| record.render(&visit.organization, settings)).collect();
    page(request, shown)
}

fn available(request: &Request, session: &Session<'_>) -> Result<Response, Response> {
    let Some(country) = country(request)? else {
        return Err(status::bad_request(Some("country"), "it is required when action is available"));
    };
    let kind = filled(request, "type");
    if kind.as_deref().is_some_and(|kind| !TYPES.contains(&kind)) {
        return Err(status::bad_request(Some("type"), "it is `local`, `mobile` or `toll_free`"));
    }
    let mut free = session.search(None);
    free.retain(|offer: &OfferedNumber| {
        offer.country == country && kind.as_deref().is_none_or(|kind| kind == number_type(offer.number_type))
    });
    free.sort_by_key(|offer| offer.number);
    page(request, free.iter().filter_map(|offer| offered(offer, SHOP.rate_card())).collect())
}

fn country(request: &Request) -> Result<Option<Country>, Response> {
    let typed = filled(request, "country");
    let read = typed.map(|typed| typed.parse().map_err(|problem: CountryError| problem.to_string()));
    read.transpose().map_err(|problem| status::bad_request(Some("country"), &problem))
}

fn filled(request: &Request, name: &str) -> Option<String> {
    request.query(name).filter(|text| !text.is_empty())
}

fn page<T: serde::Serialize>(request: &Request, all: Vec<T>) -> Result<Response, Response> {
    let limit = LIMIT.moved(count(request, "limit")?);
    let offset = count(request, "offset")?.unwrap_or(0);
    let total = all.len();
    let phone_numbers = Part { skip: offset, take: limit }.of(all);
    Ok(Response::json(200, to_json(Page { phone_numbers, total, limit, offset })))
}

fn count(request: &Request, name: &'static str) -> Result<Option<usize>, Response> {
    let read = filled(request, name).map(|text| text.parse::<u32>().map(usize::try_from));
    read.transpose()
        .map(|count| count.and_then(Result::ok))
        .map_err(|_| status::bad_request(Some(name), "it is a whole number from 0"))
}

pub(super) fn get(id: &str, visit: &Visit, session: &Session<'_>) -> Response {
    let Some((record, settings)) = find(id, visit, session) else { return status::not_found() };
    let mut shown = record.render(&visit.organization, &settings);
    if record.standing == Standing::Active && visit.may_see_credentials() {
        shown.sip_credentials = Some(record.sip_credentials());
    }
    Response::json(200, to_json(shown))
}

/// Where calls go, and which are let through.
pub(super) fn update(call: &Call<'_>, visit: &Visit, session: &mut Session<'_>) -> Response {
    if !visit.may_change() {
        return status::role_not_permitted();
    }
    let Some((record, settings)) = find(call.named("id"), visit, session) else { return status::not_found() };
    let body: UpdateBody = match read_object(&call.request.body) {
        Ok(body) => body,
        Err(unreadable) => return status::unreadable(&unreadable),
    };
    if body.endpoint.is_none() && body.allow_inbound.is_none() && body.allow_outbound.is_none() {
        return status::bad_request(None, "name endpointId, allow_inbound or allow_outbound");
    }
    if record.standing == Standing::Inactive {
        return status::bad_request(None, "the number is released");
    }
    let settings = match translate::updated(settings, body) {
        Ok(settings) => settings,
        Err(Unfit { member, reason }) => return status::bad_request(Some(member), reason),
    };
    let id = record.id.clone();
    session.configure(&visit.caller.account, &id, settings);
    render_again(&id, visit, session)
}

/// Releases a number: `?action=release` keeps its record, without it the record goes as well.
pub(super) fn delete(call: &Call<'_>, visit: &Visit, session: &mut Session<'_>) -> Response {
    if !visit.may_change() {
        return status::role_not_permitted();
    }
    let keeps_record = match filled(call.request, "action").as_deref() {
        None => false,
        Some("release") => true,
        Some(_) => return status::bad_request(Some("action"), "it is `release`, or absent for a hard delete"),
    };
    let Some((record, settings)) = find(call.named("id"), visit, session) else { return status::not_found() };
    let (id, standing) = (record.id.clone(), record.standing);
    let (account, actor) = (&visit.caller.account, &visit.caller.actor);
    let released = match standing {
        Standing::Pending => return status::purchase_pending(),
        Standing::Active => session.release(account, actor, &id).map(drop),
        // Its number is given back already; only the record is left.
        Standing::Inactive => Ok(()),
    };
    match released {
        Ok(()) => {}
        Err(NotDone::Refused(NotHeld)) => return status::not_found(),
        Err(NotDone::Failed(failure)) => return failure.into_response(),
    }
    if keeps_record {
        return render_again(&id, visit, session);
    }
    session.configure(account, &id, Settings { removed: true, ..settings });
    Response::json(200, to_json(Deleted { message: "Phone number hard-deleted" }))
}

/// The number as it is shown after something was done to it.
fn render_again(id: &PurchaseId, visit: &Visit, session: &Session<'_>) -> Response {
    find(id.as_str(), visit, session).map_or_else(status::not_found, |(record, settings)| {
        Response::json(200, to_json(record.render(&visit.organization, &settings)))
    })
}

/// What the organization sees, each with its settings.
fn records<'a>(visit: &Visit, session: &'a Session<'_>) -> Vec<(Record<'a>, Settings)> {
    let records = session.account(&visit.caller.account).map(Record::all).unwrap_or_default();
    let with_settings = records.into_iter().map(|record| {
        let settings = session.settings(&visit.caller.account, record.id);
        (record, settings)
    });
    with_settings.filter(|(_, settings)| !settings.removed).collect()
}

fn find<'a>(id: &str, visit: &Visit, session: &'a Session<'_>) -> Option<(Record<'a>, Settings)> {
    records(visit, session).into_iter().find(|(record, _)| record.id.as_str().eq_ignore_ascii_case(id))
}
