//! Effective dates: from when and until when a part of the rate card holds.

use alloc::format;

use crate::Timestamp;
use crate::shop::ShopError;

/// A half-open stretch of time; without an end on either side where the card names none.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Effective {
    pub(crate) from: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
}

impl Effective {
    pub(crate) fn is_always(self) -> bool {
        self == Self { from: None, until: None }
    }

    pub(crate) fn holds_at(self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
    }

    /// Whether both hold at some instant.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        let before = |until: Option<Timestamp>, from: Option<Timestamp>| match (until, from) {
            (Some(until), Some(from)) => until <= from,
            (None, _) | (_, None) => false,
        };
        !before(self.until, other.from) && !before(other.until, self.from)
    }

    /// The next instant at which it begins or ends.
    pub(crate) fn next_change(self, at: Timestamp) -> Option<Timestamp> {
        [self.from, self.until].into_iter().flatten().filter(|change| at < *change).min()
    }

    pub(super) fn check(self, place: &str) -> Result<(), ShopError> {
        if self.from.zip(self.until).is_some_and(|(from, until)| until <= from) {
            return Err(ShopError::new(
                format!("{place}/effective_until"),
                "it ends before it begins; `effective_until` is the first instant at which it holds no more",
            ));
        }
        Ok(())
    }
}
