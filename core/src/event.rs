//! Events: what has happened to an account. They are stored, and `evolve` replays them.

use alloc::{boxed::Box, string::String, vec::Vec};

use crate::account::IdempotencyKey;
use crate::ledger::{Book, Posting};
use crate::price::Parts;
use crate::purchase::{Agreement, Failure};
use crate::shop::{ChargeTime, PaymentMethod};
use crate::{CheckoutId, CustomerTerms, Money, OfferedNumber, PurchaseId, Timestamp};

/// The format in which events are stored; every older one still loads.
pub const EVENT_FORMAT: u32 = 1;

/// What has happened.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "event", rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum Event {
    /// A purchase passed all gates. A wallet's money is held from here on.
    PurchaseAccepted {
        /// The purchase.
        purchase: PurchaseId,
        /// What was agreed.
        agreement: Box<Agreement>,
        /// Its key, if it has one.
        key: Option<IdempotencyKey>,
    },
    /// The customer can pay.
    CheckoutOpened {
        /// The purchase.
        purchase: PurchaseId,
        /// The session.
        checkout: CheckoutId,
        /// The page.
        url: String,
        /// Until when it can be paid.
        expires_at: Timestamp,
    },
    /// The money was taken: at the checkout, or by a charge.
    PaymentTaken {
        /// The purchase.
        purchase: PurchaseId,
        /// How much.
        amount: Money,
    },
    /// A number is reserved for the purchase.
    NumberReserved {
        /// The purchase.
        purchase: PurchaseId,
        /// The number.
        offer: OfferedNumber,
    },
    /// An effect got no answer; it, or the question about it, is asked (again) at `not_before`.
    OutcomeUnknown {
        /// The purchase.
        purchase: PurchaseId,
        /// When.
        not_before: Timestamp,
    },
    /// A carrier that does not know our keys declined the order: only its list can tell whether an attempt went through.
    OrderDeclineDoubted {
        /// The purchase.
        purchase: PurchaseId,
        /// The carrier's words.
        reason: String,
        /// When the list is asked.
        not_before: Timestamp,
    },
    /// The carrier does not know the order: it is placed again, under the same key.
    OrderAbsent {
        /// The purchase.
        purchase: PurchaseId,
        /// When it is placed again.
        not_before: Timestamp,
    },
    /// The carrier has provisioned the number, and only now is it charged.
    NumberProvisioned {
        /// The purchase.
        purchase: PurchaseId,
        /// When.
        at: Timestamp,
    },
    /// The number is bought. What was due is parted among the books.
    NumberActivated {
        /// The purchase.
        purchase: PurchaseId,
        /// When.
        at: Timestamp,
        /// The part of the money that was the setup fee.
        setup_fee: Money,
        /// The part that was rent: of a month, of a year, or of what is left of a period.
        rent: Money,
        /// The part that is passed on to others; absent: nothing.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        #[cfg_attr(feature = "describe", ts(optional))]
        other_fees: Option<Money>,
        /// The part that was tax; absent: nothing.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        #[cfg_attr(feature = "describe", ts(optional))]
        tax: Option<Money>,
        /// Whether the money is taken only now; else it was held.
        #[cfg_attr(feature = "serde", serde(default))]
        charged: bool,
    },
    /// The purchase cannot go through; what was done is undone.
    CompensationStarted {
        /// The purchase.
        purchase: PurchaseId,
        /// Why.
        failure: Failure,
    },
    /// The reservation is given back.
    ReservationReturned {
        /// The purchase.
        purchase: PurchaseId,
    },
    /// The provisioned number is given back to the carrier.
    ProvisioningReturned {
        /// The purchase.
        purchase: PurchaseId,
    },
    /// The money is given back.
    PaymentRefunded {
        /// The purchase.
        purchase: PurchaseId,
        /// How much.
        amount: Money,
    },
    /// The purchase has ended without a number, and nothing is left of it.
    PurchaseFailed {
        /// The purchase.
        purchase: PurchaseId,
        /// Why.
        failure: Failure,
        /// The wallet's hold that is free again.
        freed: Option<Money>,
        /// The key that is free again: a failure is not remembered.
        key: Option<IdempotencyKey>,
    },
    /// What remains unclear must be looked at by a person; the money stays held.
    ReviewNeeded {
        /// The purchase.
        purchase: PurchaseId,
    },
    /// Money was added to the wallet.
    WalletToppedUp {
        /// How much.
        money: Money,
    },
    /// What the customer has arranged has changed.
    TermsChanged {
        /// All of it, as it is from now on.
        terms: CustomerTerms,
    },
    /// A number will be released at the end of the month that it is paid for.
    ReleaseScheduled {
        /// The purchase that bought it.
        number: PurchaseId,
        /// When.
        at: Timestamp,
    },
    /// A number is being released.
    ReleaseStarted {
        /// The purchase that bought it.
        number: PurchaseId,
        /// When.
        at: Timestamp,
    },
    /// The number costs no more from here on.
    ChargesEnded {
        /// The purchase that bought it.
        number: PurchaseId,
    },
    /// A step of the release got no answer; it is done again at `not_before`.
    ReleaseDelayed {
        /// The purchase that bought it.
        number: PurchaseId,
        /// When.
        not_before: Timestamp,
    },
    /// The number is released.
    NumberReleased {
        /// The purchase that bought it.
        number: PurchaseId,
        /// When.
        at: Timestamp,
        /// The rent that was paid and not yet used; it is not given back.
        forfeited: Money,
    },
}

