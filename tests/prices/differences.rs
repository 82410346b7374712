//! A price against what was seen of it: each figure is compared, in its order, and told with the shop's decimals.

use ringup_core::{Gate, PriceSeen, PurchaseRequest};
use serde_json::{Value, json};

use super::amounts::said;
use super::scene::{Scene, add, rate, usd};
use crate::api::quote;

/// What the last gate says to a person who has seen this.
#[track_caller]
fn check(scene: &Scene, seen: Value, expected: &str) {
    let seen: PriceSeen = serde_json::from_value(seen).unwrap();
    let request = PurchaseRequest { price_seen: Some(seen), ..scene.request() };
    let quote = quote(&scene.shop(), &scene.standing(), &scene.offers(), &request, scene.now);
    let gates = serde_json::to_value(&quote.gates).unwrap();
    let gate = gates.as_array().unwrap().iter().find(|gate| gate["gate"] == "price").unwrap();
    let fields = gate["rejection"]["differences"].as_array().into_iter().flatten();
    let fields: Vec<&str> = fields.map(|difference| difference["field"].as_str().unwrap()).collect();
    assert_eq!(fields.join(" "), expected, "{gate}");
}

#[test]
fn every_figure_that_was_seen_must_be_so_still() {
    let committed = json!({ "minimum_commitment_months": 12 });
    let monthly = Scene::new(json!([rate(1000, 200, committed)]), json!({}));
    // 10 + 12 × 2.
    let seen = json!({
        "due_now": usd(1200), "setup_fee": usd(1000), "monthly_fee": usd(200), "commitment_total": usd(3400)
    });
    check(&monthly, seen.clone(), "");
    for (field, expected) in [("due_now", 1200), ("setup_fee", 1000), ("monthly_fee", 200), ("commitment_total", 3400)]
    {
        for off_by in [-1, 1] {
            let mut other = seen.clone();
            other[field] = usd(expected + off_by);
            check(&monthly, other, field);
        }
    }
    let yearly = Scene::new(json!([rate(1000, 0, json!({ "yearly_fee": usd(2000) }))]), json!({}));
    check(&yearly, json!({ "monthly_fee": usd(0), "yearly_fee": usd(2000), "commitment_total": usd(3000) }), "");
    check(&yearly, json!({ "monthly_fee": usd(200), "yearly_fee": usd(2001) }), "monthly_fee yearly_fee");
    // Who saw a yearly price of a number that is paid by the month now, and the other way round.
    check(&monthly, json!({ "yearly_fee": usd(2000) }), "yearly_fee");
    check(&monthly, json!({ "yearly_fee": usd(0) }), "");
}

#[test]
fn a_quote_s_price_says_all_that_is_compared() {
    let mut scene = Scene::new(json!([rate(1000, 200, json!({ "minimum_commitment_months": 12 }))]), json!({}));
    let seen = scene.price().seen();
    assert_eq!(seen.commitment_total.unwrap().minor_units(), 3400);
    check(&scene, serde_json::to_value(seen).unwrap(), "");
    // A discount that covers the third period only less than before is in no other figure than the commitment's.
    let discount =
        |periods: u32| json!([{ "label": "D", "on": "all", "off": { "percent": "10" }, "periods": periods }]);
    add(&mut scene.card, json!({ "discounts": discount(3) }));
    let seen = scene.price().seen();
    add(&mut scene.card, json!({ "discounts": discount(2) }));
    check(&scene, serde_json::to_value(seen).unwrap(), "commitment_total");
}

#[test]
fn differences_are_told_with_the_decimals_of_the_shop() {
    let scene = Scene::new(json!([rate(10_000, 75, json!({}))]), json!({ "exponents": { "USD": 4 } }));
    let seen = PriceSeen { due_now: Some(serde_json::from_value(usd(10_000)).unwrap()), ..PriceSeen::default() };
    let differences = scene.price().differences(&seen);
    let mut standing = scene.standing();
    standing.balances = vec![serde_json::from_value(usd(10_000)).unwrap()];
    let quote = quote(&scene.shop(), &standing, &scene.offers(), &scene.request(), scene.now);
    let (message, _) = said(&scene.shop(), &quote, Gate::Balance).unwrap();
    assert!(message.contains("1.0000 USD") && message.contains("1.0075 USD"), "{message}");
    let [difference] = differences.as_slice() else { panic!("{differences:?}") };
    let written = [difference.seen, difference.now].map(|money| scene.shop().decimals().write(money).to_string());
    assert_eq!(written, ["1.0000 USD", "1.0075 USD"]);
}
