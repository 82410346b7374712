//! The schedule of a price: the bill of the first period, the bills of later periods, the total over the commitment.

use alloc::vec::Vec;

use super::bill::{Amount, Bill};
use super::fees::Fees;
use super::first_period::{BillingDay, Measure};
use super::{discount, tax};
use crate::base::money::{Money, MoneyError};
use crate::market::price::{ChargeKind, Introductory, Price, PricePart};
use crate::terms::rate_card::{Discount, DiscountBase, Tax};
use crate::terms::release::EarlyRelease;

/// What a price is made from.
pub(super) struct Schedule<'a> {
    pub(super) fees: &'a Fees,
    /// The billing day, and the rest of the first period. `None`: whole periods from the purchase.
    pub(super) first: Option<(BillingDay<'a>, Measure)>,
    /// Whether the plan includes the number.
    pub(super) is_included: bool,
    /// The discounts that apply, in order.
    pub(super) discounts: Vec<&'a Discount>,
    /// The taxes that apply, in order.
    pub(super) taxes: Vec<&'a Tax>,
    /// What a release before the end of a commitment gets.
    pub(super) early_release: Option<EarlyRelease>,
    /// The least amount of a charge. `None`: any.
    pub(super) minimum: Option<Money>,
    /// The number of decimals of the amounts.
    pub(super) exponent: u8,
}

impl Schedule<'_> {
    pub(super) fn price(&self) -> Result<Price, MoneyError> {
        let now = self.bill(1)?;
        let introductory = self.introductory()?;
        let later = self.bill(self.lasts_from())?;
        let zero = Money::zero(now.total.currency());
        let is_fee_alone = later.lines.iter().all(|line| line.charge == ChargeKind::RecurringFee);
        Ok(Price {
            commitment_total: now.total.checked_add(self.later_commitment(&introductory, later.total)?)?,
            exponent: self.exponent,
            due_now: now.total,
            lines: now.lines,
            taxes_included: now.taxes_included,
            first_period: self.first.map(|(_, measure)| measure.period),
            introductory,
            monthly_fee: if self.fees.is_yearly { zero } else { later.total },
            yearly_fee: self.fees.is_yearly.then_some(later.total),
            recurring_lines: if is_fee_alone { Vec::new() } else { later.lines },
            recurring_taxes_included: later.taxes_included,
            minimum_commitment_months: self.fees.minimum_commitment_months,
            early_release: self.early_release.filter(|_| 0 < self.fees.minimum_commitment_months),
        })
    }

    /// The amount due now.
    pub(super) fn due_now(&self) -> Result<Money, MoneyError> {
        Ok(self.bill(1)?.total)
    }

    /// The bill of the n-th period, from 1.
    fn bill(&self, nth: u32) -> Result<Bill, MoneyError> {
        let fees = self.fees;
        let mut bill = Bill::new(fees.recurring_fee.currency());
        let is_first = nth == 1;
        let charge = match (is_first, fees.is_yearly) {
            (false, _) => ChargeKind::RecurringFee,
            (true, false) => ChargeKind::FirstMonth,
            (true, true) => ChargeKind::FirstYear,
        };
        if is_first {
            bill.add(ChargeKind::SetupFee, PricePart::Setup, fees.setup_fee.into())?;
            for other in &fees.other_fees {
                let line = Amount { label: Some(&other.label), amount: other.fee };
                bill.add(ChargeKind::OtherFee, PricePart::Other, line)?;
            }
        }
        bill.add(charge, PricePart::Recurring, fees.recurring_fee.into())?;
        if let (true, Some((billing_day, measure))) = (is_first, &self.first) {
            let over = fees.recurring_fee.checked_sub(billing_day.charge(fees.recurring_fee, measure)?)?;
            bill.take(ChargeKind::Proration, PricePart::Recurring, over.into())?;
        }
        if self.is_included {
            let all = bill.left(PricePart::Recurring);
            bill.take(ChargeKind::IncludedNumber, PricePart::Recurring, all.into())?;
        }
        for discount in self.discounts.iter().filter(|discount| discount.covers(nth)) {
            discount::take(&mut bill, discount)?;
        }
        self.at_least_the_minimum(&bill)
    }

    /// The bill with its taxes, and with the least supplement that brings it to the minimum. The supplement is taxed as
    /// the recurring fee is. Zero is not charged, so it needs no supplement.
    fn at_least_the_minimum(&self, bill: &Bill) -> Result<Bill, MoneyError> {
        let as_it_is = self.taxed(bill, 0)?;
        let total = as_it_is.total.minor_units();
        let Some(minimum) = self.minimum.map(Money::minor_units).filter(|minimum| 0 < total && total < *minimum) else {
            return Ok(as_it_is);
        };
        // No tax shrinks as its base grows, so what is missing suffices, and a binary search finds the least.
        let (mut too_little, mut enough) = (0, minimum.saturating_sub(total));
        while 1 < enough.saturating_sub(too_little) {
            let middle = too_little.midpoint(enough);
            if self.taxed(bill, middle)?.total.minor_units() < minimum {
                too_little = middle;
            } else {
                enough = middle;
            }
        }
        self.taxed(bill, enough)
    }

    /// The bill with a supplement and its taxes.
    fn taxed(&self, bill: &Bill, supplement: i64) -> Result<Bill, MoneyError> {
        let mut bill = bill.clone();
        let supplement = Money::new(supplement, bill.total.currency())?;
        bill.add(ChargeKind::MinimumCharge, PricePart::Recurring, supplement.into())?;
        for tax in &self.taxes {
            tax::put(&mut bill, tax)?;
        }
        Ok(bill)
    }

    /// The last periods of the limited discounts that reach later periods, in order.
    fn ends(&self) -> Vec<u32> {
        let recurring = self.discounts.iter().filter(|discount| discount.on != DiscountBase::Setup);
        let mut ends: Vec<u32> = recurring.filter_map(|discount| discount.periods).filter(|last| 1 < *last).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    /// The first period with the permanent fee.
    fn lasts_from(&self) -> u32 {
        self.ends().last().copied().unwrap_or(1).saturating_add(1)
    }

    fn introductory(&self) -> Result<Vec<Introductory>, MoneyError> {
        let mut previous = 1_u32;
        let mut introductory = Vec::new();
        for last in self.ends() {
            let Bill { lines, taxes_included, total, .. } = self.bill(last)?;
            let periods = last.saturating_sub(previous);
            introductory.push(Introductory { periods, amount: total, lines, taxes_included });
            previous = last;
        }
        Ok(introductory)
    }

    /// The part of the commitment after the first charge.
    fn later_commitment(&self, introductory: &[Introductory], later: Money) -> Result<Money, MoneyError> {
        let periods = self.fees.minimum_commitment_months.div_ceil(self.fees.period_months());
        // A first period that is cut short is not one of the commitment's.
        let is_short = self.first.is_some_and(|(_, measure)| measure.is_short());
        let mut left = if is_short { periods } else { periods.saturating_sub(1) };
        let mut sum = Money::zero(later.currency());
        for phase in introductory {
            let count = phase.periods.min(left);
            sum = sum.checked_add(phase.amount.checked_mul(count)?)?;
            left = left.saturating_sub(count);
        }
        sum.checked_add(later.checked_mul(left)?)
    }
}
