//! Taxes: on top or contained, per charge or on the total, and of which countries.

use serde_json::{Value, json};

use super::scene::{Scene, add, at, plain, rate, usd};

fn taxed(taxes: Value) -> Scene {
    plain(json!({ "taxes": taxes }))
}

#[test]
fn a_tax_comes_on_top_of_each_charge_or_of_all_together() {
    let tax =
        |rounded: &str| taxed(json!([{ "label": "VAT", "percent": "19", "kind": "exclusive", "rounded": rounded }]));
    // 19 % of 10.00 and of 2.00; of 12.00.
    tax("line").check(
        "setup fee 10.00, first month 2.00, VAT on setup 1.90, VAT on recurring 0.38 = 14.28; \
         then 2.38 a month (recurring fee 2.00, VAT on recurring 0.38)",
    );
    tax("total")
        .check("setup fee 10.00, first month 2.00, VAT 2.28 = 14.28; then 2.38 a month (recurring fee 2.00, VAT 0.38)");
    // 5 % of 0.10 is half a cent, twice; of 0.20 it is one.
    let small = |rounded: &str| {
        let taxes = json!([{ "label": "T", "percent": "5", "kind": "exclusive", "rounded": rounded }]);
        Scene::new(json!([rate(10, 10, json!({}))]), json!({ "taxes": taxes })).price().due_now.minor_units()
    };
    assert_eq!((small("line"), small("total")), (22, 21));
    // Two taxes are both on the price, none on the other: 5 % and 7 % of 12.00 are 0.60 and 0.84.
    let two = json!([
        { "label": "GST", "percent": "5", "kind": "exclusive", "rounded": "total" },
        { "label": "PST", "percent": "7", "kind": "exclusive", "rounded": "total" }
    ]);
    taxed(two).check(
        "setup fee 10.00, first month 2.00, GST 0.60, PST 0.84 = 13.44; \
         then 2.24 a month (recurring fee 2.00, GST 0.10, PST 0.14)",
    );
}

#[test]
fn a_tax_that_prices_contain_adds_nothing() {
    let tax =
        |rounded: &str| taxed(json!([{ "label": "VAT", "percent": "19", "kind": "inclusive", "rounded": rounded }]));
    // 10.00 × 19/119 = 1.5966, 2.00 × 19/119 = 0.3193; 12.00 × 19/119 = 1.9160.
    tax("line").check(
        "setup fee 10.00, first month 2.00 = 12.00 of which VAT on setup 1.60, VAT on recurring 0.32; \
         then 2.00 a month of which VAT on recurring 0.32",
    );
    tax("total")
        .check("setup fee 10.00, first month 2.00 = 12.00 of which VAT 1.92; then 2.00 a month of which VAT 0.32");
    // While a discount of the first three periods lasts there is less of it: 1.00 × 19/119 = 0.1597; 11.00 × 19/119 = 1.7563.
    let half = json!([{ "label": "D", "on": "recurring", "off": { "percent": "50" }, "periods": 3 }]);
    let mut introduced = tax("total");
    add(&mut introduced.card, json!({ "discounts": half }));
    introduced.check(
        "setup fee 10.00, first month 2.00, D on recurring -1.00 = 11.00 of which VAT 1.76; 2 at 1.00 of which VAT 0.16; \
         then 2.00 a month of which VAT 0.32",
    );
    // By the year, 20.00 × 19/119 = 3.1933; where nothing recurs, nothing is in it.
    let mut yearly = tax("line");
    add(&mut yearly.card["rates"][0], json!({ "setup_fee": usd(0), "monthly_fee": usd(0), "yearly_fee": usd(2000) }));
    let tax_of_year = "VAT on recurring 3.19";
    yearly.check(&format!("first year 20.00 = 20.00 of which {tax_of_year}; then 20.00 a year of which {tax_of_year}"));
    add(&mut yearly.card["rates"][0], json!({ "yearly_fee": usd(0) }));
    yearly.check("= 0.00; then 0.00 a year".trim_start_matches("= "));
}

