//! The oracle: what a price must be, in exact rationals and by jiff's calendar. It reads the card as JSON and shares no
//! code, no type and no word with the core but those of the JSON.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan, Zoned};
use num_bigint::BigInt;
use num_rational::BigRational;
use serde_json::Value;

/// What a price is asked for.
pub(crate) struct Question<'a> {
    pub(crate) card: &'a Value,
    pub(crate) plan: Option<&'a str>,
    pub(crate) included_numbers: u64,
    /// Which number of the customer's it would be.
    pub(crate) nth: u64,
    pub(crate) anchor: Option<i64>,
    /// The clocks of the calendar.
    pub(crate) clocks: TimeZone,
    /// The number that is for sale; of any number of a country, only that is known.
    pub(crate) offer: &'a Value,
    /// In which currency it is asked for.
    pub(crate) currency: Option<&'a str>,
    pub(crate) now: i64,
}

/// A line: its kind, its label, its part and its minor units.
pub(crate) type Line = (String, String, String, i64);

#[derive(Debug, PartialEq)]
pub(crate) struct Expected {
    pub(crate) lines: Vec<Line>,
    pub(crate) taxes_included: Vec<Line>,
    pub(crate) due_now: i64,
    /// Of each of the next [`LATER`] periods, with the taxes that it contains.
    pub(crate) later: Vec<(i64, Vec<Line>)>,
    pub(crate) commitment_total: i64,
}

/// How many later periods are worked out; longer than any commitment and any discount here.
pub(crate) const LATER: u64 = 40;

/// The price; none where the card has no entry for the number. And what of it goes to setup fees, rent, other fees and tax.
pub(crate) fn price(question: &Question<'_>) -> Option<(Expected, [i64; 4])> {
    let fees = Fees::of(question)?;
    let first = question.anchor.filter(|_| question.card["proration"].is_object()).map(|anchor| {
        fraction_left(
            text(&question.card["proration"]["basis"]),
            fees.months,
            zoned(anchor, &question.clocks),
            zoned(question.now, &question.clocks),
        )
    });
    let bill = |nth: u64| bill(question, &fees, first.as_ref(), nth);
    let now = bill(1);
    let committed = fees.commitment.div_ceil(fees.months as u64);
    let is_short = first.as_ref().is_some_and(|first| *first < whole(1));
    let more = if is_short { committed } else { committed.saturating_sub(1) };
    assert!(more <= LATER);
    let later = (2..2 + LATER).map(bill).map(|bill| (bill.total(), bill.taxes_included));
    let later: Vec<(i64, Vec<Line>)> = later.collect();
    let commitment_total = now.total() + later.iter().take(more as usize).map(|(total, _)| total).sum::<i64>();
    let books = now.books();
    let due_now = now.total();
    let Bill { lines, taxes_included, .. } = now;
    Some((Expected { lines, taxes_included, due_now, later, commitment_total }, books))
}

struct Fees {
    setup: i64,
    other: Vec<(String, i64)>,
    recurring: i64,
    currency: String,
    months: i64,
    commitment: u64,
}

