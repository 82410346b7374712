//! Broken history: stored events that could not have happened.

use alloc::boxed::Box;
use core::fmt;

use crate::base::id::PurchaseId;
use crate::base::words;
use crate::event::Event;
use crate::ledger::LedgerError;
use crate::records::RecordId;

/// Stored events that no sequence of decisions produces. The stored data is damaged.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BrokenHistory {
    /// The event that does not fit.
    pub event: Box<Event>,
    /// What the event contradicts.
    pub contradiction: Contradiction,
}

/// What an event contradicts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Contradiction {
    /// In the current state of the purchase or number, the event cannot happen.
    Unexpected {
        /// The name of the state in JSON.
        state: &'static str,
        /// The names of the events that can happen in it. Empty in a final state.
        expected: &'static [&'static str],
    },
    /// The account is opened already.
    AlreadyOpen,
    /// The first event must open an account.
    NotOpened,
    /// The record is not loaded, so that nobody can tell. The host loads it and applies the event again.
    NotLoaded(RecordId),
    /// The purchase id was used before.
    PurchaseExists,
    /// The command was carried out before.
    CommandExists,
    /// The idempotency key belongs to another purchase.
    KeyTaken,
    /// The idempotency key is unknown, its time is not over, or its purchase has not ended.
    KeyInUse,
    /// The number belongs to another purchase.
    NumberTaken(PurchaseId),
    /// The number is not what was agreed.
    OtherNumber,
    /// The amount is not the agreed one.
    OtherAmount,
    /// An amount is below zero.
    AmountNegative,
    /// A checkout has no expiry, or something else has one.
    CheckoutExpiry,
    /// The purchase has ended without a number.
    PurchaseEnded,
    /// The purchase does not wait for KYC.
    NotWaiting,
    /// The purchase id is unknown.
    PurchaseMissing,
    /// No number was bought by this purchase.
    NumberMissing,
    /// The purchase has reserved no number that could be activated.
    NothingReserved,
    /// The lines of the price do not sum to the amount due.
    PriceUnbalanced,
    /// A book would be negative or too large.
    Books(LedgerError),
    /// The account's count of events is at its maximum.
    TooManyEvents,
}

/// The event cannot happen in the state. The caller, which knows the state's name, makes a [`Contradiction`] of it.
pub(crate) struct Impossible;

impl fmt::Display for BrokenHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the account's history is broken at `{}`", self.event.name())?;
        if let Some(purchase) = self.event.purchase() {
            write!(f, " of `{purchase}`")?;
        }
        write!(f, ": {}", self.contradiction)
    }
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unexpected { state, expected: [] } => write!(f, "expected no event in state `{state}`"),
            Self::Unexpected { state, expected } => {
                write!(f, "expected {} in state `{state}`", words::one_of(words::quoted(expected)))
            }
            Self::AlreadyOpen => f.write_str("expected an account that is not open yet"),
            Self::NotOpened => f.write_str("expected `account_opened` first"),
            Self::NotLoaded(record) => write!(f, "expected the record `{record}` to be loaded"),
            Self::KeyTaken => f.write_str("expected an idempotency key that is free"),
            Self::KeyInUse => f.write_str("expected an idempotency key whose time is over"),
            Self::NumberTaken(purchase) => write!(f, "expected a number that is free; `{purchase}` has it"),
            Self::OtherNumber => f.write_str("expected a number as agreed"),
            Self::OtherAmount => f.write_str("expected the agreed amount"),
            Self::AmountNegative => f.write_str("expected an amount of zero or more"),
            Self::CheckoutExpiry => f.write_str("expected an expiry of the checkout, and of a checkout only"),
            Self::CommandExists => f.write_str("expected a new command; this one was carried out before"),
            Self::PurchaseExists => f.write_str("expected a new purchase; this one was accepted before"),
            Self::PurchaseEnded => f.write_str("expected a purchase that has not failed"),
            Self::NotWaiting => f.write_str("expected a purchase that waits for KYC"),
            Self::PurchaseMissing => f.write_str("expected an earlier `purchase_accepted`"),
            Self::NumberMissing => f.write_str("expected an earlier `number_activated`"),
            Self::NothingReserved => f.write_str("expected an earlier `number_reserved`"),
            Self::PriceUnbalanced => f.write_str("expected lines that add up to what is due"),
            Self::Books(error) => write!(f, "expected books that allow it; {error}"),
            Self::TooManyEvents => f.write_str("expected fewer events"),
        }
    }
}

impl core::error::Error for BrokenHistory {}

impl core::error::Error for Contradiction {}
