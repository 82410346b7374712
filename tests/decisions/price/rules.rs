//! Each rule of a rate card, alone, with the working beside it. Amounts are in USD unless a row says otherwise.

use serde_json::{Value, json};

use super::scene::{Scene, add, at, rate, usd};

/// 10.00 once and 2.00 a month.
fn plain(further: Value) -> Scene {
    Scene::new(json!([rate(1000, 200, json!({}))]), further)
}

fn discounted(discounts: Value) -> Scene {
    plain(json!({ "discounts": discounts }))
}

fn taxed(taxes: Value) -> Scene {
    plain(json!({ "taxes": taxes }))
}

#[test]
fn a_card_that_says_nothing_else_has_two_fees() {
    plain(json!({})).check("setup fee 10.00, first month 2.00 = 12.00; then 2.00 a month");
    let committed =
        |months| Scene::new(json!([rate(1000, 200, json!({ "minimum_commitment_months": months }))]), json!({}));
    // 10 + 1 × 2; 10 + 12 × 2.
    committed(1).check("setup fee 10.00, first month 2.00 = 12.00; then 2.00 a month; 1 months 12.00");
    committed(12).check("setup fee 10.00, first month 2.00 = 12.00; then 2.00 a month; 12 months 34.00");
}

#[test]
fn a_number_can_be_paid_by_the_year() {
    let yearly = |months| {
        let further = json!({ "yearly_fee": usd(2000), "minimum_commitment_months": months });
        Scene::new(json!([rate(1000, 0, further)]), json!({}))
    };
    yearly(0).check("setup fee 10.00, first year 20.00 = 30.00; then 20.00 a year");
    // A commitment is paid in whole years: 12 months are one, 13 are two. 10 + 1 × 20; 10 + 2 × 20.
    yearly(12).check("setup fee 10.00, first year 20.00 = 30.00; then 20.00 a year; 12 months 30.00");
    yearly(13).check("setup fee 10.00, first year 20.00 = 30.00; then 20.00 a year; 13 months 50.00");
    // An offer may say so, too.
    let mut offered = plain(json!({}));
    offered.offer["prices"] = json!([{ "setup_fee": usd(1), "monthly_fee": usd(0), "yearly_fee": usd(900) }]);
    offered.check("setup fee 0.01, first year 9.00 = 9.01; then 9.00 a year");
}

#[test]
fn a_number_is_paid_by_the_month_or_by_the_year_on_the_card_and_in_an_offer() {
    for (monthly, yearly, sold) in [
        (0, None, Some("0.00 USD now and 0.00 USD a month")),
        (1, None, Some("0.01 USD now and 0.01 USD a month")),
        (0, Some(0), Some("0.00 USD now and 0.00 USD a year")),
        (0, Some(1), Some("0.01 USD now and 0.01 USD a year")),
        // Paid both ways: a mistake of the card, and passed over in an offer, also where the year would be free.
        (1, Some(0), None),
        (1, Some(1), None),
    ] {
        let yearly = yearly.map_or(json!({}), |fee| json!({ "yearly_fee": usd(fee) }));
        let card = Scene::new(json!([rate(0, monthly, yearly.clone())]), json!({}));
        assert_eq!(card.try_shop().is_ok(), sold.is_some(), "{}", card.card);
        let mut offered = Scene::new(json!([]), json!({}));
        let mut own = json!({ "setup_fee": usd(0), "monthly_fee": usd(monthly) });
        add(&mut own, yearly);
        offered.offer["prices"] = json!([own]);
        let price = |scene: &Scene| scene.quote().price.map(|price| price.to_string());
        assert_eq!(price(&offered).as_deref(), sold, "{}", offered.offer);
        if sold.is_some() {
            assert_eq!(price(&card).as_deref(), sold, "{}", card.card);
        }
        // What is passed over leaves the next one.
        offered.offer["prices"].as_array_mut().unwrap().push(json!({ "setup_fee": usd(3), "monthly_fee": usd(4) }));
        assert_eq!(price(&offered).as_deref(), Some(sold.unwrap_or("0.07 USD now and 0.04 USD a month")));
    }
}

