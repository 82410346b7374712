//! Failures: why the retailer does not do what it is asked, by who must act.

use std::fmt;

use ringup_core::{Misuse, PurchaseError, Rejection};
use ringup_host::{HostError, Unanswered};

use crate::http::Response;
use crate::problem::Problem;

/// What the retailer did wrong. It acts; the customer is told only that.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Failure {
    /// It has misused the core.
    Misuse(Misuse),
    /// It is off, stale or broken.
    Host(HostError),
    /// What it has just bought or released is not among its records.
    RecordMissing,
}

/// Why a customer's request is not done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NotDone<R> {
    /// It is refused. The customer acts, and is told why in the system's own words.
    Refused(R),
    /// The retailer has failed.
    Failed(Failure),
}

/// The account, or this actor of it, holds no such number. The customer names another one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotHeld;

impl Failure {
    /// What the simulator says of itself. No system has words for it: it is not theirs.
    pub(crate) fn into_problem(self) -> Problem {
        let (status, code) = match self {
            Self::Misuse(_) => (500, "retailer_misuse"),
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
            Self::Misuse(misuse) => misuse.fmt(f),
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
