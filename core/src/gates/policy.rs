//! Policy: the rules of a shop as data. The code knows these fields and no vendor.

pub use super::Policy;

use crate::base::billing_kind::BillingKind;
use crate::base::role::Role;
use crate::base::time_zone::Clocks;
use crate::market::request::Reading;
use crate::terms::payment::PaymentRule;
use crate::terms::rate_card::RateCard;
use crate::terms::version::ShopVersion;
use ringup_numbering::NumberingPlan;

/// Makes the policy: the members of every policy, and one for each gate that has figures in the list.
macro_rules! policy {
    ($( $(#[$doc:meta])+ $member:ident: $($figures:ident)::+; )*) => {
        /// The rules of a shop. An absent field switches its gate off.
        #[derive(Clone, Debug, Eq, PartialEq)]
        #[ringup_derive::data]
        #[serde(deny_unknown_fields)]
        pub struct Policy {
            /// The format of the document: 1.
            pub format: u32,
            /// The stable name of the policy.
            pub id: String,
            /// The version of the rules.
            pub version: String,
            /// The name that people read.
            pub title: String,
            /// Whether a request must name a holder.
            pub holder_required: bool,
            /// The roles that may buy. Empty: every role.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            #[ts(optional, as = "Option<_>")]
            pub buyers: Vec<crate::base::role::Role>,
            /// The roles that may release numbers. Empty: every role.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            #[ts(optional, as = "Option<_>")]
            pub releasers: Vec<crate::base::role::Role>,
            /// The roles that may add money to the wallet. Empty: every role.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            #[ts(optional, as = "Option<_>")]
            pub payers: Vec<crate::base::role::Role>,
            /// The roles that may close a manual review. Empty: every role.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            #[ts(optional, as = "Option<_>")]
            pub reviewers: Vec<crate::base::role::Role>,
            /// The selectors that a request may use.
            pub selectors: Vec<crate::terms::selector_kind::SelectorKind>,
            /// Whether an exact number can be bought only while a search of the customer that found it counts.
            #[serde(default)]
            #[ts(optional, as = "Option<_>")]
            pub search_required: bool,
            /// The country of a request without one.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[ts(optional)]
            pub default_country: Option<ringup_numbering::Country>,
            /// The currency that a refusal names if the request has none and the number has no price in its own.
            pub default_currency: crate::base::money::Currency,
            /// Whether only customers of a paid plan may buy.
            pub paid_plan_required: bool,
            /// Whether the plan's limits apply.
            pub plan_limits: bool,
            /// The limits of every customer, whatever the plan.
            #[serde(default, skip_serializing_if = "crate::terms::limits::Limits::is_empty")]
            #[ts(optional, as = "Option<crate::terms::limits::Limits>")]
            pub limits: crate::terms::limits::Limits,
            /// The time zone of the days and months of limits, and of billing periods. Absent: UTC.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[ts(optional)]
            pub time_zone: Option<crate::base::time_zone::TimeZone>,
            /// The payment rules. The first whose conditions hold applies.
            pub payment: Vec<crate::terms::payment::PaymentRule>,
            /// The checkout sessions. Required if a payment rule opens one.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[ts(optional)]
            pub checkout: Option<crate::terms::payment::Checkout>,
            /// How the periods after the first are paid. Absent: nothing is charged after the first.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[ts(optional)]
            pub renewals: Option<crate::terms::renewals::Renewals>,
            /// How numbers are released. Absent: at once.
            #[serde(default)]
            #[ts(optional, as = "Option<crate::terms::release::ReleaseRules>")]
            pub release: crate::terms::release::ReleaseRules,
            /// How numbers move between holders. Absent: they do not.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[ts(optional)]
            pub transfers: Option<crate::terms::transfers::Transfers>,
            /// How the carrier clears up an order whose reply was lost.
            pub order_evidence: crate::terms::fulfilment::OrderEvidence,
            /// When effects without an answer are tried again.
            pub retry: crate::terms::fulfilment::Retry,
            $(
                $(#[$doc])+
                #[serde(default, skip_serializing_if = "Option::is_none")]
                #[ts(optional)]
                pub $member: Option<$($figures)::+>,
            )*
        }
    };
}

impl Policy {
    /// The clocks of days, months and periods.
    pub(crate) fn clocks(&self) -> Clocks<'_> {
        Clocks::of(self.time_zone.as_ref())
    }

    /// Whether this role may release numbers.
    pub(crate) fn may_release(&self, role: Role) -> bool {
        self.releasers.is_empty() || self.releasers.contains(&role)
    }

    /// Whether this role may add money to the wallet.
    pub(crate) fn may_top_up(&self, role: Role) -> bool {
        self.payers.is_empty() || self.payers.contains(&role)
    }

    /// Whether this role may close manual reviews.
    pub(crate) fn may_resolve(&self, role: Role) -> bool {
        self.reviewers.is_empty() || self.reviewers.contains(&role)
    }

    /// How the policy reads requests.
    pub(crate) fn reading<'a>(&'a self, numbering: &'a dyn NumberingPlan) -> Reading<'a> {
        let Self { holder_required, default_country, ref selectors, .. } = *self;
        Reading { numbering, holder_required, default_country, selectors }
    }

    /// The versions that a purchase made now keeps.
    pub(crate) fn version(&self, card: &RateCard) -> ShopVersion {
        ShopVersion {
            policy: self.id.clone(),
            policy_version: self.version.clone(),
            rate_card_version: card.version.clone(),
        }
    }

    /// Whether the rule applies to this kind of billing, with or without a subscribed number.
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
