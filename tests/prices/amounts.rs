//! Amounts: how many decimals they have, and how large they may be.

use ringup_core::{Gate, GateStatus, Quote, Shop};
use serde_json::{Value, json};

use super::scene::{Scene, add, rate, usd};
use crate::api::quote;
use crate::kit::BAZAAR;

/// The sentences of a gate that is blocked: why, and what to do.
pub(super) fn said(shop: &Shop, quote: &Quote, gate: Gate) -> Option<(String, Vec<String>)> {
    let report = quote.gates.iter().find(|report| report.gate == gate)?;
    let GateStatus::Blocked { rejection, fixes, .. } = &report.status else { return None };
    let decimals = shop.decimals();
    Some((rejection.sentence(decimals), fixes.iter().map(|fix| fix.sentence(decimals)).collect()))
}

#[test]
fn amounts_are_written_with_the_decimals_of_the_currency_or_of_the_provider() {
    let currency = |code: &str, further: Value| {
        let money = |minor_units: i64| json!({ "minor_units": minor_units, "currency": code });
        let mut entry = rate(0, 0, json!({}));
        add(&mut entry, json!({ "setup_fee": money(10_000), "monthly_fee": money(75) }));
        Scene::new(json!([entry]), further)
    };
    for (code, further, due_now, exponent) in [
        ("USD", json!({}), "100.75 USD", 2),
        ("JPY", json!({}), "10075 JPY", 0),
        ("KWD", json!({}), "10.075 KWD", 3),
        ("CLF", json!({}), "1.0075 CLF", 4),
        // Fractions of a cent, as some carriers price calls; and a currency whose minor unit is no longer used.
        ("USD", json!({ "exponents": { "USD": 4 } }), "1.0075 USD", 4),
        ("HUF", json!({ "exponents": { "HUF": 0 } }), "10075 HUF", 0),
    ] {
        let price = currency(code, further).price();
        assert_eq!((price.write(price.due_now).to_string(), price.exponent), (due_now.into(), exponent));
    }
    // A refusal has the same decimals: 1.0075 are due, the wallet is empty.
    let mut scene = currency("USD", json!({ "exponents": { "USD": 4 } }));
    let (_, advice) = said(&scene.shop(), &scene.quote(), Gate::Balance).unwrap();
    assert!(matches!(advice.as_slice(), [add] if add.contains("1.0075 USD")), "{advice:?}");
    // An offer's own price is in the provider's units, too.
    scene.offer["prices"] = json!([{ "setup_fee": usd(1), "monthly_fee": usd(2) }]);
    let said = scene.price().to_string();
    assert!(said.contains("0.0003 USD") && said.contains("0.0002 USD"), "{said}");
}

#[test]
fn a_price_that_was_stored_is_read_with_the_decimals_that_it_was_made_with() {
    let half = json!([{ "label": "D", "on": "recurring", "off": { "percent": "50" }, "periods": 2 }]);
    let tax = json!([{ "label": "T", "percent": "100", "kind": "inclusive", "rounded": "total" }]);
    let further = json!({ "exponents": { "USD": 4 }, "discounts": half, "taxes": tax });
    let monthly = Scene::new(json!([rate(10_000, 80, json!({ "minimum_commitment_months": 3 }))]), further.clone());
    let yearly = Scene::new(json!([rate(0, 0, json!({ "yearly_fee": usd(80) }))]), further);
    // Of 1.0040 and of what recurs, half is tax. 1.0040 + 0.0040 + 0.0080.
    let row = "setup fee 1.0000, first month 0.0080, D on recurring -0.0040 = 1.0040 of which T 0.5020; \
               1 at 0.0040 of which T 0.0020; then 0.0080 a month of which T 0.0040; 3 months 1.0160";
    let row_of_year = "first year 0.0080, D on recurring -0.0040 = 0.0040 of which T 0.0020; \
                       1 at 0.0040 of which T 0.0020; then 0.0080 a year of which T 0.0040";
    for (scene, row) in [(monthly, row), (yearly, row_of_year)] {
        scene.check(row);
        let stored = serde_json::to_string(&scene.price()).unwrap();
        let read: ringup_core::Price = serde_json::from_str(&stored).unwrap();
        assert_eq!(super::scene::row(&read), row);
        assert_eq!(read.exponent, 4);
        let read: ringup_core::Quote = serde_json::from_value(serde_json::to_value(scene.quote()).unwrap()).unwrap();
        assert_eq!(super::scene::row(&read.price.unwrap()), row);
    }
}

#[test]
fn limits_of_spending_are_told_with_the_decimals_of_the_shop() {
    let limit = json!({ "amount": usd(10_074), "period": "day" });
    let scene = Scene::new(json!([rate(10_000, 75, json!({}))]), json!({ "exponents": { "USD": 4 } }));
    let mut data: Value = serde_json::from_str(BAZAAR).unwrap();
    data["rate_card"] = scene.card.clone();
    data["policy"]["plan_limits"] = json!(true);
    let plan = json!({ "id": "team", "title": "Team", "monthly_fee": usd(0), "number_limit": 9 });
    data["plans"] = json!([plan]);
    // The policy's own, and the plan's.
    let mut of_plan = data.clone();
    of_plan["plans"][0]["limits"] = json!({ "spend": [limit] });
    data["policy"]["limits"] = json!({ "spend": [limit] });
    for data in [data, of_plan] {
        let shop = ringup_core::Shop::new(serde_json::from_value(data).unwrap()).unwrap();
        let team = scene.on_plan("team");
        let quote = quote(&shop, &team.standing(), &team.offers(), &team.request(), team.now);
        let (message, _) = said(&shop, &quote, Gate::SpendLimit).unwrap();
        assert!(message.contains("1.0075 USD") && message.contains("1.0074 USD"), "{message}");
    }
}

