//! Discounts on a bill.

use super::bill::{Amount, Bill};

use crate::base::money::{Money, MoneyError, split};
use crate::base::percent::Percent;
use crate::market::price::{ChargeKind, PricePart};
use crate::terms::rate_card::{Discount, DiscountBase, DiscountOff};

/// Takes a discount off the charges it is on, in proportion to what is left of each.
pub(super) fn take(bill: &mut Bill, discount: &Discount) -> Result<(), MoneyError> {
    let parts: &[PricePart] = match discount.on {
        DiscountBase::Setup => &[PricePart::Setup],
        DiscountBase::Recurring => &[PricePart::Recurring],
        DiscountBase::All => &[PricePart::Setup, PricePart::Recurring],
    };
    let left = parts.iter().map(|part| bill.left(*part));
    let base = left.clone().try_fold(Money::zero(bill.total.currency()), Money::checked_add)?;
    let off = match discount.off {
        DiscountOff::Percent(percent) => {
            let (percent, whole) = (u64::from(percent.millionths()), u64::from(Percent::WHOLE.millionths()));
            discount.rounding.share(base, percent, whole)?
        }
        DiscountOff::Money(money) if money.minor_units() < base.minor_units() => money,
        DiscountOff::Money(_) => base,
    };
    let weights: alloc::vec::Vec<u64> = left.map(|left| u64::try_from(left.minor_units()).unwrap_or(0)).collect();
    for (part, amount) in parts.iter().zip(split(off, &weights)?) {
        bill.take(ChargeKind::Discount, *part, Amount { label: Some(&discount.label), amount })?;
    }
    Ok(())
}
