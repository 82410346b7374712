//! Mistakes in a rate card: each is an error of the shop that names its field.

use serde_json::{Value, json};

use super::scene::{Scene, add, at, rate, usd};

#[track_caller]
fn check(scene: &Scene, field: &str) {
    let refused = scene.try_shop().err().map(|error| error.path);
    assert_eq!(refused.as_deref(), (!field.is_empty()).then_some(field), "{}", scene.card);
}

fn entries(first: Value, second: Value) -> Scene {
    Scene::new(json!([rate(0, 100, first), rate(0, 200, second)]), json!({}))
}

#[test]
fn two_entries_of_which_neither_comes_first_are_refused() {
    let twin = "/rate_card/rates/1/country";
    let sms = json!({ "able_to": { "sms": true } });
    check(&entries(json!({}), json!({})), twin);
    check(&entries(sms.clone(), sms.clone()), twin);
    // A number that can do both would have two prices.
    check(&entries(sms.clone(), json!({ "able_to": { "voice": true } })), twin);
    check(&entries(sms.clone(), json!({ "able_to": { "voice": true, "mms": true } })), "");
    check(&entries(sms, json!({})), "");
    check(&entries(json!({ "number_type": "local" }), json!({ "number_type": "mobile" })), "");
    check(&entries(json!({ "prefix": "+1415" }), json!({ "prefix": "+1212" })), "");
    check(&entries(json!({ "prefix": "+1415" }), json!({ "prefix": "+1415" })), twin);
    let (march, april) = (at("2026-03-01"), at("2026-04-01"));
    check(&entries(json!({ "effective_until": march }), json!({ "effective_from": march })), "");
    check(&entries(json!({ "effective_from": march }), json!({ "effective_until": march })), "");
    check(&entries(json!({ "effective_until": april }), json!({ "effective_from": march })), twin);
    check(&entries(json!({ "effective_from": march }), json!({ "effective_from": april })), twin);
    check(&entries(json!({}), json!({ "effective_from": april })), twin);
}

#[test]
fn an_entry_that_makes_no_sense_is_refused_by_its_field() {
    let euro = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "EUR" });
    for (further, field) in [
        (json!({ "yearly_fee": usd(1) }), "yearly_fee"),
        (json!({ "monthly_fee": usd(0), "yearly_fee": usd(-1) }), "yearly_fee"),
        (json!({ "monthly_fee": usd(0), "yearly_fee": euro(1) }), "yearly_fee"),
        (json!({ "monthly_fee": usd(0), "yearly_fee": usd(1) }), ""),
        (json!({ "other_fees": [{ "label": "F", "fee": usd(-1) }] }), "other_fees/0/fee"),
        (json!({ "other_fees": [{ "label": "F", "fee": euro(1) }] }), "other_fees/0/fee"),
        (json!({ "effective_from": 5, "effective_until": 5 }), "effective_until"),
        (json!({ "effective_from": 5, "effective_until": 6 }), ""),
        (json!({ "tiers": [{ "from_number": 1, "fee": usd(1) }] }), "tiers/0/from_number"),
        (json!({ "tiers": [{ "from_number": 2, "fee": usd(1) }] }), ""),
        (
            json!({ "tiers": [{ "from_number": 2, "fee": usd(1) }, { "from_number": 2, "fee": usd(1) }] }),
            "tiers/1/from_number",
        ),
        (json!({ "tiers": [{ "from_number": 2, "fee": usd(-1) }] }), "tiers/0/fee"),
        (json!({ "tiers": [{ "from_number": 2, "fee": euro(1) }] }), "tiers/0/fee"),
    ] {
        let field = if field.is_empty() { String::new() } else { format!("/rate_card/rates/0/{field}") };
        check(&Scene::new(json!([rate(0, 100, further)]), json!({})), &field);
    }
}

