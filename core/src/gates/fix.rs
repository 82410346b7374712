//! Fixes: what would open a blocked gate, exactly and no more.

use alloc::{format, string::String, vec::Vec};

use super::limits::{LimitScope, release};
use crate::base::billing_kind::BillingKind;
use crate::base::id::{HolderId, PlanId};
use crate::base::kyc::KycSubject;
use crate::base::money::{Currency, Money};
use crate::base::role::Role;
use crate::base::timestamp::Timestamp;
use crate::market::seen::PriceSeen;
use crate::terms::number_type::NumberType;
use crate::terms::selector_kind::SelectorKind;
use ringup_numbering::{Country, E164};

/// One thing to do about a blocked gate, and whose it is to do.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Fix {
    /// What to do.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub remedy: Remedy,
    /// A sentence for the customer.
    pub message: String,
}

/// What to do.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "remedy", rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum Remedy {
    /// Use another idempotency key.
    UseFreshKey,
    /// Type this field again.
    CorrectField {
        /// The field of the request.
        field: String,
    },
    /// Name one of these holders.
    ChooseHolder {
        /// The holders that the actor may act for.
        holders: Vec<HolderId>,
    },
    /// Ask somebody who has one of these roles.
    AskRole {
        /// The roles.
        roles: Vec<Role>,
    },
    /// Say which number is wanted in one of these ways.
    ChooseSelector {
        /// The ways.
        selectors: Vec<SelectorKind>,
    },
    /// Move to this plan, the cheapest that suffices.
    MoveToPlan {
        /// The plan.
        plan: PlanId,
        /// Its monthly price.
        monthly_fee: Money,
    },
    /// Release so many numbers. One number may do for several such fixes: it is one of all numbers, and one of its country.
    ReleaseNumbers {
        /// How many.
        count: u32,
        /// Among which.
        among: LimitScope,
    },
    /// Choose one of these countries.
    ChooseCountry {
        /// The countries.
        countries: Vec<Country>,
    },
    /// Choose one of these types of number.
    ChooseNumberType {
        /// The types.
        number_types: Vec<NumberType>,
    },
    /// Search for this number first; what is found counts for a while.
    SearchFirst {
        /// The number.
        number: E164,
    },
    /// Choose one of these numbers.
    ChooseNumber {
        /// The numbers, if any are known; otherwise search.
        numbers: Vec<E164>,
    },
    /// Pay in one of these currencies.
    ChooseCurrency {
        /// The currencies.
        currencies: Vec<Currency>,
    },
    /// Move to this kind of billing.
    MoveToBilling {
        /// The billing.
        billing: BillingKind,
    },
    /// Submit the KYC items for this country.
    SubmitKyc {
        /// The country.
        country: Country,
        /// Its tier.
        tier: u8,
        /// Whose verification it is.
        subject: KycSubject,
    },
    /// Wait until the verification is decided; it is with the regulator.
    AwaitKyc {
        /// The country.
        country: Country,
        /// Whose verification it is.
        subject: KycSubject,
    },
    /// Wait until this instant.
    WaitUntil {
        /// The instant.
        at: Timestamp,
    },
    /// Confirm that the additional purchase is meant.
    ConfirmAdditional,
    /// Put a payment method on file.
    AddPaymentMethod,
    /// Add exactly this much money to the wallet.
    AddMoney {
        /// The amount.
        money: Money,
    },
    /// Accept the price as it is now.
    AcceptPrice {
        /// The price, as the request must name it.
        price: PriceSeen,
    },
    /// Ask for a quote, and follow that one.
    AskForQuote,
}

impl Fix {
    pub(super) fn new(remedy: Remedy, message: impl Into<String>) -> Self {
        Self { remedy, message: message.into() }
    }

    /// Typing a field again.
    pub(super) fn correct(field: &str, message: impl Into<String>) -> Self {
        Self::new(Remedy::CorrectField { field: field.into() }, message)
    }

    /// Waiting, and what for.
    pub(super) fn wait(at: Timestamp, reason: &str) -> Self {
        Self::new(Remedy::WaitUntil { at }, format!("wait until {at}, {reason}"))
    }

    /// Whether both are amounts of the same thing, so that one of them can stand for both.
    pub(crate) fn is_of_a_kind_with(&self, other: &Self) -> bool {
        match (&self.remedy, &other.remedy) {
            (Remedy::WaitUntil { .. }, Remedy::WaitUntil { .. }) => true,
            (Remedy::ReleaseNumbers { among, .. }, Remedy::ReleaseNumbers { among: other, .. }) => among == other,
            (Remedy::AddMoney { money }, Remedy::AddMoney { money: other }) => money.currency() == other.currency(),
            _ => false,
        }
    }

    /// What it takes to do both, one after the other: what is found to be missing when the first one is done. None if they
    /// are not amounts of the same thing, or are one that is exact at once, as money is.
    pub(crate) fn and(&self, more: Self) -> Option<Self> {
        match (&self.remedy, &more.remedy) {
            (Remedy::WaitUntil { .. }, Remedy::WaitUntil { .. }) => Some(more),
            (Remedy::ReleaseNumbers { count, among }, Remedy::ReleaseNumbers { count: more, among: other }) => {
                (among == other).then(|| release(count.saturating_add(*more), among.clone()))
            }
            _ => None,
        }
    }
}
