//! Waiting: the first instant at which a purchase fits, to the millisecond, at the price of that instant.

use ringup_core::shop::{Limits, ReleaseTime};
use ringup_core::{InFlight, Offers, Remedy, Shop};
use serde_json::json;

use super::gates::{check, show};
use super::kit::{
    NOW, bazaar_customer, bazaar_offers, bazaar_request, orchard_customer, orchard_request, orchard_with, standing,
};
use crate::api::quote;
use crate::kit::BAZAAR;

const HOUR_MS: i64 = 3_600_000;

fn limits(limits: serde_json::Value) -> Limits {
    serde_json::from_value(limits).unwrap()
}

#[test]
fn a_limit_of_spending_is_waited_for_at_the_price_of_that_day() {
    // 31.00 USD a month, paid from the 1st on: 7.00 for the seven days that are left on the 25th of March.
    let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
    let mut data: serde_json::Value = serde_json::from_str(BAZAAR).unwrap();
    data["policy"]["default_currency"] = json!("USD");
    data["policy"]["limits"] = json!({ "spend": [{ "amount": usd(2000), "period": "month" }] });
    data["rate_card"] = json!({ "version": "1", "quote_lifetime_s": 900, "proration": { "basis": "day" }, "rates": [
        { "country": "IN", "setup_fee": usd(0), "monthly_fee": usd(3100), "kyc_tier": 0, "capabilities": {} },
    ] });
    let shop = Shop::new(serde_json::from_value(data).unwrap()).unwrap();
    let mut offers = bazaar_offers();
    offers.searches[0].numbers[0].prices.clear();
    let mut standing = standing(bazaar_customer(), &["1000.00 USD"]);
    standing.terms.billing_anchor = Some(NOW.plus_millis(-(24 * 24 + 10) * 3_600_000));
    let spent = |spent| json!([{ "at": NOW.plus_millis(-1), "move": "claim", "spent": usd(spent) }]);
    standing.recent = serde_json::from_value(spent(1300)).unwrap();
    check(&shop, &standing, &offers, &bazaar_request(), NOW, "accepted");
    // 5.00 are left, and on the 27th that is enough.
    standing.recent = serde_json::from_value(spent(1500)).unwrap();
    let wait = (14 + 24) * 3_600_000;
    check(&shop, &standing, &offers, &bazaar_request(), NOW, &format!("spend_limit_reached -> wait {wait}"));
    // Nothing is left, and on the 1st the whole month is due. On the 12th of April, with 19 of 30 days to go, it is 19.63.
    standing.recent = serde_json::from_value(spent(2000)).unwrap();
    let wait = (14 + 24 * 17) * 3_600_000;
    check(&shop, &standing, &offers, &bazaar_request(), NOW, &format!("spend_limit_reached -> wait {wait}"));
}

#[test]
fn of_two_limits_of_spending_the_later_is_waited_for() {
    let limit =
        |period| json!({ "spend": [{ "amount": { "minor_units": 200, "currency": "USD" }, "period": period }] });
    let shop = orchard_with(|shop| {
        shop.policy.limits = limits(limit("day"));
        shop.plans.iter_mut().for_each(|plan| plan.limits = limits(limit("month")));
    });
    let mut standing = standing(orchard_customer(), &[]);
    let spent =
        json!([{ "at": NOW.plus_millis(-1), "move": "claim", "spent": { "minor_units": 1, "currency": "USD" } }]);
    standing.recent = serde_json::from_value(spent).unwrap();
    // It is ten in the morning of the 25th of March.
    let wait = (14 + 24 * 6) * 3_600_000;
    check(
        &shop,
        &standing,
        &Offers::default(),
        &orchard_request(),
        NOW,
        &format!("spend_limit_reached -> wait {wait}"),
    );
    assert!(quote(&shop, &standing, &Offers::default(), &orchard_request(), NOW).fixes_suffice);
}

