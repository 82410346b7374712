//! Boundaries: every amount and every instant that a rule compares, one unit below it, at it, and one unit above.
//!
//! A unit is a minor unit of money, a number, a character, or a millisecond. One row a rule; the last column says what comes of
//! the three: `ok`, the gate that refuses, `waits` for a search, or what is due.

mod world;

use ringup_core::NumberType;
use ringup_core::shop::{KycRules, KycSubject, Velocity};
use serde_json::{Value, json};

use super::kit::NOW;

use world::*;

#[test]
fn of_keys_money_and_tiers() {
    check(&[
        ("the longest key", |w, u| w.key(10 + u), ["ok", "ok", "KeyForm"]),
        ("the shortest key", |w, u| w.key(1 + u), ["KeyForm", "ok", "ok"]),
        (
            "the balance covers what is due",
            |w, u| w.standing.balances = vec![dollars(300 + u)],
            ["Balance", "ok", "ok"],
        ),
        ("the price that was seen", |w, u| w.saw("due_now", 300 + u), ["Price", "ok", "Price"]),
        ("the setup fee that was seen", |w, u| w.saw("setup_fee", 100 + u), ["Price", "ok", "Price"]),
        ("the monthly fee that was seen", |w, u| w.saw("monthly_fee", 200 + u), ["Price", "ok", "Price"]),
        (
            "the lowest tier that needs KYC",
            |w, u| {
                let tier_min = u8::try_from(2 + u).unwrap();
                w.shop.policy.kyc = Some(KycRules {
                    tier_min,
                    subject: KycSubject::Account,
                    submitters: vec![],
                    ..KycRules::default()
                });
            },
            ["Kyc", "Kyc", "ok"],
        ),
    ]);
}

/// One more than is held must stay within the limit.
#[test]
fn of_numbers_that_are_held() {
    let of = |rule, limits: fn(&mut World) -> &mut World, held: fn(&mut World, u32), gate| {
        row(rule, |w, u| held(limits(w), count(u, 4)), ["ok", "ok", gate]);
    };
    let total = |w: &mut World, held| w.standing.held.total = held;
    of("numbers", |w| w.limits(json!({ "numbers": 5 })), total, "NumberLimit");
    of("numbers of the plan", |w| w.plan(5, 0, json!({})), total, "NumberLimit");
    let by_country = |w: &mut World, held| _ = w.standing.held.by_country.insert("US".parse().unwrap(), held);
    of("of a country", |w| w.limits(json!({ "by_country": { "US": 5 } })), by_country, "CountryLimit");
    of("of each country", |w| w.limits(json!({ "each_country": 5 })), by_country, "CountryLimit");
    of("the plan's of each country", |w| w.plan(9, 0, json!({ "each_country": 5 })), by_country, "CountryLimit");
    let by_type = |w: &mut World, held| _ = w.standing.held.by_type.insert(NumberType::Local, held);
    of("of a type", |w| w.limits(json!({ "by_type": { "local": 5 } })), by_type, "TypeLimit");
    of("the plan's of a type", |w| w.plan(9, 0, json!({ "by_type": { "local": 5 } })), by_type, "TypeLimit");
    let by_holder = |w: &mut World, held| _ = w.standing.held.by_holder.insert("h".parse().unwrap(), held);
    of("of each holder", |w| w.limits(json!({ "each_holder": 5 })), by_holder, "HolderLimit");
    of("the plan's of each holder", |w| w.plan(9, 0, json!({ "each_holder": 5 })), by_holder, "HolderLimit");
    let claims = |w: &mut World, count| (0..count).for_each(|_| w.claim(1, 0));
    of("purchases a day", |w| w.limits(json!({ "purchases_a_day": 5 })), claims, "DailyLimit");
    of("the plan's purchases a day", |w| w.plan(9, 0, json!({ "purchases_a_day": 5 })), claims, "DailyLimit");
    of("claims and releases in a window", |w| w.churn(5, 60), claims, "Churn");
}

