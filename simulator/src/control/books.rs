//! Purchases with their events, and the ledger.

use ringup_core::ledger::{Book, Posting};
use ringup_core::{Currency, HeldNumber, Purchase, PurchaseId, Timestamp};
use ringup_host::StoredEvent;
use serde_json::{Map, Value, json};

use super::accounts::customer;
use super::call::{Answer, ok, to_json};
use crate::kit::routes::Call;
use crate::problem::Problem;
use crate::retailer::Customer;
use crate::simulation::Simulation;

pub(super) fn purchases(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let mut shown = Vec::new();
    for customer in wanted(simulation, call)? {
        for purchase in customer.account.purchases() {
            shown.push(show(customer, purchase)?);
        }
    }
    ok(&shown)
}

pub(super) fn ledger(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let (mut entries, mut balances) = (Vec::new(), Vec::new());
    for customer in wanted(simulation, call)? {
        for posting in &customer.opened.postings {
            entries.push(entry(customer, customer.opened.at, (None, "opened"), posting));
        }
        for StoredEvent { at, event, .. } in customer.events.iter().skip(customer.opened.events) {
            let postings = event.postings();
            if postings.is_empty() {
                continue;
            }
            let entry = |posting| entry(customer, *at, (event.purchase(), event.name()), posting);
            entries.extend(postings.iter().map(entry));
        }
        for currency in customer.account.ledger().currencies() {
            let books = books(customer, currency);
            balances.push(json!({ "account": customer.account.id(), "currency": currency, "books": books }));
        }
    }
    ok(&json!({ "entries": entries, "balances": balances }))
}

fn entry(customer: &Customer, at: Timestamp, what: (Option<&PurchaseId>, &str), posting: &Posting) -> Value {
    let mut entry = Map::new();
    entry.insert("account".into(), customer.account.id().as_str().into());
    entry.insert("dialect".into(), customer.system.id.into());
    entry.insert("at".into(), at.as_millis().into());
    entry.extend(what.0.map(|purchase| ("purchase".into(), Value::from(purchase.as_str()))));
    entry.insert("event".into(), what.1.into());
    entry.insert("from".into(), json!(posting.from));
    entry.insert("to".into(), json!(posting.to));
    entry.insert("money".into(), json!(posting.money));
    Value::Object(entry)
}

fn books(customer: &Customer, currency: Currency) -> Map<String, Value> {
    let ledger = customer.account.ledger();
    let balance = |book| ledger.balance(book, currency).minor_units();
    let named = Book::ALL.into_iter().filter_map(|book| Some((json!(book).as_str()?.to_owned(), balance(book).into())));
    named.collect()
}

pub(super) fn show(customer: &Customer, purchase: &Purchase) -> Result<Value, Problem> {
    let mine = |stored: &&StoredEvent| stored.event.purchase() == Some(&purchase.id);
    let events: Vec<Value> = customer
        .events
        .iter()
        .filter(mine)
        .map(|stored| json!({ "seq": stored.seq, "at": stored.at, "event": stored.event }))
        .collect();
    let of_number = customer.account.number(&purchase.id).and_then(HeldNumber::in_review);
    let in_review: Vec<_> = purchase.in_review().into_iter().chain(of_number).collect();
    Ok(json!({
        "purchase": purchase.id,
        "account": customer.account.id(),
        "dialect": customer.system.id,
        "state": to_json(&purchase.state)?,
        "agreement": to_json(&customer.agreement(&purchase.id))?,
        "in_review": in_review,
        "events": events,
    }))
}

/// The account named in the query, or all.
fn wanted<'a>(simulation: &'a Simulation, call: &Call<'_>) -> Result<Vec<&'a Customer>, Problem> {
    match call.request.query("account") {
        Some(account) => Ok(vec![customer(simulation, &account)?]),
        None => Ok(simulation.retailer().customers.all().collect()),
    }
}
