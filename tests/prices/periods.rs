//! First periods up to a billing day, with the working beside each row; and when a quote of one ends.

use ringup_core::FirstPeriod;
use serde_json::json;

use super::scene::{Scene, add, at, rate, usd};
use super::zones;
use crate::api::agreement;

/// A number whose fee makes the working easy, for a customer whose periods begin at an anchor.
fn aligned(basis: &str, fee: i64, anchor: &str) -> Scene {
    let scene = Scene::new(json!([rate(0, fee, json!({}))]), json!({ "proration": { "basis": basis } }));
    Scene { anchor: Some(at(anchor)), ..scene }
}

fn yearly(basis: &str, fee: i64, anchor: &str) -> Scene {
    let mut scene = aligned(basis, 0, anchor);
    add(&mut scene.card["rates"][0], json!({ "yearly_fee": usd(fee) }));
    scene
}

#[track_caller]
fn check(scene: &Scene, now: &str, due_now: i64, starts_at: &str, ends_at: &str) {
    let price = scene.on(now).price();
    let FirstPeriod { starts_at: from, ends_at: to, .. } = price.first_period.unwrap();
    assert_eq!((price.due_now.minor_units(), from, to), (due_now, at(starts_at), at(ends_at)), "{now}");
}

#[test]
fn what_is_over_of_the_first_period_is_taken_off() {
    // 25 to 31 March are 7 days of 31: 31.00 × 7/31 = 7.00.
    aligned("day", 3100, "2026-01-01").check("first month 31.00, proration -24.00 = 7.00; then 31.00 a month");
    // Bought on the billing day it is a whole one, and says nothing.
    aligned("day", 3100, "2026-01-25").check("first month 31.00 = 31.00; then 31.00 a month");
    // Without an anchor, or without a rule, each number has periods of its own.
    let whole = "first month 31.00 = 31.00; then 31.00 a month";
    let alone = Scene { anchor: None, ..aligned("day", 3100, "2026-01-01") };
    alone.check(whole);
    assert_eq!(alone.price().first_period, None);
    let mut unruled = aligned("day", 3100, "2026-01-01");
    drop(unruled.card.as_object_mut().unwrap().remove("proration"));
    unruled.check(whole);
    // By nothing: the shorter period costs the whole fee.
    let none = aligned("none", 3100, "2026-01-01");
    none.check(whole);
    assert_eq!(none.price().first_period.unwrap().ends_at, at("2026-04-01"));
}

#[test]
fn a_commitment_begins_when_the_first_whole_period_does() {
    let committed = |anchor: &str| {
        let mut scene = aligned("day", 3100, anchor);
        add(&mut scene.card["rates"][0], json!({ "minimum_commitment_months": 3 }));
        scene
    };
    // 7.00 + 3 × 31.00; on the billing day the first period is the first of the three.
    let short = "first month 31.00, proration -24.00 = 7.00; then 31.00 a month; 3 months 100.00";
    committed("2026-01-01").check(short);
    committed("2026-01-25").check("first month 31.00 = 31.00; then 31.00 a month; 3 months 93.00");
}

