//! Records for auditors: the inventory, carrier, payment provider and journal.

use ringup_core::Country;
use serde::Serialize;
use serde_json::{Value, json};

use super::accounts::dialect;
use super::call::{Answer, number, ok, to_json};
use crate::kit::routes::Call;
use crate::problem::Problem;
use crate::simulation::Simulation;
use crate::world::{Charge, Checkout, Order, Owner, Refund, Reservation, StockNumber};

/// The default `limit`.
const NUMBERS: usize = 50;
/// The largest `limit`.
const NUMBERS_MAX: usize = 1000;

/// All records of carrier and payment provider.
#[derive(Serialize)]
struct Records<'a> {
    reservations: Vec<&'a Reservation>,
    orders: Vec<&'a Order>,
    checkouts: Vec<Checkout>,
    charges: Vec<&'a Charge>,
    refunds: Vec<&'a Refund>,
    owners: Vec<Value>,
    subscriptions: Vec<Value>,
    invoices: Vec<Value>,
    broken_histories: &'a [String],
}

pub(super) fn inventory(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let (offset, limit) = (number(call, "offset", 0)?, number(call, "limit", NUMBERS)?.min(NUMBERS_MAX));
    let query = |name| call.request.query(name);
    let system = query("dialect").map(|id| dialect(&id)).transpose()?.map(|dialect| dialect.id());
    let country = query("country").map(|text| text.parse::<Country>()).transpose();
    let country = country.map_err(|error| invalid("country", error.to_string()))?;
    let free = query("free").map(|text| text.parse::<bool>()).transpose();
    let free = free.map_err(|_| invalid("free", "`free` must be `true` or `false`".into()))?;
    let wanted = |(number, owner): &(&StockNumber, Option<&Owner>)| {
        system.is_none_or(|system| number.dialect == system)
            && country.is_none_or(|country| number.offer.country == country)
            && free.is_none_or(|free| owner.is_none() == free)
    };
    let found: Vec<_> = simulation.retailer().world.inventory().filter(wanted).collect();
    let numbers = found.iter().skip(offset).take(limit).map(|(number, owner)| show(number, *owner));
    ok(&json!({ "numbers": numbers.collect::<Result<Vec<_>, _>>()?, "total": found.len() }))
}

fn show(number: &StockNumber, owner: Option<&Owner>) -> Result<Value, Problem> {
    let mut shown = to_json(&number.offer)?;
    if let Value::Object(fields) = &mut shown {
        fields.insert("dialect".into(), number.dialect.into());
        fields.insert("owner".into(), to_json(&owner)?);
    }
    Ok(shown)
}

pub(super) fn world(simulation: &mut Simulation, _: &Call<'_>) -> Answer {
    let host = simulation.retailer();
    let world = &host.world;
    let accounts = || host.customers.all().map(|customer| customer.account.id());
    let items = |items: &[_], account| json!({ "account": account, "purchases": items, "quantity": items.len() });
    ok(&Records {
        reservations: world.reservations().collect(),
        orders: world.orders().collect(),
        checkouts: world.checkouts().filter_map(|checkout| world.checkout(&checkout.id)).collect(),
        charges: world.charges().collect(),
        refunds: world.refunds().collect(),
        owners: world
            .owners()
            .map(|(number, owner)| json!({ "number": number, "account": owner.account, "purchase": owner.purchase, "status": owner.status }))
            .collect(),
        subscriptions: accounts()
            .filter(|account| !world.subscription(account).is_empty())
            .map(|account| items(world.subscription(account), account))
            .collect(),
        invoices: accounts()
            .filter(|account| !world.invoice(account).is_empty())
            .map(|account| items(world.invoice(account), account))
            .collect(),
        broken_histories: &host.broken,
    })
}

pub(super) fn journal(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let limit = number(call, "limit", 20)?;
    ok(&simulation.journal.last(limit).collect::<Vec<_>>())
}

fn invalid(field: &'static str, message: String) -> Problem {
    Problem::new(422, "invalid_query", message).at(format!("/{field}"))
}
