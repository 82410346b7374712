//! Slices of a period: cut at whatever day, the two of them are the whole, and the later one is what the oracle says.
//!
//! In passing a sample of amounts; with `RINGUP_EXHAUSTIVE=1` all from zero to 10,000 minor units, of every exponent.

use std::collections::HashMap;
use std::time::Instant;

use ringup_core::{ChargeKind, Money, OfferedPrice, Offers, PurchaseRequest, Shop, Standing, Timestamp};
use serde_json::json;

use super::oracle;
use super::scene::{Scene, at};
use super::zones;
use crate::api::quote;

const DAY_MS: i64 = 86_400_000;
const AMOUNT_MAX: i64 = 10_000;
/// One for each exponent of ISO 4217; each amount is cut in all of them.
const CURRENCIES: [&str; 4] = ["JPY", "USD", "KWD", "CLF"];
const BASES: [&str; 5] = ["none", "second", "day", "30_360", "anniversary"];
const ROUNDINGS: [&str; 4] = ["half_up", "half_even", "down", "up"];

/// A shop with a rule of proration, and a number whose price can be set at little cost.
struct Counter {
    shop: Shop,
    standing: Standing,
    offers: Offers,
    request: PurchaseRequest,
    is_yearly: bool,
}

impl Counter {
    fn new(basis: &str, rounding: &str, anchor: &Anchor, is_yearly: bool) -> Self {
        let rule = json!({ "proration": { "basis": basis, "rounding": rounding }, "quote_lifetime_s": 1 });
        let scene = Scene {
            anchor: Some(anchor.at),
            zone: zones::fixed(anchor.offset_minutes.into()),
            ..Scene::new(json!([]), rule)
        };
        let (shop, mut standing, offers, request) = (scene.shop(), scene.standing(), scene.offers(), scene.request());
        // A customer who can pay needs no advice, which would take longer than the price.
        standing.balances = CURRENCIES.map(|code| Money::new(AMOUNT_MAX, code.parse().unwrap()).unwrap()).into();
        Self { shop, standing, offers, request, is_yearly }
    }

    /// What a number of this fee costs at an instant.
    fn charge(&mut self, fee: Money, now: Timestamp) -> i64 {
        let nothing = Money::zero(fee.currency());
        let price = if self.is_yearly {
            OfferedPrice { setup_fee: nothing, monthly_fee: nothing, yearly_fee: Some(fee) }
        } else {
            OfferedPrice { setup_fee: nothing, monthly_fee: fee, yearly_fee: None }
        };
        self.offers.searches[0].numbers[0].prices = vec![price];
        let price = quote(&self.shop, &self.standing, &self.offers, &self.request, now).price.unwrap();
        let charged = price.due_now.minor_units();
        let taken_off = price.charged_for(ChargeKind::Proration).minor_units();
        assert_eq!(charged - taken_off, fee.minor_units(), "the two slices are the whole");
        assert!(0 <= charged && taken_off <= 0, "and none owes anything");
        charged
    }
}

/// The exact charge, from how much is left: the same fraction for many amounts.
fn exact(left: &num_rational::BigRational, fee: i64, rounding: &str) -> i64 {
    let fee = num_rational::BigRational::from_integer(fee.into());
    oracle::rounded(&(fee * left), &json!(rounding))
}

/// An instant at which a period begins, and how far the clocks are ahead of UTC by which its day is told.
struct Anchor {
    at: Timestamp,
    offset_minutes: i16,
}

impl Anchor {
    fn clocks(&self, at: Timestamp) -> jiff::Zoned {
        let clocks = jiff::tz::Offset::from_seconds(i32::from(self.offset_minutes) * 60).unwrap();
        oracle::zoned(at.as_millis(), &jiff::tz::TimeZone::fixed(clocks))
    }
}

fn amounts(day: i64) -> Vec<i64> {
    if std::env::var_os("RINGUP_EXHAUSTIVE").is_some() {
        return (0..=AMOUNT_MAX).collect();
    }
    // Other ones every day, and always the smallest and the largest.
    let sampled = (0..2).map(|index| (day * 7_919 + index * 1_667).rem_euclid(AMOUNT_MAX));
    [0, 1, 3, AMOUNT_MAX].into_iter().chain(sampled).collect()
}