#[test]
fn of_numbers_on_their_way() {
    let of = |rule, limits: Value, purchase: Value, then| {
        row(rule, |w, u| w.limits(limits.clone()).in_flight(count(u, 4), &purchase), then);
    };
    let any = json!({});
    of("numbers", json!({ "numbers": 5 }), any.clone(), ["ok", "ok", "NumberLimit"]);
    of("purchases a day", json!({ "purchases_a_day": 5 }), any, ["ok", "ok", "DailyLimit"]);
    of("of a type", json!({ "by_type": { "local": 5 } }), json!({ "number_type": "local" }), ["ok", "ok", "TypeLimit"]);
    of("of a holder", json!({ "each_holder": 5 }), json!({ "holder": "h" }), ["ok", "ok", "HolderLimit"]);
    // The holder `g` does not count in this account.
    let another = json!({ "number_type": "mobile", "holder": "g" });
    let limits = json!({ "by_type": { "local": 5 }, "each_holder": 5 });
    of("another type's and holder's", limits, another.clone(), ["ok"; 3]);
    of("of a holder that does not count", json!({ "numbers": 5 }), another, ["ok"; 3]);
}

#[test]
fn of_spend() {
    let spend = |cents: i64| json!({ "spend": [{ "amount": usd(cents), "period": "day" }] });
    row("spend", |w, u| w.limits(spend(1000)).claim(1, 700 + u), ["ok", "ok", "SpendLimit"]);
    row("the plan's spend", |w, u| w.plan(9, 0, spend(1000)).claim(1, 700 + u), ["ok", "ok", "SpendLimit"]);
    row("spend by what is due", |w, u| _ = w.limits(spend(300 + u)), ["SpendLimit", "ok", "ok"]);
}

/// The number that is bought is one more than those that are held.
#[test]
fn of_prices() {
    price(
        "a tier begins",
        |w, u| {
            w.rate("tiers", json!([{ "from_number": 5, "fee": usd(150) }]));
            w.standing.held.total = count(u, 4);
        },
        ["3.00", "2.50", "2.50"],
    );
    price(
        "numbers included in the plan",
        |w, u| w.plan(9, 5, json!({})).standing.held.total = count(u, 4),
        ["1.00", "1.00", "3.00"],
    );
    let off = |cents: i64| json!([{ "label": "D", "on": "all", "off": { "money": usd(cents) } }]);
    price(
        "a discount takes off no more than there is",
        |w, u| w.card("discounts", off(300 + u)),
        ["0.01", "0.00", "0.00"],
    );
}

#[test]
fn of_searches_quotes_and_windows() {
    check(&[
        (
            "a search counts from when it was made",
            |w, u| w.offers.searches[0].seen_at = NOW.plus_millis(u),
            ["ok", "ok", "waits"],
        ),
        (
            "a search counts until it expires",
            |w, u| w.offers.searches[0].expires_at = NOW.plus_millis(u),
            ["waits", "waits", "ok"],
        ),
        (
            "a search of one's own, where it is required",
            |w, u| {
                w.shop.policy.search_required = true;
                w.offers.searches[0].expires_at = NOW.plus_millis(u);
            },
            ["Stock", "Stock", "ok"],
        ),
        ("a quote holds until it expires", |w, u| w.follow_until(NOW.plus_millis(u)), ["Price", "Price", "ok"]),
        (
            "a second purchase needs no confirmation after the window",
            |w, u| {
                w.shop.policy.velocity = Some(Velocity { window_s: 600 });
                w.standing.last_accepted_at = Some(NOW.plus_millis(-600_000 + u));
            },
            ["ok", "ok", "Velocity"],
        ),
        (
            "what lies a window's length back counts no more",
            |w, u| w.churn(1, 60).claim(60_000 - u, 0),
            ["ok", "ok", "Churn"],
        ),
        (
            "an open checkout counts until it ends",
            |w, u| w.limits(json!({ "numbers": 1 })).checkout_until(NOW.plus_millis(u)),
            ["ok", "ok", "NumberLimit"],
        ),
        (
            "an open checkout is a purchase until it ends",
            |w, u| w.limits(json!({ "purchases_a_day": 1 })).checkout_until(NOW.plus_millis(u)),
            ["ok", "ok", "DailyLimit"],
        ),
    ]);
}