#[test]
fn days_are_counted_with_the_one_that_has_begun() {
    let scene = aligned("day", 3100, "2026-01-01");
    let march = |now, due_now| check(&scene, now, due_now, "2026-03-01", "2026-04-01");
    march("2026-03-01T00:00:00Z", 3100);
    march("2026-03-01T23:59:59.999Z", 3100);
    march("2026-03-02T00:00:00Z", 3000);
    march("2026-03-31T00:00:00Z", 100);
    march("2026-03-31T23:59:59.999Z", 100);
    check(&scene, "2026-04-01T00:00:00Z", 3100, "2026-04-01", "2026-05-01");
    // The hour of the anchor does not matter: a period begins at midnight of its day.
    check(&aligned("day", 3100, "2026-01-01T18:00:00Z"), "2026-03-02T05:00:00Z", 3000, "2026-03-01", "2026-04-01");
    // 31 January, 28 February, 31 March. From 15 to 27 February are 13 days of the 28 from 31 January on.
    let last_day = aligned("day", 2800, "2026-01-31");
    check(&last_day, "2026-02-15T10:00:00Z", 1300, "2026-01-31", "2026-02-28");
    // From 28 February to 30 March are 31 days.
    check(&aligned("day", 3100, "2026-01-31"), "2026-03-30T10:00:00Z", 100, "2026-02-28", "2026-03-31");
    // In a leap year there are 29 from 31 January on, and 14 from 15 February on.
    check(&aligned("day", 2900, "2028-01-31"), "2028-02-15T10:00:00Z", 1400, "2028-01-31", "2028-02-29");
    // By clocks that are five and a half hours ahead, the 25th begins at 18:30 the day before.
    let india = |anchor: &str| Scene { zone: zones::fixed(330), ..aligned("day", 3100, anchor) };
    check(&india("2026-01-01"), "2026-03-24T18:29:59.999Z", 800, "2026-02-28T18:30:00Z", "2026-03-31T18:30:00Z");
    check(&india("2026-01-01"), "2026-03-24T18:30:00Z", 700, "2026-02-28T18:30:00Z", "2026-03-31T18:30:00Z");
    // Its anchor is late on the 31st of December there. February's day is the 28th: 27 February is the last of 28 days.
    let last_day = Scene { zone: zones::fixed(330), ..aligned("day", 2800, "2025-12-31T18:29:00Z") };
    check(&last_day, "2026-02-27T18:29:59Z", 100, "2026-01-30T18:30:00Z", "2026-02-27T18:30:00Z");
    check(&last_day, "2026-02-27T18:30:00Z", 2800, "2026-02-27T18:30:00Z", "2026-03-30T18:30:00Z");
    // An anchor that is yet to come.
    check(&aligned("day", 3100, "2031-07-01"), "2026-03-31T12:00:00Z", 100, "2026-03-01", "2026-04-01");
}

#[test]
fn seconds_are_counted_with_the_one_that_has_begun() {
    // March has 2,678,400 seconds; at a cent each, what is due is what is left.
    let scene = aligned("second", 2_678_400, "2026-01-01T12:00:00Z");
    let march = |now, due_now| check(&scene, now, due_now, "2026-03-01T12:00:00Z", "2026-04-01T12:00:00Z");
    march("2026-03-01T12:00:00Z", 2_678_400);
    march("2026-03-01T12:00:00.999Z", 2_678_400);
    march("2026-03-01T12:00:01Z", 2_678_399);
    // 25 March 10:00 to 1 April 12:00 are 7 days and 2 hours: 612,000.
    march("2026-03-25T10:00:00Z", 612_000);
    march("2026-04-01T11:59:59Z", 1);
    march("2026-04-01T11:59:59.999Z", 1);
    check(&scene, "2026-04-01T12:00:00Z", 2_678_400, "2026-04-01T12:00:00Z", "2026-05-01T12:00:00Z");
}

#[test]
fn every_month_has_thirty_days_by_30_360() {
    let scene = aligned("30_360", 3000, "2026-01-01");
    // From the 25th to the 1st of the next month: 30 + 1 − 25 = 6.
    check(&scene, "2026-03-25T10:00:00Z", 600, "2026-03-01", "2026-04-01");
    // The 30th and the 31st are the same day.
    check(&scene, "2026-03-30T10:00:00Z", 100, "2026-03-01", "2026-04-01");
    check(&scene, "2026-03-31T10:00:00Z", 100, "2026-03-01", "2026-04-01");
    // 30 + 1 − 28 = 3: the last day of February is worth three.
    check(&scene, "2026-02-28T10:00:00Z", 300, "2026-02-01", "2026-03-01");
    check(&scene, "2028-02-29T10:00:00Z", 200, "2028-02-01", "2028-03-01");
    // A billing day that February does not have: the whole of 28 February to 30 March costs the fee.
    let last_day = aligned("30_360", 3000, "2026-01-31");
    check(&last_day, "2026-02-27T10:00:00Z", 300, "2026-01-31", "2026-02-28");
    check(&last_day, "2026-02-28T10:00:00Z", 3000, "2026-02-28", "2026-03-31");
    check(&last_day, "2026-03-01T10:00:00Z", 2900, "2026-02-28", "2026-03-31");
    // No day is free.
    check(&last_day, "2026-03-30T10:00:00Z", 100, "2026-02-28", "2026-03-31");
    // A year has 360: from 25 March to 1 January are 9 × 30 + 6 = 276.
    check(&yearly("30_360", 36_000, "2026-01-01"), "2026-03-25T10:00:00Z", 27_600, "2026-01-01", "2027-01-01");
}

