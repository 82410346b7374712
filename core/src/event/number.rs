//! What happens to a number that is held.

use alloc::vec::Vec;

use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::ledger::{Book, Posting};
use ringup_derive::data;

/// What has happened to a number that is held.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum NumberEvent {
    /// It will be released at the end of the month that it is paid for.
    ReleaseScheduled {
        /// When.
        at: Timestamp,
    },
    /// It is being released.
    ReleaseStarted {
        /// When.
        at: Timestamp,
    },
    /// It costs no more from here on.
    ChargesEnded,
    /// A step of the release got no answer; it is done again at `not_before`.
    ReleaseDelayed {
        /// When.
        not_before: Timestamp,
    },
    /// It is released.
    NumberReleased {
        /// When.
        at: Timestamp,
        /// The rent that was paid and not yet used; it is not given back.
        forfeited: Money,
    },
}

impl NumberEvent {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ReleaseScheduled { .. } => "release_scheduled",
            Self::ReleaseStarted { .. } => "release_started",
            Self::ChargesEnded => "charges_ended",
            Self::ReleaseDelayed { .. } => "release_delayed",
            Self::NumberReleased { .. } => "number_released",
        }
    }

    /// What it moves from book to book; some of it may be zero.
    pub(super) fn postings(&self) -> Vec<Posting> {
        match self {
            Self::NumberReleased { at: _, forfeited } => {
                [Posting { from: Book::RentToRun, to: Book::RentUsed, money: *forfeited }].into()
            }
            Self::ReleaseScheduled { .. }
            | Self::ReleaseStarted { .. }
            | Self::ChargesEnded
            | Self::ReleaseDelayed { .. } => Vec::new(),
        }
    }
}

#[cfg(test)]
impl NumberEvent {
    /// One of each. Every event names the one after it, so that none can be left out.
    pub(crate) fn samples() -> Vec<Self> {
        core::iter::successors(Some(Self::ChargesEnded), Self::next_sample).collect()
    }

    fn next_sample(&self) -> Option<Self> {
        let at = Timestamp::from_millis(5);
        match self {
            Self::ChargesEnded => Some(Self::ReleaseScheduled { at }),
            Self::ReleaseScheduled { .. } => Some(Self::ReleaseStarted { at }),
            Self::ReleaseStarted { .. } => Some(Self::ReleaseDelayed { not_before: at }),
            Self::ReleaseDelayed { .. } => {
                Some(Self::NumberReleased { at, forfeited: Money::zero("USD".parse().unwrap()) })
            }
            Self::NumberReleased { .. } => None,
        }
    }
}
