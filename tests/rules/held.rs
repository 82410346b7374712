//! Held: one number is never bought twice by an account, whatever the key, the name of the number and the holder.

use ringup_core::gates::already_held::Held;
use ringup_core::{
    Actor, Offers, PriceSeen, PurchaseAnswer, PurchaseError, PurchaseRequest, Record, Rejection, Search, Selector,
};

use crate::kit::{Host, bazaar_request, bazaar_with, by_number_and_name, money};
use crate::lifecycle::{id, run};

fn keyed(key: &str) -> PurchaseRequest {
    PurchaseRequest { idempotency_key: Some(key.into()), ..bazaar_request() }
}

/// A shop with keys.
fn host() -> Host {
    let keys =
        serde_json::from_str(r#"{ "length_max": 20, "fingerprint": ["holder", "selector", "currency"] }"#).unwrap();
    let shop = bazaar_with(|shop| shop.policy.idempotency = Some(keys));
    Host { shop, ..Host::bazaar("500.00 INR") }
}

fn repeated() -> Result<PurchaseAnswer, PurchaseError> {
    Ok(PurchaseAnswer::Repeated { purchase: id("p") })
}

fn held(pending: bool) -> Result<PurchaseAnswer, PurchaseError> {
    Err(Rejection::AlreadyHeld(Held { purchase: id("p"), pending }).into())
}

#[test]
fn a_key_that_joined_a_purchase_is_that_purchase_s() {
    let mut host = host();
    host.buy("p", &keyed("k1")).unwrap();
    assert_eq!(host.buy("q", &keyed("k2")), repeated());
    run(&mut host, "reserve ok, order ok, release, release ok");
    // The number is free again, and is no longer pending; the key still tells whose it is.
    assert_eq!(host.buy("r", &keyed("k2")), repeated());
    assert_eq!(host.buy("r", &keyed("k1")), repeated());
    let other = PurchaseRequest { holder: Some("side".into()), ..keyed("k2") };
    assert_eq!(host.buy("r", &other), Err(Rejection::KeyReused.into()));
    assert_eq!(host.buy("r", &keyed("k3")), Ok(PurchaseAnswer::Accepted { purchase: id("r") }));
}

#[test]
fn a_key_and_a_request_are_the_same_however_they_are_written() {
    let mut host = host();
    host.buy("p", &keyed("k1")).unwrap();
    assert_eq!(host.buy("q", &keyed(" k1\t")), repeated(), "blanks around the key");
    let aloud = PurchaseRequest { currency: Some("INR".into()), ..keyed("k1") };
    assert_eq!(host.buy("q", &aloud), repeated(), "the default currency, said aloud");
    let other = PurchaseRequest { currency: Some("USD".into()), ..keyed("k1") };
    assert_eq!(host.buy("q", &other), Err(Rejection::KeyReused.into()));
}

#[test]
fn the_keys_of_a_failed_purchase_are_free_again() {
    let mut host = host();
    host.buy("p", &keyed("k1")).unwrap();
    host.buy("q", &keyed("k2")).unwrap();
    run(&mut host, "reserve no");
    assert_eq!(host.buy("q", &keyed("k2")), Ok(PurchaseAnswer::Accepted { purchase: id("q") }));
    assert_eq!(host.buy("r", &keyed("k1")), Ok(PurchaseAnswer::Repeated { purchase: id("q") }), "it joins the new one");
}

#[test]
fn a_number_that_is_held_is_not_bought_again() {
    let mut host = host();
    host.buy("p", &keyed("k1")).unwrap();
    run(&mut host, "reserve ok, order ok");
    // An old search still lists it; the answer to the first request was lost, and the key with it.
    assert_eq!(host.buy("q", &keyed("k2")), held(false));
    let of_another_holder = PurchaseRequest { holder: Some("side".into()), ..keyed("k3") };
    assert_eq!(host.buy("q", &of_another_holder), held(false));
    host.offers = Offers::default();
    assert_eq!(host.buy("q", &keyed("k4")), held(false), "nobody searches for it");
    run(&mut host, "release, release ok");
    host.offers = Host::bazaar("1.00 INR").offers;
    assert_eq!(host.buy("q", &keyed("k4")), Ok(PurchaseAnswer::Accepted { purchase: id("q") }));
}

#[test]
fn a_number_is_known_by_its_other_name() {
    let mut host = Host { shop: by_number_and_name(), ..Host::bazaar("500.00 INR") };
    let by_name = PurchaseRequest { number: None, inventory_id: Some("inv-1".into()), ..bazaar_request() };
    let selector = Selector::Inventory { inventory_id: "inv-1".parse().unwrap() };
    host.offers.searches.push(Search { selector, ..host.offers.searches[0].clone() });
    host.buy("p", &bazaar_request()).unwrap();
    run(&mut host, "reserve ok");
    let listed = std::mem::take(&mut host.offers);
    assert_eq!(host.buy("q", &by_name), repeated(), "no search lists it, and it is on its way");
    run(&mut host, "order ok");
    assert_eq!(host.buy("q", &by_name), held(false), "no search lists a number that is sold");
    host.offers = listed;
    assert_eq!(host.buy("q", &by_name), held(false), "an old search does");
    run(&mut host, "release, release ok");
    assert_eq!(host.buy("q", &by_name), Ok(PurchaseAnswer::Accepted { purchase: id("q") }));
}

#[test]
fn a_number_that_is_given_up_is_not_found_by_its_inventory_id() {
    let by_name = PurchaseRequest { number: None, inventory_id: Some("inv-1".into()), ..bazaar_request() };
    let selector = Selector::Inventory { inventory_id: "inv-1".parse().unwrap() };
    let mut host = Host { shop: by_number_and_name(), ..Host::bazaar("500.00 INR") };
    host.offers.searches.push(Search { selector, ..host.offers.searches[0].clone() });
    host.buy("p", &bazaar_request()).unwrap();
    run(&mut host, "reserve ok, order no, query_order absent");
    assert_eq!(host.buy("q", &by_name), Ok(PurchaseAnswer::Accepted { purchase: id("q") }));
    let named = |record: &Record| matches!(record, Record::InventoryNumber(_));
    assert_eq!(host.account.records().filter(named).count(), 0);
}

#[test]
fn a_join_agrees_to_what_the_purchase_agreed_to() {
    for (seen, currency, then) in [
        (None, None, repeated()),
        (Some("101.00 INR"), Some("INR"), repeated()),
        (Some("100.99 INR"), None, held(true)),
        (None, Some("USD"), held(true)),
    ] {
        let mut host = host();
        host.buy("p", &keyed("k1")).unwrap();
        let price_seen = seen.map(|seen| PriceSeen { due_now: Some(money(seen)), ..PriceSeen::default() });
        let request = PurchaseRequest { price_seen, currency: currency.map(Into::into), ..keyed("k2") };
        assert_eq!(host.buy("q", &request), then, "{seen:?} {currency:?}");
    }
}

#[test]
fn nobody_learns_what_another_holder_has() {
    let mut host = host();
    host.buy("p", &keyed("k1")).unwrap();
    run(&mut host, "reserve ok, order ok");
    let actor = Actor { only_holder: Some("side".parse().unwrap()), ..Actor::default() };
    let request = PurchaseRequest { holder: Some("side".into()), ..keyed("k2") };
    let command = ringup_core::MakePurchase { id: id("q"), actor, request };
    let refused = host.tell(&command).map(|decision| decision.answer);
    assert_eq!(refused, Ok(PurchaseAnswer::Accepted { purchase: id("q") }), "the inventory will not have it");
}
