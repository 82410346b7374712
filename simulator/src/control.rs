//! The control plane, `/_sim/…`: whatever a test or a person needs to look into the world and to move it.

mod accounts;
mod books;
mod call;
mod clock;
mod faults;
mod kyc;
mod numbers;
mod records;
mod systems;
mod webhooks;

use serde_json::{Value, json};

use self::call::{Answer, Call, ok};
use crate::http::{Request, Response};
use crate::problem::Problem;
use crate::simulation::Simulation;

/// One route.
struct Route {
    method: &'static str,
    path: &'static str,
    what: &'static str,
    handler: fn(&mut Simulation, &Call<'_>) -> Answer,
}

/// All routes. The index at `/_sim` shows them.
const ROUTES: &[Route] = &[
    route("GET", "/_sim", "this list", index),
    route("GET", "/_sim/accounts", "the accounts and their credentials", accounts::list),
    route("POST", "/_sim/accounts", "opens a fresh account: dialect, situation", accounts::open),
    route("GET", "/_sim/accounts/{account}", "how an account stands", accounts::show),
    route("PATCH", "/_sim/accounts/{account}/terms", "changes what is arranged: a merge patch", accounts::change_terms),
    route("POST", "/_sim/accounts/{account}/top-up", "adds money to its wallet: money", accounts::top_up),
    route("GET", "/_sim/dialects", "the systems: rules, prices, forms, situations", systems::dialects),
    route("GET", "/_sim/scenarios", "every response that the systems document", systems::scenarios),
    route("POST", "/_sim/offers", "what a search for a request finds: account, request", systems::offers),
    route("POST", "/_sim/encode", "the system's own purchase request: account, request", systems::encode),
    route("GET", "/_sim/purchases", "purchases with their events; ?account=", books::purchases),
    route("POST", "/_sim/purchases/{purchase}/resolve", "closes a purchase in review: finding", books::resolve),
    route("POST", "/_sim/numbers/{number}/suspend", "a number works no more: reason", numbers::suspend),
    route("POST", "/_sim/numbers/{number}/reactivate", "a suspended number works again", numbers::reactivate),
    route("GET", "/_sim/kyc", "the regulator's cases; ?account= &status=", kyc::list),
    route("GET", "/_sim/kyc/{case}", "one of them", kyc::show),
    route("POST", "/_sim/kyc/{case}/approve", "the papers are in order: the number is ordered", kyc::approve),
    route("POST", "/_sim/kyc/{case}/identify", "the person has shown an identity", kyc::identify),
    route("POST", "/_sim/kyc/{case}/remediate", "something is asked for again: reason, requirements", kyc::ask_again),
    route("POST", "/_sim/kyc/{case}/decline", "the case is declined: reason", kyc::decline),
    route("GET", "/_sim/ledger", "what moved from book to book, and the balances; ?account=", books::ledger),
    route("GET", "/_sim/inventory", "the numbers; ?dialect= &country= &free= &limit= &offset=", records::inventory),
    route("GET", "/_sim/world", "the records of carrier and payment provider", records::world),
    route("GET", "/_sim/journal", "the last exchanges with clients; ?limit=", records::journal),
    route("GET", "/_sim/webhooks/endpoints", "where customers are told what happens; ?account=", webhooks::endpoints),
    route("POST", "/_sim/webhooks/endpoints", "registers one: account, url, events, secret, …", webhooks::register),
    route("DELETE", "/_sim/webhooks/endpoints/{endpoint}", "removes one", webhooks::remove),
    route("GET", "/_sim/webhooks/deliveries", "what is sent there; ?account= &status= &limit=", webhooks::deliveries),
    route("POST", "/_sim/webhooks/deliveries/{delivery}/replay", "sends one again", webhooks::replay),
    route("GET", "/_sim/clock", "the world's instant", clock::show),
    route("POST", "/_sim/clock/advance", "moves the clock: seconds", clock::advance),
    route("POST", "/_sim/reset", "begins again; seed, if another one is wanted", clock::reset),
    route("GET", "/_sim/faults", "the faults that are switched on", faults::list),
    route("POST", "/_sim/faults", "switches one on: fault, action, dialect, account, after, count", faults::add),
    route("DELETE", "/_sim/faults", "switches all of them off", faults::clear),
    route("POST", "/_sim/restart", "starts the retailer again after a cut of its power", faults::restart),
];

const fn route(
    method: &'static str,
    path: &'static str,
    what: &'static str,
    handler: fn(&mut Simulation, &Call<'_>) -> Answer,
) -> Route {
    Route { method, path, what, handler }
}

/// Answers a request to the control plane.
pub(crate) fn answer(simulation: &mut Simulation, request: &Request) -> Response {
    let segments = request.segments();
    let mut methods = Vec::new();
    for route in ROUTES {
        let Some(named) = named_segments(route.path, &segments) else { continue };
        if route.method == request.method {
            let call = Call { request, named };
            return (route.handler)(simulation, &call).unwrap_or_else(Problem::into_response);
        }
        methods.push(route.method);
    }
    if methods.is_empty() {
        let path = request.path.split('?').next().unwrap_or_default();
        let message = format!("the control plane has nothing at `{path}`");
        return Problem::new(404, "not_found", message).help("GET /_sim lists what there is").into_response();
    }
    let message = format!("`{}` is not answered here", request.method);
    let help = format!("use {}", methods.join(" or "));
    Problem::new(405, "method_not_allowed", message).help(help).into_response()
}

/// The segments that stand for something, if the path is this route's.
fn named_segments<'a>(path: &str, segments: &'a [String]) -> Option<Vec<&'a str>> {
    let mut expected = path.split('/').skip(1);
    let mut named = Vec::new();
    for segment in segments {
        let wanted = expected.next()?;
        if wanted.starts_with('{') {
            named.push(segment.as_str());
        } else if wanted != segment {
            return None;
        }
    }
    expected.next().is_none().then_some(named)
}

fn index(_: &mut Simulation, _: &Call<'_>) -> Answer {
    let routes = ROUTES.iter().map(|it| json!({ "method": it.method, "path": it.path, "what": it.what }));
    ok(&routes.collect::<Vec<Value>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_apart_by_their_segments() {
        let segments = |path: &str| path.split('/').skip(1).map(str::to_owned).collect::<Vec<_>>();
        let named = |route, path| named_segments(route, &segments(path)).map(|named| named.join(","));
        assert_eq!(named("/_sim/accounts/{account}", "/_sim/accounts/a-1"), Some("a-1".into()));
        assert_eq!(named("/_sim/accounts/{account}", "/_sim/accounts"), None);
        assert_eq!(named("/_sim/accounts", "/_sim/accounts/a-1"), None);
    }
}
