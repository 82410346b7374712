//! Failures: why a command has no reply, by who must act.

use alloc::string::String;
use core::fmt;

use ringup_core::{BrokenHistory, Misuse, NotApplied, PurchaseError};

use crate::history::HistoryError;

/// A failure of the host. It says nothing about the customer's request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum HostError {
    /// The database or the inventory cannot be reached. Its operator acts; the request may be repeated later.
    ///
    /// Whether the last write was stored may be unknown. A repeat under the same key finds out.
    Off {
        /// What cannot be reached, for the log.
        reason: String,
    },
    /// Other writers were first at every attempt to store. Nothing has changed; the request may be repeated at once.
    Stale,
    /// An outcome that the core does not take: an inventory gave one number to two purchases. Nothing has changed; the
    /// host's developer acts.
    Misuse(Misuse),
    /// The account's history is damaged, or a decision does not fit it. Nothing has changed; a developer repairs it.
    Broken(HistoryError),
}

/// Why a command has no reply.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unanswered<E> {
    /// The core does not take the command: the customer's [`Rejection`](ringup_core::Rejection) or the caller's [`Misuse`].
    Command(E),
    /// The host has failed.
    Host(HostError),
}

impl HostError {
    /// [`HostError::Off`] for this reason.
    pub fn off(reason: impl fmt::Display) -> Self {
        Self::Off { reason: alloc::format!("{reason}") }
    }

    /// [`HostError::Broken`]: what is stored of the account cannot be read, for this reason.
    pub fn unreadable(reason: impl fmt::Display) -> Self {
        Self::Broken(HistoryError::Unreadable { reason: alloc::format!("{reason}") })
    }
}

impl<E> From<HostError> for Unanswered<E> {
    fn from(error: HostError) -> Self {
        Self::Host(error)
    }
}

impl From<Unanswered<Misuse>> for Unanswered<PurchaseError> {
    fn from(unanswered: Unanswered<Misuse>) -> Self {
        match unanswered {
            Unanswered::Command(misuse) => Self::Command(misuse.into()),
            Unanswered::Host(error) => Self::Host(error),
        }
    }
}

impl From<HistoryError> for HostError {
    fn from(error: HistoryError) -> Self {
        Self::Broken(error)
    }
}

impl From<NotApplied> for HostError {
    fn from(error: NotApplied) -> Self {
        match error {
            NotApplied::Stale { .. } => Self::Stale,
            NotApplied::Broken(broken) => broken.into(),
        }
    }
}

impl From<BrokenHistory> for HostError {
    fn from(error: BrokenHistory) -> Self {
        Self::Broken(HistoryError::Impossible(error))
    }
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off { reason } => write!(f, "the host cannot go on: {reason}"),
            Self::Stale => f.write_str("the account changed each time before a decision could be stored"),
            Self::Misuse(misuse) => misuse.fmt(f),
            Self::Broken(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Display> fmt::Display for Unanswered<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Command(error) => error.fmt(f),
            Self::Host(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for HostError {}

impl<E: core::error::Error> core::error::Error for Unanswered<E> {}
