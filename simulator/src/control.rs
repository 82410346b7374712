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

use self::call::{Answer, ok};
use crate::http::{Request, Response};
use crate::kit::routes::{Call, Found, Routes};
use crate::problem::{Problem, other_methods};
use crate::simulation::Simulation;

/// What a route does, in a few words, and what does it.
type Handler = (&'static str, fn(&mut Simulation, &Call<'_>) -> Answer);

/// All routes. The index at `/_sim` shows them.
static ROUTES: Routes<Handler> = Routes::new(&[
    ("GET", "/_sim", ("this list", index)),
    ("GET", "/_sim/accounts", ("the accounts and their credentials", accounts::list)),
    ("POST", "/_sim/accounts", ("opens a fresh account: dialect, situation", accounts::open)),
    ("GET", "/_sim/accounts/{account}", ("how an account stands", accounts::show)),
    ("PATCH", "/_sim/accounts/{account}/terms", ("changes what is arranged: a merge patch", accounts::change_terms)),
    ("POST", "/_sim/accounts/{account}/top-up", ("adds money to its wallet: money", accounts::top_up)),
    ("GET", "/_sim/dialects", ("the systems: rules, prices, forms, situations", systems::dialects)),
    ("GET", "/_sim/scenarios", ("every response that the systems document", systems::scenarios)),
    ("POST", "/_sim/offers", ("what a search for a request finds: account, request", systems::offers)),
    ("POST", "/_sim/encode", ("the system's own purchase request: account, request", systems::encode)),
    ("GET", "/_sim/purchases", ("purchases with their events; ?account=", books::purchases)),
    ("POST", "/_sim/purchases/{purchase}/resolve", ("closes a purchase in review: finding", books::resolve)),
    ("POST", "/_sim/numbers/{number}/suspend", ("a number works no more: reason", numbers::suspend)),
    ("POST", "/_sim/numbers/{number}/reactivate", ("a suspended number works again", numbers::reactivate)),
    ("GET", "/_sim/kyc", ("the regulator's cases; ?account= &status=", kyc::list)),
    ("GET", "/_sim/kyc/{case}", ("one of them", kyc::show)),
    ("POST", "/_sim/kyc/{case}/approve", ("the papers are in order: the number is ordered", kyc::approve)),
    ("POST", "/_sim/kyc/{case}/identify", ("the person has shown an identity", kyc::identify)),
    ("POST", "/_sim/kyc/{case}/remediate", ("something is asked for again: reason, requirements", kyc::ask_again)),
    ("POST", "/_sim/kyc/{case}/decline", ("the case is declined: reason", kyc::decline)),
    ("GET", "/_sim/ledger", ("what moved from book to book, and the balances; ?account=", books::ledger)),
    ("GET", "/_sim/inventory", ("the numbers; ?dialect= &country= &free= &limit= &offset=", records::inventory)),
    ("GET", "/_sim/world", ("the records of carrier and payment provider", records::world)),
    ("GET", "/_sim/journal", ("the last exchanges with clients; ?limit=", records::journal)),
    ("GET", "/_sim/webhooks/endpoints", ("where customers are told what happens; ?account=", webhooks::endpoints)),
    ("POST", "/_sim/webhooks/endpoints", ("registers one: account, url, events, secret, …", webhooks::register)),
    ("DELETE", "/_sim/webhooks/endpoints/{endpoint}", ("removes one", webhooks::remove)),
    ("GET", "/_sim/webhooks/deliveries", ("what is sent there; ?account= &status= &limit=", webhooks::deliveries)),
    ("POST", "/_sim/webhooks/deliveries/{delivery}/replay", ("sends one again", webhooks::replay)),
    ("GET", "/_sim/clock", ("the world's instant", clock::show)),
    ("POST", "/_sim/clock/advance", ("moves the clock: seconds", clock::advance)),
    ("POST", "/_sim/reset", ("begins again; seed, if another one is wanted", clock::reset)),
    ("GET", "/_sim/faults", ("the faults that are switched on", faults::list)),
    ("POST", "/_sim/faults", ("switches one on: fault, action, dialect, account, after, count", faults::add)),
    ("DELETE", "/_sim/faults", ("switches all of them off", faults::clear)),
    ("POST", "/_sim/restart", ("starts the retailer again after a cut of its power", faults::restart)),
]);

/// Answers a request to the control plane.
pub(crate) fn answer(simulation: &mut Simulation, request: &Request) -> Response {
    match ROUTES.find(request) {
        Found::Here((_, handler), call) => handler(simulation, &call).unwrap_or_else(Problem::into_response),
        Found::OtherMethods(allow) => other_methods(request, allow),
        Found::Nowhere => {
            let path = request.path.split('?').next().unwrap_or_default();
            let message = format!("the control plane has nothing at `{path}`");
            Problem::new(404, "not_found", message).help("GET /_sim lists what there is").into_response()
        }
    }
}

fn index(_: &mut Simulation, _: &Call<'_>) -> Answer {
    let routes = ROUTES.rows().iter();
    let routes = routes.map(|(method, path, (what, _))| json!({ "method": method, "path": path, "what": what }));
    ok(&routes.collect::<Vec<Value>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_lists_the_routes() {
        let readme = include_str!("../README.md");
        let rows = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()?.split_once(' '));
        let mut listed: Vec<(&str, &str)> = rows.filter(|(_, path)| path.starts_with("/_sim")).collect();
        let mut routes = [ROUTES.listed(), crate::checkout::ROUTES.listed()].concat();
        listed.sort_unstable();
        routes.sort_unstable();
        assert_eq!(listed, routes);
    }
}