impl Fees {
    fn of(question: &Question<'_>) -> Option<Self> {
        let Question { card, offer, nth, now, .. } = question;
        let asked = |money: &Value| question.currency.is_none_or(|currency| money["currency"] == currency);
        let rates = list(&card["rates"]).iter().filter(|rate| {
            let prefix = rate["prefix"].as_str().unwrap_or("");
            let wanted = rate["able_to"].as_object().cloned().unwrap_or_default();
            rate["country"] == offer["country"]
                && (rate["number_type"].is_null() || rate["number_type"] == offer["number_type"])
                && offer["number"].as_str().unwrap_or("").starts_with(prefix)
                && wanted.iter().all(|(name, on)| on == false || offer["capabilities"][name] == true)
                && in_effect(rate, *now)
        });
        // One after another: by prefix, then by type, then by how much it asks for.
        let rank = |rate: &&Value| {
            let asked = rate["able_to"].as_object().map_or(0, |all| all.values().filter(|on| **on == true).count());
            let prefix = rate["prefix"].as_str().map_or(0, str::len);
            prefix * 100 + if rate["number_type"].is_null() { 0 } else { 10 } + asked
        };
        let rate = rates.max_by_key(rank);
        let offered_commitment = offer["minimum_commitment_months"].as_u64().unwrap_or(0);
        let own = list(&offer["prices"]);
        if !own.is_empty() {
            let paid_both_ways = |own: &Value| units(&own["monthly_fee"]) != 0 && own["yearly_fee"].is_object();
            let own = own.iter().find(|own| !paid_both_ways(own) && asked(&own["monthly_fee"]))?;
            let yearly = own["yearly_fee"].is_object();
            let recurring = if yearly { &own["yearly_fee"] } else { &own["monthly_fee"] };
            let others = rate.into_iter().flat_map(|rate| list(&rate["other_fees"]));
            let others = others.filter(|other| other["fee"]["currency"] == recurring["currency"]);
            return Some(Self {
                setup: units(&own["setup_fee"]),
                other: others.map(|other| (text(&other["label"]).into(), units(&other["fee"]))).collect(),
                recurring: units(recurring),
                currency: text(&recurring["currency"]).into(),
                months: if yearly { 12 } else { 1 },
                commitment: offered_commitment,
            });
        }
        let rate = rate.filter(|rate| asked(&rate["monthly_fee"]))?;
        let yearly = rate["yearly_fee"].is_object();
        let own = if yearly { &rate["yearly_fee"] } else { &rate["monthly_fee"] };
        let tiers = list(&rate["tiers"]).iter().filter(|tier| tier["from_number"].as_u64().unwrap() <= *nth);
        let tier = tiers.max_by_key(|tier| tier["from_number"].as_u64());
        let others = list(&rate["other_fees"]).iter();
        Some(Self {
            setup: units(&rate["setup_fee"]),
            other: others.map(|other| (text(&other["label"]).into(), units(&other["fee"]))).collect(),
            recurring: units(tier.map_or(own, |tier| &tier["fee"])),
            currency: text(&own["currency"]).into(),
            months: if yearly { 12 } else { 1 },
            commitment: rate["minimum_commitment_months"].as_u64().unwrap_or(0).max(offered_commitment),
        })
    }
}

#[derive(Default)]
struct Bill {
    lines: Vec<Line>,
    taxes_included: Vec<Line>,
    /// What is left of `setup`, `other` and `recurring`.
    left: BTreeMap<&'static str, i64>,
}

impl Bill {
    fn total(&self) -> i64 {
        self.lines.iter().map(|line| line.3).sum()
    }

    fn left(&self, part: &str) -> i64 {
        self.left.get(part).copied().unwrap_or(0)
    }

    fn line(&mut self, kind: &str, label: &str, on: &str, amount: i64) {
        if amount != 0 {
            self.lines.push((kind.into(), label.into(), on.into(), amount));
        }
    }

    fn books(&self) -> [i64; 4] {
        let on_top: i64 = self.lines.iter().filter(|line| line.0 == "tax").map(|line| line.3).sum();
        let mut parts = ["setup", "recurring", "other"].map(|part| self.left(part));
        let mut contained = 0;
        for (_, _, on, amount) in &self.taxes_included {
            contained += amount;
            let shares = match on.as_str() {
                "setup" => vec![*amount, 0, 0],
                "recurring" => vec![0, *amount, 0],
                "other" => vec![0, 0, *amount],
                _ => dealt(*amount, &parts),
            };
            for (part, share) in parts.iter_mut().zip(shares) {
                *part -= share;
            }
        }
        let [setup, rent, other] = parts;
        [setup, rent, other, on_top + contained]
    }
}

