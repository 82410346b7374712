//! Events of a purchase after its acceptance.

use alloc::{string::String, vec::Vec};

use crate::account::key::IdempotencyKey;
use crate::base::id::CheckoutId;
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::ledger::{Book, Posting};
use crate::market::offers::OfferedNumber;
use crate::price::parts::Parts;
use crate::purchase::{Agreement, Failure};
use crate::terms::payment::ChargeTime;
use ringup_derive::data;

/// Something that has happened to a purchase.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum PurchaseEvent {
    /// The checkout page is open.
    CheckoutOpened {
        /// The session at the payment provider.
        checkout: CheckoutId,
        /// The address of the page.
        url: String,
        /// The first instant at which it cannot be paid.
        expires_at: Timestamp,
    },
    /// The money was taken, at the checkout or by a charge.
    PaymentTaken {
        /// The amount taken.
        amount: Money,
        /// The session that took it. Absent: a charge.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        checkout: Option<CheckoutId>,
    },
    /// The inventory reserved a number for the purchase.
    NumberReserved {
        /// The reserved number, as the inventory describes it.
        offer: OfferedNumber,
    },
    /// The inventory reserved a number that is not what was agreed, or costs something else. It goes back.
    ReservationRejected {
        /// The reserved number, as the inventory describes it.
        offer: OfferedNumber,
    },
    /// An effect got no answer. It, or the query about it, is due at `not_before`.
    OutcomeUnknown {
        /// The earliest instant of the next attempt.
        not_before: Timestamp,
    },
    /// A carrier that does not know our keys declined the order. Only its list of our numbers tells whether an earlier
    /// attempt went through.
    OrderDeclineDoubted {
        /// The carrier's reason.
        reason: String,
        /// The earliest instant of the query.
        not_before: Timestamp,
    },
    /// The carrier does not have the order. It is placed again under the same key.
    OrderAbsent {
        /// The earliest instant of the next order.
        not_before: Timestamp,
    },
    /// The carrier has provisioned the number. It is charged now.
    NumberProvisioned {
        /// The instant of the carrier's confirmation.
        at: Timestamp,
    },
    /// The number is bought. The amount due is split among the books.
    NumberActivated {
        /// The activation: the paid periods are counted from here.
        at: Timestamp,
        /// The end of the first period, by the policy's time zone. Absent: by UTC, or nothing is charged after it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        paid_until: Option<Timestamp>,
        /// The setup fee in the amount due.
        setup_fee: Money,
        /// The rent in the amount due: of a month, of a year, or of what is left of a period.
        rent: Money,
        /// The fees in the amount due that are passed on to others. Absent: zero.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        other_fees: Option<Money>,
        /// The tax in the amount due. Absent: zero.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        tax: Option<Money>,
        /// Whether the money is taken by this event. Otherwise it was held.
        charged: bool,
    },
    /// The purchase cannot go through. What was done is being undone.
    CompensationStarted {
        /// The reason of the failure.
        failure: Failure,
    },
    /// The inventory has the reserved number again.
    ReservationReturned,
    /// The carrier has the provisioned number again.
    ProvisioningReturned,
    /// The money was refunded to where it came from.
    PaymentRefunded {
        /// The amount refunded.
        amount: Money,
    },
    /// The purchase has ended without a number. Nothing is left to undo.
    PurchaseFailed {
        /// The reason of the failure.
        failure: Failure,
        /// The wallet hold that is released.
        freed: Option<Money>,
        /// The idempotency key that is free again: the same request may be sent again.
        key: Option<IdempotencyKey>,
    },
    /// The pending effect got no answer in as many attempts as the policy allows. It is in manual review, and what it is
    /// about stays as it is. A number that should go back is left to the review, and the rest is undone.
    ReviewNeeded,
    /// A manual review asks for the pending effect once more.
    AskedAgain {
        /// The earliest instant of the next attempt.
        at: Timestamp,
    },
}

