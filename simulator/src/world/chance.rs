//! Random values as a function of seed, record and count, so that records do not influence each other.

use sha2::{Digest, Sha256};

/// The `count`th draw for the record of this name.
#[must_use]
pub fn draw(seed: u64, record: &str, count: u64) -> u128 {
    let mut hash = Sha256::new();
    hash.update(seed.to_be_bytes());
    hash.update(count.to_be_bytes());
    hash.update(record.as_bytes());
    hash.finalize().iter().take(16).fold(0, |drawn, byte| (drawn << 8) | u128::from(*byte))
}

/// An index below `many`; `None` if that is zero. The bias of the remainder is negligible at 128 bits.
pub(crate) fn one_of(drawn: u128, many: usize) -> Option<usize> {
    usize::try_from(drawn.checked_rem(u128::try_from(many).ok()?)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_differ_by_seed_record_and_count_and_by_nothing_else() {
        let first = draw(1, "account/a", 0);
        assert_eq!(first, draw(1, "account/a", 0));
        for other in [draw(2, "account/a", 0), draw(1, "account/b", 0), draw(1, "account/a", 1)] {
            assert_ne!(first, other);
        }
        assert_eq!((one_of(first, 0), one_of(first, 1)), (None, Some(0)));
    }
}
