//! Time zones: each rule that looks at a calendar, a millisecond below, at and above each of its boundaries, where the clocks
//! change. The instants are worked out by hand from the rules of each zone.

use jiff::Timestamp as Instant;
use ringup_core::shop::{BillingKind, Limits, Renewals, Shop};
use ringup_core::{
    Actor, Fact, Gate, GateStatus, MakePurchase, Misuse, Move, MoveKind, Offers, PurchaseError, Remedy, Standing,
    TimeZone, Timestamp,
};
use serde_json::{Value, json};

use super::kit::{Host, NOW, money, orchard_customer, orchard_request, orchard_with, standing};
use super::lifecycle::{check, run};
use crate::api::{self, quote};
use crate::prices::scene::{Scene, rate};
use crate::prices::zones;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn at(text: &str) -> Timestamp {
    Timestamp::from_millis(text.parse::<Instant>().unwrap().as_millisecond())
}

fn zone(table: Value) -> Option<TimeZone> {
    Some(serde_json::from_value(table).unwrap())
}

fn limited(name: &str, limits: Value) -> Shop {
    orchard_with(|shop| {
        shop.policy.time_zone = zone(zones::table(name));
        shop.policy.limits = serde_json::from_value::<Limits>(limits).unwrap();
        shop.policy.velocity = None;
    })
}

/// A customer of the largest plan who bought a number for 2.00 USD.
fn bought(then: Timestamp) -> Standing {
    let mut standing = standing(orchard_customer(), &[]);
    standing.terms.plan = Some("huge".parse().unwrap());
    standing.recent = vec![Move { at: then, kind: MoveKind::Claim, spent: Some(money("2.00 USD")) }];
    standing
}

/// When the next purchase can be made: `now`, or the instant that the gate names.
fn next(shop: &Shop, standing: &Standing, now: Timestamp) -> String {
    let quote = quote(shop, standing, &Offers::default(), &orchard_request(), now);
    let waits = quote.gates.iter().filter_map(|report| match &report.status {
        GateStatus::Blocked { fixes, .. } => Some(fixes.iter().find_map(|fix| match fix {
            Remedy::WaitUntil { at, .. } => Some(at.to_string()),
            _ => None,
        })),
        GateStatus::Passed { .. } | GateStatus::Waiting { .. } => None,
    });
    waits.flatten().next().unwrap_or("now".into())
}

/// The bounds of a day or month: what was bought before does not count from its first instant on.
#[track_caller]
fn bounds(shop: &Shop, begin: &str, end: &str) {
    let (begin, end) = (at(begin), at(end));
    // Bought a millisecond before the period began, at its begin, and after it.
    for (since, counts) in [(-1, false), (0, true), (1, true)] {
        let then = begin.plus_millis(since);
        let expected = if counts { end.to_string() } else { "now".into() };
        for now in [begin.plus_millis(1), end.plus_millis(-1)] {
            assert_eq!(next(shop, &bought(then), now), expected, "bought at {then}, at {now}");
        }
    }
    assert_eq!(next(shop, &bought(end.plus_millis(-1)), end), "now", "at {end}");
    assert_eq!(next(shop, &bought(end.plus_millis(-1)), end.plus_millis(1)), "now", "after {end}");
}

/// Beirut's clocks go from 0:00 to 1:00 on the last Sunday of March, and from 0:00 to 23:00 on the last of October. Havana's
/// go from 0:00 to 1:00 on the second Sunday of March, and from 1:00 to 0:00 on the first of November. Santiago's go from
/// 24:00 to 23:00 on the first Saturday of April after the first, and from 24:00 to 1:00 in September. New York's change at
/// 2:00, on the second Sunday of March and the first of November.
#[test]
fn a_day_of_a_limit_is_as_long_as_the_clocks_say() {
    for limit in [
        json!({ "purchases_a_day": 1 }),
        json!({ "spend": [{ "amount": { "minor_units": 399, "currency": "USD" }, "period": "day" }] }),
    ] {
        for (name, begin, end, hours) in [
            ("Asia/Beirut", "2025-03-28T22:00:00Z", "2025-03-29T22:00:00Z", 24),
            ("Asia/Beirut", "2025-03-29T22:00:00Z", "2025-03-30T21:00:00Z", 23),
            ("Asia/Beirut", "2025-10-24T21:00:00Z", "2025-10-25T22:00:00Z", 25),
            ("America/Havana", "2025-03-09T05:00:00Z", "2025-03-10T04:00:00Z", 23),
            ("America/Havana", "2025-11-02T04:00:00Z", "2025-11-03T05:00:00Z", 25),
            ("America/Santiago", "2025-04-05T03:00:00Z", "2025-04-06T04:00:00Z", 25),
            ("America/Santiago", "2025-09-07T04:00:00Z", "2025-09-08T03:00:00Z", 23),
            ("America/New_York", "2025-03-09T05:00:00Z", "2025-03-10T04:00:00Z", 23),
            ("America/New_York", "2025-11-02T04:00:00Z", "2025-11-03T05:00:00Z", 25),
        ] {
            assert_eq!(at(end).as_millis() - at(begin).as_millis(), hours * HOUR_MS, "{name} {begin}");
            bounds(&limited(name, limit.clone()), begin, end);
        }
    }
}

