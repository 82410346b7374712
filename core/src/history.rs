//! A history that could not have happened.

use alloc::boxed::Box;
use core::fmt;

use crate::base::words;
use crate::event::Event;
use crate::ledger::LedgerError;

/// A stored history that no sequence of decisions could have produced: our own data is damaged.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BrokenHistory {
    /// The event that does not fit.
    pub event: Box<Event>,
    /// Why it does not.
    pub contradiction: Contradiction,
}

/// What an event contradicts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Contradiction {
    /// The purchase or the number is in a state in which this cannot happen.
    Unexpected {
        /// The name of that state.
        state: &'static str,
        /// The names of the events that can happen in it; none if it is the last.
        expected: &'static [&'static str],
    },
    /// A purchase of this id was accepted before.
    PurchaseExists,
    /// No purchase of this id was accepted.
    PurchaseMissing,
    /// No number was bought by a purchase of this id.
    NumberMissing,
    /// The purchase has no number that could be activated.
    NothingReserved,
    /// The lines of the price do not add up to what is due.
    PriceUnbalanced,
    /// The books would owe money, or hold too much.
    Books(LedgerError),
    /// The account has had as many events as can be counted.
    TooManyEvents,
}

/// An event that cannot happen in a state; who knows the state's name makes a [`Contradiction`] of it.
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
            Self::PurchaseExists => f.write_str("expected a new purchase; this one was accepted before"),
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
