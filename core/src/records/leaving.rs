//! Leaving: when a held number can leave, what that costs, and what stands against it.

use super::{HeldNumber, HeldStatus};
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::event::NumberEvent;
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
    pub(crate) fn departure(&self, when: ReleaseWhen, rules: &ReleaseRules, now: Timestamp) -> Departure {
        match when {
            ReleaseWhen::AtOnce => Departure::Now,
            ReleaseWhen::CoolDown => Departure::CoolDown(rules.cools_until(now)),
            ReleaseWhen::PeriodEnd => self.period_end(now).map_or(Departure::Now, Departure::Scheduled),
            ReleaseWhen::AtInstant { at } if now < at => Departure::Scheduled(at),
            ReleaseWhen::AtInstant { .. } => Departure::Now,
        }
    }

    /// When it leaves, or would leave if it were released now. `None`: at once, or when the carrier has it again.
    pub(crate) fn leaves_at(&self, rules: &ReleaseRules, now: Timestamp) -> Option<Timestamp> {
        match self.status {
            HeldStatus::Scheduled { at, .. } => Some(at),
            HeldStatus::CoolingDown { ends_at, .. } => Some(ends_at),
            HeldStatus::Active => match self.departure(rules.usual(), rules, now) {
                Departure::Now => None,
                Departure::Scheduled(at) | Departure::CoolDown(at) => Some(at),
            },
            HeldStatus::EndingCharges { .. } | HeldStatus::Releasing { .. } | HeldStatus::Released { .. } => None,
        }
    }

    /// The end of the current period. `None`: its fee was declined, or nothing is paid for it, so that nothing is kept.
    fn period_end(&self, now: Timestamp) -> Option<Timestamp> {
        let next = self.renewal.as_ref().map(|renewal| renewal.begun.saturating_add(1));
        let paid_until = next.map(|next| self.recurring.begins_at(self.activated_at, next));
        // A period whose fee is not asked for yet has begun all the same.
        let end = self.recurring.paid_until(self.activated_at, now);
        let end = paid_until.map_or(end, |paid_until| paid_until.max(end));
        Some(end).filter(|end| now < *end && !self.is_past_due())
    }

    /// Until when the commitment refuses that the number leaves so. `None`: it does not.
    pub(crate) fn refused_until(&self, departure: Departure, now: Timestamp) -> Option<Timestamp> {
        let commitment = self.recurring.commitment?;
        if commitment.early_release != EarlyRelease::Refused {
            return None;
        }
        let end = self.recurring.committed_until(self.activated_at)?;
        (departure.charged_until(now) < end).then_some(end)
    }

    /// The fee of a release by command, which is taken now. `None`: nothing, or it was taken when the release was scheduled.
    pub(crate) fn release_fee(&self, rules: &ReleaseRules) -> Option<Money> {
        let fee = rules.fee_in(self.recurring.fee.currency())?;
        (self.status == HeldStatus::Active && self.payment == PaymentMethod::Wallet).then_some(fee)
    }

    /// What a release now would take from the wallet: its fee, and the rest of the commitment.
    pub(crate) fn release_costs(&self, rules: &ReleaseRules, now: Timestamp) -> Option<Money> {
        let rest = self.renewal.as_ref().filter(|_| self.payment == PaymentMethod::Wallet).and_then(|renewal| {
            let until = self.departure(rules.usual(), rules, now).charged_until(now);
            let committed_until = self.recurring.committed_until(self.activated_at)?;
            let mut begun = renewal.begun;
            while self.recurring.begins_at(self.activated_at, begun.saturating_add(1)) < until.min(committed_until) {
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
