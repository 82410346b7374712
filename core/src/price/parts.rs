//! The parts of a price as they are posted: each line belongs to one part, and the parts sum to the amount due.

use alloc::vec::Vec;

use crate::base::money::{Money, MoneyError, split};
use crate::market::price::{ChargeKind, Price, PriceLine, PricePart};

/// The amount due now, by the book that it is posted to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Parts {
    pub(crate) setup_fee: Money,
    pub(crate) rent: Money,
    pub(crate) other_fees: Money,
    pub(crate) tax: Money,
}

impl Parts {
    /// The parts of a price.
    pub(crate) fn of(price: &Price) -> Self {
        let zero = Money::zero(price.due_now.currency());
        // Only a damaged snapshot has lines that do not sum up, because `evolve` refuses them. Its books still balance.
        Self::counted(price).unwrap_or(Self { setup_fee: zero, rent: price.due_now, other_fees: zero, tax: zero })
    }

    /// Whether the lines sum to the amount due.
    pub(crate) fn add_up(price: &Price) -> bool {
        let mut amounts = price.lines.iter().map(|line| line.amount);
        let sum = amounts.try_fold(Money::zero(price.due_now.currency()), Money::checked_add);
        sum == Ok(price.due_now) && Self::counted(price).is_ok()
    }

    fn counted(price: &Price) -> Result<Self, MoneyError> {
        let zero = Money::zero(price.due_now.currency());
        let sum = |amounts: Vec<Money>| amounts.into_iter().try_fold(zero, Money::checked_add);
        let of_part = |part: PricePart| {
            let own = price.lines.iter().filter(|line| line.part() == Some(part));
            sum(own.map(|line| line.amount).collect())
        };
        let (mut setup_fee, mut other_fees) = (of_part(PricePart::Setup)?, of_part(PricePart::Other)?);
        let rent = of_part(PricePart::Recurring)?;
        let on_top = price.lines.iter().filter(|line| line.charge == ChargeKind::Tax);
        let tax = sum(on_top.chain(&price.taxes_included).map(|line| line.amount).collect())?;
        for line in &price.taxes_included {
            match line.on {
                Some(PricePart::Setup) => setup_fee = setup_fee.checked_sub(line.amount)?,
                Some(PricePart::Other) => other_fees = other_fees.checked_sub(line.amount)?,
                Some(PricePart::Recurring) => {}
                None => {
                    let weights = [setup_fee, rent, other_fees].map(|part| part.minor_units().unsigned_abs());
                    if let [of_setup, _, of_other] = split(line.amount, &weights)?.as_slice() {
                        setup_fee = setup_fee.checked_sub(*of_setup)?;
                        other_fees = other_fees.checked_sub(*of_other)?;
                    }
                }
            }
        }
        // The remainder is rent, so the parts always sum to the amount due.
        let rent = price.due_now.checked_sub(setup_fee)?.checked_sub(other_fees)?.checked_sub(tax)?;
        Ok(Self { setup_fee, rent, other_fees, tax })
    }
}

impl PriceLine {
    /// The part of the price that the line is in. `None` for a tax.
    const fn part(&self) -> Option<PricePart> {
        match self.charge {
            ChargeKind::SetupFee => Some(PricePart::Setup),
            ChargeKind::OtherFee => Some(PricePart::Other),
            ChargeKind::FirstMonth
            | ChargeKind::FirstYear
            | ChargeKind::RecurringFee
            | ChargeKind::Proration
            | ChargeKind::IncludedNumber => Some(PricePart::Recurring),
            ChargeKind::Discount => self.on,
            ChargeKind::Tax => None,
        }
    }
}