impl PurchaseEvent {
    /// The name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::CheckoutOpened { .. } => "checkout_opened",
            Self::PaymentTaken { .. } => "payment_taken",
            Self::NumberReserved { .. } => "number_reserved",
            Self::ReservationRejected { .. } => "reservation_rejected",
            Self::OutcomeUnknown { .. } => "outcome_unknown",
            Self::OrderDeclineDoubted { .. } => "order_decline_doubted",
            Self::OrderAbsent { .. } => "order_absent",
            Self::NumberProvisioned { .. } => "number_provisioned",
            Self::NumberActivated { .. } => "number_activated",
            Self::CompensationStarted { .. } => "compensation_started",
            Self::ReservationReturned => "reservation_returned",
            Self::ProvisioningReturned => "provisioning_returned",
            Self::PaymentRefunded { .. } => "payment_refunded",
            Self::PurchaseFailed { .. } => "purchase_failed",
            Self::ReviewNeeded => "review_needed",
            Self::AskedAgain { .. } => "asked_again",
        }
    }

    /// The money that it moves between books. Postings may be zero.
    pub(super) fn postings(&self) -> Vec<Posting> {
        let post = |from, to, money: Money| Posting { from, to, money };
        match self {
            Self::PaymentTaken { amount, .. } => [post(Book::Taken, Book::Holds, *amount)].into(),
            Self::NumberActivated { at: _, paid_until: _, setup_fee, rent, other_fees, tax, charged } => {
                let from = if *charged { Book::Taken } else { Book::Holds };
                let parts = [
                    (Book::SetupFees, Some(*setup_fee)),
                    (Book::RentToRun, Some(*rent)),
                    (Book::Tax, *tax),
                    (Book::OtherFees, *other_fees),
                ];
                parts.into_iter().filter_map(|(to, part)| Some(post(from, to, part?))).collect()
            }
            Self::PaymentRefunded { amount } => [post(Book::Holds, Book::Refunds, *amount)].into(),
            Self::PurchaseFailed { freed, .. } => {
                let freed = freed.iter().filter(|_| !planted!("hold_not_freed"));
                freed.map(|freed| post(Book::Holds, Book::Wallet, *freed)).collect()
            }
            Self::CheckoutOpened { .. }
            | Self::NumberReserved { .. }
            | Self::ReservationRejected { .. }
            | Self::OutcomeUnknown { .. }
            | Self::OrderDeclineDoubted { .. }
            | Self::OrderAbsent { .. }
            | Self::NumberProvisioned { .. }
            | Self::CompensationStarted { .. }
            | Self::ReservationReturned
            | Self::ProvisioningReturned
            | Self::ReviewNeeded
            | Self::AskedAgain { .. } => Vec::new(),
        }
    }

    /// The activation. The agreed price is split as it is posted.
    pub(crate) fn activated(agreement: &Agreement, at: Timestamp, paid_until: Option<Timestamp>) -> Self {
        let Parts { setup_fee, rent, other_fees, tax } = Parts::of(&agreement.price);
        let unless_zero = |money: Money| Some(money).filter(|money| !money.is_zero());
        Self::NumberActivated {
            at,
            paid_until,
            setup_fee,
            rent,
            other_fees: unless_zero(other_fees),
            tax: unless_zero(tax),
            charged: agreement.charged == ChargeTime::AtProvisioning,
        }
    }
}

#[cfg(test)]
impl PurchaseEvent {
    /// One sample of each event. Each names its successor, so that none can be left out.
    pub(crate) fn samples() -> Vec<Self> {
        core::iter::successors(Some(Self::ReviewNeeded), Self::next_sample).collect()
    }

    fn next_sample(&self) -> Option<Self> {
        let at = Timestamp::from_millis(5);
        let amount = Money::new(200, "USD".parse().unwrap()).unwrap();
        let failure = Failure::CheckoutExpired;
        match self {
            Self::ReviewNeeded => {
                let checkout = "cs_1".parse().unwrap();
                Some(Self::CheckoutOpened { checkout, url: "/pay".into(), expires_at: at })
            }
            Self::CheckoutOpened { .. } => Some(Self::PaymentTaken { amount, checkout: None }),
            Self::PaymentTaken { .. } => Some(Self::NumberReserved { offer: OfferedNumber::sample() }),
            Self::NumberReserved { .. } => Some(Self::ReservationRejected { offer: OfferedNumber::sample() }),
            Self::ReservationRejected { .. } => Some(Self::OutcomeUnknown { not_before: at }),
            Self::OutcomeUnknown { .. } => Some(Self::OrderDeclineDoubted { reason: "no".into(), not_before: at }),
            Self::OrderDeclineDoubted { .. } => Some(Self::OrderAbsent { not_before: at }),
            Self::OrderAbsent { .. } => Some(Self::NumberProvisioned { at }),
            Self::NumberProvisioned { .. } => {
                let (setup_fee, rent) = (Money::zero(amount.currency()), amount);
                Some(Self::NumberActivated {
                    at,
                    paid_until: None,
                    setup_fee,
                    rent,
                    other_fees: None,
                    tax: None,
                    charged: false,
                })
            }
            Self::NumberActivated { .. } => Some(Self::CompensationStarted { failure }),
            Self::CompensationStarted { .. } => Some(Self::ReservationReturned),
            Self::ReservationReturned => Some(Self::ProvisioningReturned),
            Self::ProvisioningReturned => Some(Self::PaymentRefunded { amount }),
            Self::PaymentRefunded { .. } => Some(Self::PurchaseFailed { failure, freed: None, key: None }),
            Self::PurchaseFailed { .. } => Some(Self::AskedAgain { at }),
            Self::AskedAgain { .. } => None,
        }
    }
}
