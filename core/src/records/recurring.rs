//! The recurring charge: what a held number costs in each period after the first.

use alloc::{string::String, vec::Vec};

use super::fee::Fee;
use crate::base::calendar::Periods;
use crate::base::money::Money;
use crate::base::time_zone::{BeyondTable, Clocks};
use crate::base::timestamp::Timestamp;
use crate::market::price::{ChargeKind, FirstPeriod, Introductory, Price, PriceLine};
use crate::purchase::Agreement;
use crate::terms::release::EarlyRelease;
use ringup_derive::data;

/// What was agreed about the periods after the first: how much each costs, and when it begins.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct RecurringCharge {
    /// The amount of each period, with discounts and taxes.
    pub fee: Money,
    /// The tax in the fee. Absent: zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tax: Option<Money>,
    /// Other fees of the first of these periods, in order, for as long as a limited discount lasts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub introductory: Vec<IntroductoryCharge>,
    /// Whether a period is a year. Absent: it is a month.
    #[serde(default, skip_serializing_if = "is_not")]
    #[ts(optional, as = "Option<_>")]
    pub yearly: bool,
    /// The customer's own billing period that the first charge was for. Absent: periods begin with the activation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub first_period: Option<FirstPeriod>,
    /// The least number of months that must be paid. Absent: the first period only.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(optional, as = "Option<_>")]
    pub minimum_commitment_months: u32,
    /// What a release before the end of the commitment gets. Absent: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub commitment: Option<Commitment>,
    /// The version of the rate card that has the fee. Absent: the fee is the number's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rate_card: Option<String>,
}

/// A commitment that a release cannot end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// The periods after the first that are committed to.
    pub renewals: u32,
    /// What a release before their end gets.
    pub early_release: EarlyRelease,
}

/// Periods after the first with another fee than the permanent one.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct IntroductoryCharge {
    /// The count of consecutive periods.
    pub periods: u32,
    /// The fee of each, with discounts and taxes.
    pub fee: Money,
    /// The tax in the fee. Absent: zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tax: Option<Money>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_not(flag: &bool) -> bool {
    !*flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(months: &u32) -> bool {
    *months == 0
}

impl RecurringCharge {
    /// The recurring charge of an agreement.
    pub(super) fn of(Agreement { price, shop, basis, .. }: &Agreement) -> Self {
        let introductory = price.introductory.iter();
        let introductory = introductory.map(|Introductory { periods, amount, lines, taxes_included }| {
            IntroductoryCharge { periods: *periods, fee: *amount, tax: tax(*amount, lines, taxes_included) }
        });
        let fee = price.yearly_fee.unwrap_or(price.monthly_fee);
        let recurring = Self {
            fee,
            tax: tax(fee, &price.recurring_lines, &price.recurring_taxes_included),
            introductory: introductory.collect(),
            yearly: price.yearly_fee.is_some(),
            first_period: price.first_period,
            minimum_commitment_months: price.minimum_commitment_months,
            commitment: None,
            rate_card: basis.own_price.is_none().then(|| shop.rate_card_version.clone()),
        };
        let commitment = price.early_release.map(|early_release| {
            let periods = price.minimum_commitment_months.div_ceil(recurring.period_months());
            // A first period that is cut short is not one of the commitment's. The total tells.
            let later = price.commitment_total.checked_sub(price.due_now).ok();
            let is_short = !fee.is_zero() && Some(recurring.fees(1, periods).sum()) == later;
            Commitment { renewals: if is_short { periods } else { periods.saturating_sub(1) }, early_release }
        });
        Self { commitment, ..recurring }
    }

    /// The permanent fee of a price, as rent and tax.
    pub(crate) fn fee_of(price: &Price) -> Fee {
        let fee = price.yearly_fee.unwrap_or(price.monthly_fee);
        Fee::of(fee, tax(fee, &price.recurring_lines, &price.recurring_taxes_included))
    }

    /// The fee of a month. Zero for a number that is paid by the year.
    #[must_use]
    pub const fn monthly_fee(&self) -> Money {
        if self.yearly { Money::zero(self.fee.currency()) } else { self.fee }
    }

    /// The months of a period: 1 or 12.
    #[must_use]
    pub const fn period_months(&self) -> u32 {
        if self.yearly { 12 } else { 1 }
    }

