//! Attempts: how often an effect was tried without an answer.

use crate::base::timestamp::Timestamp;
use crate::terms::fulfilment::Retry;
use ringup_derive::data;

/// How often an effect was tried without an answer, and when it is tried again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
pub struct Attempts {
    /// The attempts without an answer.
    pub unanswered: u32,
    /// The earliest instant of the next attempt.
    pub not_before: Timestamp,
}

impl Attempts {
    /// No attempt yet; the first may be made at `not_before`.
    pub(crate) const fn none(not_before: Timestamp) -> Self {
        Self { unanswered: 0, not_before }
    }

    /// No attempt yet; the first may be made immediately.
    pub(crate) const fn unscheduled() -> Self {
        Self::none(Timestamp::from_millis(0))
    }

    /// One more attempt without an answer. The next is due at `not_before`.
    pub(crate) const fn record_failure(self, not_before: Timestamp) -> Self {
        Self { unanswered: self.unanswered.saturating_add(1), not_before }
    }

    /// The effect was answered. The next effect counts from zero and keeps `not_before`.
    pub(crate) const fn answered(self) -> Self {
        Self::none(self.not_before)
    }

    /// When to try again after one more attempt without an answer.
    pub(crate) fn retry_at(self, retry: &Retry, now: Timestamp) -> Timestamp {
        now.plus_millis(retry.delay_ms(self.unanswered.saturating_add(1)))
    }
}
