//! The policy: which rules a system has, as data. The engine knows no vendor; it knows these fields.

use alloc::{string::String, vec::Vec};

use super::pace::{churn, velocity};
use super::{billing, idempotency, kyc};
use crate::base::billing_kind::BillingKind;
use crate::base::money::Currency;
use crate::base::role::Role;
use crate::market::request::Reading;
use crate::terms::fulfilment::{OrderEvidence, ReleaseTime, Retry};
use crate::terms::limits::Limits;
use crate::terms::payment::{Checkout, PaymentRule};
use crate::terms::rate_card::RateCard;
use crate::terms::selector_kind::SelectorKind;
use crate::terms::version::ShopVersion;
use ringup_derive::data;
use ringup_numbering::{Country, NumberingPlan};

/// The rules of one system. A field that is absent switches its gate off.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The format of this document: 1.
    pub format: u32,
    /// The system's stable name.
    pub id: String,
    /// The version of these rules.
    pub version: String,
    /// What a person calls the system.
    pub title: String,
    /// Whether a purchase must name its holder.
    pub holder_required: bool,
    /// Who may buy; empty: everybody who acts for the account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub buyers: Vec<Role>,
    /// The ways in which a request may say which number it wants.
    pub selectors: Vec<SelectorKind>,
    /// Whether an exact number can only be bought while a search of the customer's own counts that has returned it.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub search_required: bool,
    /// The country of a request that names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub default_country: Option<Country>,
    /// The currency of a request that names none, where a number has several prices and none is its own.
    pub default_currency: Currency,
    /// Idempotency keys; absent: the system has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub idempotency: Option<idempotency::Policy>,
    /// Whether only customers of a paid plan may buy.
    pub paid_plan_required: bool,
    /// Whether the plan's number limit holds.
    pub plan_limits: bool,
    /// The limits that hold for everybody, whatever the plan.
    #[serde(default, skip_serializing_if = "Limits::is_empty")]
    #[ts(optional, as = "Option<Limits>")]
    pub limits: Limits,
    /// How far the calendar days of the limits are ahead of UTC, in minutes.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub day_offset_minutes: i16,
    /// Which billing a purchase needs; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub billing: Option<billing::Policy>,
    /// Which tiers need KYC; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub kyc: Option<kyc::Policy>,
    /// The guard against accidental second purchases; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub velocity: Option<velocity::Policy>,
    /// The guard against buying and releasing in turns; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub churn: Option<churn::Policy>,
    /// How a purchase is paid: the first rule that fits.
    pub payment: Vec<PaymentRule>,
    /// How long a checkout session can be paid; needed where a payment rule opens one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub checkout: Option<Checkout>,
    /// When a number that the customer releases is given back.
    #[serde(default)]
    #[ts(optional, as = "Option<ReleaseTime>")]
    pub release: ReleaseTime,
    /// What the carrier can tell about an order whose reply was lost.
    pub order_evidence: OrderEvidence,
    /// How effects without an answer are asked again.
    pub retry: Retry,
}

impl Policy {
    /// How it reads a request.
    pub(crate) fn reading<'a>(&'a self, numbering: &'a dyn NumberingPlan) -> Reading<'a> {
        let Self { holder_required, default_country, ref selectors, .. } = *self;
        Reading { numbering, holder_required, default_country, selectors }
    }

    /// What a purchase made now keeps for ever.
    pub(crate) fn version(&self, card: &RateCard) -> ShopVersion {
        ShopVersion {
            policy: self.id.clone(),
            policy_version: self.version.clone(),
            rate_card_version: card.version.clone(),
        }
    }

    /// Whether a customer so billed, who holds a subscribed number or not, pays by this rule.
    pub(crate) fn payment_rule(
        &self,
        billing: BillingKind,
        subscribed: bool,
        tier: Option<u8>,
    ) -> Option<&PaymentRule> {
        self.payment.iter().find(|rule| {
            rule.billing.is_none_or(|wanted| wanted == billing)
                && rule.subscribed.is_none_or(|wanted| wanted == subscribed)
                && rule.tier_min.is_none_or(|min| tier.is_some_and(|tier| min <= tier))
        })
    }
}
