//! KYC: what the regulator, or the shop in its name, has found out about the customer.

use alloc::collections::BTreeMap;

use ringup_derive::data;
use ringup_numbering::Country;

/// How a verification stands.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum KycStatus {
    /// Nothing was submitted.
    #[default]
    NotSubmitted,
    /// It was begun, and nobody has looked at it yet.
    Initiated,
    /// It is being looked at.
    Pending,
    /// It was declined; it may be submitted again.
    Declined,
    /// It was approved.
    Approved,
}

/// The customer's verifications: one of the account itself, and one for each country that asks for its own.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct Kyc {
    /// Of the account.
    #[ts(optional, as = "Option<_>")]
    pub account: KycStatus,
    /// For numbers of a country; absent: nothing was submitted.
    #[ts(optional, as = "Option<_>")]
    pub countries: BTreeMap<Country, KycStatus>,
}

/// Whose verification a number needs.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum KycSubject {
    /// One for each country of numbers.
    #[default]
    Country,
    /// One of the account, whatever it buys.
    Account,
}

impl KycStatus {
    /// Whether it is the customer's turn: nothing was submitted, or it must be submitted again.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::NotSubmitted | Self::Declined => true,
            Self::Initiated | Self::Pending | Self::Approved => false,
        }
    }

    /// Whether somebody else is about to decide it.
    pub(crate) const fn is_with_the_regulator(self) -> bool {
        match self {
            Self::Initiated | Self::Pending => true,
            Self::NotSubmitted | Self::Declined | Self::Approved => false,
        }
    }
}

impl Kyc {
    /// How the verification stands that numbers of this country need.
    #[must_use]
    pub fn status(&self, subject: KycSubject, country: Country) -> KycStatus {
        match subject {
            KycSubject::Account => self.account,
            KycSubject::Country => self.countries.get(&country).copied().unwrap_or_default(),
        }
    }
}
