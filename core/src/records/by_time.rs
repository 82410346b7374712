//! What time alone does to a held number, in the order of the instants at which it is due.
//!
//! A host that wakes late changes nothing of that order: what was due first is done first, even if all of it is past.

use alloc::vec::Vec;

use super::HeldNumber;
use super::renewal::UnpaidFee;
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::event::{Event, NumberEvent, RenewalEvent};
use crate::shop::Shop;

/// What is due, in the order of what comes first at the same instant.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum ByTime {
    /// The wallet is asked for the fee that is due.
    Attempt,
    /// A scheduled release begins, or one whose cool-down is over.
    Leave,
    /// A number whose fee was declined is suspended, or released.
    Deadline,
    /// The next period begins, and its fee is due.
    Period,
    /// The rest of a commitment is due.
    Commitment,
}

impl HeldNumber {
    /// What time alone does next, and when.
    pub(crate) fn next_by_time(&self) -> Option<(Timestamp, ByTime)> {
        let leaves = self.status.release_due_at().filter(|_| !planted!("scheduled_release_not_due"));
        let all = [
            (self.attempt_due(), ByTime::Attempt),
            (leaves, ByTime::Leave),
            (self.deadline(), ByTime::Deadline),
            (self.renews_at(), ByTime::Period),
            (self.commitment_due().map(|(at, _)| at), ByTime::Commitment),
        ];
        all.into_iter().filter_map(|(at, what)| Some((at?, what))).min()
    }

    /// When the wallet is asked for the fee that is due.
    fn attempt_due(&self) -> Option<Timestamp> {
        let unpaid = self.unpaid().filter(|unpaid| self.is_settled_here(unpaid))?;
        unpaid.attempts.map(|attempts| attempts.not_before)
    }

    /// When a number whose fee was declined is suspended or released: not one that does not work anyway, nor while an attempt
    /// may be under way, or was to be made before.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        let unpaid = self
            .unpaid()
            .filter(|unpaid| self.status.works() && (!unpaid.is_in_doubt() || planted!("suspended_in_doubt")))?;
        let at = unpaid.suspends_at.or(unpaid.releases_at)?;
        let is_open = unpaid.attempts.is_some_and(|attempts| attempts.not_before <= at);
        (!is_open || planted!("suspended_before_an_attempt")).then_some(at)
    }

    /// The release that time alone begins.
    pub(crate) fn leave(&self) -> Option<NumberEvent> {
        Some(NumberEvent::ReleaseStarted { at: self.status.release_due_at()?, fee: None })
    }

    /// The wallet pays the fee that is due, or declines it. `can_pay` tells whether it has an amount.
    pub(crate) fn attempt(&self, shop: &Shop, can_pay: impl FnOnce(Money) -> bool, now: Timestamp) -> Vec<Event> {
        let pays = |unpaid: &UnpaidFee| unpaid.amount().is_zero() || can_pay(unpaid.amount());
        match self.unpaid().map(pays) {
            Some(true) => self.renewed(now),
            Some(false) => self.declined(shop, now),
            None => Vec::new(),
        }
    }

    /// The number is suspended or released at its deadline.
    pub(crate) fn pass_deadline(&self, shop: &Shop) -> Option<Event> {
        let at = self.deadline()?;
        if self.is_suspended() {
            return Some(self.event(NumberEvent::ReleaseStarted { at, fee: None }));
        }
        let suspended_s = shop.policy().renewals.as_ref().and_then(|renewals| renewals.suspended_s);
        let releases_at = suspended_s.map(|seconds| at.plus_seconds(seconds));
        Some(self.renewal(RenewalEvent::NumberSuspended { at, releases_at }))
    }

    /// The number after an event of its own.
    pub(crate) fn after_own(&self, event: &Event) -> Option<Self> {
        match event {
            Event::Number { event, .. } => self.after(event).ok(),
            Event::Renewal { event, .. } => self.after_renewal(event).ok(),
            Event::Account(_) | Event::Purchase { .. } | Event::Evidence { .. } | Event::Payment { .. } => None,
        }
    }
}
