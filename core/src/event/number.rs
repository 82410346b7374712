//! Events of a held number.

use alloc::vec::Vec;

use crate::base::id::HolderId;
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::ledger::{Book, Posting};
use ringup_derive::data;

/// Something that has happened to a held number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum NumberEvent {
    /// The number will be released at this instant.
    ReleaseScheduled {
        /// The instant.
        at: Timestamp,
        /// The fee of the release, taken from the wallet. Absent: none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        fee: Option<Money>,
    },
    /// The number is in cool-down: it does not work, and is released at the end unless the release is cancelled.
    CoolDownStarted {
        /// The instant of the command.
        at: Timestamp,
        /// The end of the cool-down.
        ends_at: Timestamp,
        /// The fee of the release, taken from the wallet. Absent: none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        fee: Option<Money>,
    },
    /// The scheduled release, or the one in cool-down, is cancelled.
    ReleaseCancelled {
        /// The instant of the command.
        at: Timestamp,
        /// The fee of the release, given back to the wallet. Absent: none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        refunded: Option<Money>,
    },
    /// The release has begun. No period that begins later is charged.
    ReleaseStarted {
        /// The instant of the command, or the one that was scheduled.
        at: Timestamp,
        /// The fee of the release, taken from the wallet. Absent: none, or it was taken when the release was scheduled.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        fee: Option<Money>,
    },
    /// Another holder has the number now.
    NumberTransferred {
        /// The instant of the command.
        at: Timestamp,
        /// The holder.
        holder: HolderId,
        /// Whether the last use would have kept it with the former one. Absent: no.
        #[serde(default, skip_serializing_if = "is_not")]
        #[ts(optional, as = "Option<_>")]
        forced: bool,
    },
    /// The number was used.
    NumberUsed {
        /// The instant of the use.
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_not(flag: &bool) -> bool {
    !*flag
}

impl NumberEvent {
    /// The name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ReleaseScheduled { .. } => "release_scheduled",
            Self::CoolDownStarted { .. } => "cool_down_started",
            Self::ReleaseCancelled { .. } => "release_cancelled",
            Self::ReleaseStarted { .. } => "release_started",
            Self::NumberTransferred { .. } => "number_transferred",
            Self::NumberUsed { .. } => "number_used",
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
            Self::ReleaseScheduled { at: _, fee }
            | Self::CoolDownStarted { at: _, ends_at: _, fee }
            | Self::ReleaseStarted { at: _, fee } => {
                let taken = fee.map(|money| Posting { from: Book::Wallet, to: Book::OtherFees, money });
                taken.into_iter().collect()
            }
            Self::ReleaseCancelled { at: _, refunded } => {
                let given = refunded.map(|money| Posting { from: Book::OtherFees, to: Book::Wallet, money });
                given.into_iter().collect()
            }
            Self::NumberTransferred { .. }
            | Self::NumberUsed { .. }
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
            Self::ChargesEnded => Some(Self::ReleaseScheduled { at, fee: None }),
            Self::ReleaseScheduled { .. } => Some(Self::CoolDownStarted { at, ends_at: at, fee: None }),
            Self::CoolDownStarted { .. } => Some(Self::ReleaseCancelled { at, refunded: None }),
            Self::ReleaseCancelled { .. } => {
                let holder = "h1".parse().ok()?;
                Some(Self::NumberTransferred { at, holder, forced: false })
            }
            Self::NumberTransferred { .. } => Some(Self::NumberUsed { at }),
            Self::NumberUsed { .. } => Some(Self::ReleaseStarted { at, fee: None }),
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
