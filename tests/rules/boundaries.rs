//! Boundaries: every amount and every instant that a rule compares, one unit below it, at it, and one unit above.
//!
//! A unit is a minor unit of money, a number, a character, or a millisecond. One row a rule; the last column says what comes of
//! the three: `ok`, the gate that refuses, `waits` for a search, or what is due.

mod world;

use ringup_core::shop::{Churn, KycRules, KycSubject, Velocity};
use ringup_core::{InFlight, NumberType};
use serde_json::json;

use super::kit::NOW;

use world::*;

#[test]
fn of_counts_and_amounts() {
    let key = |length: i64| {
        move |w: &mut World, u: i64| w.request.idempotency_key = Some("k".repeat(count(u, length) as usize))
    };
    row("the longest key", key(10), ["ok", "ok", "KeyForm"]);
    row("the shortest key", key(1), ["KeyForm", "ok", "ok"]);
    row("the balance covers what is due", |w, u| w.standing.balances = vec![dollars(300 + u)], ["Balance", "ok", "ok"]);
    row(
        "the price that was seen",
        |w, u| w.request.price_seen = Some(serde_json::from_value(json!({ "due_now": usd(300 + u) })).unwrap()),
        ["Price", "ok", "Price"],
    );
    row(
        "the setup fee that was seen",
        |w, u| w.request.price_seen = Some(serde_json::from_value(json!({ "setup_fee": usd(100 + u) })).unwrap()),
        ["Price", "ok", "Price"],
    );
    row(
        "the monthly fee that was seen",
        |w, u| w.request.price_seen = Some(serde_json::from_value(json!({ "monthly_fee": usd(200 + u) })).unwrap()),
        ["Price", "ok", "Price"],
    );
    row(
        "the lowest tier that needs KYC",
        |w, u| {
            w.shop.policy.kyc = Some(KycRules {
                tier_min: u8::try_from(2 + u).unwrap(),
                subject: KycSubject::Account,
                submitters: vec![],
            })
        },
        ["Kyc", "Kyc", "ok"],
    );

    // One more than is held must stay within the limit.
    row(
        "numbers",
        |w, u| {
            w.limits(json!({ "numbers": 5 }));
            w.standing.held.total = count(u, 4);
        },
        ["ok", "ok", "NumberLimit"],
    );
    row(
        "numbers of the plan",
        |w, u| {
            w.plan(5, 0, json!({}));
            w.standing.held.total = count(u, 4);
        },
        ["ok", "ok", "NumberLimit"],
    );
    let by_country = |w: &mut World, u| {
        w.standing.held.by_country.insert("US".parse().unwrap(), count(u, 4));
    };
    row(
        "numbers of a country",
        |w, u| {
            w.limits(json!({ "by_country": { "US": 5 } }));
            by_country(w, u);
        },
        ["ok", "ok", "CountryLimit"],
    );
    row(
        "numbers of each country",
        |w, u| {
            w.limits(json!({ "each_country": 5 }));
            by_country(w, u);
        },
        ["ok", "ok", "CountryLimit"],
    );
    row(
        "the plan's numbers of each country",
        |w, u| {
            w.plan(9, 0, json!({ "each_country": 5 }));
            by_country(w, u);
        },
        ["ok", "ok", "CountryLimit"],
    );
    let by_type = |w: &mut World, u| {
        w.standing.held.by_type.insert("local".parse().unwrap(), count(u, 4));
    };
    row(
        "numbers of a type",
        |w, u| {
            w.limits(json!({ "by_type": { "local": 5 } }));
            by_type(w, u);
        },
        ["ok", "ok", "TypeLimit"],
    );
    row(
        "the plan's numbers of a type",
        |w, u| {
            w.plan(9, 0, json!({ "by_type": { "local": 5 } }));
            by_type(w, u);
        },
        ["ok", "ok", "TypeLimit"],
    );
    let by_holder = |w: &mut World, u| {
        w.standing.held.by_holder.insert("h".parse().unwrap(), count(u, 4));
    };
    row(
        "numbers of each holder",
        |w, u| {
            w.limits(json!({ "each_holder": 5 }));
            by_holder(w, u);
        },
        ["ok", "ok", "HolderLimit"],
    );
    row(
        "the plan's numbers of each holder",
        |w, u| {
            w.plan(9, 0, json!({ "each_holder": 5 }));
            by_holder(w, u);
        },
        ["ok", "ok", "HolderLimit"],
    );
    let claims = |w: &mut World, u| (0..count(u, 4)).for_each(|_| w.claim(1, 0));
    row(
        "purchases a day",
        |w, u| {
            w.limits(json!({ "purchases_a_day": 5 }));
            claims(w, u);
        },
        ["ok", "ok", "DailyLimit"],
    );
    row(
        "the plan's purchases a day",
        |w, u| {
            w.plan(9, 0, json!({ "purchases_a_day": 5 }));
            claims(w, u);
        },
        ["ok", "ok", "DailyLimit"],
    );
    row(
        "claims and releases in a window",
        |w, u| {
            w.shop.policy.churn = Some(Churn { moves_max: 5, window_s: 60 });
            claims(w, u);
        },
        ["ok", "ok", "Churn"],
    );
    let spend = json!({ "spend": [{ "amount": usd(1000), "period": "day" }] });
    row(
        "spend",
        |w, u| {
            w.limits(spend.clone());
            w.claim(1, 700 + u);
        },
        ["ok", "ok", "SpendLimit"],
    );
    row(
        "the plan's spend",
        |w, u| {
            w.plan(9, 0, spend.clone());
            w.claim(1, 700 + u);
        },
        ["ok", "ok", "SpendLimit"],
    );
    row(
        "spend by what is due",
        |w, u| {
            w.limits(json!({ "spend": [{ "amount": usd(300 + u), "period": "day" }] }));
        },
        ["SpendLimit", "ok", "ok"],
    );
    // On their way, they count as well.
    let flying = |w: &mut World, u| (0..count(u, 4)).for_each(|_| w.standing.in_flight.push(InFlight::since(NOW)));
    row(
        "numbers on their way",
        |w, u| {
            w.limits(json!({ "numbers": 5 }));
            flying(w, u);
        },
        ["ok", "ok", "NumberLimit"],
    );
    let flying_as = |w: &mut World, u, purchase: &InFlight| {
        (0..count(u, 4)).for_each(|_| w.standing.in_flight.push(purchase.clone()));
    };
    let of_type = InFlight { number_type: Some(NumberType::Local), ..InFlight::since(NOW) };
    row(
        "numbers of a type on their way",
        |w, u| {
            w.limits(json!({ "by_type": { "local": 5 } }));
            flying_as(w, u, &of_type);
        },
        ["ok", "ok", "TypeLimit"],
    );
    let of_holder = InFlight { holder: Some("h".parse().unwrap()), ..InFlight::since(NOW) };
    row(
        "numbers of a holder on their way",
        |w, u| {
            w.limits(json!({ "each_holder": 5 }));
            flying_as(w, u, &of_holder);
        },
        ["ok", "ok", "HolderLimit"],
    );
    let of_another =
        InFlight { number_type: Some(NumberType::Mobile), holder: Some("g".parse().unwrap()), ..InFlight::since(NOW) };
    let uncounted = |w: &mut World, u, limits| {
        w.limits(limits);
        w.standing.terms.uncounted_holders = vec!["g".parse().unwrap()];
        flying_as(w, u, &of_another);
    };
    row(
        "another type's and holder's",
        |w, u| uncounted(w, u, json!({ "by_type": { "local": 5 }, "each_holder": 5 })),
        ["ok"; 3],
    );
    row("of a holder that does not count", |w, u| uncounted(w, u, json!({ "numbers": 5 })), ["ok"; 3]);
    row(
        "purchases a day that are on their way",
        |w, u| {
            w.limits(json!({ "purchases_a_day": 5 }));
            flying(w, u);
        },
        ["ok", "ok", "DailyLimit"],
    );

    // The number that is bought is one more than those that are held.
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
        |w, u| {
            w.plan(9, 5, json!({}));
            w.standing.held.total = count(u, 4);
        },
        ["1.00", "1.00", "3.00"],
    );
    let half = |min: i64| json!([{ "label": "D", "on": "all", "off": { "money": usd(min) } }]);
    price(
        "a discount takes off no more than there is",
        |w, u| w.card("discounts", half(300 + u)),
        ["0.01", "0.00", "0.00"],
    );
}

