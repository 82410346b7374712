//! The systems: what a purchase form needs of each, and its API requests.

use ringup_core::{AccountId, Actor, Offers, PurchaseRequest, quote};
use ringup_numbering::WorldPlan;
use serde::Deserialize;
use serde_json::{Value, json};

use super::accounts::{self, customer, dialect};
use super::call::{Answer, ok};
use crate::dialect::Scenario;
use crate::dialects;
use crate::http::Request;
use crate::kit::routes::Call;
use crate::problem::{Problem, body};
use crate::simulation::Simulation;

/// The most numbers that a search for a form returns.
const OFFERS_MAX: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    account: AccountId,
    request: PurchaseRequest,
}

pub(super) fn dialects(_: &mut Simulation, _: &Call<'_>) -> Answer {
    let shown = dialects::ALL.iter().map(|dialect| {
        let shop: Value = serde_json::from_str(dialect.shop_json())
            .map_err(|error| Problem::new(500, "not_shown", error.to_string()))?;
        Ok(json!({
            "id": dialect.id(),
            "title": dialect.shop().policy().title,
            "base": dialect.base(),
            "shop": shop,
            "form": dialect.form(),
            "situations": dialect.situations(),
        }))
    });
    ok(&shown.collect::<Result<Vec<Value>, Problem>>()?)
}

pub(super) fn scenarios(_: &mut Simulation, _: &Call<'_>) -> Answer {
    let all: Vec<Scenario> = dialects::ALL.iter().flat_map(|dialect| dialect.scenarios()).collect();
    ok(&all)
}

pub(super) fn offers(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let Typed { account, request } = body(call.request)?;
    let customer = customer(simulation, account.as_str())?;
    let (system, host) = (customer.system, simulation.retailer());
    if system.shop.policy().search_required {
        // This system counts only searches by its own API.
        return ok(&Offers { searches: customer.side.searches.clone() });
    }
    let standing = accounts::standing(customer, &Actor::default(), simulation)?;
    // A request without a selector finds nothing; the quote says why.
    let selector = quote(system.shop, &WorldPlan, &standing, &Offers::default(), &request, host.world.now()).selector;
    let search = selector.map(|selector| host.search(system.id, selector, OFFERS_MAX));
    ok(&Offers { searches: search.into_iter().collect() })
}

pub(super) fn encode(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let Typed { account, request } = body(call.request)?;
    let customer = customer(simulation, account.as_str())?;
    let (dialect, credentials) = (dialect(customer.system.id)?, simulation.shown_credentials(customer));
    let sent = render(&dialect.purchase_request(&credentials, &request));
    let before: Vec<Value> = dialect.preparation(&credentials, &request).iter().map(render).collect();
    let Value::Object(mut purchase) = sent else { return ok(&sent) };
    purchase.insert("preparation".into(), before.into());
    ok(&purchase)
}

fn render(request: &Request) -> Value {
    let body = match request.text() {
        None | Some("") => Value::Null,
        Some(text) => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
    };
    json!({ "method": request.method, "path": request.path, "headers": request.headers, "body": body })
}
