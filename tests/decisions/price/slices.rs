//! Slices of a period: cut at whatever day, the two of them are the whole, and the later one is what the oracle says.
//!
//! In passing a sample of amounts; with `RINGUP_EXHAUSTIVE=1` all from nought to 10,000 minor units, of every exponent.

use std::collections::HashMap;

use ringup_core::{
    ChargeKind, Currency, Money, OfferedPrice, Offers, PurchaseRequest, Shop, Standing, Timestamp, quote,
};
use serde_json::json;

use super::oracle;
use super::scene::{Scene, at};

const DAY_MS: i64 = 86_400_000;
const AMOUNT_MAX: i64 = 10_000;
/// One for each exponent of ISO 4217.
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
    fn new(basis: &str, rounding: &str, anchor: Timestamp, is_yearly: bool) -> Self {
        let rule = json!({ "proration": { "basis": basis, "rounding": rounding }, "quote_lifetime_s": 1 });
        let scene = Scene { anchor: Some(anchor), ..Scene::new(json!([]), rule) };
        let (shop, mut standing, offers, request) = (scene.shop(), scene.standing(), scene.offers(), scene.request());
        // Whoever can pay needs no advice, which would take longer than the price.
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

fn utc(at: Timestamp) -> jiff::Zoned {
    oracle::zoned(at.as_millis(), jiff::tz::Offset::UTC)
}

fn amounts(day: i64) -> Vec<i64> {
    if std::env::var_os("RINGUP_EXHAUSTIVE").is_some() {
        return (0..=AMOUNT_MAX).collect();
    }
    // Other ones every day, and always the smallest and the largest.
    let sampled = (0..6).map(|index| (day * 7_919 + index * 1_667).rem_euclid(AMOUNT_MAX));
    [0, 1, 2, 3, AMOUNT_MAX].into_iter().chain(sampled).collect()
}

fn cut(basis: &str, anchor: &str, is_yearly: bool, step_days: usize) {
    let months = if is_yearly { 12 } else { 1 };
    let anchor = at(anchor);
    // The period that begins with the anchor, instant by instant: the time of day is never that of the anchor's.
    let (start, end) = oracle::around(&utc(anchor), months, &utc(anchor));
    let days = (end.timestamp().as_millisecond() - start.timestamp().as_millisecond()) / DAY_MS;
    for rounding in ROUNDINGS {
        let mut counter = Counter::new(basis, rounding, anchor, is_yearly);
        let mut yesterday: HashMap<i64, i64> = HashMap::new();
        for day in (0..days).step_by(step_days) {
            let now = anchor.plus_millis(day * DAY_MS + if day == 0 { 0 } else { 12_345_678 });
            let left = if basis == "none" {
                num_rational::BigRational::from_integer(1.into())
            } else {
                oracle::fraction_left(basis, months, utc(anchor), utc(now))
            };
            for amount in amounts(day) {
                let currency: Currency = CURRENCIES[usize::try_from((amount + day) % 4).unwrap()].parse().unwrap();
                let charged = counter.charge(Money::new(amount, currency).unwrap(), now);
                assert_eq!(charged, exact(&left, amount, rounding), "{basis} {rounding} {amount} on day {day}");
                if day == 0 {
                    assert_eq!(charged, amount, "bought at its beginning, a period is whole");
                }
                // Slices from day to day are the differences, so none may be negative; from the whole, they add up to it.
                let before = yesterday.insert(amount, charged);
                assert!(before.is_none_or(|before| charged <= before), "{basis} {rounding} {amount} on day {day}");
            }
        }
    }
}

#[test]
fn slices_of_a_month_of_any_length_are_the_whole() {
    for basis in BASES {
        // 31, 28, 29, 30 days; and months that end before their anchor's day.
        for anchor in ["2026-03-01", "2026-02-01", "2028-02-01", "2026-04-01", "2026-01-31", "2028-01-30", "2026-02-15"]
        {
            cut(basis, anchor, false, 1);
        }
    }
}

#[test]
fn slices_of_a_year_are_the_whole() {
    let step = if std::env::var_os("RINGUP_EXHAUSTIVE").is_some() { 1 } else { 9 };
    for basis in BASES {
        for anchor in ["2026-01-01", "2028-01-01", "2024-02-29", "2027-03-31"] {
            cut(basis, anchor, true, step);
        }
    }
}
