//! Limits of numbers, of spending and of pace: each one below, at and above it, and each instant a millisecond off.

use ringup_core::shop::{BillingKind, CalendarPeriod, Churn, Limits};
use ringup_core::{
    GateStatus, InFlight, Move, MoveKind, Offers, PeriodSpend, PurchaseRequest, Remedy, Shop, Standing, Timestamp,
};
use serde_json::{Value, json};

use super::kit::{NOW, money, orchard_customer, orchard_request, orchard_with, standing};
use crate::api::quote;

const HOUR_MS: i64 = 3_600_000;

/// Orchard's shop with these limits for everybody.
fn limited(limits: Value) -> Shop {
    orchard_with(|shop| shop.policy.limits = serde_json::from_value::<Limits>(limits).unwrap())
}

/// `accepted`, or what is refused and what can be done about it.
#[track_caller]
fn check(shop: &Shop, standing: &Standing, request: &PurchaseRequest, now: Timestamp, then: &str) {
    let quote = quote(shop, standing, &Offers::default(), request, now);
    let blocked = quote.gates.iter().find_map(|report| match &report.status {
        GateStatus::Blocked { rejection, fixes, .. } => {
            assert_eq!(rejection.gate(), report.gate);
            let remedies = fixes.iter().map(|fix| match fix {
                Remedy::WaitUntil { at, .. } => format!("wait {}", at.as_millis() - now.as_millis()),
                Remedy::ReleaseNumbers { count, .. } => format!("release {count}"),
                Remedy::MoveToPlan { plan, .. } => format!("plan {plan}"),
                Remedy::ChooseCountry { countries, .. } => format!("one of {} countries", countries.len()),
                other => panic!("{other:?}"),
            });
            Some(format!("{:?} -> {}", report.gate, remedies.collect::<Vec<_>>().join(" | ")))
        }
        GateStatus::Passed { .. } | GateStatus::Waiting { .. } => None,
    });
    assert_eq!(blocked.unwrap_or("accepted".into()), then);
}

fn ready() -> Standing {
    standing(orchard_customer(), &[])
}

/// An established customer of the largest plan, so that no plan's limit is in the way.
fn large() -> Standing {
    let mut standing = ready();
    standing.terms.plan = Some("huge".parse().unwrap());
    standing
}

#[test]
fn numbers_are_limited_in_all_by_country_by_type_and_by_holder() {
    let typed = PurchaseRequest { number_type: Some("local".into()), ..orchard_request() };
    for (limits, gate, count) in [
        (json!({ "numbers": 3 }), "NumberLimit", "total"),
        (json!({ "each_country": 3 }), "CountryLimit", "US"),
        (json!({ "by_country": { "US": 3 }, "each_country": 1 }), "CountryLimit", "US"),
        (json!({ "each_holder": 3 }), "HolderLimit", "home"),
    ] {
        let shop = limited(limits.clone());
        for (held, then) in
            [(2, "accepted".into()), (3, format!("{gate} -> release 1")), (4, format!("{gate} -> release 2"))]
        {
            let mut standing = large();
            match count {
                "US" => _ = standing.held.by_country.insert("US".parse().unwrap(), held),
                "total" => standing.held.total = held,
                holder => _ = standing.held.by_holder.insert(holder.parse().unwrap(), held),
            }
            check(&shop, &standing, &orchard_request(), NOW, &then);
        }
        // Another country's, another holder's numbers are not meant.
        let mut standing = large();
        standing.held.by_country.insert("CA".parse().unwrap(), 9);
        standing.held.by_holder.insert("other".parse().unwrap(), 9);
        check(&shop, &standing, &orchard_request(), NOW, "accepted");
    }
    let shop = limited(json!({ "by_type": { "local": 1 } }));
    let mut standing = large();
    standing.held.by_type.insert("local".parse().unwrap(), 1);
    check(&shop, &standing, &typed, NOW, "TypeLimit -> release 1");
}