/// A record of an account that an event touched. The host rewrites these, never the whole account.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum RecordId {
    /// A purchase.
    Purchase(PurchaseId),
    /// A held number, by the purchase that bought it.
    Number(PurchaseId),
    /// A key.
    Key(IdempotencyKey),
}

impl Event {
    /// The purchase, or the purchase that bought the number.
    #[must_use]
    pub const fn purchase(&self) -> Option<&PurchaseId> {
        match self {
            Self::PurchaseAccepted { purchase, .. }
            | Self::CheckoutOpened { purchase, .. }
            | Self::PaymentTaken { purchase, .. }
            | Self::NumberReserved { purchase, .. }
            | Self::OutcomeUnknown { purchase, .. }
            | Self::OrderDeclineDoubted { purchase, .. }
            | Self::OrderAbsent { purchase, .. }
            | Self::NumberProvisioned { purchase, .. }
            | Self::NumberActivated { purchase, .. }
            | Self::ProvisioningReturned { purchase }
            | Self::ReleaseScheduled { number: purchase, .. }
            | Self::CompensationStarted { purchase, .. }
            | Self::ReservationReturned { purchase }
            | Self::PaymentRefunded { purchase, .. }
            | Self::PurchaseFailed { purchase, .. }
            | Self::ReviewNeeded { purchase }
            | Self::ReleaseStarted { number: purchase, .. }
            | Self::ChargesEnded { number: purchase }
            | Self::ReleaseDelayed { number: purchase, .. }
            | Self::NumberReleased { number: purchase, .. } => Some(purchase),
            Self::WalletToppedUp { .. } | Self::TermsChanged { .. } => None,
        }
    }

