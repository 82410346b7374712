//! The shop: a policy, its rate card and its plans, checked once, then read by every decision.

mod mistakes;

use alloc::vec::Vec;

pub use crate::account::key::RequestField;
pub use crate::base::billing_kind::BillingKind;
pub use crate::base::calendar::CalendarPeriod;
pub use crate::base::kyc::KycSubject;
pub use crate::gates::billing::Policy as BillingRules;
pub use crate::gates::idempotency::Policy as IdempotencyKeys;
pub use crate::gates::kyc::Policy as KycRules;
pub use crate::gates::pace::churn::Policy as Churn;
pub use crate::gates::pace::velocity::Policy as Velocity;
pub use crate::gates::policy::Policy;
pub use crate::terms::capabilities::Capabilities;
pub use crate::terms::country::country_meant;
pub use crate::terms::fulfilment::{OrderEvidence, ReleaseTime, Retry};
pub use crate::terms::limits::{Limits, SpendLimit};
pub use crate::terms::number_type::NumberType;
pub use crate::terms::payment::{ChargeTime, Checkout, PaymentMethod, PaymentRule};
pub use crate::terms::plan::Plan;
pub use crate::terms::rate_card::{
    Discount, DiscountBase, DiscountOff, OtherFee, Proration, ProrationBasis, Rate, RateCard, Tax, TaxKind,
    TaxRounding, Tier,
};
pub use crate::terms::selector_kind::SelectorKind;
pub use crate::terms::version::ShopVersion;

use crate::base::calendar::period as period_of;
use crate::base::diagnostic::Diagnostic;
use crate::base::id::PlanId;
use crate::base::money::Decimals;
use crate::base::timestamp::Timestamp;
use crate::gates::Rules;
use ringup_derive::data;
use ringup_numbering::Country;

/// The data of a shop as a person writes it: what [`Shop::new`] checks.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct ShopData {
    /// Which rules hold.
    pub policy: Policy,
    /// What numbers cost.
    pub rate_card: RateCard,
    /// The plans that a customer may be on; empty where the policy knows none.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub plans: Vec<Plan>,
}

/// A checked shop. Its parts agree with each other, so that no decision has to ask again.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shop {
    // Plan ids are unique; the rate card's entries are unique by what they match; every number is in range.
    data: ShopData,
}

/// # Example
///
/// ```
/// use ringup_core::{Shop, ShopData, policies};
///
/// let mut data: ShopData = serde_json::from_str(policies::VANTAX)?;
/// let shop = Shop::new(data.clone())?;
/// assert_eq!(shop.version().policy, "vantax");
/// assert_eq!(shop.countries().len(), 8);
///
/// // The parts must agree; each mistake says where it is and what to do.
/// data.rate_card.quote_lifetime_s = 0;
/// let mistakes = Shop::mistakes(&data);
/// assert_eq!(mistakes[0].path, "/rate_card/quote_lifetime_s");
/// assert!(Shop::new(data).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Shop {
    /// Checks that the parts make a shop.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn new(data: ShopData) -> Result<Self, Diagnostic> {
        if let Some(first) = Self::mistakes(&data).into_iter().next() {
            return Err(first);
        }
        Ok(Self { data })
    }

    /// The same with every mistake.
    ///
    /// # Errors
    /// [`Shop::mistakes`], at least one.
    pub fn checked(data: ShopData) -> Result<Self, Vec<Diagnostic>> {
        let mistakes = Self::mistakes(&data);
        if mistakes.is_empty() { Ok(Self { data }) } else { Err(mistakes) }
    }

    /// Everything that keeps the parts from making a shop.
    #[must_use]
    pub fn mistakes(data: &ShopData) -> Vec<Diagnostic> {
        mistakes::of(data)
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
        Plan::find(&self.data.plans, id)
    }

    /// The countries of the rate card, each once, in its order.
    #[must_use]
    pub fn countries(&self) -> Vec<Country> {
        self.data.rate_card.countries()
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

    /// What the gates look at.
    pub(crate) fn rules(&self) -> Rules<'_> {
        Rules { policy: self.policy(), card: self.rate_card(), plans: self.plans() }
    }

    /// What a purchase made now keeps for ever.
    #[must_use]
    pub fn version(&self) -> ShopVersion {
        self.data.policy.version(&self.data.rate_card)
    }
}