#[test]
fn purchases_on_their_way_count_until_their_checkout_ends() {
    let shop = limited(json!({ "each_country": 1 }));
    let on_its_way = |until: Option<i64>, country: &str| {
        let checkout_expires_at = until.map(|later| NOW.plus_millis(later));
        let mut standing = large();
        let country = Some(country.parse().unwrap());
        standing.in_flight.push(InFlight {
            checkout_expires_at,
            country,
            ..InFlight::since(NOW.plus_millis(-700_000))
        });
        standing
    };
    check(&shop, &on_its_way(None, "US"), &orchard_request(), NOW, "CountryLimit -> one of 2 countries");
    check(&shop, &on_its_way(Some(1), "US"), &orchard_request(), NOW, "CountryLimit -> wait 1");
    check(&shop, &on_its_way(Some(0), "US"), &orchard_request(), NOW, "accepted");
    check(&shop, &on_its_way(None, "CA"), &orchard_request(), NOW, "accepted");
}

#[test]
fn a_plan_s_limit_is_opened_by_the_cheapest_plan_that_suffices() {
    let shop = orchard_with(|shop| {
        for (plan, most) in shop.plans.iter_mut().zip([1, 1, 2, 2]) {
            plan.limits.each_country = Some(most);
        }
    });
    let mut standing = ready();
    standing.held.by_country.insert("US".parse().unwrap(), 1);
    check(&shop, &standing, &orchard_request(), NOW, "CountryLimit -> release 1 | plan large");
    standing.terms.plan = Some("large".parse().unwrap());
    check(&shop, &standing, &orchard_request(), NOW, "accepted");
}

#[test]
fn a_holder_that_does_not_count_is_not_limited_with_the_others() {
    let shop = limited(json!({ "numbers": 1, "each_holder": 5 }));
    let mut standing = large();
    standing.held.total = 1;
    check(&shop, &standing, &orchard_request(), NOW, "NumberLimit -> release 1");
    standing.uncounted_holders = vec!["home".parse().unwrap()];
    check(&shop, &standing, &orchard_request(), NOW, "accepted");
}

/// So many milliseconds ago, this was due.
fn claim(ago_ms: i64, due: &str) -> Move {
    Move { at: NOW.plus_millis(-ago_ms), kind: MoveKind::Claim, spent: Some(money(due)) }
}

#[test]
fn a_day_has_so_many_purchases_by_the_clocks_of_the_policy() {
    // It is 10:00 in UTC, and 15:30 where the clocks are 330 minutes ahead.
    for (offset, since_midnight, until_midnight) in
        [(0, 10 * HOUR_MS, 14 * HOUR_MS), (330, 15 * HOUR_MS + HOUR_MS / 2, 8 * HOUR_MS + HOUR_MS / 2)]
    {
        let mut shop = limited(json!({ "purchases_a_day": 2 }));
        if offset != 0 {
            shop = orchard_with(|shop| {
                shop.policy.limits.purchases_a_day = Some(2);
                shop.policy.time_zone = serde_json::from_value(crate::prices::zones::fixed(offset)).unwrap();
            });
        }
        let mut standing = large();
        standing.recent = vec![claim(since_midnight, "2.00 USD")];
        check(&shop, &standing, &orchard_request(), NOW, "accepted");
        standing.recent.push(claim(700_000, "2.00 USD"));
        check(&shop, &standing, &orchard_request(), NOW, &format!("DailyLimit -> wait {until_midnight}"));
        standing.recent[0] = claim(since_midnight + 1, "2.00 USD");
        check(&shop, &standing, &orchard_request(), NOW, "accepted");
        // A release is no purchase.
        standing.recent[0] = Move { kind: MoveKind::Release, ..claim(700_001, "2.00 USD") };
        check(&shop, &standing, &orchard_request(), NOW, "accepted");
    }
}