/// It is ten in the morning of the 25th of a month with 31 days.
#[test]
fn of_days_and_months() {
    let daily = || json!({ "purchases_a_day": 1 });
    let spend = |period: &str| json!({ "spend": [{ "amount": usd(300), "period": period }] });
    row(
        "a day begins at midnight",
        |w, u| w.limits(daily()).claim(10 * HOUR_MS - u, 0),
        ["ok", "DailyLimit", "DailyLimit"],
    );
    row(
        "a day ends at midnight",
        |w, u| {
            w.limits(daily()).claim(1, 0);
            w.now = NOW.plus_millis(14 * HOUR_MS + u);
        },
        ["DailyLimit", "ok", "ok"],
    );
    row(
        "the day is that of the policy's clocks",
        |w, u| {
            w.shop.policy.time_zone = serde_json::from_value(crate::prices::zones::fixed(330)).unwrap();
            w.limits(daily()).claim(15 * HOUR_MS + HOUR_MS / 2 - u, 0);
        },
        ["ok", "DailyLimit", "DailyLimit"],
    );
    row(
        "a day of spend begins at midnight",
        |w, u| w.limits(spend("day")).claim(10 * HOUR_MS - u, 1),
        ["ok", "SpendLimit", "SpendLimit"],
    );
    row(
        "a month begins at midnight of the 1st",
        |w, u| w.limits(spend("month")).claim(24 * DAY_MS + 10 * HOUR_MS - u, 1),
        ["ok", "SpendLimit", "SpendLimit"],
    );
    row(
        "a month ends at midnight of the 31st",
        |w, u| {
            w.limits(spend("month")).claim(1, 1);
            w.now = NOW.plus_millis(6 * DAY_MS + 14 * HOUR_MS + u);
        },
        ["SpendLimit", "ok", "ok"],
    );
}

#[test]
fn of_rates_discounts_taxes_and_periods() {
    row("a rate begins", |w, u| w.rate("effective_from", json!(NOW.plus_millis(u))), ["ok", "ok", "Country"]);
    row("a rate ends", |w, u| w.rate("effective_until", json!(NOW.plus_millis(u))), ["Country", "Country", "ok"]);
    let discount = |from: &str, u: i64| json!([{ "label": "D", "on": "all", "off": { "money": usd(50) }, from: NOW.plus_millis(u) }]);
    price("a discount begins", |w, u| w.card("discounts", discount("effective_from", u)), ["2.50", "2.50", "3.00"]);
    price("a discount ends", |w, u| w.card("discounts", discount("effective_until", u)), ["3.00", "3.00", "2.50"]);
    let tax =
        |from: &str, u: i64| json!([{ "label": "T", "percent": "10", "kind": "exclusive", from: NOW.plus_millis(u) }]);
    price("a tax begins", |w, u| w.card("taxes", tax("effective_from", u)), ["3.30", "3.30", "3.00"]);
    price("a tax ends", |w, u| w.card("taxes", tax("effective_until", u)), ["3.00", "3.00", "3.30"]);
    // The customer's period begins on the 25th: the day before, a day is left of one that has 28, and 0.07 of 2.00.
    let anchored = |w: &mut World, u| {
        w.card("proration", json!({ "basis": "day" }));
        w.standing.terms.billing_anchor = Some(NOW);
        w.now = NOW.plus_millis(u - 10 * HOUR_MS);
    };
    price("a billing period begins", anchored, ["1.07", "3.00", "3.00"]);
}