fn bill(question: &Question<'_>, fees: &Fees, first: Option<&BigRational>, nth: u64) -> Bill {
    let (card, offer, now) = (question.card, question.offer, question.now);
    let mut bill = Bill::default();
    if nth == 1 {
        bill.line("setup_fee", "", "", fees.setup);
        bill.left.insert("setup", fees.setup);
        for (label, fee) in &fees.other {
            bill.line("other_fee", label, "", *fee);
            *bill.left.entry("other").or_default() += fee;
        }
    }
    let kind = match (nth, fees.months) {
        (1, 1) => "first_month",
        (1, _) => "first_year",
        _ => "recurring_fee",
    };
    bill.line(kind, "", "", fees.recurring);
    let mut recurring = fees.recurring;
    if let (1, Some(first)) = (nth, first) {
        let rule = &card["proration"];
        if rule["basis"] != "none" {
            recurring = rounded(&(whole(fees.recurring) * first), &rule["rounding"]);
            bill.line("proration", "", "", recurring - fees.recurring);
        }
    }
    if question.nth <= question.included_numbers {
        bill.line("included_number", "", "", -recurring);
        recurring = 0;
    }
    bill.left.insert("recurring", recurring);
    for discount in list(&card["discounts"]) {
        let plans = list(&discount["plans"]);
        let for_plan = plans.is_empty() || plans.iter().any(|plan| plan.as_str() == question.plan);
        let covers = discount["periods"].as_u64().is_none_or(|periods| nth <= periods);
        if for_plan && covers && of_country(discount, offer) && in_effect(discount, now) {
            take(&mut bill, discount, &fees.currency);
        }
    }
    let taxed = |supplement: i64| {
        let mut bill = Bill { lines: bill.lines.clone(), left: bill.left.clone(), ..Bill::default() };
        bill.line("minimum_charge", "", "", supplement);
        *bill.left.entry("recurring").or_default() += supplement;
        for tax in list(&card["taxes"]).iter().filter(|tax| of_country(tax, offer) && in_effect(tax, now)) {
            put(&mut bill, tax);
        }
        bill
    };
    let minimum = list(&card["minimum_charges"]).iter().find(|minimum| minimum["currency"] == fees.currency.as_str());
    let minimum = minimum.map_or(0, units);
    match taxed(0) {
        bill if bill.total() == 0 => bill,
        bill if minimum <= bill.total() => bill,
        // One unit after the other, until it is enough.
        _ => (1..).map(taxed).find(|bill| minimum <= bill.total()).unwrap(),
    }
}

fn take(bill: &mut Bill, discount: &Value, currency: &str) {
    let parts: &[&'static str] = match text(&discount["on"]) {
        "setup" => &["setup"],
        "recurring" => &["recurring"],
        _ => &["setup", "recurring"],
    };
    let weights: Vec<i64> = parts.iter().map(|part| bill.left(part)).collect();
    let base: i64 = weights.iter().sum();
    let off = match discount["off"]["percent"].as_str() {
        Some(percent) => rounded(&(whole(base) * part(percent)), &discount["rounding"]),
        None if discount["off"]["money"]["currency"] == currency => units(&discount["off"]["money"]).min(base),
        None => 0,
    };
    for (part, share) in parts.iter().zip(dealt(off, &weights)) {
        *bill.left.entry(part).or_default() -= share;
        bill.line("discount", text(&discount["label"]), part, -share);
    }
}

fn put(bill: &mut Bill, tax: &Value) {
    let of = part(text(&tax["percent"]));
    let contained = tax["kind"] == "inclusive";
    let of = if contained { &of / (whole(1) + &of) } else { of };
    let bases: Vec<(&str, i64)> = if tax["rounded"] == "total" {
        vec![("", bill.left.values().sum())]
    } else {
        ["setup", "other", "recurring"].map(|part| (part, bill.left(part))).into()
    };
    for (on, base) in bases {
        let amount = rounded(&(whole(base) * &of), &tax["rounding"]);
        if contained && amount != 0 {
            bill.taxes_included.push(("tax".into(), text(&tax["label"]).into(), on.into(), amount));
        } else if !contained {
            bill.line("tax", text(&tax["label"]), on, amount);
        }
    }
}

/// A percentage as a part of one: `8.875` is 8875 of 100000.
fn part(percent: &str) -> BigRational {
    let (digits, decimals) = percent.split_once('.').unwrap_or((percent, ""));
    let number: BigInt = format!("{digits}{decimals}").parse().unwrap();
    BigRational::new(number, BigInt::from(10).pow(2 + decimals.len() as u32))
}