    /// The end of the first period of a number that is activated at `at`, by the clocks of a time zone. `None`: by UTC, or
    /// nothing is charged after it, or the zone's table ends before.
    pub(crate) fn first_end(agreement: &Agreement, at: Timestamp, clocks: Clocks<'_>) -> Option<Timestamp> {
        let is_zoned = agreement.renews && clocks.zone().is_some();
        is_zoned.then(|| Self::of(agreement).begins_at(at, 1, clocks).ok()).flatten()
    }

    /// The begin of the nth renewal, from 1, of a number that was activated at `activated_at`.
    ///
    /// If the first period had ended by then, nothing is charged for the one in which it was activated.
    pub(crate) fn begins_at(
        &self,
        activated_at: Timestamp,
        nth: u32,
        clocks: Clocks<'_>,
    ) -> Result<Timestamp, BeyondTable> {
        match &self.first_period {
            Some(first) => {
                let first_paid = if first.ends_at <= activated_at { activated_at } else { first.starts_at };
                first.begin_after(self.period_months(), first_paid, nth, clocks)
            }
            None => Periods::new(clocks, activated_at, self.period_months())?.begin_after(activated_at, nth),
        }
    }

    /// The same by UTC.
    pub(super) fn begins_at_by_utc(&self, activated_at: Timestamp, nth: u32) -> Timestamp {
        // UTC knows every instant.
        self.begins_at(activated_at, nth, Clocks::of(None)).unwrap_or(activated_at)
    }

    /// The agreed rent and tax of the nth renewal, from 1.
    pub(super) fn agreed(&self, nth: u32) -> Fee {
        let mut left = nth;
        for phase in &self.introductory {
            if left <= phase.periods {
                return Fee::of(phase.fee, phase.tax);
            }
            left = left.saturating_sub(phase.periods);
        }
        Fee::of(self.fee, self.tax)
    }

    /// The agreed rent and tax of the renewals from `first` to `last`, together.
    pub(super) fn fees(&self, first: u32, last: u32) -> Fee {
        let mut sum = Fee { rent: Money::zero(self.fee.currency()), tax: None };
        let mut begin = 1_u32;
        let permanent = IntroductoryCharge { periods: u32::MAX, fee: self.fee, tax: self.tax };
        for phase in self.introductory.iter().chain([&permanent]) {
            let end = begin.saturating_add(phase.periods);
            let count = end.min(last.saturating_add(1)).saturating_sub(begin.max(first));
            sum = sum.plus(&Fee::of(phase.fee, phase.tax), count);
            begin = end;
        }
        sum
    }

    /// The begin of the first period that is not committed to, of a number that was activated at `activated_at`.
    /// `None`: to none.
    pub(super) fn committed_until(
        &self,
        activated_at: Timestamp,
        clocks: Clocks<'_>,
    ) -> Result<Option<Timestamp>, BeyondTable> {
        let next = self.commitment.map(|commitment| commitment.renewals.saturating_add(1));
        next.map(|next| self.begins_at(activated_at, next, clocks)).transpose()
    }

    /// The end of the paid period of a number that was activated at `activated_at`.
    pub(super) fn paid_until(
        &self,
        activated_at: Timestamp,
        now: Timestamp,
        clocks: Clocks<'_>,
    ) -> Result<Timestamp, BeyondTable> {
        let now = now.max(activated_at);
        match &self.first_period {
            Some(first) => {
                let end = |at| first.period_end(self.period_months(), at, clocks);
                let is_unpaid = first.ends_at <= activated_at && now < end(activated_at)?;
                if is_unpaid { Ok(first.ends_at) } else { end(now) }
            }
            None => Ok(Periods::new(clocks, activated_at, self.period_months())?.around(now)?.ends()),
        }
    }
}

/// The setup fee of a price. `None`: zero.
pub(super) fn setup_fee(price: &Price) -> Option<Money> {
    unless_zero(price.charged_for(ChargeKind::SetupFee))
}

/// The tax in a fee: on top of its other lines, or contained in them.
fn tax(fee: Money, lines: &[PriceLine], included: &[PriceLine]) -> Option<Money> {
    let on_top = lines.iter().filter(|line| line.charge == ChargeKind::Tax);
    let amounts = on_top.chain(included).map(|line| line.amount);
    // The lines were summed when the price was made, so a part of them cannot overflow.
    let sum = amounts.fold(Money::zero(fee.currency()), |sum, amount| sum.checked_add(amount).unwrap_or(sum));
    unless_zero(sum)
}

fn unless_zero(money: Money) -> Option<Money> {
    (!money.is_zero()).then_some(money)
}
