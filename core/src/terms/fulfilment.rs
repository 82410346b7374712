//! Fulfilment: what the carrier can tell, how effects are asked again, and when a released number is given back.

use ringup_derive::data;

/// When a number that the customer releases is given back.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum ReleaseTime {
    /// At once.
    #[default]
    AtOnce,
    /// At the end of the month that it is paid for, counted from its activation.
    PeriodEnd,
}

/// What the carrier can tell about an order whose reply was lost.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum OrderEvidence {
    /// It looks an order up by our key.
    QueryByKey,
    /// It answers the same order again for the same key, and takes it only once.
    KeyedRepeat,
    /// It only lists the numbers that are ours. One order per holder is out at a time.
    ListOnly,
}

/// How effects without an answer are asked again: after the first delay, then after twice as long each time.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Retry {
    /// The first delay.
    pub first_delay_ms: u32,
    /// The longest delay.
    pub delay_ms_max: u32,
    /// How often an effect is asked before a person must look.
    pub attempts_max: u32,
}

impl Retry {
    /// How long to wait after so many attempts.
    pub(crate) fn delay_ms(&self, attempts: u32) -> i64 {
        let doublings = attempts.saturating_sub(1).min(31);
        let delay = i64::from(self.first_delay_ms).saturating_mul(1_i64.checked_shl(doublings).unwrap_or(i64::MAX));
        delay.min(i64::from(self.delay_ms_max))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_longest() {
        let retry = Retry { first_delay_ms: 1000, delay_ms_max: 5000, attempts_max: 9 };
        assert_eq!([1, 2, 3, 4, 100].map(|attempts| retry.delay_ms(attempts)), [1000, 2000, 4000, 5000, 5000]);
    }
}
