//! Rounding: the one file in which a fraction of an amount becomes an integer.
//!
//! A single charge (a discount, a tax, the part of a period that is left) is rounded as its rule says; the remainder
//! stays with the amount it was taken from. A total that is divided is split by largest remainder. Either way the parts
//! add up to the whole, to the minor unit.

use alloc::{vec, vec::Vec};

use super::{Money, MoneyError};
use ringup_derive::data;

/// How a fraction of a minor unit is rounded.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the nearest minor unit; a half rounds up.
    #[default]
    HalfUp,
    /// To the nearest minor unit; a half rounds to the even one.
    HalfEven,
    /// Toward zero. Amounts are not negative here.
    Down,
    /// Away from zero. Amounts are not negative here.
    Up,
}

/// A fraction of an amount: whole minor units, and a rest below one.
struct Share {
    whole: i64,
    /// In units of 1 ÷ `denominator`; less than `denominator`.
    rest: u128,
    denominator: u128,
}

impl Rounding {
    /// `amount` × `numerator` ÷ `denominator`, rounded to whole minor units.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] if the amount is negative, `denominator` is zero or the share is too large.
    pub(crate) fn share(self, amount: Money, numerator: u64, denominator: u64) -> Result<Money, MoneyError> {
        let Share { whole, rest, denominator } = Share::of(amount, numerator, denominator)?;
        let twice = rest.saturating_mul(2);
        let is_up = match self {
            Self::HalfUp => denominator <= twice,
            Self::HalfEven => denominator < twice || (denominator == twice && whole.rem_euclid(2) == 1),
            Self::Down => false,
            Self::Up => 0 < rest,
        };
        let units = if is_up { whole.checked_add(1).ok_or(MoneyError::Overflow)? } else { whole };
        Money::new(units, amount.currency())
    }
}

/// Divides an amount in proportion to the weights. Each share is rounded down; the units left go to the shares with the
/// largest rests, and among equal rests to the first. If all weights are zero, the first share gets the whole amount.
///
/// # Errors
/// [`MoneyError::Overflow`] if the amount is negative or the weights are too large.
pub(crate) fn split(amount: Money, weights: &[u64]) -> Result<Vec<Money>, MoneyError> {
    let total = weights.iter().try_fold(0_u64, |sum, weight| sum.checked_add(*weight)).ok_or(MoneyError::Overflow)?;
    if total == 0 {
        let mut shares = vec![Money::zero(amount.currency()); weights.len()];
        if let Some(first) = shares.first_mut() {
            *first = amount;
        }
        return Ok(shares);
    }
    let mut shares = Vec::with_capacity(weights.len());
    let mut left_over = amount.minor_units();
    for weight in weights {
        let share = Share::of(amount, *weight, total)?;
        left_over = left_over.saturating_sub(share.whole);
        shares.push(share);
    }
    let mut by_loss: Vec<&mut Share> = shares.iter_mut().collect();
    by_loss.sort_by_key(|share| core::cmp::Reverse(share.rest));
    // The units left are a sum of rests, so there are fewer of them than shares.
    for share in by_loss.into_iter().take(usize::try_from(left_over).unwrap_or(0)) {
        share.whole = share.whole.saturating_add(1);
    }
    shares.into_iter().map(|share| Money::new(share.whole, amount.currency())).collect()
}

impl Share {
    fn of(amount: Money, numerator: u64, denominator: u64) -> Result<Self, MoneyError> {
        let units = u128::try_from(amount.minor_units()).map_err(|_| MoneyError::Overflow)?;
        let denominator = u128::from(denominator);
        // Both factors are below 2⁶⁴, so the product is below 2¹²⁸.
        let product = units.checked_mul(u128::from(numerator)).ok_or(MoneyError::Overflow)?;
        let whole = product.checked_div(denominator).ok_or(MoneyError::Overflow)?;
        let rest = product.checked_rem(denominator).ok_or(MoneyError::Overflow)?;
        Ok(Self { whole: i64::try_from(whole).map_err(|_| MoneyError::Overflow)?, rest, denominator })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(minor_units: i64) -> Money {
        Money::new(minor_units, "USD".parse().unwrap()).unwrap()
    }

    #[test]
    fn a_fraction_goes_the_way_that_the_rule_says() {
        // By hand: 5/10, 15/10, 25/10, 14/10, 16/10, 20/10.
        for (rounding, expected) in [
            (Rounding::HalfUp, [1, 2, 3, 1, 2, 2]),
            (Rounding::HalfEven, [0, 2, 2, 1, 2, 2]),
            (Rounding::Down, [0, 1, 2, 1, 1, 2]),
            (Rounding::Up, [1, 2, 3, 2, 2, 2]),
        ] {
            let rounded = [5, 15, 25, 14, 16, 20].map(|tenths| rounding.share(usd(tenths), 1, 10).unwrap());
            assert_eq!(rounded, expected.map(usd), "{rounding:?}");
        }
    }

    #[test]
    fn what_cannot_be_divided_is_refused() {
        assert_eq!(Rounding::Up.share(usd(1), 1, 0), Err(MoneyError::Overflow));
        assert_eq!(Rounding::Up.share(usd(-1), 1, 2), Err(MoneyError::Overflow));
        assert_eq!(Rounding::Up.share(usd(crate::base::INTEGER_MAX), 2, 1), Err(MoneyError::Overflow));
        assert_eq!(
            Rounding::Down.share(usd(crate::base::INTEGER_MAX), u64::MAX, u64::MAX),
            Ok(usd(crate::base::INTEGER_MAX))
        );
        assert_eq!(split(usd(1), &[u64::MAX, 1]), Err(MoneyError::Overflow));
        assert_eq!(split(usd(-1), &[1, 1]), Err(MoneyError::Overflow));
    }

    #[test]
    fn units_left_over_go_to_the_largest_rests() {
        for (amount, weights, shares) in [
            (100, &[1, 1, 1][..], &[34, 33, 33][..]),
            (101, &[1, 1, 1], &[34, 34, 33]),
            // 10 × 6/13 = 4.62, 10 × 4/13 = 3.08, 10 × 3/13 = 2.31: 4 + 3 + 2, and the one left over to the first.
            (10, &[6, 4, 3], &[5, 3, 2]),
            // 7 × 1/4 = 1.75, 7 × 3/4 = 5.25.
            (7, &[1, 3], &[2, 5]),
            (1, &[1, 2, 1], &[0, 1, 0]),
            (5, &[0, 0], &[5, 0]),
            (5, &[0, 3, 0], &[0, 5, 0]),
            (0, &[1, 2], &[0, 0]),
            (5, &[], &[]),
        ] {
            let expected: Vec<Money> = shares.iter().copied().map(usd).collect();
            assert_eq!(split(usd(amount), weights), Ok(expected), "{amount} by {weights:?}");
        }
    }
}
