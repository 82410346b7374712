//! Failures: why the retailer does not do what it is asked, by who must act.

use std::fmt;

use ringup_core::{Misuse, PurchaseError, Rejection};

use crate::http::Response;
use crate::problem::Problem;

/// The retailer itself has failed. Nothing that the customer did is wrong, and nothing has changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum HostError {
    /// It has no power. Whoever runs it starts it again; the request may then be repeated.
    Off,
    /// Every decision that it took was stale before it was stored. The request may be repeated at once.
    Stale,
    /// What was decided does not fit the account's records. Its developer looks at [`Host::broken`](super::Host::broken); to
    /// repeat the request does not help.
    Broken,
}

/// Why a command has no answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unanswered<E> {
    /// The core does not take the command. Whom it concerns, it says itself.
    Command(E),
    /// The retailer has failed; it acts.
    Host(HostError),
}

/// Why a customer's request is not done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NotDone<R> {
    /// It is refused. The customer acts, and is told why in the system's own words.
    Refused(R),
    /// The retailer has failed, or has misused the core. It acts; the customer is told only that.
    Failed(Unanswered<Misuse>),
}

/// The account, or this actor of it, holds no such number. The customer names another one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotHeld;

impl Unanswered<Misuse> {
    /// What the simulator says of itself. No system has words for it: it is not theirs.
    pub(crate) fn into_problem(self) -> Problem {
        let status = match self {
            Self::Host(HostError::Off | HostError::Stale) => 503,
            Self::Host(HostError::Broken) | Self::Command(_) => 500,
        };
        Problem::new(status, self.code(), self.to_string())
    }

    /// The same as an answer.
    pub(crate) fn into_response(self) -> Response {
        self.into_problem().into_response()
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::Command(_) => "retailer_misuse",
            Self::Host(HostError::Off) => "retailer_off",
            Self::Host(HostError::Stale) => "retailer_stale",
            Self::Host(HostError::Broken) => "retailer_broken",
        }
    }
}

impl<R> From<Unanswered<Misuse>> for NotDone<R> {
    fn from(failure: Unanswered<Misuse>) -> Self {
        Self::Failed(failure)
    }
}

impl<E> From<HostError> for Unanswered<E> {
    fn from(error: HostError) -> Self {
        Self::Host(error)
    }
}

impl From<Unanswered<PurchaseError>> for NotDone<Rejection> {
    fn from(unanswered: Unanswered<PurchaseError>) -> Self {
        match unanswered {
            Unanswered::Command(PurchaseError::Refused(rejection)) => Self::Refused(rejection),
            Unanswered::Command(PurchaseError::Misuse(misuse)) => Self::Failed(Unanswered::Command(misuse)),
            Unanswered::Host(error) => Self::Failed(Unanswered::Host(error)),
        }
    }
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Off => "the retailer has no power; nothing has changed",
            Self::Stale => "the account changed while the retailer decided; nothing has changed by this request",
            Self::Broken => "the account's records could not take what was decided; nothing has changed",
        })
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

impl std::error::Error for HostError {}

impl<E: std::error::Error> std::error::Error for Unanswered<E> {}
