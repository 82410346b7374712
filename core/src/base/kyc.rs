//! KYC: the state of a customer's verifications.

use crate::base::map::Map;

use ringup_derive::data;
use ringup_numbering::Country;

/// The state of one verification.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum KycStatus {
    /// The customer has submitted nothing.
    #[default]
    NotSubmitted,
    /// Begun, and not yet under review.
    Initiated,
    /// Under review.
    Pending,
    /// Refused. The customer may submit again.
    Declined,
    /// Approved until an instant that has passed. The customer must submit again.
    Expired,
    /// Approved: the gate passes.
    Approved,
}

/// A customer's verifications: one for the account, and one for each country that has its own.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct Kyc {
    /// The verification of the account.
    #[ts(optional, as = "Option<_>")]
    pub account: KycStatus,
    /// The verifications for countries. A country that is absent: nothing was submitted.
    #[ts(optional, as = "Option<_>")]
    pub countries: Map<Country, KycStatus>,
}

/// What a verification is about.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum KycSubject {
    /// One verification per country of the numbers.
    #[default]
    Country,
    /// One verification for the account, for all countries.
    Account,
}

impl KycStatus {
    /// How much it helps: of two verifications for a number, the one that is nearer to an approval counts.
    pub(crate) const fn rank(self) -> u8 {
        match self {
            Self::NotSubmitted => 0,
            Self::Expired => 1,
            Self::Declined => 2,
            Self::Initiated => 3,
            Self::Pending => 4,
            Self::Approved => 5,
        }
    }

    /// Whether the customer must act: submit, or submit again.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::NotSubmitted | Self::Declined | Self::Expired => true,
            Self::Initiated | Self::Pending | Self::Approved => false,
        }
    }

    /// Whether a decision is pending.
    pub(crate) const fn is_with_the_regulator(self) -> bool {
        match self {
            Self::Initiated | Self::Pending => true,
            Self::NotSubmitted | Self::Declined | Self::Expired | Self::Approved => false,
        }
    }
}

impl Kyc {
    /// The state of the verification that a number of this country needs.
    #[must_use]
    pub fn status(&self, subject: KycSubject, country: Country) -> KycStatus {
        match subject {
            KycSubject::Account => self.account,
            KycSubject::Country => self.countries.get(&country).copied().unwrap_or_default(),
        }
    }
}