#[test]
fn a_period_has_so_much_to_spend() {
    let spend = |amount: i64, period: &str| {
        limited(json!({ "spend": [{ "amount": { "minor_units": amount, "currency": "USD" }, "period": period }] }))
    };
    // A number of the United States costs 2.00 USD.
    for (spent, limit, then) in [
        ("8.00 USD", 1000, "accepted"),
        ("8.01 USD", 1000, "SpendLimit -> wait 50400000"),
        ("7.99 USD", 1000, "accepted"),
        ("0.00 USD", 200, "accepted"),
        ("0.00 USD", 199, "SpendLimit -> "),
        ("90.00 EUR", 1000, "accepted"),
    ] {
        let mut standing = large();
        standing.recent = vec![claim(700_000, spent)];
        check(&spend(limit, "day"), &standing, &orchard_request(), NOW, then);
    }
    // The month began 24 days and 10 hours ago, and has 6 days and 14 hours to go.
    let mut standing = large();
    standing.recent = vec![claim((24 * 24 + 10) * HOUR_MS, "9.00 USD")];
    check(
        &spend(1000, "month"),
        &standing,
        &orchard_request(),
        NOW,
        &format!("SpendLimit -> wait {}", (6 * 24 + 14) * HOUR_MS),
    );
    standing.recent = vec![claim((24 * 24 + 10) * HOUR_MS + 1, "9.00 USD")];
    check(&spend(1000, "month"), &standing, &orchard_request(), NOW, "accepted");
}

#[test]
fn each_currency_and_each_period_has_its_own_limit_of_spending() {
    let limit = |minor_units: i64, currency: &str, period: &str| json!({ "amount": { "minor_units": minor_units, "currency": currency }, "period": period });
    let shop = limited(json!({ "spend": [
        limit(300, "EUR", "day"), limit(1000, "USD", "day"), limit(1500, "USD", "month"), limit(100, "INR", "day"),
    ] }));
    // A number of the United States costs 2.00 USD. Yesterday's purchase is of this month.
    for (today, yesterday, then) in [
        ("8.00 USD", "5.00 USD", "accepted".into()),
        ("8.01 USD", "0.00 USD", "SpendLimit -> wait 50400000".into()),
        ("8.00 USD", "5.01 USD", format!("SpendLimit -> wait {}", (6 * 24 + 14) * HOUR_MS)),
        ("8.00 EUR", "5.01 EUR", "accepted".into()),
    ] {
        let mut standing = large();
        standing.recent = vec![claim(24 * HOUR_MS, yesterday), claim(700_000, today)];
        check(&shop, &standing, &orchard_request(), NOW, &then);
    }
}

#[test]
fn a_sum_counts_in_the_limit_of_its_own_period_and_currency() {
    let limit =
        |amount: i64, period| json!({ "amount": { "minor_units": amount, "currency": "USD" }, "period": period });
    let shop = limited(json!({ "spend": [limit(1000, "day"), limit(1500, "month")] }));
    let (today, month) = (NOW.plus_millis(-10 * HOUR_MS), NOW.plus_millis(-(24 * 24 + 10) * HOUR_MS));
    let sum = |period, begins_at, amount| PeriodSpend { period, begins_at, amount: money(amount) };
    let (day, of_month) = (CalendarPeriod::Day, CalendarPeriod::Month);
    // A number of the United States costs 2.00 USD.
    for (sums, then) in [
        (vec![sum(day, today, "8.00 USD"), sum(of_month, month, "13.00 USD")], "accepted".into()),
        (vec![sum(day, today, "8.01 USD"), sum(of_month, month, "8.01 USD")], "SpendLimit -> wait 50400000".into()),
        (vec![sum(of_month, month, "13.01 USD")], format!("SpendLimit -> wait {}", (6 * 24 + 14) * HOUR_MS)),
        (vec![sum(day, today.plus_millis(-24 * HOUR_MS), "8.01 USD")], "accepted".into()),
        (vec![sum(of_month, month.plus_millis(-1), "13.01 USD")], "accepted".into()),
        (vec![sum(day, today, "8.01 EUR"), sum(of_month, month, "13.01 EUR")], "accepted".into()),
    ] {
        let mut standing = large();
        standing.spent = sums;
        check(&shop, &standing, &orchard_request(), NOW, &then);
    }
}

