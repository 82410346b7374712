//! Taxes on a bill, added or contained.

use super::bill::{Amount, Bill};
use crate::base::money::{Money, MoneyError};
use crate::base::percent::Percent;
use crate::market::price::PricePart;
use crate::terms::rate_card::{Tax, TaxKind, TaxRounding};

const PARTS: [PricePart; 3] = [PricePart::Setup, PricePart::Other, PricePart::Recurring];

/// Taxes what is left of the charges. A tax is not taxed.
pub(super) fn put(bill: &mut Bill, tax: &Tax) -> Result<(), MoneyError> {
    let (percent, whole) = (u64::from(tax.percent.millionths()), u64::from(Percent::WHOLE.millionths()));
    // A price with tax is 100 % plus the rate: of 119 at 19 %, 19 are tax.
    let of = match tax.kind {
        TaxKind::Exclusive => whole,
        TaxKind::Inclusive => whole.saturating_add(percent),
    };
    let bases: alloc::vec::Vec<(Option<PricePart>, Money)> = match tax.rounded {
        TaxRounding::Line => PARTS.into_iter().map(|part| (Some(part), bill.left(part))).collect(),
        TaxRounding::Total => {
            let zero = Money::zero(bill.total.currency());
            let total = PARTS.into_iter().map(|part| bill.left(part)).try_fold(zero, Money::checked_add)?;
            [(None, total)].into()
        }
    };
    for (on, base) in bases {
        let line = Amount { label: Some(&tax.label), amount: tax.rounding.share(base, percent, of)? };
        match tax.kind {
            TaxKind::Exclusive => bill.add_tax(on, line)?,
            TaxKind::Inclusive => bill.note_tax(on, line),
        }
    }
    Ok(())
}
