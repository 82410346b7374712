//! Failures: why the retailer does not do what it is asked, by who must act.

use std::fmt;

use ringup_core::{Misuse, PurchaseError, Rejection};
use ringup_host::{HostError, Unanswered};

use crate::http::Response;
use crate::problem::Problem;

/// A failure of the retailer, which must act. The customer learns only that it failed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Failure {
    /// It has misused the core.
    Misuse(Misuse),
    /// It is off, stale or broken.
    Host(HostError),
    /// Its records lack a purchase or release that it has just made.
    RecordMissing,
}

/// Why a customer's request failed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NotDone<R> {
    /// It is refused. The customer acts; the dialect words the reason.
    Refused(R),
    /// The retailer has failed.
    Failed(Failure),
}

/// The account, or this actor of it, holds no such number. The customer names another one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotHeld;

impl Failure {
    /// The simulator's own error answer, which no system has.
    pub(crate) fn into_problem(self) -> Problem {
        let (status, code) = match self {
            Self::Misuse(_) | Self::Host(HostError::Misuse(_)) => (500, "retailer_misuse"),
            Self::Host(HostError::Off { .. }) => (503, "retailer_off"),
            Self::Host(HostError::Stale) => (503, "retailer_stale"),
            Self::Host(HostError::Broken(_)) | Self::RecordMissing => (500, "retailer_broken"),
        };
        Problem::new(status, code, self.to_string())
    }

    /// The same as an answer.
    pub(crate) fn into_response(self) -> Response {
        self.into_problem().into_response()
    }
}

impl From<Unanswered<Misuse>> for Failure {
    fn from(unanswered: Unanswered<Misuse>) -> Self {
        match unanswered {
            Unanswered::Command(misuse) => Self::Misuse(misuse),
            Unanswered::Host(error) => Self::Host(error),
        }
    }
}

impl From<Unanswered<PurchaseError>> for NotDone<Rejection> {
    fn from(unanswered: Unanswered<PurchaseError>) -> Self {
        match unanswered {
            Unanswered::Command(PurchaseError::Refused(rejection)) => Self::Refused(rejection),
            Unanswered::Command(PurchaseError::Misuse(misuse)) => Self::Failed(Failure::Misuse(misuse)),
            Unanswered::Host(error) => Self::Failed(Failure::Host(error)),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misuse(misuse) | Self::Host(HostError::Misuse(misuse)) => misuse.fmt(f),
            Self::Host(HostError::Off { reason }) => write!(f, "{reason}; nothing has changed"),
            Self::Host(HostError::Stale) => {
                f.write_str("the account changed while the retailer decided; nothing has changed by this request")
            }
            Self::Host(HostError::Broken(_)) => {
                f.write_str("the account's records could not take what was decided; nothing has changed")
            }
            Self::RecordMissing => f.write_str("the account's records lack what was just decided"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Unanswered<Misuse>> for NotDone<Misuse> {
    fn from(unanswered: Unanswered<Misuse>) -> Self {
        match unanswered {
            Unanswered::Command(misuse) => Self::Refused(misuse),
            Unanswered::Host(error) => Self::Failed(Failure::Host(error)),
        }
    }
}
