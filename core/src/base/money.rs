//! Money: an integer of minor units and a currency. No fractions, no conversion; every sum is checked.

mod currency;
mod decimals;
mod rounding;

pub use currency::{Currency, UnknownCurrency};
pub use decimals::Decimals;
pub use rounding::Rounding;
pub(crate) use rounding::split;

use super::display::from_fn;
use ringup_derive::data;

/// An amount in minor units (cents, paise, yen) of one currency.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(try_from = "Unchecked")]
#[read(instead = "Self::unread()")]
pub struct Money {
    // Within ±(2⁵³ − 1), so that JSON and JavaScript read the same number.
    #[ts(type = "number")]
    minor_units: i64,
    currency: Currency,
}

/// Why an operation on amounts has no result.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MoneyError {
    /// The currencies differ. Nothing is converted.
    CurrencyMismatch {
        /// The currency of the left amount.
        expected: Currency,
        /// The currency of the right amount.
        found: Currency,
    },
    /// The result is beyond ±(2⁵³ − 1) minor units.
    Overflow,
}

/// # Example
///
/// ```
/// use ringup_core::{Money, MoneyError};
///
/// let fee = Money::new(1_15, "USD".parse()?)?;
/// assert_eq!(fee.checked_mul(12)?.to_string(), "13.80 USD");
///
/// // Nothing is converted.
/// let other = Money::new(100, "EUR".parse()?)?;
/// assert!(matches!(fee.checked_add(other), Err(MoneyError::CurrencyMismatch { .. })));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Money {
    /// An amount of `minor_units`.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] beyond ±(2⁵³ − 1).
    pub const fn new(minor_units: i64, currency: Currency) -> Result<Self, MoneyError> {
        if minor_units > crate::base::INTEGER_MAX || minor_units < -crate::base::INTEGER_MAX {
            return Err(MoneyError::Overflow);
        }
        Ok(Self { minor_units, currency })
    }

    /// In the place of what is no amount, within a document that is not read.
    pub(crate) const fn unread() -> Self {
        Self::zero(Currency::US_DOLLAR)
    }

    /// 0 in this currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor_units: 0, currency }
    }

    /// Cents for USD, yen for JPY.
    #[must_use]
    pub const fn minor_units(self) -> i64 {
        self.minor_units
    }

    /// The currency in which the amount is counted.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether the amount is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.minor_units == 0
    }

    /// `self` + `other`.
    ///
    /// # Errors
    /// The currencies differ, or the sum exceeds ±(2⁵³ − 1).
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Self::new(self.minor_units.checked_add(other.minor_units).ok_or(MoneyError::Overflow)?, self.currency)
    }

    /// `self` + `other`, at most ±(2⁵³ − 1). An amount in another currency is not added.
    pub(crate) fn saturating_add(self, other: Self) -> Self {
        if self.currency != other.currency {
            return self;
        }
        let sum = self.minor_units.saturating_add(other.minor_units);
        Self { minor_units: sum.clamp(-super::INTEGER_MAX, super::INTEGER_MAX), currency: self.currency }
    }

    /// `self` − `other`.
    ///
    /// # Errors
    /// The currencies differ, or the difference exceeds ±(2⁵³ − 1).
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Self::new(self.minor_units.checked_sub(other.minor_units).ok_or(MoneyError::Overflow)?, self.currency)
    }

    /// `self` × `times`.
    ///
    /// # Errors
    /// The product exceeds ±(2⁵³ − 1).
    pub fn checked_mul(self, times: u32) -> Result<Self, MoneyError> {
        Self::new(self.minor_units.checked_mul(i64::from(times)).ok_or(MoneyError::Overflow)?, self.currency)
    }

    /// The amount with this many decimals: 10075 with four is `1.0075 USD`.
    pub fn with_decimals(self, decimals: u8) -> impl core::fmt::Display {
        from_fn(move |f| {
            let sign = if self.minor_units < 0 { "-" } else { "" };
            let units = self.minor_units.unsigned_abs();
            let scale = 10_u64.saturating_pow(u32::from(decimals));
            let major = units.checked_div(scale).unwrap_or(units);
            let minor = units.checked_rem(scale).unwrap_or(0);
            if decimals == 0 {
                write!(f, "{sign}{major} {}", self.currency)
            } else {
                write!(f, "{sign}{major}.{minor:0width$} {}", self.currency, width = usize::from(decimals))
            }
        })
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrencyMismatch { expected: self.currency, found: other.currency })
        }
    }
}

impl core::fmt::Display for Money {
    /// Major units with the decimals of ISO 4217: `12.05 USD`, `100 JPY`.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.with_decimals(self.currency.exponent()).fmt(f)
    }
}

impl core::fmt::Display for MoneyError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::CurrencyMismatch { expected, found } => {
                write!(f, "an amount in `{found}` cannot be combined with one in `{expected}`")
            }
            Self::Overflow => f.write_str("an amount has at most 9007199254740991 minor units"),
        }
    }
}

impl core::error::Error for MoneyError {}

#[data(read)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    minor_units: i64,
    currency: Currency,
}

impl TryFrom<Unchecked> for Money {
    type Error = MoneyError;
    fn try_from(Unchecked { minor_units, currency }: Unchecked) -> Result<Self, MoneyError> {
        Self::new(minor_units, currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn money(minor_units: i64, currency: &str) -> Money {
        Money::new(minor_units, currency.parse().unwrap()).unwrap()
    }

    #[test]
    fn an_amount_is_shown_with_its_currency_s_decimals() {
        let shown = [(1205, "USD"), (-5, "USD"), (100, "JPY"), (1, "KWD"), (12345, "CLF")]
            .map(|(units, currency)| money(units, currency).to_string());
        assert_eq!(shown, ["12.05 USD", "-0.05 USD", "100 JPY", "0.001 KWD", "1.2345 CLF"]);
    }

    #[test]
    fn sums_are_checked() {
        assert_eq!(money(1, "USD").checked_add(money(2, "USD")), Ok(money(3, "USD")));
        assert!(matches!(money(1, "USD").checked_add(money(2, "INR")), Err(MoneyError::CurrencyMismatch { .. })));
        assert_eq!(money(crate::base::INTEGER_MAX, "USD").checked_add(money(1, "USD")), Err(MoneyError::Overflow));
        assert_eq!(money(i64::from(u32::MAX), "USD").checked_mul(u32::MAX), Err(MoneyError::Overflow));
    }
}
