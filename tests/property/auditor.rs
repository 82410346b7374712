//! The auditor: reads the world's records and the ledger, and shares no code with whatever made them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What it may read: the answers of `GET /_sim/world` and `GET /_sim/ledger`.
pub(crate) struct Records {
    pub(crate) world: Value,
    pub(crate) ledger: Value,
}

/// An account and a currency.
type Purse = (String, String);

/// What holds at every moment.
pub(crate) fn audit(records: &Records) {
    assert_eq!(list(&records.world["broken_histories"]), &[] as &[Value], "every event fits its account");
    no_number_is_sold_twice(records);
    every_key_has_one_effect(records);
    the_books_balance(records);
    nothing_is_given_back_for_a_number_that_is_sold(records);
    // The retailer may not have heard yet of what the provider did, and never claims more than it did.
    for (purse, books) in books(records) {
        let (charged, refunded) = (sum(records, "charges", &purse), sum(records, "refunds", &purse));
        assert!(-books["taken"] <= charged, "{purse:?}: {} in the books, {charged} charged", -books["taken"]);
        assert!(books["refunds"] <= refunded, "{purse:?}: {} in the books, {refunded} refunded", books["refunds"]);
    }
}

/// What holds when everything has come to its end.
pub(crate) fn audit_at_rest(records: &Records) {
    for (purse, books) in books(records) {
        assert_eq!(books["holds"], 0, "{purse:?}: nothing is held for anybody");
        assert_eq!(-books["taken"], sum(records, "charges", &purse), "{purse:?}: what was charged is in the books");
        assert_eq!(books["refunds"], sum(records, "refunds", &purse), "{purse:?}: what was refunded is in the books");
    }
    for reservation in list(&records.world["reservations"]) {
        assert_ne!(text(&reservation["status"]), "held", "nothing stays reserved: {reservation}");
    }
    every_number_is_paid_by_its_account(records);
}

fn no_number_is_sold_twice(records: &Records) {
    let mut sold = BTreeSet::new();
    for order in active_orders(records) {
        assert!(sold.insert(text(&order["number"])), "{} is sold twice", order["number"]);
    }
    let owned = list(&records.world["owners"]).iter().filter(|owner| text(&owner["status"]) == "owned");
    let owned: BTreeSet<&str> = owned.map(|owner| text(&owner["number"])).collect();
    assert_eq!(owned, sold, "who owns a number has ordered it");
}

fn every_key_has_one_effect(records: &Records) {
    for kind in ["reservations", "orders", "charges", "refunds"] {
        let mut keys = BTreeSet::new();
        for record in list(&records.world[kind]) {
            assert!(keys.insert(text(&record["key"])), "two {kind} for {}", record["key"]);
        }
    }
    // One purchase is one number, whatever its effects are called.
    let mut purchases = BTreeSet::new();
    for order in list(&records.world["orders"]) {
        assert!(purchases.insert(purchase_of(&order["key"])), "a purchase has ordered twice: {order}");
    }
}

fn the_books_balance(records: &Records) {
    // The balances are what the entries add up to, in every book.
    let mut added: BTreeMap<Purse, BTreeMap<&str, i64>> = BTreeMap::new();
    for entry in list(&records.ledger["entries"]) {
        let money = &entry["money"];
        let purse = (text(&entry["account"]).to_owned(), text(&money["currency"]).to_owned());
        let amount = money["minor_units"].as_i64().unwrap();
        assert!(0 < amount, "an entry moves something: {entry}");
        let books = added.entry(purse).or_default();
        *books.entry(text(&entry["from"])).or_default() -= amount;
        *books.entry(text(&entry["to"])).or_default() += amount;
    }
    for (purse, books) in books(records) {
        assert_eq!(books.values().sum::<i64>(), 0, "{purse:?} balances");
        for (book, balance) in &books {
            let entered = added.get(&purse).and_then(|books| books.get(book.as_str())).copied().unwrap_or(0);
            assert_eq!(*balance, entered, "{purse:?}: {book} is what its entries add up to");
            assert!(0 <= *balance || book == "taken", "{purse:?}: {book} owes money");
        }
    }
}

fn nothing_is_given_back_for_a_number_that_is_sold(records: &Records) {
    let sold: BTreeSet<&str> = list(&records.world["orders"]).iter().map(|order| purchase_of(&order["key"])).collect();
    let charged = charged(records);
    for refund in list(&records.world["refunds"]) {
        let purchase = purchase_of(&refund["key"]);
        assert!(!sold.contains(purchase), "{purchase} is sold and refunded");
        assert!(charged.contains(purchase), "{purchase} is refunded and was never charged");
    }
}

fn every_number_is_paid_by_its_account(records: &Records) {
    let mut rented: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in list(&records.ledger["entries"]) {
        if text(&entry["event"]) == "number_activated" {
            rented.insert(text(&entry["purchase"]), text(&entry["account"]));
        }
    }
    let opened_at = list(&records.ledger["entries"]).iter().filter(|entry| text(&entry["event"]) == "opened");
    let opened_at = opened_at.filter_map(|entry| entry["at"].as_i64()).min();
    let charged = charged(records);
    for order in list(&records.world["orders"]) {
        // What was held before the world began was paid before it began.
        if order["ordered_at"].as_i64() <= opened_at && !rented.contains_key(purchase_of(&order["key"])) {
            continue;
        }
        let payer = rented.remove(purchase_of(&order["key"]));
        // What is charged only when it is provisioned goes back if nobody pays.
        if payer.is_none() && text(&order["status"]) == "released" && !charged.contains(purchase_of(&order["key"])) {
            continue;
        }
        assert_eq!(payer, Some(text(&order["account"])), "{order} is paid by its account");
    }
    assert!(rented.is_empty(), "paid and never ordered: {rented:?}");
}

fn books(records: &Records) -> Vec<(Purse, BTreeMap<String, i64>)> {
    let read = |balance: &Value| {
        let purse = (text(&balance["account"]).to_owned(), text(&balance["currency"]).to_owned());
        let books = balance["books"].as_object().unwrap().iter();
        (purse, books.map(|(book, amount)| (book.clone(), amount.as_i64().unwrap())).collect())
    };
    let mut all: BTreeMap<Purse, BTreeMap<String, i64>> = list(&records.ledger["balances"]).iter().map(read).collect();
    // A charged account has books, even if the retailer has lost the outcome.
    for charge in list(&records.world["charges"]) {
        let purse = (text(&charge["account"]).to_owned(), text(&charge["amount"]["currency"]).to_owned());
        let books = all.entry(purse).or_default();
        for book in ["taken", "holds", "refunds"] {
            books.entry(book.to_owned()).or_default();
        }
    }
    all.into_iter().collect()
}

/// The purchases that somebody was charged for.
fn charged(records: &Records) -> BTreeSet<&str> {
    list(&records.world["charges"]).iter().map(|charge| purchase_of(&charge["key"])).collect()
}

fn sum(records: &Records, kind: &str, (account, currency): &Purse) -> i64 {
    let own = list(&records.world[kind])
        .iter()
        .filter(|record| text(&record["account"]) == account && text(&record["amount"]["currency"]) == currency);
    own.map(|record| record["amount"]["minor_units"].as_i64().unwrap()).sum()
}

fn active_orders(records: &Records) -> impl Iterator<Item = &Value> {
    list(&records.world["orders"]).iter().filter(|order| text(&order["status"]) == "active")
}

/// `PURCHASE/KIND` is how effects are named on the neutral wire.
fn purchase_of(key: &Value) -> &str {
    text(key).split('/').next().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}
