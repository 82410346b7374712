//! Events of a held number.

use alloc::vec::Vec;

use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::ledger::{Book, Posting};
use ringup_derive::data;

/// Something that has happened to a held number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum NumberEvent {
    /// The number will be released at the end of the paid month.
    ReleaseScheduled {
        /// The end of the paid month.
        at: Timestamp,
    },
    /// The release has begun.
    ReleaseStarted {
        /// The instant of the command, or of the wake-up.
        at: Timestamp,
    },
    /// Recurring charges have ended.
    ChargesEnded,
    /// A step of the release got no answer. It is tried again at `not_before`.
    ReleaseDelayed {
        /// The earliest instant of the next attempt.
        not_before: Timestamp,
    },
    /// A step of the release got no answer in as many attempts as the policy allows. It is in manual review.
    ReleaseReviewNeeded,
    /// A manual review asks for the step once more.
    ReleaseAskedAgain {
        /// The earliest instant of the next attempt.
        at: Timestamp,
    },
    /// The release is done: the carrier has the number again.
    NumberReleased {
        /// The instant of the carrier's confirmation.
        at: Timestamp,
        /// Paid rent that was not used. It is not returned.
        forfeited: Money,
    },
}

impl NumberEvent {
    /// The name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ReleaseScheduled { .. } => "release_scheduled",
            Self::ReleaseStarted { .. } => "release_started",
            Self::ChargesEnded => "charges_ended",
            Self::ReleaseDelayed { .. } => "release_delayed",
            Self::ReleaseReviewNeeded => "release_review_needed",
            Self::ReleaseAskedAgain { .. } => "release_asked_again",
            Self::NumberReleased { .. } => "number_released",
        }
    }

    /// The money that it moves between books. Postings may be zero.
    pub(super) fn postings(&self) -> Vec<Posting> {
        match self {
            Self::NumberReleased { at: _, forfeited } => {
                [Posting { from: Book::RentToRun, to: Book::RentUsed, money: *forfeited }].into()
            }
            Self::ReleaseScheduled { .. }
            | Self::ReleaseStarted { .. }
            | Self::ChargesEnded
            | Self::ReleaseDelayed { .. }
            | Self::ReleaseReviewNeeded
            | Self::ReleaseAskedAgain { .. } => Vec::new(),
        }
    }
}

#[cfg(test)]
impl NumberEvent {
    /// One sample of each event. Each names its successor, so that none can be left out.
    pub(crate) fn samples() -> Vec<Self> {
        core::iter::successors(Some(Self::ChargesEnded), Self::next_sample).collect()
    }

    fn next_sample(&self) -> Option<Self> {
        let at = Timestamp::from_millis(5);
        match self {
            Self::ChargesEnded => Some(Self::ReleaseScheduled { at }),
            Self::ReleaseScheduled { .. } => Some(Self::ReleaseStarted { at }),
            Self::ReleaseStarted { .. } => Some(Self::ReleaseDelayed { not_before: at }),
            Self::ReleaseDelayed { .. } => Some(Self::ReleaseReviewNeeded),
            Self::ReleaseReviewNeeded => Some(Self::ReleaseAskedAgain { at }),
            Self::ReleaseAskedAgain { .. } => {
                Some(Self::NumberReleased { at, forfeited: Money::zero("USD".parse().unwrap()) })
            }
            Self::NumberReleased { .. } => None,
        }
    }
}
