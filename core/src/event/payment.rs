//! Events of payments at checkouts, besides the one that pays the purchase.

use alloc::vec::Vec;

use crate::base::id::CheckoutId;
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::ledger::{Book, Posting};
use crate::purchase::Payment;
use ringup_derive::data;

/// What has happened to a payment that does not pay the purchase.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum PaymentEvent {
    /// Another session was opened for the purchase.
    SessionOpened {
        /// The session at the payment provider.
        checkout: CheckoutId,
    },
    /// A payment is of a session that the purchase does not know, or of another amount.
    PaymentUnmatched {
        /// The payment as it was told.
        payment: Payment,
    },
    /// A manual review has found that a payment is not the purchase's.
    PaymentDismissed {
        /// The payment as it was told.
        payment: Payment,
    },
    /// A session was paid although the purchase was paid or had ended. The money goes back.
    SurplusTaken {
        /// The session.
        checkout: CheckoutId,
        /// The amount taken.
        amount: Money,
    },
    /// That money went back.
    SurplusRefunded {
        /// The session.
        checkout: CheckoutId,
        /// The amount refunded.
        amount: Money,
    },
    /// The refund got no answer. It is tried again at `not_before`.
    SurplusRefundDelayed {
        /// The earliest instant of the next attempt.
        not_before: Timestamp,
    },
    /// It got none in as many attempts as the policy allows. It is in manual review.
    SurplusReviewNeeded,
    /// A manual review asks for it once more.
    SurplusAskedAgain {
        /// The earliest instant of the next attempt.
        at: Timestamp,
    },
}

impl PaymentEvent {
    /// The name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SessionOpened { .. } => "session_opened",
            Self::PaymentUnmatched { .. } => "payment_unmatched",
            Self::PaymentDismissed { .. } => "payment_dismissed",
            Self::SurplusTaken { .. } => "surplus_taken",
            Self::SurplusRefunded { .. } => "surplus_refunded",
            Self::SurplusRefundDelayed { .. } => "surplus_refund_delayed",
            Self::SurplusReviewNeeded => "surplus_review_needed",
            Self::SurplusAskedAgain { .. } => "surplus_asked_again",
        }
    }

    /// The money that it moves between books.
    pub(super) fn postings(&self) -> Vec<Posting> {
        match self {
            Self::SurplusTaken { amount, .. } => {
                [Posting { from: Book::Taken, to: Book::Holds, money: *amount }].into()
            }
            Self::SurplusRefunded { amount, .. } => {
                [Posting { from: Book::Holds, to: Book::Refunds, money: *amount }].into()
            }
            Self::SessionOpened { .. }
            | Self::PaymentUnmatched { .. }
            | Self::PaymentDismissed { .. }
            | Self::SurplusRefundDelayed { .. }
            | Self::SurplusReviewNeeded
            | Self::SurplusAskedAgain { .. } => Vec::new(),
        }
    }
}

#[cfg(test)]
impl PaymentEvent {
    /// One sample of each event.
    pub(crate) fn samples() -> Vec<Self> {
        let checkout: CheckoutId = "cs_2".parse().unwrap();
        let amount = Money::new(200, "USD".parse().unwrap()).unwrap();
        let (not_before, paid_at) = (Timestamp::from_millis(5), Timestamp::from_millis(4));
        let payment = Payment { checkout: checkout.clone(), amount, paid_at };
        [
            Self::SessionOpened { checkout: checkout.clone() },
            Self::PaymentUnmatched { payment: payment.clone() },
            Self::PaymentDismissed { payment },
            Self::SurplusTaken { checkout: checkout.clone(), amount },
            Self::SurplusRefunded { checkout, amount },
            Self::SurplusRefundDelayed { not_before },
            Self::SurplusReviewNeeded,
            Self::SurplusAskedAgain { at: not_before },
        ]
        .into()
    }
}
