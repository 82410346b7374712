//! Fulfilment: how a carrier clears up an order, and when effects are tried again.

use ringup_derive::data;

/// How a carrier clears up an order whose reply was lost.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum OrderEvidence {
    /// It finds an order by our key.
    QueryByKey,
    /// It takes an order once per key and repeats its answer.
    KeyedRepeat,
    /// It lists our numbers and nothing else, so one order per holder may be pending at a time.
    ListOnly,
}

/// When an effect without an answer is tried again: after `first_delay_ms`, then after twice as long each time.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Retry {
    /// The delay before the second attempt, in milliseconds.
    pub first_delay_ms: u32,
    /// The longest delay, in milliseconds.
    pub delay_ms_max: u32,
    /// The number of attempts before manual review.
    pub attempts_max: u32,
}

impl Retry {
    /// The delay after this many attempts, in milliseconds.
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