#[test]
fn other_fees_are_charged_once_and_never_discounted() {
    let other = json!({ "other_fees": [{ "label": "Regulator", "fee": usd(150) }] });
    let scene = Scene::new(json!([rate(1000, 200, other)]), json!({}));
    scene.check("setup fee 10.00, Regulator 1.50, first month 2.00 = 13.50; then 2.00 a month");
    let mut half = scene.clone();
    add(&mut half.card, json!({ "discounts": [{ "label": "Half", "on": "all", "off": { "basis_points": 5000 } }] }));
    // Half of 12.00 is 6.00: 5.00 of the setup fee's 10, 1.00 of the month's 2.
    half.check(
        "setup fee 10.00, Regulator 1.50, first month 2.00, Half on setup -5.00, Half on recurring -1.00 = 7.50; \
         then 1.00 a month (recurring fee 2.00, Half on recurring -1.00)",
    );
}

#[test]
fn of_two_commitments_the_longer_one_counts() {
    // 10 + n × 2.
    for (of_entry, of_offer, months, total) in [(0, 3, 3, 1600), (3, 0, 3, 1600), (3, 2, 3, 1600), (2, 3, 3, 1600)] {
        let mut scene =
            Scene::new(json!([rate(1000, 200, json!({ "minimum_commitment_months": of_entry }))]), json!({}));
        scene.offer["minimum_commitment_months"] = json!(of_offer);
        let price = scene.price();
        let found = (price.minimum_commitment_months, price.commitment_total.minor_units());
        assert_eq!(found, (months, total), "{of_entry} {of_offer}");
    }
}

#[test]
fn an_own_price_leaves_the_entry_what_is_not_the_number_s_to_set() {
    let euro = json!({ "minor_units": 70, "currency": "EUR" });
    let further = json!({
        "other_fees": [{ "label": "Regulator", "fee": usd(150) }], "tiers": [{ "from_number": 2, "fee": usd(1) }],
        "minimum_commitment_months": 12, "kyc_tier": 3
    });
    let mobile =
        json!({ "number_type": "mobile", "kyc_tier": 2, "other_fees": [{ "label": "Ofcom", "fee": usd(60) }] });
    let mut scene = Scene::new(json!([rate(1000, 200, further), rate(1000, 200, mobile)]), json!({})).held(5);
    scene.offer["prices"] = json!([
        { "setup_fee": usd(300), "monthly_fee": usd(400) }, { "setup_fee": euro, "monthly_fee": euro }
    ]);
    // Its own 3.00 and 4.00, the entry's 1.50; no tier and no commitment of the entry's.
    scene.check("setup fee 3.00, Regulator 1.50, first month 4.00 = 8.50; then 4.00 a month");
    assert_eq!(scene.quote().item.unwrap().kyc_tier, 3);
    // Nothing is converted: in euros there is no fee of the regulator's.
    let request = ringup_core::PurchaseRequest { currency: Some("EUR".into()), ..scene.request() };
    let quote = ringup_core::quote(&scene.shop(), &scene.standing(), &scene.offers(), &request, scene.now);
    assert_eq!(quote.price.unwrap().to_string(), "1.40 EUR now and 0.70 EUR a month");
    // The most specific entry speaks, and where there is none, nobody does.
    scene.offer["number_type"] = json!("mobile");
    scene.offer["minimum_commitment_months"] = json!(2);
    scene.check("setup fee 3.00, Ofcom 0.60, first month 4.00 = 7.60; then 4.00 a month; 2 months 11.60");
    assert_eq!(scene.quote().item.unwrap().kyc_tier, 2);
    scene.card["rates"] = json!([]);
    scene.check("setup fee 3.00, first month 4.00 = 7.00; then 4.00 a month; 2 months 11.00");
    assert_eq!(scene.quote().item.unwrap().kyc_tier, 0);
}

