//! The control plane, `/_sim/…`: it shows the records of the world, turns the clock and sets faults.

mod accounts;
mod books;
mod call;
mod clock;
mod faults;
mod inventory;
mod kyc;
mod numbers;
mod records;
mod reviews;
mod systems;
mod webhooks;

use serde_json::{Value, json};

use self::call::{Answer, ok};
use crate::http::{Request, Response};
use crate::kit::routes::{Call, Found, Routes};
use crate::problem::{Problem, other_methods};
use crate::simulation::Simulation;

/// A description for the index, and the handler.
type Handler = (&'static str, fn(&mut Simulation, &Call<'_>) -> Answer);

/// All routes, as the index at `/_sim` lists them.
static ROUTES: Routes<Handler> = Routes::new(&[
    ("GET", "/_sim", ("this list", index)),
    ("GET", "/_sim/accounts", ("the accounts and their credentials", accounts::list)),
    ("POST", "/_sim/accounts", ("opens a new account: dialect, situation", accounts::open)),
    ("GET", "/_sim/accounts/{account}", ("one account with its standing and numbers", accounts::show)),
    ("PATCH", "/_sim/accounts/{account}/terms", ("changes the account's terms: a merge patch", accounts::change_terms)),
    ("POST", "/_sim/accounts/{account}/top-up", ("adds money to the wallet: money", accounts::top_up)),
    ("PUT", "/_sim/accounts/{account}/card", ("breaks the card, or replaces it: declined", accounts::card)),
    ("GET", "/_sim/dialects", ("the systems: rules, prices, forms, situations", systems::dialects)),
    ("GET", "/_sim/scenarios", ("every documented response of the systems", systems::scenarios)),
    ("POST", "/_sim/offers", ("searches the inventory for a request: account, request", systems::offers)),
    ("POST", "/_sim/encode", ("the purchase request of the system's API: account, request", systems::encode)),
    ("GET", "/_sim/purchases", ("purchases with their events; ?account=", books::purchases)),
    ("POST", "/_sim/purchases/{purchase}/resolve", ("closes a manual review: finding, effect", reviews::resolve)),
    ("POST", "/_sim/numbers/{number}/release", ("releases a number: when", numbers::release)),
    (
        "POST",
        "/_sim/numbers/{number}/cancel-release",
        ("cancels a release that has not begun", numbers::cancel_release),
    ),
    ("POST", "/_sim/numbers/{number}/suspend", ("suspends a number: reason", numbers::suspend)),
    ("POST", "/_sim/numbers/{number}/reactivate", ("ends a suspension", numbers::reactivate)),
    ("POST", "/_sim/numbers/{number}/use", ("records that a number was used", numbers::use_number)),
    ("GET", "/_sim/kyc", ("the KYC cases; ?account= &status=", kyc::list)),
    ("GET", "/_sim/kyc/{case}", ("one case", kyc::show)),
    ("POST", "/_sim/kyc/{case}/approve", ("approves the case: the number is ordered", kyc::approve)),
    ("POST", "/_sim/kyc/{case}/identify", ("passes the identity check of the case", kyc::identify)),
    ("POST", "/_sim/kyc/{case}/remediate", ("asks for requirements again: reason, requirements", kyc::ask_again)),
    ("POST", "/_sim/kyc/{case}/decline", ("declines the case: reason", kyc::decline)),
    ("PUT", "/_sim/verification", ("how long a pre-verification takes: seconds", kyc::verification)),
    ("GET", "/_sim/ledger", ("the postings and the balances of the books; ?account=", books::ledger)),
    ("GET", "/_sim/inventory", ("the numbers; ?dialect= &country= &free= &limit= &offset=", inventory::list)),
    ("POST", "/_sim/inventory", ("offers numbers, or their new prices: dialect, numbers", inventory::offer)),
    ("DELETE", "/_sim/inventory/{number}", ("withdraws a number that is free", inventory::withdraw)),
    ("GET", "/_sim/world", ("the records of carrier and payment provider", records::world)),
    ("GET", "/_sim/journal", ("the last HTTP exchanges with the systems; ?limit=", records::journal)),
    ("GET", "/_sim/webhooks/endpoints", ("the webhook endpoints; ?account=", webhooks::endpoints)),
    (
        "POST",
        "/_sim/webhooks/endpoints",
        ("registers an endpoint: account, url, events, secret, …", webhooks::register),
    ),
    ("DELETE", "/_sim/webhooks/endpoints/{endpoint}", ("removes an endpoint", webhooks::remove)),
    ("GET", "/_sim/webhooks/deliveries", ("the webhook deliveries; ?account= &status= &limit=", webhooks::deliveries)),
    ("POST", "/_sim/webhooks/deliveries/{delivery}/replay", ("sends a delivery again", webhooks::replay)),
    ("GET", "/_sim/clock", ("the current instant", clock::show)),
    ("POST", "/_sim/clock/advance", ("advances the clock: seconds", clock::advance)),
    ("POST", "/_sim/reset", ("resets the world and the clock; seed, to change it", clock::reset)),
    ("GET", "/_sim/faults", ("the active faults", faults::list)),
    ("POST", "/_sim/faults", ("adds a fault: fault, action, dialect, account, after, count", faults::add)),
    ("DELETE", "/_sim/faults", ("removes all faults", faults::clear)),
    ("POST", "/_sim/restart", ("restarts the retailer after a power cut", faults::restart)),
]);

/// Answers a request to the control plane.
pub(crate) fn answer(simulation: &mut Simulation, request: &Request) -> Response {
    match ROUTES.find(request) {
        Found::Here((_, handler), call) => handler(simulation, &call).unwrap_or_else(Problem::into_response),
        Found::OtherMethods(allow) => other_methods(request, allow),
        Found::Nowhere => {
            let path = request.path.split('?').next().unwrap_or_default();
            let message = format!("the control plane has no route `{path}`");
            Problem::new(404, "not_found", message).help("GET /_sim lists the routes").into_response()
        }
    }
}

fn index(_: &mut Simulation, _: &Call<'_>) -> Answer {
    let rows = ROUTES.rows().iter().map(|(method, path, (what, _))| index_row(method, path, what));
    ok(&rows.collect::<Vec<Value>>())
}

/// A row of the index.
pub(crate) fn index_row(method: &str, path: &str, what: &str) -> Value {
    json!({ "method": method, "path": path, "what": what })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_lists_the_routes() {
        let readme = include_str!("../README.md");
        let rows = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()?.split_once(' '));
        let mut listed: Vec<(&str, &str)> = rows.filter(|(_, path)| path.starts_with("/_sim")).collect();
        let mut routes = [ROUTES.listed(), crate::checkout::ROUTES.listed(), crate::worlds::ROUTES.listed()].concat();
        listed.sort_unstable();
        routes.sort_unstable();
        assert_eq!(listed, routes);
    }
}
