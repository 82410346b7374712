//! Purchases with their events, and the ledger.

use ringup_core::effect::EffectKind;
use ringup_core::ledger::{Book, Posting};
use ringup_core::{Currency, Finding, Purchase, PurchaseId, ResolvePurchase, Timestamp};
use ringup_host::StoredEvent;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::accounts::customer;
use super::call::{Answer, ok, to_json};
use crate::kit::routes::Call;
use crate::problem::{Problem, body};
use crate::retailer::{Customer, Failure};
use crate::simulation::Simulation;
use crate::world::{Found, effect};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resolve {
    finding: Finding,
}

pub(super) fn purchases(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let mut shown = Vec::new();
    for customer in wanted(simulation, call)? {
        for purchase in customer.account.purchases() {
            shown.push(show(customer, purchase)?);
        }
    }
    ok(&shown)
}

pub(super) fn resolve(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let Resolve { finding } = body(call.request)?;
    let name = call.named("purchase");
    let unknown = || {
        Problem::new(404, "unknown_purchase", format!("there is no purchase `{name}`"))
            .help("GET /_sim/purchases lists them")
    };
    let id: PurchaseId = name.parse().map_err(|_| unknown())?;
    let customer = simulation.retailer().customers.of_purchase(&id).ok_or_else(unknown)?;
    let purchase = customer.account.purchase(&id).ok_or_else(unknown)?;
    if !purchase.needs_review() {
        let message = "the purchase is not in manual review";
        return Err(Problem::new(409, "not_in_review", message).help("GET /_sim/purchases shows its state"));
    }
    // The finding must agree with the carrier's records.
    let found = match simulation.retailer().world.query_order(&effect(&id, EffectKind::Order)) {
        Found::Order => Finding::Bought,
        Found::Nothing => Finding::NotBought,
    };
    if finding != found {
        let message = "the finding contradicts the carrier's records";
        return Err(Problem::new(409, "finding_contradicts_carrier", message).at("/finding"));
    }
    let account = customer.account.id().clone();
    let command = ResolvePurchase { purchase: id.clone(), finding };
    simulation.retailer.carry_out(&account, command).map_err(|error| Failure::from(error).into_problem())?;
    let customer = simulation.retailer().customers.get(&account).ok_or_else(unknown)?;
    ok(&show(customer, customer.account.purchase(&id).ok_or_else(unknown)?)?)
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

fn show(customer: &Customer, purchase: &Purchase) -> Result<Value, Problem> {
    let mine = |stored: &&StoredEvent| stored.event.purchase() == Some(&purchase.id);
    let events: Vec<Value> = customer
        .events
        .iter()
        .filter(mine)
        .map(|stored| json!({ "seq": stored.seq, "at": stored.at, "event": stored.event }))
        .collect();
    Ok(json!({
        "purchase": purchase.id,
        "account": customer.account.id(),
        "dialect": customer.system.id,
        "state": to_json(&purchase.state)?,
        "agreement": to_json(&purchase.agreement)?,
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
