//! Fees: what a period costs, as rent and tax.

use crate::base::money::Money;

/// What a period costs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Fee {
    pub(crate) rent: Money,
    pub(crate) tax: Option<Money>,
}

impl Fee {
    /// The fee with the tax in it.
    pub(crate) fn of(fee: Money, tax: Option<Money>) -> Self {
        let rent = tax.map_or(Ok(fee), |tax| fee.checked_sub(tax));
        // A tax is of the fee's currency, and not more than the fee.
        rent.map_or(Self { rent: fee, tax: None }, |rent| Self { rent, tax })
    }

    /// The same, and `count` times this fee.
    pub(super) fn plus(&self, fee: &Self, count: u32) -> Self {
        let plus = |sum: Money, fee: Money| fee.checked_mul(count).and_then(|fee| sum.checked_add(fee)).unwrap_or(sum);
        // The price has the sum of all of them, so a part of it cannot overflow.
        let zero = Money::zero(self.rent.currency());
        let tax = plus(self.tax.unwrap_or(zero), fee.tax.unwrap_or(zero));
        Self { rent: plus(self.rent, fee.rent), tax: (!tax.is_zero()).then_some(tax) }
    }

    /// Rent and tax.
    pub(crate) fn sum(&self) -> Money {
        self.tax.and_then(|tax| self.rent.checked_add(tax).ok()).unwrap_or(self.rent)
    }
}
