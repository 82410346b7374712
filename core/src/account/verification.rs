//! A verification: how the papers for a country and a type of number stand with the regulator.
//!
//! An account has at most one for each pair of country and type, so that its head does not grow. What was submitted lies
//! in the host's store of personal data: a verification has the reference, and no value.

use alloc::{string::String, vec::Vec};

use crate::base::id::PapersId;
use crate::base::kyc::{KycStatus, KycSubject};
use crate::base::timestamp::Timestamp;
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::Country;

/// How the papers for a country and a type of number stand.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// The country of the numbers. Absent: the verification of the account, for all countries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub country: Option<Country>,
    /// The type of the numbers. Absent: all types.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub number_type: Option<NumberType>,
    /// How it stands, as it was recorded. An approval that has expired since is still recorded as approved.
    pub status: KycStatus,
    /// The first instant at which an approval does not hold. Absent: it holds until it is withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub expires_at: Option<Timestamp>,
    /// The names of the items that a decline wants mended. Empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub mend: Vec<String>,
    /// The first instant at which mending them is not enough, and everything must be submitted again. Absent: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub mend_by: Option<Timestamp>,
    /// The papers in the host's store of personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub papers: Option<PapersId>,
}

impl Verification {
    /// Whether both are about the same country and type.
    pub(crate) fn is_about_the_same_as(&self, other: &Self) -> bool {
        (self.country, self.number_type) == (other.country, other.number_type)
    }

    /// Whether it is about numbers of this country, whatever their type.
    pub(crate) fn is_about(&self, subject: KycSubject, country: Country) -> bool {
        match subject {
            KycSubject::Account => self.country.is_none(),
            KycSubject::Country => self.country == Some(country),
        }
    }

    /// How it stands at `now`.
    pub(crate) fn status_at(&self, now: Timestamp) -> KycStatus {
        let is_over = self.expires_at.is_some_and(|at| at <= now);
        if self.status == KycStatus::Approved && is_over { KycStatus::Expired } else { self.status }
    }

    /// The items that can be mended at `now`. Empty: everything is submitted again.
    pub(crate) fn to_mend(&self, now: Timestamp) -> &[String] {
        let is_over = self.mend_by.is_some_and(|at| at <= now);
        if self.status == KycStatus::Declined && !is_over { &self.mend } else { &[] }
    }
}

/// What the regulator, or the customer, says of papers.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "found", rename_all = "snake_case", deny_unknown_fields)]
pub enum KycFinding {
    /// The customer has submitted them. Nobody looks at them yet.
    Submitted,
    /// They are under review.
    UnderReview,
    /// They are approved.
    Approved {
        /// The first instant at which the approval does not hold. Absent: as long as the policy says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        until: Option<Timestamp>,
    },
    /// They are declined.
    Declined {
        /// The names of the items that must be mended. Empty: all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(optional, as = "Option<_>")]
        mend: Vec<String>,
    },
    /// They are withdrawn: nothing is submitted, or an approval ends.
    Withdrawn,
}