/// How much of the period around an instant is left, of a whole.
pub(crate) fn fraction_left(basis: &str, months: i64, anchor: Zoned, now: Zoned) -> BigRational {
    let anchor = if basis == "second" { anchor } else { anchor.start_of_day().unwrap() };
    let (start, end) = around(&anchor, months, &now);
    let (today, first, last) = (now.date(), start.date(), end.date());
    match basis {
        "none" if today == first => whole(1),
        "none" => ratio(1, 2),
        "second" => {
            // The second that has begun counts: the rest is rounded up.
            let left = ratio(end.timestamp().as_millisecond() - now.timestamp().as_millisecond(), 1000).ceil();
            left / whole(end.timestamp().as_second() - start.timestamp().as_second())
        }
        "day" => ratio(days(today, last), days(first, last)),
        "30_360" => {
            let day_of = |date: Date| i64::from(date.year()) * 360 + i64::from(date.month()) * 30;
            let billing_day = i64::from(anchor.day()).min(30);
            let left = day_of(last) + billing_day - day_of(today) - i64::from(today.day()).min(30);
            ratio(left.clamp(1, 30 * months), 30 * months)
        }
        _ => {
            let (month_start, month_end) = around(&anchor, 1, &now);
            let of_month = ratio(days(today, month_end.date()), days(month_start.date(), month_end.date()));
            let mut whole_months = 0;
            while whole_months < 12 && days(around_after(&anchor, &month_end, whole_months).date(), last) > 0 {
                whole_months += 1;
            }
            (whole(whole_months) + of_month) / whole(months)
        }
    }
}

/// So many anniversary months after an anniversary.
fn around_after(anchor: &Zoned, from: &Zoned, months: i64) -> Zoned {
    let mut at = from.clone();
    for _ in 0..months {
        at = around(anchor, 1, &at).1;
    }
    at
}

/// The anniversaries of the anchor on either side of an instant: the last one not after it, and the next.
pub(crate) fn around(anchor: &Zoned, months: i64, now: &Zoned) -> (Zoned, Zoned) {
    let nth = |count: i64| anchor.checked_add(Span::new().months(count * months)).unwrap();
    let years = i64::from(now.year()) - i64::from(anchor.year());
    let apart = (years * 12 + i64::from(now.month()) - i64::from(anchor.month())) / months;
    let last = (apart - 2..=apart + 1).map(|count| (count, nth(count))).rfind(|(_, at)| at <= now).unwrap();
    (last.1, nth(last.0 + 1))
}

pub(crate) fn zoned(millis: i64, clocks: &TimeZone) -> Zoned {
    Timestamp::from_millisecond(millis).unwrap().to_zoned(clocks.clone())
}

fn days(from: Date, to: Date) -> i64 {
    let whole = from.until((jiff::Unit::Day, to)).unwrap();
    let counted = i64::from(whole.get_days());
    assert_eq!(from.checked_add(counted.days()).unwrap(), to);
    counted
}

/// An amount dealt out by largest remainder.
fn dealt(amount: i64, weights: &[i64]) -> Vec<i64> {
    let total: i64 = weights.iter().sum();
    if total == 0 {
        return std::iter::once(amount).chain(std::iter::repeat(0)).take(weights.len()).collect();
    }
    let exact: Vec<BigRational> = weights.iter().map(|weight| whole(amount) * ratio(*weight, total)).collect();
    let mut shares: Vec<i64> = exact.iter().map(|share| integer(&share.floor())).collect();
    while shares.iter().sum::<i64>() < amount {
        let mut most = 0;
        for (index, share) in exact.iter().enumerate() {
            if share - whole(shares[index]) > &exact[most] - whole(shares[most]) {
                most = index;
            }
        }
        shares[most] += 1;
    }
    shares
}

pub(crate) fn rounded(exact: &BigRational, rounding: &Value) -> i64 {
    let down = exact.floor();
    let rest = exact - &down;
    let half = ratio(1, 2);
    let up = match rounding.as_str().unwrap_or("half_up") {
        "up" => rest > whole(0),
        "down" => false,
        "half_even" => rest > half || (rest == half && integer(&down) % 2 != 0),
        _ => rest >= half,
    };
    integer(&down) + i64::from(up)
}

fn in_effect(part: &Value, now: i64) -> bool {
    let from = part["effective_from"].as_i64().unwrap_or(i64::MIN);
    let until = part["effective_until"].as_i64().unwrap_or(i64::MAX);
    (from..until).contains(&now)
}

fn of_country(part: &Value, offer: &Value) -> bool {
    let countries = list(&part["countries"]);
    countries.is_empty() || countries.contains(&offer["country"])
}

fn ratio(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

fn whole(number: i64) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

fn integer(number: &BigRational) -> i64 {
    i64::try_from(number.to_integer()).unwrap()
}

fn units(money: &Value) -> i64 {
    money["minor_units"].as_i64().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