#[test]
fn a_discount_that_makes_no_sense_is_refused_by_its_field() {
    for (further, field) in [
        (json!({ "off": { "percent": "0" } }), "off"),
        (json!({ "off": { "percent": "0.000001" } }), ""),
        (json!({ "off": { "percent": "100" } }), ""),
        (json!({ "off": { "percent": "100.000001" } }), "off"),
        (json!({ "off": { "money": usd(0) } }), "off"),
        (json!({ "off": { "money": usd(1) } }), ""),
        (json!({ "periods": 0 }), "periods"),
        (json!({ "periods": 1 }), ""),
        (json!({ "periods": 1200 }), ""),
        (json!({ "periods": 1201 }), "periods"),
        (json!({ "plans": ["team"] }), ""),
        (json!({ "plans": ["team", "gold"] }), "plans"),
        (json!({ "effective_from": 6, "effective_until": 5 }), "effective_until"),
    ] {
        let mut discount = json!({ "label": "D", "on": "all", "off": { "percent": "0.05" } });
        add(&mut discount, further);
        let mut scene = Scene::new(json!([]), json!({ "discounts": [discount] }));
        scene.plans = json!([{ "id": "team", "title": "Team", "monthly_fee": usd(0), "number_limit": 9 }]);
        let field = if field.is_empty() { String::new() } else { format!("/rate_card/discounts/0/{field}") };
        check(&scene, &field);
    }
}

#[test]
fn taxes_that_make_no_sense_together_are_refused() {
    let tax = |kind: &str, further: Value| {
        let mut tax = json!({ "label": "T", "percent": "19", "kind": kind });
        add(&mut tax, further);
        tax
    };
    let second = "/rate_card/taxes/1/kind";
    let germany = json!({ "countries": ["DE", "AT"] });
    for (taxes, field) in [
        (json!([tax("exclusive", json!({ "percent": "0" }))]), "/rate_card/taxes/0/percent"),
        (json!([tax("exclusive", json!({ "percent": "0.000001" }))]), ""),
        (json!([tax("exclusive", json!({ "percent": "100" }))]), ""),
        (json!([tax("exclusive", json!({ "percent": "100.000001" }))]), "/rate_card/taxes/0/percent"),
        (
            json!([tax("exclusive", json!({ "effective_from": 2, "effective_until": 1 }))]),
            "/rate_card/taxes/0/effective_until",
        ),
        (json!([tax("exclusive", json!({})), tax("exclusive", json!({}))]), ""),
        (json!([tax("inclusive", json!({})), tax("inclusive", json!({}))]), second),
        (json!([tax("inclusive", json!({})), tax("exclusive", json!({}))]), second),
        (json!([tax("exclusive", json!({})), tax("inclusive", germany.clone())]), second),
        (json!([tax("inclusive", germany.clone()), tax("inclusive", json!({ "countries": ["FR", "AT"] }))]), second),
        (json!([tax("inclusive", germany.clone()), tax("inclusive", json!({ "countries": ["FR"] }))]), ""),
        (
            json!([
                tax("inclusive", json!({ "effective_until": 5 })),
                tax("inclusive", json!({ "effective_from": 5 }))
            ]),
            "",
        ),
        (
            json!([
                tax("inclusive", json!({ "effective_until": 6 })),
                tax("inclusive", json!({ "effective_from": 5 }))
            ]),
            second,
        ),
    ] {
        check(&Scene::new(json!([]), json!({ "taxes": taxes })), field);
    }
}

#[test]
fn a_negative_fee_is_blamed_on_itself() {
    check(&Scene::new(json!([rate(-1, 100, json!({}))]), json!({})), "/rate_card/rates/0/setup_fee");
    check(&Scene::new(json!([rate(100, -1, json!({}))]), json!({})), "/rate_card/rates/0/monthly_fee");
}

#[test]
fn a_quote_holds_for_a_second_at_the_least() {
    check(&Scene::new(json!([]), json!({ "quote_lifetime_s": 0 })), "/rate_card/quote_lifetime_s");
    check(&Scene::new(json!([]), json!({ "quote_lifetime_s": 1 })), "");
}

#[test]
fn an_amount_has_at_most_nine_decimals() {
    check(&Scene::new(json!([]), json!({ "exponents": { "USD": 9, "JPY": 10 } })), "/rate_card/exponents/JPY");
    check(&Scene::new(json!([]), json!({ "exponents": { "USD": 9 } })), "");
}
