//! Renewals: how the periods after the first are paid, and what follows if one is declined.

use alloc::vec::Vec;

use crate::base::diagnostic::Diagnostic;
use crate::base::timestamp::Timestamp;
use ringup_derive::data;

/// How the periods of a number after the first are paid. Each is charged at its begin, in the way in which the number was
/// paid first, until the number is released.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Renewals {
    /// For how many months from the activation the agreed fee is held. A period that begins later costs what the rate card
    /// says then. Absent: as long as the number is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub price_held_months: Option<u32>,
    /// When a declined fee is asked for again: the seconds from each declined attempt to the next one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub retry_after_s: Vec<u32>,
    /// For how many seconds after the first declined attempt the number still works. Then it is suspended. Absent: it is
    /// never suspended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub grace_s: Option<u32>,
    /// After how many seconds a suspended number is released. Absent: it stays suspended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub suspended_s: Option<u32>,
}

impl Renewals {
    /// When a fee is asked for again that was declined `declines` times, the last time at `at`.
    pub(crate) fn retry_at(&self, declines: u32, at: Timestamp) -> Option<Timestamp> {
        let answered = if planted!("retry_of_the_next_decline") { declines } else { declines.saturating_sub(1) };
        let nth = usize::try_from(answered).ok()?;
        self.retry_after_s.get(nth).map(|seconds| at.plus_seconds(*seconds))
    }

    /// The mistakes in the figures. Each points into `/policy/renewals`.
    pub(crate) fn mistakes(&self) -> Vec<Diagnostic> {
        let mut mistakes = Vec::new();
        if self.retry_after_s.contains(&0) {
            let message = "a declined fee would be asked for again at once";
            let help = "write 1 or more seconds for each, such as 86400";
            mistakes.push(Diagnostic::value("/policy/renewals/retry_after_s", message, help));
        }
        if self.suspended_s.is_some() && self.grace_s.is_none() {
            let message = "a number is released after its suspension, and `grace_s` never suspends it";
            let help = "add `grace_s`, or remove `suspended_s`";
            mistakes.push(Diagnostic::parts("/policy/renewals/suspended_s", message, help));
        }
        mistakes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_decline_has_its_own_delay() {
        let renewals = Renewals { retry_after_s: [10, 20].into(), ..Renewals::default() };
        let at = Timestamp::from_millis(5_000);
        let retries = [1, 2, 3].map(|declines| renewals.retry_at(declines, at).map(Timestamp::as_millis));
        assert_eq!(retries, [Some(15_000), Some(25_000), None]);
    }
}
