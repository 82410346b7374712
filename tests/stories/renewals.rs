//! The life of a number after its first period: charged each month, suspended when its card fails, released when nobody
//! pays; and the same whatever the steps of the clock.

use std::collections::BTreeSet;

use jiff::{Span, Timestamp, tz::TimeZone};
use serde_json::{Value, json};

use super::stage::Stage;

const MINUTE_S: u64 = 60;

const DAY_S: u64 = 86_400;

/// The manual clock begins on the 25th of March 2026 at 10:00 UTC.
const BEGIN: &str = "2026-03-25T10:00:00Z";

impl Stage {
    fn number_status(&mut self, id: &str) -> String {
        let number = self.ok("GET", &format!("/zernio/api/v1/whatsapp/phone-numbers/{id}"), Value::Null);
        number["phoneNumber"]["status"].as_str().unwrap_or_else(|| panic!("{number}")).into()
    }

    fn charges(&mut self, of: &str) -> usize {
        let world = self.ok("GET", "/_sim/world", Value::Null);
        let is_ours = |charge: &&Value| charge["purchase"] == of;
        world["charges"].as_array().unwrap().iter().filter(is_ours).count()
    }

    fn books(&mut self, account: &str) -> Value {
        self.ok("GET", &format!("/_sim/ledger?account={account}"), Value::Null)
    }

    /// What endpoints were told of a number, the latest first.
    fn told(&mut self, number: &str) -> Vec<(String, Value)> {
        let told = self.deliveries();
        let body = |delivery: &Value| -> Value { serde_json::from_str(delivery["body"].as_str().unwrap()).unwrap() };
        let ours = told.iter().filter(|one| body(one)["number"]["id"] == number);
        ours.map(|one| (one["event"].as_str().unwrap().to_owned(), body(one)["reason"].clone())).collect()
    }
}

#[test]
fn a_number_is_charged_each_month_until_it_is_released() {
    let mut stage = Stage::new();
    let number = stage.buy();
    assert_eq!(stage.charges(&number), 1);
    // The 25th of April at 10:00, a millisecond before and at it.
    stage.advance(31 * DAY_S - 1);
    assert_eq!(stage.charges(&number), 1);
    stage.advance(1);
    assert_eq!(stage.charges(&number), 2);
    stage.advance(365 * DAY_S);
    assert_eq!(stage.charges(&number), 14);
    stage.ok("DELETE", &format!("/zernio/api/v1/whatsapp/phone-numbers/{number}"), Value::Null);
    stage.advance(365 * DAY_S);
    assert_eq!(stage.charges(&number), 14);
}

#[test]
fn a_card_that_fails_suspends_its_number_and_a_new_one_brings_it_back() {
    let mut stage = Stage::new();
    stage.listen(&["whatsapp.number.suspended", "whatsapp.number.reactivated", "whatsapp.number.released"]);
    let number = stage.buy();
    let card = |declined: bool| json!({ "declined": declined });
    stage.ok("PUT", "/_sim/accounts/zernio-ready/card", card(true));
    stage.advance(31 * DAY_S);
    assert_eq!((stage.number_status(&number).as_str(), stage.charges(&number)), ("active", 1));
    stage.advance(3 * DAY_S - 1);
    assert_eq!(stage.number_status(&number), "active");
    stage.advance(1);
    assert_eq!(stage.number_status(&number), "suspended");
    stage.ok("PUT", "/_sim/accounts/zernio-ready/card", card(false));
    stage.advance(0);
    assert_eq!((stage.number_status(&number).as_str(), stage.charges(&number)), ("active", 2));
    // The next month is not paid, nor is anything after it.
    stage.ok("PUT", "/_sim/accounts/zernio-ready/card", card(true));
    stage.advance(100 * DAY_S);
    let told = stage.told(&number);
    let said: Vec<(&str, &Value)> = told.iter().map(|(event, reason)| (event.as_str(), reason)).collect();
    let failed = json!("payment_failed");
    assert_eq!(
        said.into_iter().rev().collect::<Vec<_>>(),
        [
            ("whatsapp.number.suspended", &failed),
            ("whatsapp.number.reactivated", &Value::Null),
            ("whatsapp.number.suspended", &failed),
            ("whatsapp.number.released", &json!("cleanup_suspended")),
        ]
    );
}

/// Ten years, in steps: the books, what was charged and when.
/// What is left of ten years of an account: its books, the charges, and what endpoints were told.
#[derive(Debug, PartialEq)]
struct TenYears {
    books: Value,
    charges: Value,
    told: Vec<Value>,
}