/// Numbers of India at 31.00 USD a period, of which what is left is charged, for a customer whose period began on the
/// 1st of March, and who has spent all of a month's limit. It is ten in the morning of the 25th.
fn prorated(basis: &str, fee: serde_json::Value, limit: i64) -> (Shop, ringup_core::Standing, Offers) {
    let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
    let mut data: serde_json::Value = serde_json::from_str(BAZAAR).unwrap();
    data["policy"]["default_currency"] = json!("USD");
    data["policy"]["limits"] = json!({ "spend": [{ "amount": usd(limit), "period": "month" }] });
    let mut rate =
        json!({ "country": "IN", "setup_fee": usd(0), "monthly_fee": usd(0), "kyc_tier": 0, "capabilities": {} });
    rate.as_object_mut().unwrap().extend(fee.as_object().unwrap().clone());
    data["rate_card"] =
        json!({ "version": "1", "quote_lifetime_s": 900, "proration": { "basis": basis }, "rates": [rate] });
    let shop = Shop::new(serde_json::from_value(data).unwrap()).unwrap();
    let mut offers = bazaar_offers();
    offers.searches[0].numbers[0].prices.clear();
    let mut standing = standing(bazaar_customer(), &["1000.00 USD"]);
    standing.terms.billing_anchor = Some(NOW.plus_millis(-(24 * 24 + 10) * HOUR_MS));
    let spent = json!([{ "at": NOW.plus_millis(-1), "move": "claim", "spent": usd(limit) }]);
    standing.recent = serde_json::from_value(spent).unwrap();
    (shop, standing, offers)
}

#[test]
fn a_price_that_falls_in_the_period_after_the_next_is_waited_for() {
    let monthly = json!({ "monthly_fee": { "minor_units": 3100, "currency": "USD" } });
    let yearly = json!({ "yearly_fee": { "minor_units": 36_500, "currency": "USD" } });
    // On the 29th of April, 2 of 30 days are left: 2.07. On the 28th it is 3.10.
    let (shop, standing, offers) = prorated("day", monthly, 300);
    let wait = (14 + 24 * (6 + 28)) * HOUR_MS;
    check(&shop, &standing, &offers, &bazaar_request(), NOW, &format!("spend_limit_reached -> wait {wait}"));
    // A year that began on the 1st of March ends with February: on the 27th, 2 of 365 days are left, 2.00.
    let (shop, standing, offers) = prorated("day", yearly, 299);
    let wait = (14 + 24 * (6 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 30 + 31 + 31 + 26)) * HOUR_MS;
    check(&shop, &standing, &offers, &bazaar_request(), NOW, &format!("spend_limit_reached -> wait {wait}"));
}

#[test]
fn a_price_that_falls_by_the_second_is_waited_for_to_the_second() {
    let monthly = json!({ "monthly_fee": { "minor_units": 3000, "currency": "USD" } });
    let (shop, standing, offers) = prorated("second", monthly, 1500);
    let refused = quote(&shop, &standing, &offers, &bazaar_request(), NOW);
    let ends_at = match &refused.fixes[0].fix {
        ringup_core::Remedy::WaitUntil { at, .. } => *at,
        other => panic!("{other:?}"),
    };
    // 30.00 for the 30 days of April. Half of a cent is rounded to the even one: with 15 days and 4.32 minutes to go it is
    // 15.005, and 15.00 one second later.
    let middle = NOW.plus_millis((14 + 24 * (6 + 15)) * HOUR_MS);
    let early = middle.as_millis() - ends_at.as_millis();
    assert!((1_000..=15 * 60_000).contains(&early), "{early} ms before the middle of the month");
    let mut offers = offers;
    offers.searches[0].expires_at = middle;
    let at = |at| quote(&shop, &standing, &offers, &bazaar_request(), at);
    assert!(at(ends_at).acceptable);
    assert!(!at(ends_at.plus_millis(-1)).acceptable);
}

#[test]
fn a_price_that_rises_at_midnight_is_not_waited_for() {
    let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
    // 2.00 USD until an instant, then another fee; 10.00 a day, and 9.00 are spent.
    let check = |after: i64, fee: i64, then: &str| {
        let shop = orchard_with(|shop| {
            shop.policy.limits = limits(json!({ "spend": [{ "amount": usd(1000), "period": "day" }] }));
            let mut next = shop.rate_card.rates[0].clone();
            shop.rate_card.rates[0].effective_until = Some(NOW.plus_millis(after));
            next.effective_from = Some(NOW.plus_millis(after));
            next.monthly_fee = serde_json::from_value(usd(fee)).unwrap();
            shop.rate_card.rates.push(next);
        });
        let mut standing = standing(orchard_customer(), &[]);
        let spent = json!([{ "at": NOW.plus_millis(-1), "move": "claim", "spent": usd(900) }]);
        standing.recent = serde_json::from_value(spent).unwrap();
        check(&shop, &standing, &Offers::default(), &orchard_request(), NOW, then);
    };
    let midnight = 14 * HOUR_MS;
    check(midnight, 1000, &format!("spend_limit_reached -> wait {midnight}"));
    check(midnight, 1001, "spend_limit_reached -> one of 2 countries");
    check(HOUR_MS, 1001, "spend_limit_reached -> one of 2 countries");
    check(HOUR_MS, 100, &format!("spend_limit_reached -> wait {HOUR_MS}"));
    check(HOUR_MS, 101, &format!("spend_limit_reached -> wait {midnight}"));
}

