//! How often an effect was asked without an answer.

use crate::base::timestamp::Timestamp;
use crate::terms::fulfilment::Retry;
use ringup_derive::data;

/// How often an effect was asked without an answer, and when it may be asked again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
pub struct Attempts {
    /// Askings that got no answer.
    pub unanswered: u32,
    /// The next one is not before this instant.
    pub not_before: Timestamp,
}

impl Attempts {
    /// None yet; the first may be made at `not_before`.
    pub(crate) const fn none(not_before: Timestamp) -> Self {
        Self { unanswered: 0, not_before }
    }

    /// None yet; the first may be made at once.
    pub(crate) const fn unscheduled() -> Self {
        Self::none(Timestamp::from_millis(0))
    }

    /// One more without an answer; the next is made at `not_before`.
    pub(crate) const fn record_failure(self, not_before: Timestamp) -> Self {
        Self { unanswered: self.unanswered.saturating_add(1), not_before }
    }

    /// The effect was answered: the next one may be run as early as this one could, and begins to count anew.
    pub(crate) const fn answered(self) -> Self {
        Self::none(self.not_before)
    }

    /// When to ask again, now that one more has got no answer.
    pub(crate) fn retry_at(self, retry: &Retry, now: Timestamp) -> Timestamp {
        now.plus_millis(retry.delay_ms(self.unanswered.saturating_add(1)))
    }
}
