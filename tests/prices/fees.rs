//! Fees: what an entry of the rate card charges, which entry counts, and what plans and tiers leave of it.

use serde_json::json;

use super::scene::{Scene, add, at, plain, rate, usd};
use crate::api::quote;

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
    add(&mut half.card, json!({ "discounts": [{ "label": "Half", "on": "all", "off": { "percent": "50" } }] }));
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
    let quote = quote(&scene.shop(), &scene.standing(), &scene.offers(), &request, scene.now);
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
    // A pending purchase counts until its checkout expires; then the same purchase costs more, so the quote ends there.
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
