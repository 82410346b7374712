//! Leaving: when a held number can leave, what that costs, and what stands against it.

use super::{HeldNumber, HeldStatus};
use crate::base::money::Money;
use crate::base::time_zone::{BeyondTable, Clocks};
use crate::base::timestamp::Timestamp;
use crate::event::NumberEvent;
use crate::gates::policy::Policy;
use crate::terms::payment::PaymentMethod;
use crate::terms::release::{EarlyRelease, ReleaseRules, ReleaseWhen};

/// How a held number would leave.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Departure {
    /// At once.
    Now,
    /// At an instant.
    Scheduled(Timestamp),
    /// After a cool-down that ends at this instant.
    CoolDown(Timestamp),
}

impl HeldNumber {
    /// How it would leave if it were released now.
    pub(crate) fn departure(
        &self,
        when: ReleaseWhen,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<Departure, BeyondTable> {
        Ok(match when {
            ReleaseWhen::AtOnce => Departure::Now,
            ReleaseWhen::CoolDown => Departure::CoolDown(policy.release.cools_until(now)),
            ReleaseWhen::PeriodEnd => {
                self.period_end(policy.clocks(), now)?.map_or(Departure::Now, Departure::Scheduled)
            }
            ReleaseWhen::AtInstant { at } if now < at => Departure::Scheduled(at),
            ReleaseWhen::AtInstant { .. } => Departure::Now,
        })
    }

    /// When it leaves, or would leave if it were released now. `None`: at once, or when the carrier has it again.
    pub(crate) fn leaves_at(&self, policy: &Policy, now: Timestamp) -> Option<Timestamp> {
        match self.status {
            HeldStatus::Scheduled { at, .. } => Some(at),
            HeldStatus::CoolingDown { ends_at, .. } => Some(ends_at),
            HeldStatus::Active => match self.departure(policy.release.usual(), policy, now) {
                Ok(Departure::Scheduled(at) | Departure::CoolDown(at)) => Some(at),
                // Beyond the table of the time zone, every gate that would ask for it waits.
                Ok(Departure::Now) | Err(BeyondTable) => None,
            },
            HeldStatus::EndingCharges { .. } | HeldStatus::Releasing { .. } | HeldStatus::Released { .. } => None,
        }
    }

    /// The end of the current period. `None`: its fee was declined, or nothing is paid for it, so that nothing is kept.
    fn period_end(&self, clocks: Clocks<'_>, now: Timestamp) -> Result<Option<Timestamp>, BeyondTable> {
        let next = self.renewal.as_ref().map(|renewal| renewal.begun.saturating_add(1));
        let paid_until = next.map(|next| self.recurring.begins_at(self.activated_at, next, clocks)).transpose()?;
        // A period whose fee is not asked for yet has begun all the same.
        let end = self.recurring.paid_until(self.activated_at, now, clocks)?;
        let end = paid_until.map_or(end, |paid_until| paid_until.max(end));
        Ok(Some(end).filter(|end| now < *end && !self.is_past_due()))
    }

    /// Until when the commitment refuses that the number leaves so. `None`: it does not.
    pub(crate) fn refused_until(
        &self,
        departure: Departure,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, BeyondTable> {
        if self.recurring.commitment.is_none_or(|commitment| commitment.early_release != EarlyRelease::Refused) {
            return Ok(None);
        }
        let end = self.recurring.committed_until(self.activated_at, policy.clocks())?;
        Ok(end.filter(|end| departure.charged_until(now) < *end))
    }

    /// The same of the usual release.
    pub(crate) fn usually_refused_until(&self, policy: &Policy, now: Timestamp) -> Option<Timestamp> {
        let departure = self.departure(policy.release.usual(), policy, now).ok()?;
        self.refused_until(departure, policy, now).ok().flatten()
    }

    /// The fee of a release by command, which is taken now. `None`: nothing, or it was taken when the release was scheduled.
    pub(crate) fn release_fee(&self, rules: &ReleaseRules) -> Option<Money> {
        let fee = rules.fee_in(self.recurring.fee.currency())?;
        (self.status == HeldStatus::Active && self.payment == PaymentMethod::Wallet).then_some(fee)
    }

    /// What a release now would take from the wallet: its fee, and the rest of the commitment.
    pub(crate) fn release_costs(&self, policy: &Policy, now: Timestamp) -> Option<Money> {
        let (rules, clocks) = (&policy.release, policy.clocks());
        let rest = self.renewal.as_ref().filter(|_| self.payment == PaymentMethod::Wallet).and_then(|renewal| {
            let until = self.departure(rules.usual(), policy, now).ok()?.charged_until(now);
            let committed_until = self.recurring.committed_until(self.activated_at, clocks).ok().flatten()?;
            let begins = |nth: u32| self.recurring.begins_at(self.activated_at, nth, clocks).ok();
            let mut begun = renewal.begun;
            while begins(begun.saturating_add(1))? < until.min(committed_until) {
                begun = begun.saturating_add(1);
            }
            self.rest_after(begun).map(|rest| rest.sum())
        });
        let fee = self.release_fee(rules);
        match (fee, rest) {
            (Some(fee), Some(rest)) => fee.checked_add(rest).ok(),
            (fee, rest) => fee.or(rest),
        }
    }

    /// The event of a release. `None`: it is scheduled so already.
    pub(crate) fn released(&self, departure: Departure, fee: Option<Money>, now: Timestamp) -> Option<NumberEvent> {
        match departure {
            Departure::Now => Some(NumberEvent::ReleaseStarted { at: now, fee }),
            Departure::Scheduled(at) if self.status.release_due_at() == Some(at) => None,
            Departure::Scheduled(at) => Some(NumberEvent::ReleaseScheduled { at, fee }),
            Departure::CoolDown(ends_at) => Some(NumberEvent::CoolDownStarted { at: now, ends_at, fee }),
        }
    }

    /// The event of a cancelled release. `None`: it has begun, or nothing is to be cancelled.
    pub(crate) fn cancelled(&self, now: Timestamp) -> Option<NumberEvent> {
        self.status.release_due_at().filter(|at| now < *at)?;
        Some(NumberEvent::ReleaseCancelled { at: now, refunded: self.status.release_fee() })
    }
}

impl Departure {
    /// The instant from which the number is not charged by the period.
    fn charged_until(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Now | Self::CoolDown(_) => now,
            Self::Scheduled(at) => at,
        }
    }
}
