//! Purchase, list, release.

use std::collections::BTreeMap;

use ringup_core::{HeldNumber, PurchaseId};

use super::translate::{self, BOUGHT_HERE, BROUGHT_ALONG, render};
use super::wire::{Page, Pagination, PurchaseBody};
use super::{Visit, status};
use crate::http::{Request, Response};
use crate::kit::json::{read_object, to_json};
use crate::retailer::{NotDone, NotHeld, Session, Settings};

const LIMIT_DEFAULT: i64 = 20;
const LIMIT_MAX: i64 = 100;

pub(super) fn purchase(request: &Request, visit: &Visit, session: &mut Session<'_>) -> Response {
    let body: PurchaseBody = match read_object(&request.body) {
        Ok(body) => body,
        Err(unreadable) => return status::unreadable(&unreadable),
    };
    let wanted = translate::request(body, request.header("idempotency-key"));
    let account = &visit.caller.account;
    let purchased = match session.purchase(account, &visit.caller.actor, &wanted) {
        Ok(purchased) => purchased,
        Err(NotDone::Refused(rejection)) => return status::refused(&rejection),
        Err(NotDone::Failed(failure)) => return failure.into_response(),
    };
    let agent = session.settings(account, &purchased.purchase.id).endpoint;
    status::purchased(&purchased, agent)
}

pub(super) fn list(request: &Request, visit: &Visit, session: &Session<'_>) -> Response {
    let asked = match Asked::read(request, visit) {
        Ok(asked) => asked,
        Err(refusal) => return refusal,
    };
    let all = newest_first(visit, session);
    let mut rest = all.as_slice();
    if let Some(cursor) = &asked.starting_after {
        let place = all.iter().position(|held| held.purchase.as_str() == cursor);
        let Some((_, after)) = place.and_then(|place| all.split_at_checked(place)).and_then(|it| it.1.split_first())
        else {
            return status::invalid("starting_after", "names no phone number of this sub-account");
        };
        rest = after;
    }
    // A number that was released since is a cursor still, and no longer an item.
    let listed = |held: &&&HeldNumber| !held.is_released() && asked.source != Some(BROUGHT_ALONG);
    let total = all.iter().filter(listed).count();
    let rest: Vec<&HeldNumber> = rest.iter().filter(listed).copied().collect();
    let page: Vec<&HeldNumber> = rest.iter().copied().take(asked.limit).collect();
    let has_more = page.len() < rest.len();
    let next_cursor = page.last().filter(|_| has_more).map(|held| held.purchase.to_string());
    let with_agent = |held: &&HeldNumber| render(held, agent(held, visit, session));
    Response::json(
        200,
        to_json(Page {
            success: true,
            data: page.iter().map(with_agent).collect(),
            pagination: Pagination { total, limit: asked.limit, has_more, next_cursor },
        }),
    )
}

/// What a list is asked for.
struct Asked {
    source: Option<&'static str>,
    limit: usize,
    starting_after: Option<String>,
}

impl Asked {
    fn read(request: &Request, visit: &Visit) -> Result<Self, Response> {
        let query = |name| request.query(name).filter(|text: &String| !text.is_empty());
        let sub_account = query("sub_account_id").ok_or_else(|| status::invalid("sub_account_id", "is required"))?;
        if sub_account != visit.sub_account {
            return Err(status::foreign_sub_account());
        }
        let source = query("source").map(|text| match text.as_str() {
            BOUGHT_HERE => Ok(BOUGHT_HERE),
            BROUGHT_ALONG => Ok(BROUGHT_ALONG),
            _ => Err(status::invalid("source", format!("must be `{BOUGHT_HERE}` or `{BROUGHT_ALONG}`"))),
        });
        let limit = query("limit").map_or(Ok(LIMIT_DEFAULT), |text| text.parse::<i64>());
        let limit = limit.map_err(|_| status::invalid("limit", "must be an integer"))?.clamp(1, LIMIT_MAX);
        Ok(Self {
            source: source.transpose()?,
            limit: usize::try_from(limit).unwrap_or_default(),
            starting_after: query("starting_after"),
        })
    }
}

pub(super) fn release(id: &str, visit: &Visit, session: &mut Session<'_>) -> Response {
    let Some(held) = find(id, visit, session) else { return status::no_such_number() };
    let (number, Visit { caller, .. }) = (held.purchase.clone(), visit);
    // Calls go nowhere from here on, whether the carrier answers or not.
    assign(&number, None, visit, session);
    match session.release(&caller.account, &caller.actor, &number) {
        Ok(held) if held.is_released() => status::released(),
        Ok(_) => status::release_unconfirmed(),
        Err(NotDone::Refused(NotHeld)) => status::no_such_number(),
        Err(NotDone::Failed(failure)) => failure.into_response(),
    }
}

/// The sub-account's number of this id, unless it is given back.
pub(super) fn find<'a>(id: &str, visit: &Visit, session: &'a Session<'_>) -> Option<&'a HeldNumber> {
    let number: PurchaseId = id.parse().ok()?;
    session.account(&visit.caller.account)?.number(&number).filter(|held| !held.is_released())
}

/// The agent that a number is assigned to.
pub(super) fn agent(held: &HeldNumber, visit: &Visit, session: &Session<'_>) -> Option<String> {
    session.settings(&visit.caller.account, &held.purchase).endpoint
}

/// Assigns a number to an agent, or to none.
pub(super) fn assign(number: &PurchaseId, agent: Option<&str>, visit: &Visit, session: &mut Session<'_>) {
    let account = &visit.caller.account;
    let settings = Settings { endpoint: agent.map(str::to_owned), ..session.settings(account, number) };
    session.configure(account, number, settings);
}

/// All numbers that the sub-account ever had. Of those that came at one instant the one that was asked for last is the
/// newest.
pub(super) fn newest_first<'a>(visit: &Visit, session: &'a Session<'_>) -> Vec<&'a HeldNumber> {
    let mut asked_for: BTreeMap<&PurchaseId, u64> = BTreeMap::new();
    for event in session.events(&visit.caller.account) {
        if let Some(purchase) = event.event.purchase() {
            asked_for.entry(purchase).or_insert(event.seq);
        }
    }
    let account = session.account(&visit.caller.account);
    let mut numbers: Vec<&HeldNumber> = account.map(|account| account.numbers().collect()).unwrap_or_default();
    numbers.sort_by_key(|held| (held.activated_at, asked_for.get(&held.purchase), &held.purchase));
    numbers.reverse();
    numbers
}
