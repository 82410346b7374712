//! Standing: the small part of an account that a quote reads, as one actor sees it.

use alloc::{collections::BTreeMap, vec::Vec};

use super::Kyc;
use crate::shop::BillingKind;
use crate::{Country, HolderId, Money, PlanId, Timestamp};

/// How an account stands. Written by hand in a form, or made by `Account::standing`; it ships no keys and no ledger.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Standing {
    /// Who acts.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Actor>"))]
    pub actor: Actor,
    /// What the customer has arranged.
    pub terms: CustomerTerms,
    /// The wallet's balance in each currency, holds already taken off.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub balances: Vec<Money>,
    /// The numbers that are held.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub held: HeldCounts,
    /// The purchases that are on their way.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub in_flight: Vec<InFlight>,
    /// When the last purchase that has gone through was accepted.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional = nullable))]
    pub last_accepted_at: Option<Timestamp>,
}

/// What the customer has arranged with the shop.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct CustomerTerms {
    /// The plan; absent where the policy knows none.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional = nullable))]
    pub plan: Option<PlanId>,
    /// How the customer is billed.
    pub billing: BillingKind,
    /// Whether a payment method is on file.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub payment_method_on_file: bool,
    /// The customer's verifications.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Kyc>"))]
    pub kyc: Kyc,
    /// An instant at which the customer's billing period begins; all others begin whole months before or after. Absent:
    /// each number has periods of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional = nullable))]
    pub billing_anchor: Option<Timestamp>,
    /// Who may hold numbers in this account.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub holders: Vec<HolderId>,
}

/// Who acts on an account.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Actor {
    /// The only holder that the credential may act for; absent: all of them.
    #[cfg_attr(feature = "describe", ts(optional = nullable))]
    pub only_holder: Option<HolderId>,
    /// What the actor is in the account; absent: its owner.
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Role>"))]
    pub role: Role,
}

/// What somebody is in an account. The policy says who may do what.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum Role {
    /// Whose account it is.
    #[default]
    Owner,
    /// Runs the account for the owner.
    Admin,
    /// Works with it.
    Member,
    /// Looks only.
    Viewer,
}

/// How many numbers are held.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct HeldCounts {
    /// In all.
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub total: u32,
    /// Of these, the ones that a subscription pays for.
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub subscribed: u32,
    /// In each country.
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub by_country: BTreeMap<Country, u32>,
}

/// A purchase on its way. It counts like a held number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct InFlight {
    /// When it was accepted.
    pub accepted_at: Timestamp,
    /// From when on it counts no more: a checkout that nobody pays.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional = nullable))]
    pub counts_until: Option<Timestamp>,
}

impl Role {
    /// What a person calls it: `an owner`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Owner => "an owner",
            Self::Admin => "an administrator",
            Self::Member => "a member",
            Self::Viewer => "a viewer",
        }
    }
}

impl Standing {
    /// The purchases on their way that count at this instant.
    pub(crate) fn counting(&self, now: Timestamp) -> impl Iterator<Item = &InFlight> {
        self.in_flight.iter().filter(move |purchase| purchase.counts_until.is_none_or(|until| now < until))
    }

    /// When the last purchase that counts was accepted.
    pub(crate) fn last_accepted_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.counting(now).map(|purchase| purchase.accepted_at).chain(self.last_accepted_at).max()
    }

    /// Whether the customer holds a number that a subscription pays for.
    pub(crate) const fn is_subscribed(&self) -> bool {
        0 < self.held.subscribed
    }
}
