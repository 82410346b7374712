//! Answers: what a decision tells the caller, and why there may be none.

use alloc::vec::Vec;
#[cfg(feature = "sentences")]
use core::fmt;

use super::Misuse;
use crate::base::id::PurchaseId;
use crate::event::Event;
use crate::gates::Rejection;
use crate::market::selector::Selector;
use crate::records::{Need, RecordId};

/// The events and the answer of a command.
#[derive(Clone, Debug, Eq, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Decision<A> {
    /// The account version of the decision. At another version it is stale and must be made again.
    pub version: u64,
    /// The events to store, together or not at all.
    pub events: Vec<Event>,
    /// What the caller is told.
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
///     PurchaseAnswer::AwaitsKyc { purchase } => format!("{purchase} waits for papers"),
/// });
/// assert_eq!((reply.version, reply.answer.as_str()), (7, "bought as purchase-1"));
/// # Ok::<(), ringup_core::IdentifierError>(())
/// ```
impl<A> Decision<A> {
    /// The same decision with another answer.
    pub fn map<B>(self, change: impl FnOnce(A) -> B) -> Decision<B> {
        Decision { version: self.version, events: self.events, answer: change(self.answer) }
    }
}

/// What `decide` says of a command that it does not refuse.
#[derive(Clone, Debug, Eq, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "decided", rename_all = "snake_case")]
pub enum Decided<A> {
    /// The decision stands once its events are stored.
    Decision(Decision<A>),
    /// Load these, and decide again. Nothing is promised.
    Load {
        /// The parts of the account that are not loaded.
        needs: Vec<Need>,
    },
    /// Search for this, and decide again with the result. Nothing is promised.
    Search {
        /// The selector to search for.
        selector: Selector,
    },
}

impl<A> Decided<A> {
    /// The decision, if everything was known.
    #[must_use]
    pub fn decision(self) -> Option<Decision<A>> {
        match self {
            Self::Decision(decision) => Some(decision),
            Self::Load { .. } | Self::Search { .. } => None,
        }
    }
}

/// Why a command is not decided.
#[doc(hidden)]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Stop<E> {
    /// It fails.
    Error(E),
    /// Parts of the account are not loaded.
    Load(Vec<Need>),
    /// Nobody has searched.
    Search(Selector),
}

impl<E> From<Need> for Stop<E> {
    fn from(need: Need) -> Self {
        Self::Load([need].into())
    }
}

impl<E> From<RecordId> for Stop<E> {
    fn from(record: RecordId) -> Self {
        Need::Record { record }.into()
    }
}

/// The answer to a purchase.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PurchaseAnswer {
    /// The purchase is accepted.
    Accepted {
        /// The id of the new purchase.
        purchase: PurchaseId,
    },
    /// The purchase waits for the verification that its number needs. Nothing is agreed.
    AwaitsKyc {
        /// The id of the waiting purchase.
        purchase: PurchaseId,
    },
    /// The request repeats or joins an earlier one, whose purchase is the answer.
    Repeated {
        /// The id of the earlier purchase.
        purchase: PurchaseId,
    },
}

/// The answer to every other command: it is recorded. A late or repeated one is recorded without events.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Noted;

/// The answer to a command that has an id of its own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NamedAnswer {
    /// It is recorded.
    Noted,
    /// It was recorded before, and changes nothing.
    Repeated,
}

/// The answer to any command, as JSON has it.
#[derive(Clone, Debug, Eq, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum AnyAnswer {
    /// The purchase is accepted.
    Accepted {
        /// The id of the new purchase.
        purchase: PurchaseId,
    },
    /// The purchase waits for the verification that its number needs. Nothing is agreed.
    AwaitsKyc {
        /// The id of the waiting purchase.
        purchase: PurchaseId,
    },
    /// The request repeats or joins an earlier one, whose purchase is the answer.
    Repeated {
        /// The id of the earlier purchase.
        purchase: PurchaseId,
    },
    /// The command is recorded.
    Noted,
    /// A command of this id was recorded before. It changes nothing.
    NotedBefore,
}

/// Why a purchase is not accepted. Nothing has changed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PurchaseError {
    /// A gate is blocked, and the customer acts. The rejection has the reason; a quote has the fixes.
    Refused(Rejection),
    /// The calling code made a mistake, and the host acts. The request itself may be good.
    Misuse(Misuse),
}

impl From<PurchaseAnswer> for AnyAnswer {
    fn from(answer: PurchaseAnswer) -> Self {
        match answer {
            PurchaseAnswer::Accepted { purchase } => Self::Accepted { purchase },
            PurchaseAnswer::AwaitsKyc { purchase } => Self::AwaitsKyc { purchase },
            PurchaseAnswer::Repeated { purchase } => Self::Repeated { purchase },
        }
    }
}

impl From<Noted> for AnyAnswer {
    fn from(_: Noted) -> Self {
        Self::Noted
    }
}

impl From<NamedAnswer> for AnyAnswer {
    fn from(answer: NamedAnswer) -> Self {
        match answer {
            NamedAnswer::Noted => Self::Noted,
            NamedAnswer::Repeated => Self::NotedBefore,
        }
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
