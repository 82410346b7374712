//! Records for auditors: carrier, payment provider and journal.

use serde::Serialize;
use serde_json::{Value, json};

use super::call::{Answer, number, ok};
use crate::kit::routes::Call;
use crate::simulation::Simulation;
use crate::world::{Charge, Checkout, Order, Refund, Reservation};

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
