//! Discounts: percentages and fixed amounts, for whom, for how long, and what is left of a fraction.

use serde_json::{Value, json};

use super::scene::{Scene, add, at, plain, rate, usd};

fn discounted(discounts: Value) -> Scene {
    plain(json!({ "discounts": discounts }))
}

#[test]
fn a_percentage_is_taken_off_setup_rent_or_both() {
    let percent =
        |on: &str, percent: &str| discounted(json!([{ "label": "D", "on": on, "off": { "percent": percent } }]));
    // A quarter of 10.00.
    percent("setup", "25").check("setup fee 10.00, first month 2.00, D on setup -2.50 = 9.50; then 2.00 a month");
    // An eighth of 2.00.
    percent("recurring", "12.5").check(
        "setup fee 10.00, first month 2.00, D on recurring -0.25 = 11.75; \
         then 1.75 a month (recurring fee 2.00, D on recurring -0.25)",
    );
    // A tenth of 12.00 is 1.20: 1.00 and 0.20.
    percent("all", "10").check(
        "setup fee 10.00, first month 2.00, D on setup -1.00, D on recurring -0.20 = 10.80; \
         then 1.80 a month (recurring fee 2.00, D on recurring -0.20)",
    );
    // Everything.
    percent("all", "100").check(
        "setup fee 10.00, first month 2.00, D on setup -10.00, D on recurring -2.00 = 0.00; \
         then 0.00 a month (recurring fee 2.00, D on recurring -2.00)",
    );
    // 12.00 × 0.0729 = 0.8748, so 0.87: of that, 10/12 are 0.7250 and 2/12 are 0.1450. One cent is left over, and both lost
    // a half: it goes to the first.
    percent("all", "7.29").check(
        "setup fee 10.00, first month 2.00, D on setup -0.73, D on recurring -0.14 = 11.13; \
         then 1.85 a month (recurring fee 2.00, D on recurring -0.15)",
    );
}

#[test]
fn a_fixed_amount_is_taken_off_and_never_more_than_there_is() {
    let fixed = |on: &str, cents: i64| discounted(json!([{ "label": "D", "on": on, "off": { "money": usd(cents) } }]));
    fixed("setup", 999).check("setup fee 10.00, first month 2.00, D on setup -9.99 = 2.01; then 2.00 a month");
    fixed("setup", 1000).check("setup fee 10.00, first month 2.00, D on setup -10.00 = 2.00; then 2.00 a month");
    fixed("setup", 1001).check("setup fee 10.00, first month 2.00, D on setup -10.00 = 2.00; then 2.00 a month");
    // 5.00 × 10/12 = 4.1667 and × 2/12 = 0.8333; the cent that is left over goes to the greater loss, 4.17. Later periods
    // have no setup fee: 2.00 of the 5.00.
    fixed("all", 500).check(
        "setup fee 10.00, first month 2.00, D on setup -4.17, D on recurring -0.83 = 7.00; \
         then 0.00 a month (recurring fee 2.00, D on recurring -2.00)",
    );
    // Nothing is converted: a price in another currency keeps what it is.
    let euro = json!([{ "label": "D", "on": "all", "off": { "money": { "minor_units": 100, "currency": "EUR" } } }]);
    discounted(euro).check("setup fee 10.00, first month 2.00 = 12.00; then 2.00 a month");
}

#[test]
fn a_discount_of_the_first_periods_ends() {
    let half = |periods: u32| {
        let discounts = json!([{ "label": "D", "on": "recurring", "off": { "percent": "50" }, "periods": periods }]);
        let mut scene = discounted(discounts);
        scene.card["rates"][0]["minimum_commitment_months"] = json!(6);
        scene
    };
    // 11 + 5 × 2.
    half(1).check("setup fee 10.00, first month 2.00, D on recurring -1.00 = 11.00; then 2.00 a month; 6 months 21.00");
    // 11 + 2 × 1 + 3 × 2.
    half(3).check(
        "setup fee 10.00, first month 2.00, D on recurring -1.00 = 11.00; 2 at 1.00; then 2.00 a month; 6 months 19.00",
    );
    // The commitment ends before the discount does: 11 + 5 × 1.
    half(9).check(
        "setup fee 10.00, first month 2.00, D on recurring -1.00 = 11.00; 8 at 1.00; then 2.00 a month; 6 months 16.00",
    );
    // Two that end at different times: both to the 2nd, one to the 4th. 2.00 − 1.00 − 0.25 = 0.75; 2.00 − 0.50 = 1.50.
    // Without the first one the second takes a quarter of 2.00. 0.75 + 10, 0.75, 2 × 1.50, 2 × 2.00.
    let mut two = half(2);
    two.card["discounts"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "label": "E", "on": "all", "off": { "percent": "25" }, "periods": 4, "countries": ["US"] }));
    two.card["rates"][0]["setup_fee"] = usd(0);
    two.check(
        "first month 2.00, D on recurring -1.00, E on recurring -0.25 = 0.75; 1 at 0.75; 2 at 1.50; then 2.00 a month; \
         6 months 8.50",
    );
    // The order of the card is that of taking off, not of ending.
    two.card["discounts"].as_array_mut().unwrap().reverse();
    two.check(
        "first month 2.00, E on recurring -0.50, D on recurring -0.75 = 0.75; 1 at 0.75; 2 at 1.50; then 2.00 a month; \
         6 months 8.50",
    );
    // Two that end together end once.
    two.card["discounts"][1]["periods"] = json!(4);
    two.check(
        "first month 2.00, E on recurring -0.50, D on recurring -0.75 = 0.75; 3 at 0.75; then 2.00 a month; 6 months 7.00",
    );
    // What is off the setup fee alone has nothing to say of later periods.
    let setup = json!([{ "label": "D", "on": "setup", "off": { "percent": "50" }, "periods": 3 }]);
    discounted(setup).check("setup fee 10.00, first month 2.00, D on setup -5.00 = 7.00; then 2.00 a month");
}

