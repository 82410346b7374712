//! Answers: what a decision says to whoever asked, and why there may be none.

use alloc::vec::Vec;
#[cfg(feature = "sentences")]
use core::fmt;

use super::Misuse;
use crate::base::id::PurchaseId;
use crate::event::Event;
use crate::gates::Rejection;
use crate::market::selector::Selector;

/// What should happen.
#[derive(Clone, Debug, Eq, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Decision<A> {
    /// The account version that it was taken on. On another version it is stale, and taken again.
    pub version: u64,
    /// What happens, to be stored together or not at all.
    pub events: Vec<Event>,
    /// What it says to whoever asked.
    pub answer: A,
}

/// # Example
///
/// ```
/// use ringup_core::{Decision, PurchaseAnswer};
///
/// let decision = Decision {
///     version: 7,
///     events: vec![],
///     answer: PurchaseAnswer::Repeated { purchase: "purchase-1".parse()? },
/// };
/// // The host stores the events together, and only if the account is at version 7 still.
/// let reply = decision.map(|answer| match answer {
///     PurchaseAnswer::Accepted { purchase } | PurchaseAnswer::Repeated { purchase } => format!("bought as {purchase}"),
///     PurchaseAnswer::SearchFirst { .. } => String::from("search, then decide again"),
/// });
/// assert_eq!((reply.version, reply.answer.as_str()), (7, "bought as purchase-1"));
/// # Ok::<(), ringup_core::IdentifierError>(())
/// ```
impl<A> Decision<A> {
    /// The same, with its answer as another type.
    pub fn map<B>(self, change: impl FnOnce(A) -> B) -> Decision<B> {
        Decision { version: self.version, events: self.events, answer: change(self.answer) }
    }
}

/// What is said to somebody who asked for a purchase.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PurchaseAnswer {
    /// The purchase is accepted.
    Accepted {
        /// The purchase.
        purchase: PurchaseId,
    },
    /// The request repeats, or joins, an earlier one: here is its purchase, as it stands.
    Repeated {
        /// The earlier purchase.
        purchase: PurchaseId,
    },
    /// A fact is missing: search for this, and decide again with what was found. Nothing has been promised.
    SearchFirst {
        /// What to search for.
        selector: Selector,
    },
}

/// It is noted: what is said to every command that is no purchase. What comes late or twice is noted, too, and has no events.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Noted;

/// The answer to any command: what JSON says.
#[derive(Clone, Debug, Eq, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum AnyAnswer {
    /// The purchase is accepted.
    Accepted {
        /// The purchase.
        purchase: PurchaseId,
    },
    /// The request repeats, or joins, an earlier one: here is its purchase, as it stands.
    Repeated {
        /// The earlier purchase.
        purchase: PurchaseId,
    },
    /// A fact is missing: search for this, and decide again with what was found. Nothing has been promised.
    SearchFirst {
        /// What to search for.
        selector: Selector,
    },
    /// It is noted.
    Noted,
}

/// Why a purchase is not accepted. Nothing has changed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PurchaseError {
    /// A gate is blocked. The customer acts: the rejection says why, and a quote what would open the gate.
    Refused(Rejection),
    /// The calling code got something wrong. The host acts; the customer's request may be a good one.
    Misuse(Misuse),
}

impl From<PurchaseAnswer> for AnyAnswer {
    fn from(answer: PurchaseAnswer) -> Self {
        match answer {
            PurchaseAnswer::Accepted { purchase } => Self::Accepted { purchase },
            PurchaseAnswer::Repeated { purchase } => Self::Repeated { purchase },
            PurchaseAnswer::SearchFirst { selector } => Self::SearchFirst { selector },
        }
    }
}

impl From<Noted> for AnyAnswer {
    fn from(_: Noted) -> Self {
        Self::Noted
    }
}

impl From<Rejection> for PurchaseError {
    fn from(rejection: Rejection) -> Self {
        Self::Refused(rejection)
    }
}

impl From<Misuse> for PurchaseError {
    fn from(misuse: Misuse) -> Self {
        Self::Misuse(misuse)
    }
}

#[cfg(feature = "sentences")]
impl fmt::Display for PurchaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(rejection) => rejection.fmt(f),
            Self::Misuse(misuse) => misuse.fmt(f),
        }
    }
}

#[cfg(feature = "sentences")]
impl core::error::Error for PurchaseError {}