/// The number of charges that were compared.
fn cut(basis: &str, anchor: &str, offset_minutes: i16, is_yearly: bool, step_days: usize) -> u64 {
    let mut cases = 0;
    let months = if is_yearly { 12 } else { 1 };
    let anchor = Anchor { at: at(anchor), offset_minutes };
    // The period around the anchor: it begins with it by seconds, and by days with the midnight before it.
    let begin = anchor.clocks(anchor.at);
    let begin = if basis == "second" { begin } else { begin.start_of_day().unwrap() };
    let (start, end) = oracle::around(&begin, months, &begin);
    let millis = |zoned: &jiff::Zoned| Timestamp::from_millis(zoned.timestamp().as_millisecond());
    let (start, end) = (millis(&start), millis(&end));
    let days = (end.as_millis() - start.as_millis()) / DAY_MS;
    // Every day: its first instant, its last, and one that is neither. And the end of the period from either side.
    let each = (0..days).step_by(step_days).flat_map(|day| {
        let begins = start.plus_millis(day * DAY_MS);
        [0, 12_345_678, DAY_MS - 1].map(|millis| (day, begins.plus_millis(millis)))
    });
    let ends = [-1, 0, 1].map(|millis| (days, end.plus_millis(millis)));
    let instants: Vec<(i64, Timestamp)> = each.chain(ends).collect();
    for rounding in ROUNDINGS {
        let mut counter = Counter::new(basis, rounding, &anchor, is_yearly);
        let mut before: HashMap<i64, i64> = HashMap::new();
        for (day, now) in instants.iter().copied() {
            let left = if basis == "none" {
                num_rational::BigRational::from_integer(1.into())
            } else {
                oracle::fraction_left(basis, months, anchor.clocks(anchor.at), anchor.clocks(now))
            };
            let is_whole = now == start || now == end;
            for amount in amounts(day) {
                let expected = exact(&left, amount, rounding);
                for currency in CURRENCIES {
                    let charged = counter.charge(Money::new(amount, currency.parse().unwrap()).unwrap(), now);
                    assert_eq!(charged, expected, "{basis} {rounding} {amount} {currency} at {now:?}");
                    cases += 1;
                }
                assert!(!is_whole || expected == amount, "bought at its beginning, a period is whole");
                // Slices from instant to instant are the differences, so none may be negative; from the whole, they add up.
                let before = if now < end { before.insert(amount, expected) } else { None };
                assert!(before.is_none_or(|before| expected <= before), "{basis} {rounding} {amount} at {now:?}");
            }
        }
    }
    cases
}

/// The line that `cargo xtask exhaustive` reads.
fn told(cases: u64, started: Instant, domain: &str) {
    let of = if std::env::var_os("RINGUP_EXHAUSTIVE").is_some() { "all" } else { "sample" };
    let statement = "Two slices of a period are the whole, and the later one is the exact fraction, rounded.";
    println!("checked\t{of}\t{cases}\t{:.1}\t{statement}\t{domain}", started.elapsed().as_secs_f64());
}

#[test]
fn slices_of_a_month_of_any_length_are_the_whole() {
    let (started, mut cases) = (Instant::now(), 0);
    for basis in BASES {
        // 31, 28, 29, 30 days; months that end before their anchor's day; and anchors that are not at midnight, by clocks ahead
        // of UTC and behind it.
        for (anchor, offset_minutes) in [
            ("2026-03-01", 0),
            ("2026-02-01", 0),
            ("2028-02-01", 0),
            ("2026-04-01", 0),
            ("2026-01-31", 0),
            ("2028-01-30T17:45:12.345Z", 330),
            ("2026-02-15T03:59:59.999Z", -300),
        ] {
            cases += cut(basis, anchor, offset_minutes, false, 1);
        }
    }
    told(
        cases,
        started,
        "amounts 0 to 10,000 of each exponent, every rule of proration and rounding, seven months of each length; three \
         instants of each day and both sides of the end",
    );
}

#[test]
fn slices_of_a_year_are_the_whole() {
    let (started, mut cases) = (Instant::now(), 0);
    let step = if std::env::var_os("RINGUP_EXHAUSTIVE").is_some() { 1 } else { 29 };
    for basis in BASES {
        for (anchor, offset_minutes) in
            [("2026-01-01", 0), ("2028-01-01", 840), ("2024-02-29T23:30:00Z", 0), ("2027-03-31T12:00:00.001Z", -300)]
        {
            cases += cut(basis, anchor, offset_minutes, true, step);
        }
    }
    told(
        cases,
        started,
        "amounts 0 to 10,000 of each exponent, every rule of proration and rounding, four years; three instants of each day \
         and both sides of the end",
    );
}