#[test]
fn the_nth_number_has_the_fee_of_its_tier() {
    let tiers = json!([{ "from_number": 3, "fee": usd(150) }, { "from_number": 5, "fee": usd(100) }]);
    let scene = Scene::new(json!([rate(0, 200, json!({ "tiers": tiers }))]), json!({}));
    let price = |held: u32, fee: &str| {
        scene.held(held).check(&format!("first month {fee} = {fee}; then {fee} a month"));
    };
    // Who holds none buys the first, who holds two the third.
    for (held, fee) in [(0, "2.00"), (1, "2.00"), (2, "1.50"), (3, "1.50"), (4, "1.00"), (5, "1.00")] {
        price(held, fee);
    }
    // What is on its way counts until it counts no more; then the same purchase costs more, so the quote ends there.
    let until = at("2026-03-25T10:05:00Z");
    let open = Scene { checkouts: vec![until], ..scene.held(3) };
    open.check("first month 1.00 = 1.00; then 1.00 a month");
    assert_eq!(open.quote().expires_at, until);
    open.on("2026-03-25T10:04:59.999Z").check("first month 1.00 = 1.00; then 1.00 a month");
    open.on("2026-03-25T10:05:00Z").check("first month 1.50 = 1.50; then 1.50 a month");
    assert_eq!(open.on("2026-03-25T10:05:00Z").quote().expires_at, at("2026-03-25T10:20:00Z"));
}

#[test]
fn a_holder_whose_numbers_do_not_count_is_counted_alone() {
    // The second number is 1.50, the third 1.00; the plan includes the first two.
    let tiers = json!([{ "from_number": 2, "fee": usd(150) }, { "from_number": 3, "fee": usd(100) }]);
    let mut scene = Scene::new(json!([rate(0, 200, json!({ "tiers": tiers }))]), json!({}));
    scene.plans = json!([
        { "id": "team", "title": "Team", "monthly_fee": usd(1900), "number_limit": 9, "included_numbers": 2 }
    ]);
    let open = |count| vec![at("2026-03-25T10:05:00Z"); count];
    // Held by those that count, held by the one that does not, and on their way of both; what the next number costs the
    // former without the plan and with it, and the latter, for whom the plan changes nothing.
    for (held, held_uncounted, open_count, open_uncounted, counted, on_plan, uncounted) in [
        (0, 0, 0, 0, 200, 0, 200),
        (0, 1, 0, 0, 200, 0, 150),
        (0, 1, 0, 1, 200, 0, 100),
        (0, 9, 0, 9, 200, 0, 100),
        (1, 0, 0, 0, 150, 0, 200),
        (1, 0, 1, 0, 100, 100, 200),
        (2, 1, 0, 0, 100, 100, 150),
        (9, 0, 9, 0, 100, 100, 200),
        (9, 0, 9, 1, 100, 100, 150),
    ] {
        let (checkouts, checkouts_uncounted) = (open(open_count), open(open_uncounted));
        let own = Scene { held, held_uncounted, checkouts, checkouts_uncounted, ..scene.clone() };
        let other = Scene { for_uncounted: true, ..own.clone() };
        let due = |scene: &Scene| scene.price().due_now.minor_units();
        let found = [due(&own), due(&own.on_plan("team")), due(&other), due(&other.on_plan("team"))];
        let row = format!("{held} {held_uncounted} {open_count} {open_uncounted}");
        assert_eq!(found, [counted, on_plan, uncounted, uncounted], "{row}");
        // A quote ends with the checkouts that are counted for it, and with no others.
        let ends = |open: usize| at(if open == 0 { "2026-03-25T10:15:00Z" } else { "2026-03-25T10:05:00Z" });
        assert_eq!(own.quote().expires_at, ends(open_count), "{row}");
        assert_eq!(other.quote().expires_at, ends(open_uncounted), "{row}");
    }
}

#[test]
fn the_first_numbers_of_a_plan_cost_no_rent() {
    let mut scene = plain(json!({})).on_plan("team");
    scene.plans = json!([
        { "id": "solo", "title": "Solo", "monthly_fee": usd(900), "number_limit": 9 },
        { "id": "team", "title": "Team", "monthly_fee": usd(1900), "number_limit": 9, "included_numbers": 2 }
    ]);
    let included = "setup fee 10.00, first month 2.00, included number -2.00 = 10.00; \
                    then 0.00 a month (recurring fee 2.00, included number -2.00)";
    let paid = "setup fee 10.00, first month 2.00 = 12.00; then 2.00 a month";
    for (held, row) in [(0, included), (1, included), (2, paid), (3, paid)] {
        scene.held(held).check(row);
        scene.held(held).on_plan("solo").check(paid);
    }
    let until = at("2026-03-25T10:00:01Z");
    let open = Scene { checkouts: vec![until], ..scene.held(1) };
    open.check(paid);
    assert_eq!(open.quote().expires_at, until);
}

