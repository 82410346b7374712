//! Sums, products, shares and splits of amounts, by exact integers of 128 bits.

use alloc::vec;
use alloc::vec::Vec;

use super::{Check, MAX};
use crate::base::money::{Money, MoneyError, Rounding, split};

const ROUNDINGS: [Rounding; 4] = [Rounding::HalfUp, Rounding::HalfEven, Rounding::Down, Rounding::Up];

fn usd(minor_units: i64) -> Money {
    Money::new(minor_units, "USD".parse().unwrap()).unwrap()
}

/// -2,000 to 2,000, and all within 100 of where a width ends.
fn amounts() -> Vec<i64> {
    let mut amounts: Vec<i64> = (-2_000..=2_000).collect();
    for edge in [1 << 31, 1 << 32, 1 << 52, MAX] {
        let near = (edge - 100..=edge + 100).filter(|amount| *amount <= MAX);
        amounts.extend(near.flat_map(|amount| [amount, -amount]));
    }
    amounts
}

/// What an exact result is as an amount.
fn as_amount(exact: i128) -> Result<Money, MoneyError> {
    let max = i128::from(MAX);
    if (-max..=max).contains(&exact) { Ok(usd(i64::try_from(exact).unwrap())) } else { Err(MoneyError::Overflow) }
}

#[test]
fn sums() {
    let mut check = Check::new(
        "A sum and a difference of two amounts is exact, or refused beyond 2^53 - 1.",
        "amounts -2,000 to 2,000 and within 100 of 2^31, 2^32, 2^52 and 2^53 - 1 of either sign; every pair",
    );
    let amounts = amounts();
    for one in check.each(amounts.iter(), 97) {
        for other in check.each(amounts.iter(), 13) {
            let (exact, exact_other) = (i128::from(*one), i128::from(*other));
            assert_eq!(usd(*one).checked_add(usd(*other)), as_amount(exact + exact_other), "{one} + {other}");
            assert_eq!(usd(*one).checked_sub(usd(*other)), as_amount(exact - exact_other), "{one} - {other}");
            check.cases += 2;
        }
        let euros = Money::new(*one, "EUR".parse().unwrap()).unwrap();
        assert!(matches!(usd(*one).checked_add(euros), Err(MoneyError::CurrencyMismatch { .. })));
    }
}

#[test]
fn products() {
    let mut check = Check::new(
        "A product of an amount and a count is exact, or refused beyond 2^53 - 1.",
        "the amounts of the sums; counts 0 to 2,000 and within 100 of 2^16, 2^21, 2^22, 2^31 and 2^32 - 1",
    );
    let edges = [1_u32 << 16, 1 << 21, 1 << 22, 1 << 31, u32::MAX - 100];
    let edges = edges.into_iter().flat_map(|edge| edge - 100..=edge + 100);
    let counts: Vec<u32> = check.each(0..=2_000, 7).chain(edges).collect();
    let amounts = amounts();
    for amount in check.each(amounts.iter(), 97) {
        for count in &counts {
            let exact = i128::from(*amount) * i128::from(*count);
            assert_eq!(usd(*amount).checked_mul(*count), as_amount(exact), "{amount} x {count}");
            check.cases += 1;
        }
    }
}

/// Whether `result` is amount x numerator / denominator by the rule: by comparing products, without a division.
fn is_rounded(rounding: Rounding, (amount, numerator, denominator): (i64, u64, u64), result: i64) -> bool {
    let product = i128::from(amount) * i128::from(numerator);
    let denominator = i128::from(denominator);
    let reached = i128::from(result) * denominator;
    let missing = product - reached;
    match rounding {
        Rounding::Down => 0 <= missing && missing < denominator,
        Rounding::Up => -denominator < missing && missing <= 0,
        Rounding::HalfUp => -denominator <= 2 * missing && 2 * missing < denominator,
        Rounding::HalfEven => {
            let distance = 2 * missing.abs();
            distance < denominator || (distance == denominator && result % 2 == 0)
        }
    }
}