#[test]
fn the_end_of_a_tax_that_begins_later_is_waited_for() {
    let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
    // 2.00 USD a number, and 2.00 of 3.00 a day are spent. With a tax of 60 % it is 3.20, and never fits.
    let check = |from: i64, until: i64, then: &str| {
        let shop = orchard_with(|shop| {
            shop.policy.limits = limits(json!({ "spend": [{ "amount": usd(300), "period": "day" }] }));
            shop.rate_card.taxes = serde_json::from_value(json!([{
                "label": "T", "percent": "60", "kind": "exclusive",
                "effective_from": NOW.plus_millis(from), "effective_until": NOW.plus_millis(until),
            }]))
            .unwrap();
        });
        let mut standing = standing(orchard_customer(), &[]);
        let spent = json!([{ "at": NOW.plus_millis(-1), "move": "claim", "spent": usd(200) }]);
        standing.recent = serde_json::from_value(spent).unwrap();
        check(&shop, &standing, &Offers::default(), &orchard_request(), NOW, then);
    };
    let midnight = 14 * HOUR_MS;
    let end = 16 * HOUR_MS;
    check(13 * HOUR_MS, end, &format!("spend_limit_reached -> wait {end}"));
    check(midnight + 1, end, &format!("spend_limit_reached -> wait {midnight}"));
    check(13 * HOUR_MS, midnight, &format!("spend_limit_reached -> wait {midnight}"));
}

#[test]
fn an_open_checkout_is_confirmed_against_until_it_ends() {
    let shop = orchard_with(|_| {});
    let mut standing = standing(orchard_customer(), &[]);
    let accepted = NOW.plus_millis(-6_000);
    standing.in_flight =
        vec![InFlight { checkout_expires_at: Some(NOW.plus_millis(6_000)), ..InFlight::since(accepted) }];
    let wait = "velocity_exceeded -> confirm_additional | wait";
    let check = |standing: &ringup_core::Standing, then: String| {
        check(&shop, standing, &Offers::default(), &orchard_request(), NOW, &then);
    };
    check(&standing, format!("{wait} 6000"));
    // The one before it counts still, or does not.
    standing.last_accepted_at = Some(NOW.plus_millis(-40_000));
    check(&standing, format!("{wait} 20000"));
    standing.last_accepted_at = Some(NOW.plus_millis(-60_000));
    check(&standing, format!("{wait} 6000"));
    standing.in_flight[0].checkout_expires_at = Some(NOW.plus_millis(90_000));
    check(&standing, format!("{wait} 54000"));
}

#[test]
fn releases_instants_and_amounts_are_as_small_as_the_others_allow() {
    let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
    // The first number costs 2.00 USD a month, every further one 1.00. Two may be held, one bought a day, 10.00 spent a month.
    let shop = orchard_with(|shop| {
        shop.policy.payment = serde_json::from_value(json!([{ "method": "wallet" }])).unwrap();
        shop.policy.release.time = ReleaseTime::AtOnce;
        shop.policy.limits = limits(json!({
            "numbers": 2, "purchases_a_day": 1, "spend": [{ "amount": usd(1000), "period": "month" }]
        }));
        shop.rate_card.rates[0].tiers = serde_json::from_value(json!([{ "from_number": 2, "fee": usd(100) }])).unwrap();
    });
    let mut standing = standing(orchard_customer(), &[]);
    standing.terms.plan = Some("huge".parse().unwrap());
    standing.held.total = 2;
    standing.in_flight = vec![InFlight { checkout_expires_at: Some(NOW.plus_millis(HOUR_MS)), ..InFlight::since(NOW) }];
    let spent = json!([{ "at": NOW.plus_millis(-HOUR_MS), "move": "claim", "spent": usd(850) }]);
    standing.recent = serde_json::from_value(spent).unwrap();
    let quote = quote(&shop, &standing, &Offers::default(), &orchard_request(), NOW);
    // At midnight the open checkout has ended: one release is enough, so that it is the second number, at 1.00, and there is
    // room for that in March. Were two released, it would be the first one, at 2.00, and fit in April only.
    let told = |fix: &Remedy| match fix {
        Remedy::ReleaseNumbers { count, .. } => format!("release {count}"),
        other => show(other),
    };
    let fixes: Vec<String> = quote.fixes.iter().map(|fix| told(&fix.fix)).collect();
    assert_eq!(fixes, ["release 1", &format!("wait {}", 14 * HOUR_MS), "add 1.00 USD"]);
    assert!(quote.fixes_suffice);
}