#[test]
fn claims_and_releases_are_counted_together_in_a_window_that_slides() {
    let shop = orchard_with(|shop| shop.policy.churn = Some(Churn { moves_max: 2, window_s: 3600 }));
    let mut standing = large();
    standing.last_accepted_at = None;
    standing.recent = vec![Move { kind: MoveKind::Release, ..claim(HOUR_MS - 1, "0.00 USD") }];
    check(&shop, &standing, &orchard_request(), NOW, "accepted");
    standing.recent.push(claim(700_000, "2.00 USD"));
    check(&shop, &standing, &orchard_request(), NOW, "Churn -> wait 1");
    standing.recent[0].at = NOW.plus_millis(-HOUR_MS);
    check(&shop, &standing, &orchard_request(), NOW, "accepted");
}

#[test]
fn an_account_counts_what_its_rules_look_at() {
    use super::kit::Host;
    let shop = limited(json!({ "each_country": 1, "each_holder": 9, "purchases_a_day": 9 }));
    let mut host = Host { shop, ..Host::orchard(BillingKind::Usage) };
    super::lifecycle::run(&mut host, "buy p, reserve ok");
    let way = host.standing();
    let counted: Vec<u32> = way.pending.by_holder.values().chain(way.pending.by_type.values()).copied().collect();
    assert_eq!((way.in_flight.len(), way.pending.total, counted), (0, 1, vec![1, 1]));
    assert_eq!(way.recent, [Move { at: NOW, kind: MoveKind::Claim, spent: None }], "it counts from its acceptance");
    super::lifecycle::run(&mut host, "charge ok, order ok, wait 5000");
    let held = host.standing();
    let counted: Vec<u32> = held.held.by_holder.values().chain(held.held.by_type.values()).copied().collect();
    assert_eq!((held.pending.total, held.held.total, counted), (0, 1, vec![1, 1]));
    assert_eq!(held.recent, [Move { at: NOW, kind: MoveKind::Claim, spent: None }]);
    let spent: Vec<_> = held.spent.iter().map(|spent| (spent.period, spent.amount)).collect();
    assert_eq!(spent, [CalendarPeriod::Day, CalendarPeriod::Month].map(|period| (period, money("2.00 USD"))));
    super::lifecycle::run(&mut host, "release, end_charges ok, release ok");
    let released = host.standing();
    assert_eq!((released.held.total, released.held.by_holder.len(), released.held.by_country.len()), (0, 0, 0));
    assert_eq!(
        released.recent.last().map(|done| (done.at, done.kind)),
        Some((NOW.plus_millis(5000), MoveKind::Release))
    );
    // A day later nothing of it is within a window.
    host.now = NOW.plus_millis(24 * HOUR_MS);
    assert!(host.standing().recent.is_empty());
}

#[test]
fn a_release_that_fills_the_window_of_the_guard_against_churn_is_followed_by_a_wait() {
    let shop = orchard_with(|shop| {
        shop.policy.limits = serde_json::from_value(json!({ "numbers": 3 })).unwrap();
        shop.policy.churn = Some(Churn { moves_max: 2, window_s: 3600 });
    });
    let mut standing = large();
    standing.held.total = 3;
    check(&shop, &standing, &orchard_request(), NOW, "NumberLimit -> release 1");
    standing.recent = vec![Move { kind: MoveKind::Release, ..claim(HOUR_MS - 1, "0.00 USD") }];
    let fixes = |standing: &Standing| {
        let quote = quote(&shop, standing, &Offers::default(), &orchard_request(), NOW);
        assert!(quote.fixes_suffice);
        quote.fixes.iter().map(|fix| super::gates::show(&fix.fix)).collect::<Vec<_>>()
    };
    assert_eq!(fixes(&standing), ["release_numbers", "wait 1"]);
    standing.recent[0].at = NOW.plus_millis(-HOUR_MS);
    assert_eq!(fixes(&standing), ["release_numbers"]);
}