#[test]
fn a_tax_is_of_its_countries_and_on_what_the_discounts_leave() {
    let abroad = taxed(json!([{ "label": "VAT", "percent": "19", "kind": "exclusive", "countries": ["DE"] }]));
    abroad.check("setup fee 10.00, first month 2.00 = 12.00; then 2.00 a month");
    let mut scene = taxed(json!([
        { "label": "VAT", "percent": "19", "kind": "exclusive", "countries": ["DE"] },
        { "label": "Tax", "percent": "10", "kind": "exclusive", "countries": ["US"] }
    ]));
    add(&mut scene.card, json!({ "discounts": [{ "label": "D", "on": "setup", "off": { "percent": "50" } }] }));
    // 10.00 − 5.00 = 5.00, a tenth of which is 0.50; a tenth of 2.00 is 0.20.
    scene.check(
        "setup fee 10.00, first month 2.00, D on setup -5.00, Tax on setup 0.50, Tax on recurring 0.20 = 7.70; \
         then 2.20 a month (recurring fee 2.00, Tax on recurring 0.20)",
    );
    let dated = taxed(json!([
        { "label": "Old", "percent": "10", "kind": "inclusive", "rounded": "total", "effective_until": at("2026-04-01") },
        { "label": "New", "percent": "20", "kind": "inclusive", "rounded": "total", "effective_from": at("2026-04-01") }
    ]));
    // 12.00 × 10/110 = 1.0909; 12.00 × 20/120 = 2.00.
    let row = |tax: &str| format!("setup fee 10.00, first month 2.00 = 12.00 of which {tax}");
    // 2.00 × 10/110 = 0.1818; 2.00 × 20/120 = 0.3333.
    let then = |tax: &str| format!("; then 2.00 a month of which {tax}");
    dated.on("2026-03-31T23:59:59.999Z").check(&(row("Old 1.09") + &then("Old 0.18")));
    dated.on("2026-04-01T00:00:00Z").check(&(row("New 2.00") + &then("New 0.33")));
}

/// Sales tax in New York City is 8.875 %, Quebec's 9.975 %.
#[test]
fn a_tax_may_be_finer_than_a_basis_point() {
    let tax = |percent: &str, setup: i64, rounding: &str| {
        let taxes = json!([{
            "label": "T", "percent": percent, "kind": "exclusive", "rounded": "total", "rounding": rounding
        }]);
        Scene::new(json!([rate(setup, 0, json!({}))]), json!({ "taxes": taxes })).price().due_now.minor_units() - setup
    };
    // 10,000.00 × 0.08875 = 887.50; × 0.0887 would be 887.00, × 0.0888 would be 888.00.
    assert_eq!(tax("8.875", 1_000_000, "half_up"), 88_750);
    assert_eq!(tax("9.9750", 1_000_000, "half_up"), 99_750);
    // 0.40 × 0.08875 = 0.0355: up from a half, down to the even one is 0.04 as well, down is 0.03.
    assert_eq!(["half_up", "half_even", "down", "up"].map(|rounding| tax("8.875", 40, rounding)), [4, 4, 3, 4]);
    // 1,000,000.00 × 0.00000001 is a cent; of a cent less, it is half a cent and more until 500,000.00.
    assert_eq!([100_000_000, 50_000_000, 49_999_999].map(|setup| tax("0.000001", setup, "half_up")), [1, 1, 0]);
    // 20.00 contain 20.00 × 8.875 / 108.875 = 1.6303.
    let taxes = json!([{ "label": "T", "percent": "8.875", "kind": "inclusive", "rounded": "total" }]);
    Scene::new(json!([rate(2000, 0, json!({}))]), json!({ "taxes": taxes }))
        .check("setup fee 20.00 = 20.00 of which T 1.63; then 0.00 a month");
}
