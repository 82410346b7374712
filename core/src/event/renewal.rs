//! Events of the periods of a held number after the first: what is due, what was paid, and what follows if it is not.

use alloc::{string::String, vec::Vec};

use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::ledger::{Book, Posting};
use ringup_derive::data;

/// Something that has happened to the renewals of a held number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum RenewalEvent {
    /// The paid period has ended, and the next one has begun: its fee is due.
    RenewalDue {
        /// The begin of the period.
        at: Timestamp,
        /// The end of the period, by the policy's time zone. Absent: by UTC.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        until: Option<Timestamp>,
        /// The rent of the period that has ended.
        used: Money,
        /// The rent of the new period.
        rent: Money,
        /// The tax on it. Absent: zero.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        tax: Option<Money>,
        /// The version of the rate card that made the fee. Absent: it is the agreed one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        rate_card_version: Option<String>,
    },
    /// The number leaves before the end of its commitment: the agreed fees of the periods that are left are due.
    CommitmentDue {
        /// The instant from which the number is not charged by the period.
        at: Timestamp,
        /// The rent of the periods.
        rent: Money,
        /// The tax on it. Absent: zero.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        tax: Option<Money>,
    },
    /// The fee of the period, or the rest of the commitment, was taken.
    NumberRenewed {
        /// The instant of the payment provider's confirmation, or of the decision for a wallet.
        at: Timestamp,
        /// The rent.
        rent: Money,
        /// The tax on it. Absent: zero.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        tax: Option<Money>,
        /// The book that the money leaves: `wallet`, or `taken` for every other method.
        from: Book,
        /// The book of the rent: `rent_to_run`; or `rent_used` if the number was released in the meantime, and for the rest
        /// of a commitment.
        to: Book,
    },
    /// The fee of the period was declined.
    RenewalDeclined {
        /// The instant of the answer.
        at: Timestamp,
        /// When it is asked for again. Absent: when the customer's means of payment change.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        retry_at: Option<Timestamp>,
        /// When the number is suspended. Absent: never, or it is already, or an earlier decline has said when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        suspends_at: Option<Timestamp>,
    },
    /// The fee of the period got no answer. It is asked for again at `not_before`.
    RenewalDelayed {
        /// The earliest instant of the next attempt.
        not_before: Timestamp,
    },
    /// The fee of the period got no answer in as many attempts as the policy allows. It is in manual review.
    RenewalReviewNeeded,
    /// The fee of the period is asked for once more: a manual review says so, or the customer's means of payment have
    /// changed.
    RenewalAskedAgain {
        /// The earliest instant of the next attempt.
        at: Timestamp,
    },
    /// The number does not work until its fee is paid.
    NumberSuspended {
        /// The instant.
        at: Timestamp,
        /// When it is released if nothing is paid. Absent: never.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        releases_at: Option<Timestamp>,
    },
    /// The number works again.
    NumberReactivated {
        /// The instant.
        at: Timestamp,
    },
}

impl RenewalEvent {
    /// The name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RenewalDue { .. } => "renewal_due",
            Self::CommitmentDue { .. } => "commitment_due",
            Self::NumberRenewed { .. } => "number_renewed",
            Self::RenewalDeclined { .. } => "renewal_declined",
            Self::RenewalDelayed { .. } => "renewal_delayed",
            Self::RenewalReviewNeeded => "renewal_review_needed",
            Self::RenewalAskedAgain { .. } => "renewal_asked_again",
            Self::NumberSuspended { .. } => "number_suspended",
            Self::NumberReactivated { .. } => "number_reactivated",
        }
    }

    /// The money that it moves between books. Postings may be zero.
    pub(super) fn postings(&self) -> Vec<Posting> {
        match self {
            Self::RenewalDue { used, .. } => {
                [Posting { from: Book::RentToRun, to: Book::RentUsed, money: *used }].into()
            }
            Self::NumberRenewed { at: _, rent, tax, from, to } => {
                let tax = tax.map(|tax| Posting { from: *from, to: Book::Tax, money: tax });
                let rent = Posting { from: *from, to: *to, money: *rent };
                [rent].into_iter().chain(tax).collect()
            }
            Self::CommitmentDue { .. }
            | Self::RenewalDeclined { .. }
            | Self::RenewalDelayed { .. }
            | Self::RenewalReviewNeeded
            | Self::RenewalAskedAgain { .. }
            | Self::NumberSuspended { .. }
            | Self::NumberReactivated { .. } => Vec::new(),
        }
    }
}

#[cfg(test)]
impl RenewalEvent {
    /// One sample of each event. Each names its successor, so that none can be left out.
    pub(crate) fn samples() -> Vec<Self> {
        core::iter::successors(Some(Self::RenewalReviewNeeded), Self::next_sample).collect()
    }

    fn next_sample(&self) -> Option<Self> {
        let at = Timestamp::from_millis(5);
        match self {
            Self::RenewalReviewNeeded => {
                let rent = Money::zero("USD".parse().unwrap());
                Some(Self::RenewalDue { at, until: None, used: rent, rent, tax: None, rate_card_version: None })
            }
            Self::RenewalDue { rent, tax, .. } => Some(Self::CommitmentDue { at, rent: *rent, tax: *tax }),
            Self::CommitmentDue { rent, tax, .. } => {
                let (rent, tax) = (*rent, *tax);
                Some(Self::NumberRenewed { at, rent, tax, from: Book::Taken, to: Book::RentToRun })
            }
            Self::NumberRenewed { .. } => Some(Self::RenewalDeclined { at, retry_at: None, suspends_at: None }),
            Self::RenewalDeclined { .. } => Some(Self::RenewalDelayed { not_before: at }),
            Self::RenewalDelayed { .. } => Some(Self::RenewalAskedAgain { at }),
            Self::RenewalAskedAgain { .. } => Some(Self::NumberSuspended { at, releases_at: None }),
            Self::NumberSuspended { .. } => Some(Self::NumberReactivated { at }),
            Self::NumberReactivated { .. } => None,
        }
    }
}