#[test]
fn a_year_is_twelve_months_by_anniversary_and_its_days_by_day() {
    // 7 of March's 31 days and 9 months: (9 × 31 + 7) / (12 × 31) = 286/372.
    let scene = yearly("anniversary", 37_200, "2026-01-01");
    check(&scene, "2026-03-25T10:00:00Z", 28_600, "2026-01-01", "2027-01-01");
    // All of March is left, so ten twelfths.
    check(&scene, "2026-03-01T00:00:00Z", 31_000, "2026-01-01", "2027-01-01");
    // By day, 25 March to 31 December are 282 of 365; 29 February to 31 December of a leap year are 307 of 366.
    check(&yearly("day", 36_500, "2026-01-01"), "2026-03-25T10:00:00Z", 28_200, "2026-01-01", "2027-01-01");
    check(&yearly("day", 36_600, "2026-01-01"), "2028-02-29T10:00:00Z", 30_700, "2028-01-01", "2029-01-01");
    // The anniversary of 29 February is the 28th, but in a leap year. One day is left of the 30 from 29 January on, and no
    // month: 1 / (12 × 30).
    let leap_day = yearly("anniversary", 36_000, "2024-02-29");
    check(&leap_day, "2026-02-27T10:00:00Z", 100, "2025-02-28", "2026-02-28");
    check(&leap_day, "2026-02-28T00:00:00Z", 36_000, "2026-02-28", "2027-02-28");
    check(&yearly("day", 36_600, "2024-02-29"), "2027-03-01T00:00:00Z", 36_500, "2027-02-28", "2028-02-29");
    // Of a month it is the days.
    check(&aligned("anniversary", 3100, "2026-01-01"), "2026-03-25T10:00:00Z", 700, "2026-03-01", "2026-04-01");
}

#[test]
fn a_fraction_of_a_first_period_goes_the_way_that_its_rule_says() {
    // 1.00 × 7/31 = 22.58 cents; 0.31 × 15/30 = 15.5 on 16 April, by half up, half even, down and up.
    for (rounding, sevenths, half) in [("half_up", 23, 16), ("half_even", 23, 16), ("down", 22, 15), ("up", 23, 16)] {
        let price = |fee: i64, now: &str| {
            let mut scene = aligned("day", fee, "2026-01-01");
            scene.card["proration"]["rounding"] = json!(rounding);
            scene.on(now).price().due_now.minor_units()
        };
        assert_eq!(price(100, "2026-03-25"), sevenths, "{rounding}");
        assert_eq!(price(31, "2026-04-16"), half, "{rounding}");
    }
    let mut even = aligned("day", 29, "2026-01-01");
    even.card["proration"]["rounding"] = json!("half_even");
    // 0.29 × 15/30 = 14.5: the even one is 14.
    assert_eq!(even.on("2026-04-16").price().due_now.minor_units(), 14);
}

#[test]
fn discounts_and_taxes_are_on_what_is_left_of_the_period() {
    let mut scene = aligned("day", 3100, "2026-01-01");
    let discount = json!({ "label": "D", "on": "recurring", "off": { "percent": "10" }, "periods": 1 });
    let tax = json!({ "label": "T", "percent": "20", "kind": "exclusive" });
    add(&mut scene.card, json!({ "discounts": [discount], "taxes": [tax] }));
    // 7.00 − 0.70 = 6.30, a fifth of which is 1.26; then 31.00 and 6.20.
    scene.check(
        "first month 31.00, proration -24.00, D on recurring -0.70, T on recurring 1.26 = 7.56; \
         then 37.20 a month (recurring fee 31.00, T on recurring 6.20)",
    );
}

