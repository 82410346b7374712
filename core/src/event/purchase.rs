//! What happens to a purchase after it was accepted.

use alloc::{string::String, vec::Vec};

use super::RecordId;
use crate::account::key::IdempotencyKey;
use crate::base::id::{CheckoutId, PurchaseId};
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::ledger::{Book, Posting};
use crate::market::offers::OfferedNumber;
use crate::price::parts::Parts;
use crate::purchase::{Agreement, Failure};
use crate::terms::payment::ChargeTime;
use ringup_derive::data;

/// What has happened to a purchase.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum PurchaseEvent {
    /// The customer can pay.
    CheckoutOpened {
        /// The session.
        checkout: CheckoutId,
        /// The page.
        url: String,
        /// Until when it can be paid.
        expires_at: Timestamp,
    },
    /// The money was taken: at the checkout, or by a charge.
    PaymentTaken {
        /// How much.
        amount: Money,
    },
    /// A number is reserved for the purchase.
    NumberReserved {
        /// The number.
        offer: OfferedNumber,
    },
    /// An effect got no answer; it, or the question about it, is asked (again) at `not_before`.
    OutcomeUnknown {
        /// When.
        not_before: Timestamp,
    },
    /// A carrier that does not know our keys declined the order: only its list can tell whether an attempt went through.
    OrderDeclineDoubted {
        /// The carrier's words.
        reason: String,
        /// When the list is asked.
        not_before: Timestamp,
    },
    /// The carrier does not know the order: it is placed again, under the same key.
    OrderAbsent {
        /// When it is placed again.
        not_before: Timestamp,
    },
    /// The carrier has provisioned the number, and only now is it charged.
    NumberProvisioned {
        /// When.
        at: Timestamp,
    },
    /// The number is bought. What was due is parted among the books.
    NumberActivated {
        /// When.
        at: Timestamp,
        /// The part of the money that was the setup fee.
        setup_fee: Money,
        /// The part that was rent: of a month, of a year, or of what is left of a period.
        rent: Money,
        /// The part that is passed on to others; absent: nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        other_fees: Option<Money>,
        /// The part that was tax; absent: nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        tax: Option<Money>,
        /// Whether the money is taken only now; else it was held.
        #[serde(default)]
        charged: bool,
    },
    /// The purchase cannot go through; what was done is undone.
    CompensationStarted {
        /// Why.
        failure: Failure,
    },
    /// The reservation is given back.
    ReservationReturned,
    /// The provisioned number is given back to the carrier.
    ProvisioningReturned,
    /// The money is given back.
    PaymentRefunded {
        /// How much.
        amount: Money,
    },
    /// The purchase has ended without a number, and nothing is left of it.
    PurchaseFailed {
        /// Why.
        failure: Failure,
        /// The wallet's hold that is free again.
        freed: Option<Money>,
        /// The key that is free again: a failure is not remembered.
        key: Option<IdempotencyKey>,
    },
    /// What remains unclear must be looked at by a person; the money stays held.
    ReviewNeeded,
}

impl PurchaseEvent {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::CheckoutOpened { .. } => "checkout_opened",
            Self::PaymentTaken { .. } => "payment_taken",
            Self::NumberReserved { .. } => "number_reserved",
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
        }
    }

    /// The record that it changes beside the purchase's own.
    pub(super) fn second_record(&self, purchase: &PurchaseId) -> Option<RecordId> {
        match self {
            Self::NumberActivated { .. } => Some(RecordId::Number(purchase.clone())),
            Self::PurchaseFailed { key, .. } => key.clone().map(RecordId::Key),
            Self::CheckoutOpened { .. }
            | Self::PaymentTaken { .. }
            | Self::NumberReserved { .. }
            | Self::OutcomeUnknown { .. }
            | Self::OrderDeclineDoubted { .. }
            | Self::OrderAbsent { .. }
            | Self::NumberProvisioned { .. }
            | Self::CompensationStarted { .. }
            | Self::ReservationReturned
            | Self::ProvisioningReturned
            | Self::PaymentRefunded { .. }
            | Self::ReviewNeeded => None,
        }
    }

    /// What it moves from book to book; some of it may be zero.
    pub(super) fn postings(&self) -> Vec<Posting> {
        let post = |from, to, money: Money| Posting { from, to, money };
        match self {
            Self::PaymentTaken { amount } => [post(Book::Taken, Book::Holds, *amount)].into(),
            Self::NumberActivated { at: _, setup_fee, rent, other_fees, tax, charged } => {
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
                freed.iter().map(|freed| post(Book::Holds, Book::Wallet, *freed)).collect()
            }
            Self::CheckoutOpened { .. }
            | Self::NumberReserved { .. }
            | Self::OutcomeUnknown { .. }
            | Self::OrderDeclineDoubted { .. }
            | Self::OrderAbsent { .. }
            | Self::NumberProvisioned { .. }
            | Self::CompensationStarted { .. }
            | Self::ReservationReturned
            | Self::ProvisioningReturned
            | Self::ReviewNeeded => Vec::new(),
        }
    }

    /// The number is active: the parts of the price as they are posted.
    pub(crate) fn activated(agreement: &Agreement, at: Timestamp) -> Self {
        let Parts { setup_fee, rent, other_fees, tax } = Parts::of(&agreement.price);
        let unless_zero = |money: Money| Some(money).filter(|money| !money.is_zero());
        Self::NumberActivated {
            at,
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
    /// One of each. Every event names the one after it, so that none can be left out.
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
            Self::CheckoutOpened { .. } => Some(Self::PaymentTaken { amount }),
            Self::PaymentTaken { .. } => Some(Self::NumberReserved { offer: OfferedNumber::sample() }),
            Self::NumberReserved { .. } => Some(Self::OutcomeUnknown { not_before: at }),
            Self::OutcomeUnknown { .. } => Some(Self::OrderDeclineDoubted { reason: "no".into(), not_before: at }),
            Self::OrderDeclineDoubted { .. } => Some(Self::OrderAbsent { not_before: at }),
            Self::OrderAbsent { .. } => Some(Self::NumberProvisioned { at }),
            Self::NumberProvisioned { .. } => {
                let (setup_fee, rent) = (Money::zero(amount.currency()), amount);
                Some(Self::NumberActivated { at, setup_fee, rent, other_fees: None, tax: None, charged: false })
            }
            Self::NumberActivated { .. } => Some(Self::CompensationStarted { failure }),
            Self::CompensationStarted { .. } => Some(Self::ReservationReturned),
            Self::ReservationReturned => Some(Self::ProvisioningReturned),
            Self::ProvisioningReturned => Some(Self::PaymentRefunded { amount }),
            Self::PaymentRefunded { .. } => Some(Self::PurchaseFailed { failure, freed: None, key: None }),
            Self::PurchaseFailed { .. } => None,
        }
    }
}
