//! How often an effect was asked without an answer.

use crate::Timestamp;

/// How often an effect was asked without an answer, and when it may be asked again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Attempts {
    /// Askings that got no answer.
    pub unanswered: u32,
    /// The next one is not before this instant.
    pub not_before: Timestamp,
}

impl Attempts {
    pub(crate) const fn none(now: Timestamp) -> Self {
        Self { unanswered: 0, not_before: now }
    }

    /// None yet; the first may be made at once.
    pub(crate) const fn unscheduled() -> Self {
        Self::none(Timestamp::from_millis(0))
    }

    /// One more without an answer; the next is made at `not_before`.
    pub(crate) const fn record_failure(self, not_before: Timestamp) -> Self {
        Self { unanswered: self.unanswered.saturating_add(1), not_before }
    }
}