const LARGEST: i64 = 9_007_199_254_740_991;

#[test]
fn a_price_that_is_too_large_to_be_counted_is_told_as_such() {
    let stock = |scene: &Scene| {
        let gates = scene.quote().gates;
        let report = gates.into_iter().find(|report| report.gate == Gate::Stock).unwrap();
        serde_json::to_value(report).unwrap()["rejection"]["code"].as_str().unwrap_or_default().to_owned()
    };
    let of_card = |setup, monthly, further: Value| Scene::new(json!([rate(setup, monthly, further)]), json!({}));
    let largest = of_card(LARGEST - 1, 1, json!({}));
    assert_eq!(largest.price().due_now.minor_units(), LARGEST);
    let too_large = "price_too_large";
    let mut taxed = largest.clone();
    add(&mut taxed.card, json!({ "taxes": [{ "label": "T", "percent": "0.01", "kind": "exclusive" }] }));
    let committed = of_card(0, 3_000_000_000_000_000, json!({ "minimum_commitment_months": 3 }));
    assert_eq!(committed.price().commitment_total.minor_units(), 9_000_000_000_000_000);
    let longer = of_card(0, 3_000_000_000_000_000, json!({ "minimum_commitment_months": 4 }));
    let mut offered = Scene::new(json!([]), json!({}));
    offered.offer["prices"] = json!([{ "setup_fee": usd(LARGEST), "monthly_fee": usd(1) }]);
    // With nine decimals it takes ten million dollars.
    let mut fine = of_card(LARGEST, 1, json!({}));
    add(&mut fine.card, json!({ "exponents": { "USD": 9 } }));
    for scene in [of_card(LARGEST, 1, json!({})), taxed, longer, offered.clone(), fine] {
        assert_eq!((scene.quote().price, stock(&scene).as_str()), (None, too_large), "{} {}", scene.card, scene.offer);
    }
    // A price that is passed over is none; another currency's is told.
    offered.offer["prices"] = json!([{ "setup_fee": usd(0), "monthly_fee": usd(1), "yearly_fee": usd(1) }]);
    assert_eq!(stock(&offered), "currency_not_offered");
    let euro = json!({ "minor_units": 1, "currency": "EUR" });
    offered.offer["prices"].as_array_mut().unwrap().push(json!({ "setup_fee": euro, "monthly_fee": euro }));
    let request = ringup_core::PurchaseRequest { currency: Some("USD".into()), ..offered.request() };
    let quote = quote(&offered.shop(), &offered.standing(), &offered.offers(), &request, offered.now);
    let report = quote.gates.into_iter().find(|report| report.gate == Gate::Stock).unwrap();
    let refused = serde_json::to_value(report).unwrap()["rejection"].take();
    assert_eq!(refused, json!({ "code": "currency_not_offered", "currency": "USD", "offered": ["EUR"] }));
}

#[test]
fn what_was_spent_and_is_too_large_to_be_counted_is_above_every_limit() {
    let scene = Scene::new(json!([rate(0, 1, json!({}))]), json!({ "exponents": { "USD": 9 } }));
    let mut data: Value = serde_json::from_str(BAZAAR).unwrap();
    data["rate_card"] = scene.card.clone();
    data["policy"]["limits"] = json!({ "spend": [{ "amount": usd(1000), "period": "month" }] });
    let shop = ringup_core::Shop::new(serde_json::from_value(data).unwrap()).unwrap();
    for (spent, status) in
        [(vec![], "passed"), (vec![999], "passed"), (vec![1000], "blocked"), (vec![5, LARGEST], "blocked")]
    {
        let mut standing = scene.standing();
        let claim = |units: &i64| json!({ "at": scene.now, "move": "claim", "spent": usd(*units) });
        standing.recent = serde_json::from_value(spent.iter().map(claim).collect()).unwrap();
        let quote = quote(&shop, &standing, &scene.offers(), &scene.request(), scene.now);
        let gates = serde_json::to_value(quote.gates).unwrap();
        let gate = gates.as_array().unwrap().iter().find(|gate| gate["gate"] == "spend_limit").unwrap();
        assert_eq!(gate["status"], status, "{spent:?}");
    }
}

#[test]
fn an_instant_that_javascript_would_read_as_another_is_refused() {
    use ringup_core::Timestamp;
    for (millis, is_read) in
        [(LARGEST, true), (-LARGEST, true), (LARGEST + 1, false), (-LARGEST - 1, false), (i64::MAX, false)]
    {
        let read: Result<Timestamp, _> = serde_json::from_value(json!(millis));
        assert_eq!(read.map(Timestamp::as_millis).ok(), is_read.then_some(millis));
    }
}
