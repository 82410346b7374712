//! The minimum charge: an amount that is charged is zero, or not less.

use serde_json::{Value, json};

use super::scene::{Scene, add, rate, usd};

fn priced(setup: i64, monthly: i64, further: Value) -> Scene {
    let mut scene = Scene::new(json!([rate(setup, monthly, json!({}))]), json!({ "minimum_charges": [usd(50)] }));
    add(&mut scene.card, further);
    scene
}

#[test]
fn an_amount_below_the_minimum_is_raised_to_it() {
    let now = |setup, monthly| priced(setup, monthly, json!({})).price().due_now.minor_units();
    assert_eq!(
        [(0, 49), (0, 50), (0, 51), (0, 1), (0, 0)].map(|(setup, monthly)| now(setup, monthly)),
        [50, 50, 51, 50, 0]
    );
    // What counts is the sum, not the line.
    assert_eq!([(30, 19), (30, 20), (30, 21)].map(|(setup, monthly)| now(setup, monthly)), [50, 50, 51]);
    priced(10, 15, json!({})).check(
        "setup fee 0.10, first month 0.15, minimum charge 0.25 = 0.50; \
         then 0.50 a month (recurring fee 0.15, minimum charge 0.35)",
    );
    priced(100, 0, json!({})).check("setup fee 1.00 = 1.00; then 0.00 a month");
}

#[test]
fn each_period_of_a_commitment_is_raised() {
    let discount = json!([{ "label": "D", "on": "recurring", "off": { "percent": "50" }, "periods": 2 }]);
    let mut scene = priced(0, 80, json!({ "discounts": discount }));
    add(&mut scene.card["rates"][0], json!({ "minimum_commitment_months": 3 }));
    // 0.40 twice, each raised by 0.10; 0.80 once.
    scene.check(
        "first month 0.80, D on recurring -0.40, minimum charge 0.10 = 0.50; 1 at 0.50; then 0.80 a month; 3 months 1.80",
    );
}

/// The least supplement is charged with which the sum, with its taxes, is enough.
#[test]
fn the_minimum_is_of_what_is_charged_with_its_taxes() {
    let tax = |kind: &str, percent: &str| json!([{ "label": "T", "percent": percent, "kind": kind }]);
    // 0.42 × 1.19 = 0.4998, 0.43 × 1.19 = 0.5117.
    let on_top = |monthly| priced(0, monthly, json!({ "taxes": tax("exclusive", "19") }));
    on_top(42).check(
        "first month 0.42, T on recurring 0.08 = 0.50; then 0.50 a month (recurring fee 0.42, T on recurring 0.08)",
    );
    on_top(41).check(
        "first month 0.41, minimum charge 0.01, T on recurring 0.08 = 0.50; \
         then 0.50 a month (recurring fee 0.41, minimum charge 0.01, T on recurring 0.08)",
    );
    // Of 0.24 and 0.25 the tax of 100 % is as much again: 0.48 is too little, 0.50 is enough; 0.49 cannot be.
    priced(0, 1, json!({ "taxes": tax("exclusive", "100"), "minimum_charges": [usd(49)] })).check(
        "first month 0.01, minimum charge 0.24, T on recurring 0.25 = 0.50; \
         then 0.50 a month (recurring fee 0.01, minimum charge 0.24, T on recurring 0.25)",
    );
    // 0.50 × 19/119 = 0.0798.
    priced(0, 20, json!({ "taxes": tax("inclusive", "19") })).check(
        "first month 0.20, minimum charge 0.30 = 0.50 of which T on recurring 0.08; \
         then 0.50 a month (recurring fee 0.20, minimum charge 0.30) of which T on recurring 0.08",
    );
}

#[test]
fn a_minimum_is_of_its_currency() {
    let euros = json!({ "minimum_charges": [{ "minor_units": 500, "currency": "EUR" }] });
    assert_eq!(priced(0, 20, euros).price().due_now.minor_units(), 20);
}

#[test]
fn a_minimum_that_makes_no_sense_is_refused() {
    for (minimums, field) in [
        (json!([usd(0)]), "0"),
        (json!([usd(-1)]), "0"),
        (json!([usd(1), usd(2)]), "1"),
        (json!([usd(1), { "minor_units": 1, "currency": "EUR" }]), ""),
    ] {
        let refused = priced(0, 1, json!({ "minimum_charges": minimums })).try_shop().err().map(|error| error.path);
        let field = (!field.is_empty()).then(|| format!("/rate_card/minimum_charges/{field}"));
        assert_eq!(refused, field, "{minimums}");
    }
}
