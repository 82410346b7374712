//! The shop: a policy, its rate card and its plans, checked once, then read by every decision.

mod limits;
mod plan;
mod policy;
mod rate_card;

use alloc::{string::String, vec::Vec};
use core::fmt;

pub use limits::{Limits, SpendLimit};
pub use plan::Plan;
pub use policy::{
    ChargeTime, Checkout, IdempotencyKeys, OrderEvidence, PaymentMethod, PaymentRule, Policy, ReleaseTime,
    RequestField, Retry, SelectorKind,
};
pub use rate_card::{
    Capabilities, Discount, DiscountBase, DiscountOff, NumberType, OtherFee, Proration, ProrationBasis, Rate, RateCard,
    Tax, TaxKind, TaxRounding, Tier,
};
pub(crate) use rate_card::{Sought, WHOLE_BASIS_POINTS};

pub use crate::billing_kind::BillingKind;
pub use crate::calendar::CalendarPeriod;
use crate::calendar::period as period_of;
pub use crate::gates::billing::Policy as BillingRules;
pub use crate::gates::kyc::Policy as KycRules;
pub use crate::gates::pace::churn::Policy as Churn;
pub use crate::gates::pace::velocity::Policy as Velocity;
pub use crate::kyc::KycSubject;
use crate::money::Decimals;
use crate::{Country, PlanId, Timestamp};

/// The data of a shop as a person writes it: what [`Shop::new`] checks.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct ShopData {
    /// Which rules hold.
    pub policy: Policy,
    /// What numbers cost.
    pub rate_card: RateCard,
    /// The plans that a customer may be on; empty where the policy knows none.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub plans: Vec<Plan>,
}

/// A checked shop. Its parts agree with each other, so that no decision has to ask again.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shop {
    // Plan ids are unique; the rate card's entries are unique by what they match; every number is in range.
    data: ShopData,
}

/// The version of the rules and prices that a quote or a purchase was made under.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct ShopVersion {
    /// The policy's id.
    pub policy: String,
    /// The policy's version.
    pub policy_version: String,
    /// The rate card's version.
    pub rate_card_version: String,
}

/// Why the parts do not make a shop. `field` is a JSON pointer into [`ShopData`].
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct ShopError {
    /// Where the mistake is.
    pub field: String,
    /// What is wrong, and with which value.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Shop {
    /// Checks that the parts make a shop.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn new(data: ShopData) -> Result<Self, ShopError> {
        if let Some(first) = Self::mistakes(&data).into_iter().next() {
            return Err(first);
        }
        Ok(Self { data })
    }

    /// Everything that keeps the parts from making a shop.
    #[must_use]
    pub fn mistakes(data: &ShopData) -> Vec<ShopError> {
        let mut mistakes = policy::mistakes(&data.policy);
        mistakes.extend(rate_card::mistakes(&data.rate_card, &data.plans));
        mistakes.extend(plan::mistakes(&data.plans, &data.policy));
        mistakes
    }

    /// The rules.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.data.policy
    }

    /// The prices.
    #[must_use]
    pub const fn rate_card(&self) -> &RateCard {
        &self.data.rate_card
    }

    /// How it writes amounts.
    #[must_use]
    pub const fn decimals(&self) -> Decimals<'_> {
        self.data.rate_card.decimals()
    }

    /// The plans.
    #[must_use]
    pub fn plans(&self) -> &[Plan] {
        &self.data.plans
    }

    /// The plan of that name.
    #[must_use]
    pub fn plan(&self, id: &PlanId) -> Option<&Plan> {
        self.data.plans.iter().find(|plan| plan.id == *id)
    }

    /// The countries of the rate card, each once, in its order.
    #[must_use]
    pub fn countries(&self) -> Vec<Country> {
        let mut countries = Vec::new();
        for rate in &self.data.rate_card.rates {
            if !countries.contains(&rate.country) {
                countries.push(rate.country);
            }
        }
        countries
    }

    /// The earliest instant that a rule of any plan looks back to; none: no rule looks back.
    pub(crate) fn windows_begin(&self, now: Timestamp) -> Option<Timestamp> {
        let policy = self.policy();
        let begin = |period| period_of(period, now, policy.day_offset_minutes).begins();
        let all = core::iter::once(&policy.limits).chain(self.plans().iter().map(|plan| &plan.limits));
        let limits = all.flat_map(|limits| {
            let day = limits.purchases_a_day.map(|_| begin(CalendarPeriod::Day));
            day.into_iter().chain(limits.spend.iter().map(move |spend| begin(spend.period)))
        });
        let churn = policy.churn.map(|churn| churn.window(now).begins());
        limits.chain(churn).min()
    }

    /// What a purchase made now keeps for ever.
    #[must_use]
    pub fn version(&self) -> ShopVersion {
        ShopVersion {
            policy: self.data.policy.id.clone(),
            policy_version: self.data.policy.version.clone(),
            rate_card_version: self.data.rate_card.version.clone(),
        }
    }
}

impl ShopError {
    fn new(field: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into(), help: help.into() }
    }
}

impl fmt::Display for ShopError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}; {}", self.field, self.message, self.help)
    }
}

impl core::error::Error for ShopError {}