#[test]
fn a_quote_ends_when_the_first_period_comes_to_cost_less() {
    let ends = |scene: &Scene, now: &str, expected: &str| {
        let quote = scene.on(now).quote();
        assert_eq!(quote.expires_at, at(expected), "{now}");
    };
    let daily = aligned("day", 3100, "2026-01-01");
    ends(&daily, "2026-03-25T10:00:00Z", "2026-03-25T10:15:00Z");
    ends(&daily, "2026-03-25T23:50:00Z", "2026-03-26T00:00:00Z");
    ends(&daily, "2026-03-31T23:50:00Z", "2026-04-01T00:00:00Z");
    // The 31st costs what the 30th does, but there the period ends.
    let thirty = aligned("30_360", 3000, "2026-01-01");
    ends(&thirty, "2026-03-30T23:50:00Z", "2026-03-31T00:05:00Z");
    ends(&thirty, "2026-03-31T23:50:00Z", "2026-04-01T00:00:00Z");
    // The first day of a whole period ends with it: rounded up, a cent stays a cent, but the commitment of three months
    // comes to three periods on that day, and to a fourth, short one from the next day on.
    let mut committed = aligned("day", 1, "2026-01-01");
    add(&mut committed.card["proration"], json!({ "rounding": "up" }));
    add(&mut committed.card["rates"][0], json!({ "minimum_commitment_months": 3 }));
    ends(&committed, "2026-03-01T23:50:00Z", "2026-03-02T00:00:00Z");
    ends(&committed, "2026-03-02T23:50:00Z", "2026-03-03T00:05:00Z");
    // A free number costs the same in April, but it is April that is paid for then.
    let mut free = aligned("day", 0, "2026-01-01");
    free.card["quote_lifetime_s"] = json!(30 * 86_400);
    ends(&free, "2026-03-25T10:00:00Z", "2026-04-01T00:00:00Z");
    // A cent a second, and a cent every 26,784 seconds, the first after half of that.
    ends(&aligned("second", 2_678_400, "2026-01-01"), "2026-03-25T10:00:00.250Z", "2026-03-25T10:00:01Z");
    ends(&aligned("second", 100, "2026-01-01"), "2026-03-01T03:43:00Z", "2026-03-01T03:43:13Z");
}

#[test]
fn a_release_waits_for_the_end_of_the_customer_s_own_period() {
    use ringup_core::{HeldNumber, ImportedNumber, PurchaseId};
    let paid_until = |scene: &Scene, activated: &str, now: &str| {
        let agreement = agreement(&scene.shop(), &scene.request(), &scene.quote(), scene.now);
        let offer = serde_json::from_value(scene.offer.clone()).unwrap();
        let id: PurchaseId = "p".parse().unwrap();
        HeldNumber::imported(&ImportedNumber::new(id, offer, agreement, at(activated)))
            .paid_until(&scene.shop(), at(now))
            .unwrap()
    };
    let aligned = aligned("day", 3100, "2026-01-31");
    assert_eq!(paid_until(&aligned, "2026-03-25T10:00:00Z", "2026-03-25T10:00:00Z"), at("2026-03-31"));
    assert_eq!(paid_until(&aligned, "2026-03-25T10:00:00Z", "2026-03-31T00:00:00Z"), at("2026-04-30"));
    assert_eq!(paid_until(&aligned, "2026-03-25T10:00:00Z", "2026-05-30T23:59:59Z"), at("2026-05-31"));
    // What is activated at the end of its first period, or after it, has paid for none that runs then: until the next one
    // begins, it is paid until the end of the first.
    let end = "2026-03-31T00:00:00Z";
    for activated in ["2026-03-30T23:59:59.999Z", end, "2026-03-31T00:00:00.001Z", "2026-04-29T23:59:59.999Z"] {
        assert_eq!(paid_until(&aligned, activated, activated), at(end), "{activated}");
        // A clock that has been set back changes nothing.
        assert_eq!(paid_until(&aligned, activated, "2026-03-01"), at(end), "{activated}");
        assert_eq!(paid_until(&aligned, activated, "2026-04-30T00:00:00Z"), at("2026-05-31"), "{activated}");
    }
    assert_eq!(paid_until(&aligned, "2026-03-31T00:00:00.001Z", "2026-04-29T23:59:59.999Z"), at(end));
    // A customer active in the first period has paid for April when it began.
    assert_eq!(paid_until(&aligned, "2026-03-30T23:59:59.999Z", end), at("2026-04-30"));
    // Two periods late: March is charged, and neither April nor the May that runs.
    assert_eq!(paid_until(&aligned, "2026-05-02", "2026-05-03"), at(end));
    assert_eq!(paid_until(&aligned, "2026-05-02", "2026-05-31"), at("2026-06-30"));
    let own = Scene { anchor: None, ..aligned };
    assert_eq!(paid_until(&own, "2026-03-25T10:00:00Z", "2026-03-26T10:00:00Z"), at("2026-04-25T10:00:00Z"));
    // A clock that has been set back asks for the first period.
    assert_eq!(paid_until(&own, "2026-03-25T10:00:00Z", "2026-02-01T10:00:00Z"), at("2026-04-25T10:00:00Z"));
    let own_year = Scene { anchor: None, ..yearly("day", 3100, "2026-01-31") };
    assert_eq!(paid_until(&own_year, "2024-02-29T10:00:00Z", "2025-03-01"), at("2026-02-28T10:00:00Z"));
}