#[test]
fn a_percentage_is_taken_off_setup_rent_or_both() {
    let percent =
        |on: &str, points: u32| discounted(json!([{ "label": "D", "on": on, "off": { "basis_points": points } }]));
    // A quarter of 10.00.
    percent("setup", 2500).check("setup fee 10.00, first month 2.00, D on setup -2.50 = 9.50; then 2.00 a month");
    // An eighth of 2.00.
    percent("recurring", 1250).check(
        "setup fee 10.00, first month 2.00, D on recurring -0.25 = 11.75; \
         then 1.75 a month (recurring fee 2.00, D on recurring -0.25)",
    );
    // A tenth of 12.00 is 1.20: 1.00 and 0.20.
    percent("all", 1000).check(
        "setup fee 10.00, first month 2.00, D on setup -1.00, D on recurring -0.20 = 10.80; \
         then 1.80 a month (recurring fee 2.00, D on recurring -0.20)",
    );
    // Everything.
    percent("all", 10_000).check(
        "setup fee 10.00, first month 2.00, D on setup -10.00, D on recurring -2.00 = 0.00; \
         then 0.00 a month (recurring fee 2.00, D on recurring -2.00)",
    );
    // 12.00 × 0.0729 = 0.8748, so 0.87: of that, 10/12 are 0.7250 and 2/12 are 0.1450. One cent is left over, and both lost
    // a half: it goes to the first.
    percent("all", 729).check(
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
        let discounts =
            json!([{ "label": "D", "on": "recurring", "off": { "basis_points": 5000 }, "periods": periods }]);
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
        .push(json!({ "label": "E", "on": "all", "off": { "basis_points": 2500 }, "periods": 4, "countries": ["US"] }));
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
    let setup = json!([{ "label": "D", "on": "setup", "off": { "basis_points": 5000 }, "periods": 3 }]);
    discounted(setup).check("setup fee 10.00, first month 2.00, D on setup -5.00 = 7.00; then 2.00 a month");
}

#[test]
fn each_discount_takes_from_what_the_ones_before_it_have_left() {
    let half = json!({ "label": "Half", "on": "recurring", "off": { "basis_points": 5000 } });
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
                "label": "D", "on": "recurring", "off": { "basis_points": 5000 }, "periods": 1, "rounding": rounding
            }]);
            let scene = Scene::new(json!([rate(0, fee, json!({}))]), json!({ "discounts": discounts }));
            assert_eq!(scene.price().due_now.minor_units(), fee - off, "{rounding} {fee}");
        }
    }
    // A third of a hundred, and two thirds: 33.33… and 66.66….
    for (rounding, one, two) in [("half_up", 33, 67), ("half_even", 33, 67), ("down", 33, 66), ("up", 34, 67)] {
        for (points, tax) in [(3333, one), (6666, two)] {
            let taxes = json!([{
                "label": "T", "basis_points": points, "kind": "exclusive", "rounding": rounding, "rounded": "total"
            }]);
            let scene = Scene::new(json!([rate(0, 100, json!({}))]), json!({ "taxes": taxes }));
            assert_eq!(scene.price().due_now.minor_units(), 100 + tax, "{rounding} {points}");
        }
    }
}

#[test]
fn a_tax_comes_on_top_of_each_charge_or_of_all_together() {
    let tax = |rounded: &str| {
        taxed(json!([{ "label": "VAT", "basis_points": 1900, "kind": "exclusive", "rounded": rounded }]))
    };
    // 19 % of 10.00 and of 2.00; of 12.00.
    tax("line").check(
        "setup fee 10.00, first month 2.00, VAT on setup 1.90, VAT on recurring 0.38 = 14.28; \
         then 2.38 a month (recurring fee 2.00, VAT on recurring 0.38)",
    );
    tax("total")
        .check("setup fee 10.00, first month 2.00, VAT 2.28 = 14.28; then 2.38 a month (recurring fee 2.00, VAT 0.38)");
    // 5 % of 0.10 is half a cent, twice; of 0.20 it is one.
    let small = |rounded: &str| {
        let taxes = json!([{ "label": "T", "basis_points": 500, "kind": "exclusive", "rounded": rounded }]);
        Scene::new(json!([rate(10, 10, json!({}))]), json!({ "taxes": taxes })).price().due_now.minor_units()
    };
    assert_eq!((small("line"), small("total")), (22, 21));
    // Two taxes are both on the price, none on the other: 5 % and 7 % of 12.00 are 0.60 and 0.84.
    let two = json!([
        { "label": "GST", "basis_points": 500, "kind": "exclusive", "rounded": "total" },
        { "label": "PST", "basis_points": 700, "kind": "exclusive", "rounded": "total" }
    ]);
    taxed(two).check(
        "setup fee 10.00, first month 2.00, GST 0.60, PST 0.84 = 13.44; \
         then 2.24 a month (recurring fee 2.00, GST 0.10, PST 0.14)",
    );
}

