//! Attempts: how often an effect was tried without an answer.

use crate::base::timestamp::Timestamp;
use crate::history::Impossible;
use crate::terms::fulfilment::Retry;
use ringup_derive::data;

/// How often an effect was tried without an answer, and when it is tried again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
pub struct Attempts {
    /// The attempts without an answer.
    pub unanswered: u32,
    /// The attempts before those: a manual review has asked once more since. Absent: none.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(optional, as = "Option<_>")]
    pub earlier: u32,
    /// The earliest instant of the next attempt.
    pub not_before: Timestamp,
    /// Whether the policy's `attempts_max` is reached. The effect is then in manual review: it is not tried again unless
    /// the review asks once more. Absent: no.
    #[serde(default, skip_serializing_if = "is_not")]
    #[ts(optional, as = "Option<_>")]
    pub in_review: bool,
}

const fn is_zero(count: &u32) -> bool {
    *count == 0
}

const fn is_not(flag: &bool) -> bool {
    !*flag
}

impl Default for Attempts {
    fn default() -> Self {
        Self::unscheduled()
    }
}

impl Attempts {
    /// No attempt yet; the first may be made at `not_before`.
    pub(crate) const fn none(not_before: Timestamp) -> Self {
        Self { unanswered: 0, earlier: 0, not_before, in_review: false }
    }

    /// No attempt yet; the first may be made immediately.
    pub(crate) const fn unscheduled() -> Self {
        Self::none(Timestamp::from_millis(0))
    }

    /// Whether there was no attempt, and the first may be made immediately.
    pub(super) fn is_unscheduled(&self) -> bool {
        *self == Self::unscheduled()
    }

    /// One more attempt without an answer. The next is due at `not_before`.
    pub(crate) const fn record_failure(self, not_before: Timestamp) -> Self {
        Self { unanswered: self.unanswered.saturating_add(1), not_before, ..self }
    }

    /// The same, unless they rest in review.
    pub(crate) const fn delayed(self, not_before: Timestamp) -> Result<Self, Impossible> {
        if self.in_review { Err(Impossible) } else { Ok(self.record_failure(not_before)) }
    }

    /// One more attempt without an answer, and the last one.
    pub(crate) const fn rest(self) -> Result<Self, Impossible> {
        let unanswered = self.unanswered.saturating_add(1);
        if self.in_review { Err(Impossible) } else { Ok(Self { unanswered, in_review: true, ..self }) }
    }

    /// A manual review asks once more. The attempts count from zero; those of a query are numbered on.
    pub(crate) const fn again(self, at: Timestamp) -> Result<Self, Impossible> {
        let again = Self { unanswered: 0, earlier: self.asking(), not_before: at, in_review: false };
        if self.in_review { Ok(again) } else { Err(Impossible) }
    }

    /// The number of the next attempt, from 0.
    pub(crate) const fn asking(self) -> u32 {
        self.earlier.saturating_add(self.unanswered)
    }

    /// Whether the next attempt without an answer is the last one.
    pub(crate) const fn is_last(self, retry: &Retry) -> bool {
        retry.attempts_max <= self.unanswered.saturating_add(1)
    }

    /// Whether a reply that comes now is of an attempt whose outcome was recorded as unknown: the next one has not begun.
    pub(crate) fn is_over(self, now: Timestamp) -> bool {
        self.in_review || (0 < self.unanswered && now < self.not_before)
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