const TEN_YEARS_S: u64 = 10 * 365 * DAY_S;

/// When the card is declined and when it works again: for a day that some numbers are retried in, for a month in which they
/// are suspended, and for good, until they are released.
const CARD: [(u64, bool); 5] = [
    (1000 * DAY_S, true),
    (1001 * DAY_S, false),
    (2000 * DAY_S, true),
    (2031 * DAY_S, false),
    (3300 * DAY_S + 11, true),
];

/// An account that buys 50 numbers, five every third day, and then lives on. `step` says by how many seconds the clock goes
/// on from a second of the ten years.
fn ten_years(mut step: impl FnMut(u64) -> u64) -> TenYears {
    let mut stage = Stage::new();
    stage.listen_to_all();
    stage.ok("PATCH", "/_sim/accounts/zernio-ready/terms", json!({ "plan": "unlimited" }));
    let mut passed = 0;
    for _ in 0..10 {
        for _ in 0..5 {
            stage.buy();
        }
        stage.advance(3 * DAY_S + 7);
        passed += 3 * DAY_S + 7;
    }
    let mut live_until = |stage: &mut Stage, end: u64| {
        while passed < end {
            let step = step(passed).min(end - passed);
            stage.advance(step);
            passed += step;
        }
    };
    for (at, declined) in CARD {
        live_until(&mut stage, at);
        stage.ok("PUT", "/_sim/accounts/zernio-ready/card", json!({ "declined": declined }));
    }
    live_until(&mut stage, TEN_YEARS_S);
    let world = stage.ok("GET", "/_sim/world", Value::Null);
    let told = stage.ok("GET", "/_sim/webhooks/deliveries?limit=1000", Value::Null).as_array().unwrap().clone();
    TenYears { books: stage.books("zernio-ready"), charges: world["charges"].clone(), told }
}

#[test]
fn ten_years_are_the_same_whatever_the_steps_of_the_clock() {
    let at_once = ten_years(|_| TEN_YEARS_S);
    let begin: Timestamp = BEGIN.parse().unwrap();
    let charges = at_once.charges.as_array().unwrap();
    assert!(50 * 100 < charges.len(), "{} charges", charges.len());
    for (event, least) in [("suspended", 50), ("reactivated", 45), ("released", 50)] {
        let told = at_once.told.iter().filter(|told| told["event"] == format!("whatsapp.number.{event}")).count();
        assert!(least <= told, "{event}: {told}");
    }
    let charged: BTreeSet<u64> = charges
        .iter()
        .map(|charge| u64::try_from(charge["charged_at"].as_i64().unwrap() - begin.as_millisecond()).unwrap() / 1000)
        .collect();
    let mut random = 7_u64;
    let irregular = ten_years(|now| {
        // A second within a minute of each instant; from a second to a year elsewhere, and never across such a minute.
        let next =
            charged.range(now.saturating_sub(MINUTE_S)..).next().map_or(u64::MAX, |at| at.saturating_sub(MINUTE_S));
        if next <= now {
            return 1;
        }
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let drawn =
            1 + (random >> 33) % [1, DAY_S, 40 * DAY_S, 365 * DAY_S][usize::try_from(random >> 40).unwrap() % 4];
        drawn.min(next - now)
    });
    assert_eq!(at_once.books, irregular.books, "the books");
    assert!(at_once.charges == irregular.charges, "the charges");
    assert!(at_once.told == irregular.told, "the webhooks");
}

#[test]
fn a_number_is_charged_on_the_anniversaries_that_jiff_gives() {
    let mut stage = Stage::new();
    let number = stage.buy();
    stage.advance(4 * 365 * DAY_S);
    let begin: Timestamp = BEGIN.parse().unwrap();
    let end = begin + Span::new().hours(4 * 365 * 24);
    let anniversaries = (0..).map(|months| {
        let zoned = begin.to_zoned(TimeZone::UTC).checked_add(Span::new().months(months)).unwrap();
        zoned.timestamp().as_millisecond()
    });
    let expected: Vec<i64> = anniversaries.take_while(|at| *at <= end.as_millisecond()).collect();
    let world = stage.ok("GET", "/_sim/world", Value::Null);
    let ours = world["charges"].as_array().unwrap().iter().filter(|charge| charge["purchase"] == number.as_str());
    let mut charged: Vec<i64> = ours.map(|charge| charge["charged_at"].as_i64().unwrap()).collect();
    charged.sort_unstable();
    assert_eq!(charged, expected);
}