    /// The records that this event changes, beside the account's own small one.
    #[must_use]
    pub fn touches(&self) -> Vec<RecordId> {
        let Some(id) = self.purchase() else { return Vec::new() };
        match self {
            Self::PurchaseAccepted { key: Some(key), .. } | Self::PurchaseFailed { key: Some(key), .. } => {
                [RecordId::Purchase(id.clone()), RecordId::Key(key.clone())].into()
            }
            Self::NumberActivated { .. } => [RecordId::Purchase(id.clone()), RecordId::Number(id.clone())].into(),
            Self::ReleaseScheduled { .. }
            | Self::ReleaseStarted { .. }
            | Self::ChargesEnded { .. }
            | Self::ReleaseDelayed { .. }
            | Self::NumberReleased { .. } => [RecordId::Number(id.clone())].into(),
            Self::PurchaseAccepted { key: None, .. }
            | Self::CheckoutOpened { .. }
            | Self::PaymentTaken { .. }
            | Self::NumberReserved { .. }
            | Self::OutcomeUnknown { .. }
            | Self::OrderDeclineDoubted { .. }
            | Self::OrderAbsent { .. }
            | Self::NumberProvisioned { .. }
            | Self::CompensationStarted { .. }
            | Self::ReservationReturned { .. }
            | Self::ProvisioningReturned { .. }
            | Self::PaymentRefunded { .. }
            | Self::PurchaseFailed { key: None, .. }
            | Self::ReviewNeeded { .. } => [RecordId::Purchase(id.clone())].into(),
            Self::WalletToppedUp { .. } | Self::TermsChanged { .. } => Vec::new(),
        }
    }

    /// What the event moves from book to book.
    #[must_use]
    pub fn postings(&self) -> Vec<Posting> {
        let post = |from, to, money: Money| Posting { from, to, money };
        let all = match self {
            Self::PurchaseAccepted { agreement, .. } if agreement.payment == PaymentMethod::Wallet => {
                [post(Book::Wallet, Book::Holds, agreement.price.due_now)].into()
            }
            Self::PaymentTaken { amount, .. } => [post(Book::Taken, Book::Holds, *amount)].into(),
            Self::NumberActivated { setup_fee, rent, other_fees, tax, charged, .. } => {
                let from = if *charged { Book::Taken } else { Book::Holds };
                let parts = [
                    (Book::SetupFees, Some(*setup_fee)),
                    (Book::RentToRun, Some(*rent)),
                    (Book::Tax, *tax),
                    (Book::OtherFees, *other_fees),
                ];
                parts.into_iter().filter_map(|(to, part)| Some(post(from, to, part?))).collect()
            }
            Self::PaymentRefunded { amount, .. } => [post(Book::Holds, Book::Refunds, *amount)].into(),
            Self::PurchaseFailed { freed: Some(freed), .. } => [post(Book::Holds, Book::Wallet, *freed)].into(),
            Self::WalletToppedUp { money } => [post(Book::Taken, Book::Wallet, *money)].into(),
            Self::NumberReleased { forfeited, .. } => [post(Book::RentToRun, Book::RentUsed, *forfeited)].into(),
            Self::PurchaseAccepted { .. }
            | Self::CheckoutOpened { .. }
            | Self::NumberReserved { .. }
            | Self::OutcomeUnknown { .. }
            | Self::OrderDeclineDoubted { .. }
            | Self::OrderAbsent { .. }
            | Self::NumberProvisioned { .. }
            | Self::CompensationStarted { .. }
            | Self::ReservationReturned { .. }
            | Self::ProvisioningReturned { .. }
            | Self::TermsChanged { .. }
            | Self::ReleaseScheduled { .. }
            | Self::PurchaseFailed { freed: None, .. }
            | Self::ReviewNeeded { .. }
            | Self::ReleaseStarted { .. }
            | Self::ChargesEnded { .. }
            | Self::ReleaseDelayed { .. } => Vec::new(),
        };
        all.into_iter().filter(|posting| !posting.money.is_zero()).collect()
    }

    /// The parts of a price, as they are posted when the number is active.
    pub(crate) fn activated(purchase: PurchaseId, agreement: &Agreement, at: Timestamp) -> Self {
        let Parts { setup_fee, rent, other_fees, tax } = Parts::of(&agreement.price);
        let unless_nought = |money: Money| Some(money).filter(|money| !money.is_zero());
        Self::NumberActivated {
            purchase,
            at,
            setup_fee,
            rent,
            other_fees: unless_nought(other_fees),
            tax: unless_nought(tax),
            charged: agreement.charged == ChargeTime::AtProvisioning,
        }
    }
}