fn share(check: &mut Check, amount: i64, numerator: u64, denominator: u64) {
    for rounding in ROUNDINGS {
        let asked = (amount, numerator, denominator);
        match rounding.share(usd(amount), numerator, denominator) {
            Ok(share) => assert!(is_rounded(rounding, asked, share.minor_units()), "{rounding:?} {asked:?} {share}"),
            // Refused only where the next amount by the rule is too large.
            Err(_) => assert!(is_beyond(rounding, asked), "{rounding:?} {asked:?}"),
        }
        check.cases += 1;
    }
}

/// Whether the largest amount is below the exact share by more than the rule rounds away.
fn is_beyond(rounding: Rounding, (amount, numerator, denominator): (i64, u64, u64)) -> bool {
    let missing = i128::from(amount) * i128::from(numerator) - i128::from(MAX) * i128::from(denominator);
    0 < missing && !is_rounded(rounding, (amount, numerator, denominator), MAX)
}

#[test]
fn shares() {
    let mut check = Check::new(
        "A fraction of an amount is the whole amount of minor units that its rounding rule names, by all four rules.",
        "amounts 0 to 2,000, every fraction of 1 to 366 parts; amounts 0 to 1,000, every hundredth of a percent; the 51 \
         largest amounts, every fraction up to twice the whole of 1 to 366 parts",
    );
    for denominator in check.each(1..=366_u64, 37) {
        for numerator in check.each(0..=denominator, 11) {
            for amount in check.each(0..=2_000, 89) {
                share(&mut check, amount, numerator, denominator);
            }
        }
        for numerator in check.each(0..=2 * denominator, 11) {
            for amount in check.each(MAX - 50..=MAX, 7) {
                share(&mut check, amount, numerator, denominator);
            }
        }
    }
    for numerator in check.each(0..=10_000, 97) {
        for amount in check.each(0..=1_000, 89) {
            share(&mut check, amount, numerator, 10_000);
        }
    }
}

/// Whether the shares are the amount divided by largest remainder, the first first.
pub(super) fn is_split(amount: i64, weights: &[u64], shares: &[i64]) -> bool {
    let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if total == 0 {
        return shares.iter().enumerate().all(|(at, share)| *share == if at == 0 { amount } else { 0 });
    }
    // How far each share is above its exact value, in parts of `total`.
    let above = |at: usize| i128::from(shares[at]) * total - i128::from(amount) * i128::from(weights[at]);
    let all = 0..shares.len();
    let is_near = all.clone().all(|at| -total < above(at) && above(at) < total);
    // A share that was rounded up has a rest of `total - above`, one that was rounded down of `-above`.
    let is_up = |at: usize| 0 < above(at);
    let rest = |at: usize| if is_up(at) { total - above(at) } else { -above(at) };
    let is_fair = all.clone().filter(|up| is_up(*up)).all(|up| {
        let mut down = all.clone().filter(|at| !is_up(*at));
        down.all(|down| rest(down) < rest(up) || (rest(down) == rest(up) && up < down))
    });
    let sum: i128 = shares.iter().map(|share| i128::from(*share)).sum();
    shares.len() == weights.len() && sum == i128::from(amount) && is_near && is_fair
}

/// Every list of `length` numbers from 0 to `largest`.
fn lists(length: usize, largest: u64) -> Vec<Vec<u64>> {
    if length == 0 {
        return vec![vec![]];
    }
    let longer = |list: Vec<u64>| (0..=largest).map(move |last| list.iter().copied().chain([last]).collect());
    lists(length - 1, largest).into_iter().flat_map(longer).collect()
}

#[test]
fn splits() {
    let mut check = Check::new(
        "Shares of an amount add up to it, and the units left over go to the largest rests, among equal ones to the first.",
        "1 to 4 weights from 0 to 12, and 5 from 0 to 6; amounts 0 to 100 and the 21 largest",
    );
    let few = (1..=4).flat_map(|length| lists(length, 12));
    for weights in check.each(few.chain(lists(5, 6)), 97) {
        for amount in check.each((0..=100).chain(MAX - 20..=MAX), 3) {
            let shares: Vec<i64> = split(usd(amount), &weights).unwrap().iter().map(|one| one.minor_units()).collect();
            assert!(is_split(amount, &weights, &shares), "{amount} by {weights:?}: {shares:?}");
            check.cases += 1;
        }
    }
}
