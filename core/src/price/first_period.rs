//! The first period of a customer with a billing day: which period it is, what is left of it, what that costs.

use crate::base::calendar::{
    billing_period, billing_period_after, day_of_month, days_between, midnight, months_between,
};
use crate::base::money::{Money, MoneyError};
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
pub(super) struct BillingDay {
    pub(super) rule: Proration,
    pub(super) anchor: Timestamp,
    pub(super) day_offset_minutes: i16,
    pub(super) period_months: u32,
}

impl FirstPeriod {
    /// The end of the period of `period_months` that contains `at`.
    pub(crate) fn period_end(&self, period_months: u32, at: Timestamp) -> Timestamp {
        self.begin_after(period_months, at, 1)
    }

    /// The begin of the `count`-th period of `period_months` after the one that contains `at`.
    pub(crate) fn begin_after(&self, period_months: u32, at: Timestamp, count: u32) -> Timestamp {
        let offset = offset_ms(self.day_offset_minutes);
        let (anchor, at) = (self.anchor.plus_millis(offset), at.plus_millis(offset));
        let local = billing_period_after(anchor, period_months, at, count);
        local.begins().plus_millis(offset.saturating_neg())
    }
}

impl Measure {
    /// Whether a part of the period has passed.
    pub(super) const fn is_short(&self) -> bool {
        self.left < self.total
    }
}

impl BillingDay {
    /// What is left at `at` of the period that contains it.
    pub(super) fn measure(&self, at: Timestamp) -> Measure {
        let offset = offset_ms(self.day_offset_minutes);
        let at = at.plus_millis(offset);
        let anchor = self.anchor.plus_millis(offset);
        let anchor = if self.counts_days() { midnight(anchor) } else { anchor };
        let whole = billing_period(anchor, self.period_months, at);
        let (left, total) = self.left(anchor, whole, at);
        let utc = |local: Timestamp| local.plus_millis(offset.saturating_neg());
        let period = FirstPeriod {
            starts_at: utc(whole.begins()),
            ends_at: utc(whole.ends()),
            anchor: utc(anchor),
            day_offset_minutes: self.day_offset_minutes,
        };
        let total = unsigned(total).max(1);
        // The unit that has begun counts, so at least one is left.
        Measure { period, left: unsigned(left).clamp(1, total), total }
    }

    fn left(&self, anchor: Timestamp, whole: Window, at: Timestamp) -> (i64, i64) {
        let seconds = |from: Timestamp, to: Timestamp| to.as_millis().saturating_sub(from.as_millis()).div_euclid(1000);
        let (starts_at, ends_at) = (whole.begins(), whole.ends());
        match self.rule.basis {
            // The period costs the whole fee; the units only tell whether it is short.
            ProrationBasis::None => (1, if days_between(starts_at, at) == 0 { 1 } else { 2 }),
            ProrationBasis::Second => {
                let total = seconds(starts_at, ends_at);
                (total.saturating_sub(seconds(starts_at, at)), total)
            }
            ProrationBasis::Day => (days_between(at, ends_at), days_between(starts_at, ends_at)),
            ProrationBasis::Thirty360 => {
                // The billing day itself, even if the month is too short for it.
                let day = day_of_month(anchor).min(30).saturating_sub(day_of_month(at).min(30));
                let left = months_between(at, ends_at).saturating_mul(30).saturating_add(day);
                (left, i64::from(self.period_months).saturating_mul(30))
            }
            ProrationBasis::Anniversary => {
                let month = billing_period(anchor, 1, at);
                let days = days_between(month.begins(), month.ends());
                let months = months_between(month.ends(), ends_at);
                let left = months.saturating_mul(days).saturating_add(days_between(at, month.ends()));
                (left, i64::from(self.period_months).saturating_mul(days))
            }
        }
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
    /// binary search finds the instant.
    pub(super) fn holds_until(&self, fee: Money, now: Timestamp, limit: Timestamp) -> Result<Timestamp, MoneyError> {
        let cost = |at| {
            let measure = self.measure(at);
            Ok((self.charge(fee, &measure)?, measure.is_short()))
        };
        let today = cost(now)?;
        let (mut same, mut other) = (now.as_millis(), limit.min(self.measure(now).period.ends_at).as_millis());
        while 1 < other.saturating_sub(same) {
            let middle = same.midpoint(other);
            if cost(Timestamp::from_millis(middle))? == today {
                same = middle;
            } else {
                other = middle;
            }
        }
        Ok(Timestamp::from_millis(other))
    }
}

fn offset_ms(minutes: i16) -> i64 {
    i64::from(minutes).saturating_mul(60_000)
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
