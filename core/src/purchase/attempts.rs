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

    /// None yet, and no reason to wait.
    pub(crate) const fn at_once() -> Self {
        Self::none(Timestamp::from_millis(0))
    }

    /// One more without an answer.
    pub(crate) const fn and_one(self, not_before: Timestamp) -> Self {
        Self { unanswered: self.unanswered.saturating_add(1), not_before }
    }
}