#[test]
fn each_discount_takes_from_what_the_ones_before_it_have_left() {
    let half = json!({ "label": "Half", "on": "recurring", "off": { "percent": "50" } });
    let thirty = json!({ "label": "Thirty", "on": "recurring", "off": { "money": usd(30) } });
    // 2.00 − 1.00 − 0.30.
    discounted(json!([half, thirty])).check(
        "setup fee 10.00, first month 2.00, Half on recurring -1.00, Thirty on recurring -0.30 = 10.70; \
         then 0.70 a month (recurring fee 2.00, Half on recurring -1.00, Thirty on recurring -0.30)",
    );
    // 2.00 − 0.30 = 1.70; half of that is 0.85.
    discounted(json!([thirty, half])).check(
        "setup fee 10.00, first month 2.00, Thirty on recurring -0.30, Half on recurring -0.85 = 10.85; \
         then 0.85 a month (recurring fee 2.00, Thirty on recurring -0.30, Half on recurring -0.85)",
    );
}

#[test]
fn a_discount_is_for_those_that_it_names_while_it_is_in_effect() {
    let setup = |further: Value| {
        let mut discount = json!({ "label": "D", "on": "setup", "off": { "money": usd(100) } });
        add(&mut discount, further);
        let mut scene = discounted(json!([discount]));
        scene.plans = json!([{ "id": "team", "title": "Team", "monthly_fee": usd(0), "number_limit": 9 }]);
        scene
    };
    let full = "setup fee 10.00, first month 2.00 = 12.00; then 2.00 a month";
    let less = "setup fee 10.00, first month 2.00, D on setup -1.00 = 11.00; then 2.00 a month";
    let team = setup(json!({ "plans": ["team"] }));
    team.check(full);
    team.on_plan("team").check(less);
    setup(json!({ "countries": ["CA"] })).check(full);
    setup(json!({ "countries": ["CA", "US"] })).check(less);
    let dated = setup(json!({ "effective_from": at("2026-03-01"), "effective_until": at("2026-04-01") }));
    for (now, row, ends) in [
        ("2026-02-28T23:59:59.999Z", full, "2026-03-01T00:00:00Z"),
        ("2026-03-01T00:00:00Z", less, "2026-03-01T00:15:00Z"),
        ("2026-03-01T00:00:00.001Z", less, "2026-03-01T00:15:00.001Z"),
        ("2026-03-31T23:59:59.999Z", less, "2026-04-01T00:00:00Z"),
        ("2026-04-01T00:00:00Z", full, "2026-04-01T00:15:00Z"),
        ("2026-04-01T00:00:00.001Z", full, "2026-04-01T00:15:00.001Z"),
    ] {
        dated.on(now).check(row);
        assert_eq!(dated.on(now).quote().expires_at, at(ends), "{now}");
    }
}

#[test]
fn a_fraction_goes_the_way_that_its_rule_says() {
    // Half of 0.05 is 0.025, of 0.15 is 0.075: to the nearest, up at a half; to the even one; down; up.
    for (rounding, of_five, of_fifteen) in [("half_up", 3, 8), ("half_even", 2, 8), ("down", 2, 7), ("up", 3, 8)] {
        for (fee, off) in [(5, of_five), (15, of_fifteen)] {
            let discounts = json!([{
                "label": "D", "on": "recurring", "off": { "percent": "50" }, "periods": 1, "rounding": rounding
            }]);
            let scene = Scene::new(json!([rate(0, fee, json!({}))]), json!({ "discounts": discounts }));
            assert_eq!(scene.price().due_now.minor_units(), fee - off, "{rounding} {fee}");
        }
    }
    // A third of a hundred, and two thirds: 33.33… and 66.66….
    for (rounding, one, two) in [("half_up", 33, 67), ("half_even", 33, 67), ("down", 33, 66), ("up", 34, 67)] {
        for (percent, tax) in [("33.33", one), ("66.66", two)] {
            let taxes = json!([{
                "label": "T", "percent": percent, "kind": "exclusive", "rounding": rounding, "rounded": "total"
            }]);
            let scene = Scene::new(json!([rate(0, 100, json!({}))]), json!({ "taxes": taxes }));
            assert_eq!(scene.price().due_now.minor_units(), 100 + tax, "{rounding} {percent}");
        }
    }
}
