//! The first period of a customer with a billing day: which period it is, what is left of it, what that costs.

use crate::base::calendar::{Day, Periods};
use crate::base::money::{Money, MoneyError};
use crate::base::time_zone::{BeyondTable, Clocks};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::market::price::FirstPeriod;
use crate::terms::rate_card::{Proration, ProrationBasis};

/// The rest of a first period: `left` of `total`, in the unit of the basis.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Measure {
    pub(super) period: FirstPeriod,
    /// 1 to `total`.
    left: u64,
    total: u64,
}

/// A customer's billing day and the rule of proration.
#[derive(Clone, Copy, Debug)]
pub(super) struct BillingDay<'a> {
    pub(super) rule: Proration,
    pub(super) anchor: Timestamp,
    pub(super) clocks: Clocks<'a>,
    pub(super) period_months: u32,
}

impl FirstPeriod {
    /// The end of the period of `period_months` that contains `at`.
    pub(crate) fn period_end(
        &self,
        period_months: u32,
        at: Timestamp,
        clocks: Clocks<'_>,
    ) -> Result<Timestamp, BeyondTable> {
        self.begin_after(period_months, at, 1, clocks)
    }

    /// The begin of the `count`-th period of `period_months` after the one that contains `at`.
    pub(crate) fn begin_after(
        &self,
        period_months: u32,
        at: Timestamp,
        count: u32,
        clocks: Clocks<'_>,
    ) -> Result<Timestamp, BeyondTable> {
        Periods::new(clocks, self.anchor, period_months)?.begin_after(at, count)
    }
}

impl Measure {
    /// Whether a part of the period has passed.
    pub(super) const fn is_short(&self) -> bool {
        self.left < self.total
    }
}

impl BillingDay<'_> {
    /// What is left at `at` of the period that contains it.
    pub(super) fn measure(&self, at: Timestamp) -> Result<Measure, BeyondTable> {
        let clocks = self.clocks;
        let anchor = if self.counts_days() { clocks.start_of_day(clocks.day(self.anchor)?)? } else { self.anchor };
        let whole = Periods::new(clocks, anchor, self.period_months)?.around(at)?;
        let (left, total) = self.left(anchor, whole, at)?;
        let period = FirstPeriod { starts_at: whole.begins(), ends_at: whole.ends(), anchor };
        let total = unsigned(total).max(1);
        // The unit that has begun counts, so at least one is left.
        Ok(Measure { period, left: unsigned(left).clamp(1, total), total })
    }

    fn left(&self, anchor: Timestamp, whole: Window, at: Timestamp) -> Result<(i64, i64), BeyondTable> {
        let seconds = |from: Timestamp, to: Timestamp| to.as_millis().saturating_sub(from.as_millis()).div_euclid(1000);
        let (starts_at, ends_at) = (whole.begins(), whole.ends());
        let day = |at| Day::of(at, self.clocks);
        let (first, today, last) = (day(starts_at)?, day(at)?, day(ends_at)?);
        Ok(match self.rule.basis {
            // The period costs the whole fee; the units only tell whether it is short.
            ProrationBasis::None => (1, if first.days_until(today) == 0 { 1 } else { 2 }),
            ProrationBasis::Second => {
                let total = seconds(starts_at, ends_at);
                (total.saturating_sub(seconds(starts_at, at)), total)
            }
            ProrationBasis::Day => (today.days_until(last), first.days_until(last)),
            ProrationBasis::Thirty360 => {
                // The billing day itself, even if the month is too short for it.
                let days = day(anchor)?.of_month().min(30).saturating_sub(today.of_month().min(30));
                let left = today.months_until(last).saturating_mul(30).saturating_add(days);
                (left, i64::from(self.period_months).saturating_mul(30))
            }
            ProrationBasis::Anniversary => {
                let month = Periods::new(self.clocks, anchor, 1)?.around(at)?;
                let (begin, end) = (day(month.begins())?, day(month.ends())?);
                let days = begin.days_until(end);
                let left = end.months_until(last).saturating_mul(days).saturating_add(today.days_until(end));
                (left, i64::from(self.period_months).saturating_mul(days))
            }
        })
    }

    const fn counts_days(&self) -> bool {
        match self.rule.basis {
            ProrationBasis::Second => false,
            ProrationBasis::None | ProrationBasis::Day | ProrationBasis::Thirty360 | ProrationBasis::Anniversary => {
                true
            }
        }
    }

    /// The charge for the rest of a period.
    pub(super) fn charge(&self, fee: Money, measure: &Measure) -> Result<Money, MoneyError> {
        match self.rule.basis {
            ProrationBasis::None => Ok(fee),
            ProrationBasis::Second | ProrationBasis::Day | ProrationBasis::Thirty360 | ProrationBasis::Anniversary => {
                self.rule.rounding.share(fee, measure.left, measure.total)
            }
        }
    }

    /// Until when the first period costs what it costs now, at most `limit`. The rest of the period only shrinks, so a
    /// binary search finds the instant. `None`: it has no price now.
    pub(super) fn holds_until(&self, fee: Money, now: Timestamp, limit: Timestamp) -> Option<Timestamp> {
        let cost = |at| {
            let measure = self.measure(at).ok()?;
            Some((self.charge(fee, &measure).ok()?, measure.is_short()))
        };
        let today = Some(cost(now)?);
        let (mut same, mut other) = (now.as_millis(), limit.min(self.measure(now).ok()?.period.ends_at).as_millis());
        while 1 < other.saturating_sub(same) {
            let middle = same.midpoint(other);
            if cost(Timestamp::from_millis(middle)) == today {
                same = middle;
            } else {
                other = middle;
            }
        }
        Some(Timestamp::from_millis(other))
    }
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
