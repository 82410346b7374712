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

    /// What is wrong with it, where it stands.
    pub(super) fn mistake(self, place: &str) -> Option<ShopError> {
        let (from, until) = self.from.zip(self.until).filter(|(from, until)| until <= from)?;
        let (from, until) = (from.as_millis(), until.as_millis());
        let message = format!("it ends at {until} before it begins at {from}");
        let help = "write a later instant: the first one at which it holds no more, in milliseconds since 1970";
        Some(ShopError::new(format!("{place}/effective_until"), message, help))
    }
}