#[test]
fn a_tax_that_prices_contain_adds_nothing() {
    let tax = |rounded: &str| {
        taxed(json!([{ "label": "VAT", "basis_points": 1900, "kind": "inclusive", "rounded": rounded }]))
    };
    // 10.00 × 19/119 = 1.5966, 2.00 × 19/119 = 0.3193; 12.00 × 19/119 = 1.9160.
    tax("line").check(
        "setup fee 10.00, first month 2.00 = 12.00 of which VAT on setup 1.60, VAT on recurring 0.32; \
         then 2.00 a month of which VAT on recurring 0.32",
    );
    tax("total")
        .check("setup fee 10.00, first month 2.00 = 12.00 of which VAT 1.92; then 2.00 a month of which VAT 0.32");
    // While a discount of the first three periods lasts there is less of it: 1.00 × 19/119 = 0.1597; 11.00 × 19/119 = 1.7563.
    let half = json!([{ "label": "D", "on": "recurring", "off": { "basis_points": 5000 }, "periods": 3 }]);
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
    let abroad = taxed(json!([{ "label": "VAT", "basis_points": 1900, "kind": "exclusive", "countries": ["DE"] }]));
    abroad.check("setup fee 10.00, first month 2.00 = 12.00; then 2.00 a month");
    let mut scene = taxed(json!([
        { "label": "VAT", "basis_points": 1900, "kind": "exclusive", "countries": ["DE"] },
        { "label": "Tax", "basis_points": 1000, "kind": "exclusive", "countries": ["US"] }
    ]));
    add(&mut scene.card, json!({ "discounts": [{ "label": "D", "on": "setup", "off": { "basis_points": 5000 } }] }));
    // 10.00 − 5.00 = 5.00, a tenth of which is 0.50; a tenth of 2.00 is 0.20.
    scene.check(
        "setup fee 10.00, first month 2.00, D on setup -5.00, Tax on setup 0.50, Tax on recurring 0.20 = 7.70; \
         then 2.20 a month (recurring fee 2.00, Tax on recurring 0.20)",
    );
    let dated = taxed(json!([
        { "label": "Old", "basis_points": 1000, "kind": "inclusive", "rounded": "total", "effective_until": at("2026-04-01") },
        { "label": "New", "basis_points": 2000, "kind": "inclusive", "rounded": "total", "effective_from": at("2026-04-01") }
    ]));
    // 12.00 × 10/110 = 1.0909; 12.00 × 20/120 = 2.00.
    let row = |tax: &str| format!("setup fee 10.00, first month 2.00 = 12.00 of which {tax}");
    // 2.00 × 10/110 = 0.1818; 2.00 × 20/120 = 0.3333.
    let then = |tax: &str| format!("; then 2.00 a month of which {tax}");
    dated.on("2026-03-31T23:59:59.999Z").check(&(row("Old 1.09") + &then("Old 0.18")));
    dated.on("2026-04-01T00:00:00Z").check(&(row("New 2.00") + &then("New 0.33")));
}