#[test]
fn of_instants() {
    row(
        "a search counts from when it was made",
        |w, u| w.offers.searches[0].seen_at = NOW.plus_millis(u),
        ["ok", "ok", "waits"],
    );
    row(
        "a search counts until it expires",
        |w, u| w.offers.searches[0].expires_at = NOW.plus_millis(u),
        ["waits", "waits", "ok"],
    );
    row(
        "a search of one's own, where it is required",
        |w, u| {
            w.shop.policy.search_required = true;
            w.offers.searches[0].expires_at = NOW.plus_millis(u);
        },
        ["Stock", "Stock", "ok"],
    );
    let seen = |w: &mut World, expires_at| {
        let mut terms = w.quote().terms();
        terms.expires_at = expires_at;
        w.request.quote_seen = Some(Box::new(ringup_core::QuoteSeen { terms: Some(terms), ..w.quote().seen() }));
    };
    row("a quote holds until it expires", |w, u| seen(w, NOW.plus_millis(u)), ["Price", "Price", "ok"]);
    row(
        "a second purchase needs no confirmation after the window",
        |w, u| {
            w.shop.policy.velocity = Some(Velocity { window_s: 600 });
            w.standing.last_accepted_at = Some(NOW.plus_millis(-600_000 + u));
        },
        ["ok", "ok", "Velocity"],
    );
    row(
        "what lies a window's length back counts no more",
        |w, u| {
            w.shop.policy.churn = Some(Churn { moves_max: 1, window_s: 60 });
            w.claim(60_000 - u, 0);
        },
        ["ok", "ok", "Churn"],
    );
    // It is ten in the morning of the 25th of a month with 31 days.
    row(
        "a day begins at midnight",
        |w, u| {
            w.limits(json!({ "purchases_a_day": 1 }));
            w.claim(10 * HOUR_MS - u, 0);
        },
        ["ok", "DailyLimit", "DailyLimit"],
    );
    row(
        "a day ends at midnight",
        |w, u| {
            w.limits(json!({ "purchases_a_day": 1 }));
            w.claim(1, 0);
            w.now = NOW.plus_millis(14 * HOUR_MS + u);
        },
        ["DailyLimit", "ok", "ok"],
    );
    row(
        "a day of spend begins at midnight",
        |w, u| {
            w.limits(json!({ "spend": [{ "amount": usd(300), "period": "day" }] }));
            w.claim(10 * HOUR_MS - u, 1);
        },
        ["ok", "SpendLimit", "SpendLimit"],
    );
    let month = |w: &mut World| w.limits(json!({ "spend": [{ "amount": usd(300), "period": "month" }] }));
    row(
        "a month begins at midnight of the 1st",
        |w, u| {
            month(w);
            w.claim(24 * DAY_MS + 10 * HOUR_MS - u, 1);
        },
        ["ok", "SpendLimit", "SpendLimit"],
    );
    row(
        "a month ends at midnight of the 31st",
        |w, u| {
            month(w);
            w.claim(1, 1);
            w.now = NOW.plus_millis(6 * DAY_MS + 14 * HOUR_MS + u);
        },
        ["SpendLimit", "ok", "ok"],
    );
    row(
        "the day is that of the policy's clocks",
        |w, u| {
            w.limits(json!({ "purchases_a_day": 1 }));
            w.shop.policy.day_offset_minutes = 330;
            w.claim(15 * HOUR_MS + HOUR_MS / 2 - u, 0);
        },
        ["ok", "DailyLimit", "DailyLimit"],
    );
    let checkout = |w: &mut World, u| {
        w.standing.in_flight.push(InFlight { counts_until: Some(NOW.plus_millis(u)), ..InFlight::since(NOW) })
    };
    row(
        "an open checkout counts until it ends",
        |w, u| {
            w.limits(json!({ "numbers": 1 }));
            checkout(w, u);
        },
        ["ok", "ok", "NumberLimit"],
    );
    row(
        "an open checkout is a purchase until it ends",
        |w, u| {
            w.limits(json!({ "purchases_a_day": 1 }));
            checkout(w, u);
        },
        ["ok", "ok", "DailyLimit"],
    );

    row("a rate begins", |w, u| w.rate("effective_from", json!(NOW.plus_millis(u))), ["ok", "ok", "Country"]);
    row("a rate ends", |w, u| w.rate("effective_until", json!(NOW.plus_millis(u))), ["Country", "Country", "ok"]);
    let discount = |from: &str, u: i64| json!([{ "label": "D", "on": "all", "off": { "money": usd(50) }, from: NOW.plus_millis(u) }]);
    price("a discount begins", |w, u| w.card("discounts", discount("effective_from", u)), ["2.50", "2.50", "3.00"]);
    price("a discount ends", |w, u| w.card("discounts", discount("effective_until", u)), ["3.00", "3.00", "2.50"]);
    let tax = |from: &str, u: i64| json!([{ "label": "T", "basis_points": 1000, "kind": "exclusive", from: NOW.plus_millis(u) }]);
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