/// An account counts its purchases by the same clocks. In New York it is 19:30, 21:00, and a new day at 4:00 UTC.
#[test]
fn an_account_s_spending_is_of_the_day_of_the_zone() {
    let limit = json!({ "spend": [{ "amount": { "minor_units": 399, "currency": "USD" }, "period": "day" }] });
    let shop = limited("America/New_York", limit);
    for (then, is_bought) in [
        ("2026-03-26T01:00:00Z", false),
        ("2026-03-26T03:59:59.999Z", false),
        ("2026-03-26T04:00:00Z", true),
        ("2026-03-26T04:00:00.001Z", true),
    ] {
        let mut host =
            Host { shop: shop.clone(), now: at("2026-03-25T23:30:00Z"), ..Host::orchard(BillingKind::Usage) };
        host.buy("p", &orchard_request()).unwrap();
        host.now = at(then);
        assert_eq!(host.buy("q", &orchard_request()).is_ok(), is_bought, "{then}");
    }
}

#[test]
fn a_month_of_spending_begins_with_its_first_day() {
    let limit = json!({ "spend": [{ "amount": { "minor_units": 399, "currency": "USD" }, "period": "month" }] });
    bounds(&limited("America/New_York", limit.clone()), "2025-03-01T05:00:00Z", "2025-04-01T04:00:00Z");
    bounds(&limited("America/New_York", limit.clone()), "2025-11-01T04:00:00Z", "2025-12-01T05:00:00Z");
    // The first day of November 2020 has 25 hours in Havana, of which the first comes twice.
    bounds(&limited("America/Havana", limit), "2020-11-01T04:00:00Z", "2020-12-01T05:00:00Z");
}

/// The amount due of 31.00 or 30.00 a month, by days.
fn due(name: &str, anchor: &str, fee: i64, now: Timestamp) -> (i64, String, String) {
    let card = json!({ "proration": { "basis": "day" } });
    let scene = Scene {
        anchor: Some(at(anchor)),
        zone: zones::table(name),
        now,
        ..Scene::new(json!([rate(0, fee, json!({}))]), card)
    };
    let price = scene.price();
    let period = price.first_period.unwrap();
    (price.due_now.minor_units(), period.starts_at.to_string(), period.ends_at.to_string())
}

#[test]
fn a_billing_day_and_its_proration_are_of_the_zone() {
    let row = |due, starts: &str, ends: &str| (due, starts.to_owned(), ends.to_owned());
    // The 29th of March begins at 1:00 in Beirut. Of the period from the 29th to the 28th of April, all 31 days are left.
    let march = |now: &str, millis| due("Asia/Beirut", "2026-01-29T10:00:00Z", 3100, at(now).plus_millis(millis));
    let (before, begin, end) = ("2026-02-27T22:00:00Z", "2026-03-28T22:00:00Z", "2026-04-28T21:00:00Z");
    // The period before is from the 28th of February: 29 days, of which one is left, 31.00 / 29 = 1.069.
    assert_eq!(march(begin, -1), row(107, before, begin));
    assert_eq!(march(begin, 0), row(3100, begin, end));
    assert_eq!(march(begin, 1), row(3100, begin, end));
    // The next midnight is 23 hours later.
    assert_eq!(march("2026-03-29T21:00:00Z", -1), row(3100, begin, end));
    assert_eq!(march("2026-03-29T21:00:00Z", 0), row(3000, begin, end));
    assert_eq!(march("2026-03-29T21:00:00Z", 1), row(3000, begin, end));
    // An anchor on the day without a midnight: its other periods begin at midnight.
    let anchored = |now: &str, millis| due("Asia/Beirut", begin, 3100, at(now).plus_millis(millis));
    let may = "2026-05-28T21:00:00Z";
    assert_eq!(anchored(end, -1).2, end);
    assert_eq!(anchored(end, 0), row(3100, end, may));
    assert_eq!(anchored(end, 1), row(3100, end, may));
}

/// Charged a usage invoice of 2.00 USD a month, by the clocks of a zone.
fn invoiced(name: &str) -> Host {
    let renewals = Renewals { price_held_months: None, retry_after_s: vec![], grace_s: None, suspended_s: None };
    let shop = orchard_with(|shop| {
        shop.policy.renewals = Some(renewals);
        shop.policy.time_zone = zone(zones::table(name));
    });
    Host { shop, ..Host::orchard(BillingKind::Usage) }
}