#[test]
fn the_most_specific_entry_in_effect_counts() {
    let mut scene = Scene::new(
        json!([
            rate(0, 100, json!({})),
            rate(0, 200, json!({ "able_to": { "sms": true } })),
            rate(0, 300, json!({ "able_to": { "voice": true, "sms": true } })),
            rate(0, 400, json!({ "number_type": "mobile" })),
            rate(0, 500, json!({ "number_type": "mobile", "able_to": { "fax": true } })),
            rate(0, 600, json!({ "prefix": "+1415" })),
            rate(0, 700, json!({ "prefix": "+1415555" })),
        ]),
        json!({}),
    );
    for (number, number_type, capabilities, cents) in [
        ("+12125550142", "local", json!({}), 100),
        ("+12125550142", "local", json!({ "voice": true }), 100),
        ("+12125550142", "local", json!({ "sms": true, "mms": true }), 200),
        ("+12125550142", "local", json!({ "sms": true, "voice": true, "fax": true }), 300),
        // A type outweighs any capability, a prefix both.
        ("+12125550142", "mobile", json!({ "sms": true, "voice": true }), 400),
        ("+12125550142", "mobile", json!({ "sms": true, "voice": true, "fax": true }), 500),
        ("+14152220142", "mobile", json!({ "sms": true, "voice": true, "fax": true }), 600),
        ("+14155550142", "mobile", json!({}), 700),
    ] {
        scene.offer["number"] = json!(number);
        scene.offer["number_type"] = json!(number_type);
        scene.offer["capabilities"] = capabilities;
        assert_eq!(scene.price().due_now.minor_units(), cents, "{}", scene.offer);
    }
}

#[test]
fn an_entry_counts_from_its_first_instant_until_its_last() {
    let scene = Scene::new(
        json!([
            rate(0, 100, json!({ "effective_until": at("2026-03-25T10:00:00Z") })),
            rate(
                0,
                200,
                json!({ "effective_from": at("2026-03-25T10:00:00Z"), "effective_until": at("2026-03-25T10:01:00Z") })
            ),
        ]),
        json!({}),
    );
    let price = |now| scene.on(now).quote().price.map(|price| price.due_now.minor_units());
    assert_eq!(price("2026-03-25T09:59:59.999Z"), Some(100));
    assert_eq!(price("2026-03-25T10:00:00Z"), Some(200));
    assert_eq!(price("2026-03-25T10:00:00.001Z"), Some(200));
    assert_eq!(price("2026-03-25T10:00:59.999Z"), Some(200));
    assert_eq!(price("2026-03-25T10:01:00Z"), None, "nothing is sold there any more");
    // What another country's numbers cost is nothing to it.
    let mut abroad = Scene::new(json!([rate(0, 100, json!({}))]), json!({}));
    let ending = rate(0, 100, json!({ "country": "CA", "effective_until": at("2026-03-25T10:05:00Z") }));
    abroad.card["rates"].as_array_mut().unwrap().push(ending);
    assert_eq!(abroad.quote().expires_at, at("2026-03-25T10:15:00Z"));
    // A quote holds no longer than its price.
    assert_eq!(scene.on("2026-03-25T09:59:00Z").quote().expires_at, at("2026-03-25T10:00:00Z"));
    assert_eq!(scene.on("2026-03-25T10:00:00Z").quote().expires_at, at("2026-03-25T10:01:00Z"));
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
        assert_eq!((price.due_now.to_string(), price.exponent), (due_now.into(), exponent));
    }
    // Whoever is refused reads the same decimals: 1.0075 are due, the wallet is empty.
    let mut scene = currency("USD", json!({ "exponents": { "USD": 4 } }));
    let quote = serde_json::to_value(scene.quote()).unwrap();
    let balance = quote["gates"].as_array().unwrap().iter().find(|gate| gate["gate"] == "balance").unwrap();
    assert_eq!(balance["fixes"][0]["message"], "add 1.0075 USD to your balance");
    // An offer's own price is in the provider's units, too.
    scene.offer["prices"] = json!([{ "setup_fee": usd(1), "monthly_fee": usd(2) }]);
    assert_eq!(scene.price().to_string(), "0.0003 USD now and 0.0002 USD a month");
}

#[test]
fn a_price_that_was_stored_is_read_with_the_decimals_that_it_was_made_with() {
    let half = json!([{ "label": "D", "on": "recurring", "off": { "basis_points": 5000 }, "periods": 2 }]);
    let tax = json!([{ "label": "T", "basis_points": 10_000, "kind": "inclusive", "rounded": "total" }]);
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
        assert_eq!(read.monthly_fee.currency().exponent(), 4);
        let read: ringup_core::Quote = serde_json::from_value(serde_json::to_value(scene.quote()).unwrap()).unwrap();
        assert_eq!(super::scene::row(&read.price.unwrap()), row);
    }
}

