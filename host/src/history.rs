//! History: events as they are stored, and the account that they make.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;
use ringup_core::{Account, BrokenHistory, EVENT_FORMAT, Event, Opening, Timestamp, evolve};
use serde::{Deserialize, Serialize};

/// An event as it is stored.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct StoredEvent {
    /// The format of `event`, so that a later version knows how to read it.
    pub format: u32,
    /// Its place among the account's events, from 1. The account's version after it.
    pub seq: u64,
    /// When it was decided.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

/// Stored events do not make an account. The data needs a repair by hand.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum HistoryError {
    /// The event was stored by another version, which must read it.
    FormatUnknown {
        /// The event's place.
        seq: u64,
        /// Its format.
        format: u32,
    },
    /// A stored head, record or event cannot be read: it is damaged, or stored by another version.
    Unreadable {
        /// What is wrong with it.
        reason: String,
    },
    /// There is no event, not even an opening.
    Empty,
    /// An event is missing or repeated.
    OutOfOrder {
        /// The place that comes next.
        expected: u64,
        /// The place that came.
        found: u64,
    },
    /// The event cannot have happened to this account.
    Impossible(BrokenHistory),
}

/// The account that a history makes, with all its records: the events from its opening on, in order.
///
/// # Errors
/// [`HistoryError`] if they make no account.
pub fn replay<'a>(events: impl IntoIterator<Item = &'a StoredEvent>) -> Result<Account, HistoryError> {
    let mut account: Option<Account> = None;
    for StoredEvent { format, seq, event, .. } in events {
        if EVENT_FORMAT != *format {
            return Err(HistoryError::FormatUnknown { seq: *seq, format: *format });
        }
        let expected = account.as_ref().map_or(0, Account::version).saturating_add(1);
        if *seq != expected {
            return Err(HistoryError::OutOfOrder { expected, found: *seq });
        }
        match &mut account {
            None => account = Some(Account::begin(event).map_err(HistoryError::Impossible)?),
            Some(account) => drop(evolve(account, event).map_err(HistoryError::Impossible)?),
        }
    }
    account.ok_or(HistoryError::Empty)
}

/// The events of an opening, as they are stored.
#[must_use]
pub fn opening_events(opening: &Opening, at: Timestamp) -> Vec<StoredEvent> {
    let numbered = (1..).zip(opening.events());
    numbered.map(|(seq, event)| StoredEvent { format: EVENT_FORMAT, seq, at, event }).collect()
}

impl fmt::Display for HistoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FormatUnknown { seq, format } => {
                write!(f, "event {seq} has format {format}; this version reads format {EVENT_FORMAT}")
            }
            Self::Unreadable { reason } => write!(f, "the stored account cannot be read: {reason}"),
            Self::Empty => f.write_str("expected `account_opened`, found no event"),
            Self::OutOfOrder { expected, found } => write!(f, "expected event {expected}, found event {found}"),
            Self::Impossible(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for HistoryError {}
