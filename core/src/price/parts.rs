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

    /// Whether the lines sum to the amounts, and no tax is more than what it is in: no part, and no later rent, is negative.
    pub(crate) fn add_up(price: &Price) -> bool {
        let fee = price.yearly_fee.unwrap_or(price.monthly_fee);
        let later = (fee, &price.recurring_lines, &price.recurring_taxes_included);
        let phases = price.introductory.iter().map(|phase| (phase.amount, &phase.lines, &phase.taxes_included));
        sum(&price.lines, price.due_now) == Ok(price.due_now)
            && Self::counted(price).is_ok_and(Self::is_posted)
            && phases.chain([later]).all(|(fee, lines, included)| {
                // A fee alone has no lines.
                let adds_up = lines.is_empty() || sum(lines, fee) == Ok(fee);
                let taxes = lines.iter().filter(|line| line.charge == ChargeKind::Tax).chain(included);
                adds_up && sum(taxes, fee).is_ok_and(|tax| tax.minor_units() <= fee.minor_units())
            })
    }

    /// Whether each part can be posted: none is negative.
    fn is_posted(self) -> bool {
        let Self { setup_fee, rent, other_fees, tax } = self;
        [setup_fee, rent, other_fees, tax].iter().all(|part| 0 <= part.minor_units())
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

/// The sum of the lines, in the currency of an amount.
fn sum<'a>(lines: impl IntoIterator<Item = &'a PriceLine>, like: Money) -> Result<Money, MoneyError> {
    lines.into_iter().map(|line| line.amount).try_fold(Money::zero(like.currency()), Money::checked_add)
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
            | ChargeKind::IncludedNumber
            | ChargeKind::MinimumCharge => Some(PricePart::Recurring),
            ChargeKind::Discount => self.on,
            ChargeKind::Tax => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    /// 1.00 now and 1.00 a month, with these taxes in the lines and in the fee.
    fn price(in_lines: i64, in_fee: i64) -> Price {
        let usd = |minor_units| Money::new(minor_units, "USD".parse().unwrap()).unwrap();
        let line = |charge, amount| PriceLine { charge, label: None, on: None, amount: usd(amount) };
        Price {
            lines: vec![line(ChargeKind::FirstMonth, 100)],
            due_now: usd(100),
            taxes_included: vec![line(ChargeKind::Tax, in_lines)],
            first_period: None,
            introductory: vec![],
            monthly_fee: usd(100),
            yearly_fee: None,
            recurring_lines: vec![],
            recurring_taxes_included: vec![line(ChargeKind::Tax, in_fee)],
            minimum_commitment_months: 0,
            early_release: None,
            commitment_total: usd(100),
            exponent: 2,
        }
    }

    #[test]
    fn no_tax_leaves_a_negative_rent() {
        let adds_up =
            [(0, 0), (100, 100), (101, 0), (0, 101), (-1, 0)].map(|(now, later)| Parts::add_up(&price(now, later)));
        assert_eq!(adds_up, [true, true, false, false, false]);
    }
}