#[test]
fn limits_of_spending_are_told_with_the_decimals_of_the_shop() {
    let limit = json!({ "amount": usd(10_074), "period": "day" });
    let scene = Scene::new(json!([rate(10_000, 75, json!({}))]), json!({ "exponents": { "USD": 4 } }));
    let mut data: Value = serde_json::from_str(ringup_core::policies::VOBIZ).unwrap();
    data["rate_card"] = scene.card.clone();
    data["policy"]["plan_limits"] = json!(true);
    let plan = json!({ "id": "team", "title": "Team", "monthly_fee": usd(0), "number_limit": 9 });
    data["plans"] = json!([plan]);
    // The policy's own, and the plan's.
    let mut of_plan = data.clone();
    of_plan["plans"][0]["limits"] = json!({ "spend": limit });
    data["policy"]["limits"] = json!({ "spend": limit });
    for data in [data, of_plan] {
        let shop = ringup_core::Shop::new(serde_json::from_value(data).unwrap()).unwrap();
        let team = scene.on_plan("team");
        let quote = ringup_core::quote(&shop, &team.standing(), &team.offers(), &team.request(), team.now);
        let quote = serde_json::to_value(quote).unwrap();
        let gate = quote["gates"].as_array().unwrap().iter().find(|gate| gate["gate"] == "spend_limit").unwrap();
        let message = gate["message"].as_str().unwrap();
        assert!(message.contains("1.0075 USD") && message.contains("1.0074 USD"), "{message}");
    }
}

const LARGEST: i64 = 9_007_199_254_740_991;

#[test]
fn a_price_that_is_too_large_to_be_counted_is_told_as_such() {
    let stock = |scene: &Scene| {
        let gates = serde_json::to_value(scene.quote().gates).unwrap();
        let gate = gates.as_array().unwrap().iter().find(|gate| gate["gate"] == "stock").unwrap().clone();
        gate["message"].as_str().unwrap_or("").to_owned()
    };
    let of_card = |setup, monthly, further: Value| Scene::new(json!([rate(setup, monthly, further)]), json!({}));
    let largest = of_card(LARGEST - 1, 1, json!({}));
    assert_eq!(largest.price().due_now.minor_units(), LARGEST);
    let too_large = "what this number costs is more than can be counted in `USD`";
    let mut taxed = largest.clone();
    add(&mut taxed.card, json!({ "taxes": [{ "label": "T", "basis_points": 1, "kind": "exclusive" }] }));
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
    assert_eq!(stock(&offered), "this number has no price in `USD`");
    let euro = json!({ "minor_units": 1, "currency": "EUR" });
    offered.offer["prices"].as_array_mut().unwrap().push(json!({ "setup_fee": euro, "monthly_fee": euro }));
    let request = ringup_core::PurchaseRequest { currency: Some("USD".into()), ..offered.request() };
    let quote = ringup_core::quote(&offered.shop(), &offered.standing(), &offered.offers(), &request, offered.now);
    let told = serde_json::to_string(&quote.gates).unwrap();
    assert!(told.contains("this number has no price in `USD`, only in `EUR`"), "{told}");
}

#[test]
fn what_was_spent_and_is_too_large_to_be_counted_is_above_every_limit() {
    let scene = Scene::new(json!([rate(0, 1, json!({}))]), json!({ "exponents": { "USD": 9 } }));
    let mut data: Value = serde_json::from_str(ringup_core::policies::VOBIZ).unwrap();
    data["rate_card"] = scene.card.clone();
    data["policy"]["limits"] = json!({ "spend": { "amount": usd(1000), "period": "month" } });
    let shop = ringup_core::Shop::new(serde_json::from_value(data).unwrap()).unwrap();
    for (spent, status) in
        [(vec![], "passed"), (vec![999], "passed"), (vec![1000], "blocked"), (vec![5, LARGEST], "blocked")]
    {
        let mut standing = scene.standing();
        let claim = |units: &i64| json!({ "at": scene.now, "move": "claim", "spent": usd(*units) });
        standing.recent = serde_json::from_value(spent.iter().map(claim).collect()).unwrap();
        let quote = ringup_core::quote(&shop, &standing, &scene.offers(), &scene.request(), scene.now);
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