const BOUGHT: &str = "buy p, reserve ok, charge ok, order ok";

/// Bought on the 25th of March at 11:00 in Amsterdam, which is 10:00 UTC. From the 29th on, 11:00 is 9:00 UTC, until the 25th
/// of October.
#[test]
fn a_renewal_is_at_the_same_local_time_in_summer_and_winter() {
    let first = 31 * DAY_MS - HOUR_MS;
    for (wait, then) in
        [(first - 1, "->"), (first, "renewal_due -> p/renew/1"), (first + 1, "renewal_due -> p/renew/1")]
    {
        check(invoiced("Europe/Amsterdam"), &format!("{BOUGHT}, wait {wait}, wake"), then);
    }
    let mut host = invoiced("Europe/Amsterdam");
    run(&mut host, BOUGHT);
    let mut begins = vec![];
    for _ in 0..8 {
        let due = host.account.due().unwrap();
        begins.push(due.to_string());
        let wait = due.as_millis() - host.now.as_millis();
        run(&mut host, &format!("wait {wait}, wake, renew ok"));
    }
    assert_eq!(begins[..2], ["2026-04-25T09:00:00Z", "2026-05-25T09:00:00Z"]);
    assert_eq!(begins[6], "2026-10-25T10:00:00Z", "on the day that the clocks go back, at 3:00");
    assert_eq!(begins[7], "2026-11-25T10:00:00Z");
    // While a fee is due, the number is paid until the begin of its period.
    let mut host = invoiced("Europe/Amsterdam");
    run(&mut host, &format!("{BOUGHT}, wait {first}, wake"));
    let number = host.account.numbers().next().unwrap();
    assert_eq!(number.paid_until(&host.shop, host.now), Some(NOW.plus_millis(first)));
}

#[test]
fn a_table_that_ends_is_waited_for_and_never_guessed() {
    let until = |until: &str| zone(zones::between("Europe/Amsterdam", "2020-01-01T00:00:00Z", until));
    let shop = |table: Option<TimeZone>| {
        orchard_with(|shop| {
            shop.policy.time_zone = table;
            shop.policy.renewals = Some(Renewals::default());
        })
    };
    let stock = |shop: &Shop| {
        let standing = standing(orchard_customer(), &[]);
        let quote = quote(shop, &standing, &Offers::default(), &orchard_request(), NOW);
        quote.gates.into_iter().find(|report| report.gate == Gate::Stock).unwrap().status
    };
    // The first period, of a number that is activated within a month, ends on the 25th of May at 9:00 UTC at the latest.
    for (end, is_known) in [("2026-05-25T09:00:00Z", false), ("2026-05-25T09:00:00.001Z", true)] {
        let shop = shop(until(end));
        let waits = GateStatus::Waiting {
            fact: Fact::TimeZone {
                zone: "Europe/Amsterdam".into(),
                known_from: at("2020-01-01T00:00:00Z"),
                known_until: at(end),
            },
        };
        assert_eq!(stock(&shop) != waits, is_known, "{end}");
        let mut host = Host { shop, ..Host::orchard(BillingKind::Usage) };
        let request = orchard_request();
        let purchase = MakePurchase { id: "p".parse().unwrap(), actor: Actor::default(), request };
        let told = host.tell(&purchase).map(|_| ());
        let unknown = matches!(told, Err(PurchaseError::Misuse(Misuse::TimeZoneUnknown { .. })));
        assert_eq!(unknown, !is_known, "{told:?}");
    }
    // A number that is activated later is not activated without the end of its period, and a renewal is not charged.
    let short = shop(until("2026-05-25T09:00:00.001Z"));
    let mut host = Host { shop: short.clone(), ..Host::orchard(BillingKind::Usage) };
    run(&mut host, "buy p, reserve ok, charge ok, wait 3000000000");
    let effect = host.account.owed().remove(0);
    let outcome = ringup_core::Outcome::Confirmed { confirmation: ringup_core::Confirmation::Done };
    let activate = ringup_core::RecordOutcome { effect: effect.id, outcome };
    assert!(matches!(host.tell(&activate), Err(Misuse::TimeZoneUnknown { .. })));
    host.shop = shop(until("2030-01-01T00:00:00Z"));
    assert!(host.tell(&activate).is_ok());
    let mut host = Host { shop: short, ..Host::orchard(BillingKind::Usage) };
    run(&mut host, &format!("{BOUGHT}, wait {}, wake, renew ok", 31 * DAY_MS - HOUR_MS));
    host.now = host.account.due().unwrap();
    let wake = api::wake_up(&host.account, host.now);
    assert!(matches!(host.tell(&wake), Err(Misuse::TimeZoneUnknown { .. })), "the end of June is unknown");
    host.shop = shop(until("2030-01-01T00:00:00Z"));
    assert_eq!(host.tell(&wake).unwrap().events[0].name(), "renewal_due");
}
