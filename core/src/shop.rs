//! The shop: a policy, a rate card and plans. They are checked once, and every decision reads them.

mod mistakes;

use alloc::vec::Vec;

pub use crate::account::key::{FailedKey, RequestField};
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
pub use crate::terms::fulfilment::{OrderEvidence, Retry};
pub use crate::terms::key_http::{KeyHttp, KeyLocation, ReplayedHeader, UnfinishedAnswer};
pub use crate::terms::kyc::{AddressWithin, HolderKind, KycItem, KycItemKind, KycRequirements};
pub use crate::terms::limits::{Limits, SpendLimit};
pub use crate::terms::number_type::NumberType;
pub use crate::terms::payment::{ChargeTime, Checkout, PaymentMethod, PaymentRule};
pub use crate::terms::plan::Plan;
pub use crate::terms::rate_card::{
    Discount, DiscountBase, DiscountOff, OtherFee, Proration, ProrationBasis, Rate, RateCard, Tax, TaxKind,
    TaxRounding, Tier,
};
pub use crate::terms::release::{EarlyRelease, ReleaseRules, ReleaseTime, ReleaseWhen};
pub use crate::terms::renewals::Renewals;
pub use crate::terms::selector_kind::SelectorKind;
pub use crate::terms::transfers::Transfers;
pub use crate::terms::version::ShopVersion;

use crate::account::windows::WindowRules;
use crate::base::calendar::period as period_of;
use crate::base::diagnostic::Diagnostic;
use crate::base::id::PlanId;
use crate::base::money::Decimals;
use crate::base::time_zone::BeyondTable;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::gates::Rules;
use ringup_derive::data;
use ringup_numbering::Country;

/// The documents of a shop, before [`Shop::new`] checks them.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct ShopData {
    /// The rules.
    pub policy: Policy,
    /// The prices.
    pub rate_card: RateCard,
    /// The plans that customers may subscribe to. Empty if there are none.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub plans: Vec<Plan>,
}

/// A checked shop. Its parts agree, so no decision checks them again.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shop {
    // Plan ids and the matches of rates are unique, and every figure is in range.
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
    /// Checks the documents.
    ///
    /// # Errors
    /// The first of [`Shop::mistakes`].
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

    /// Every mistake in the documents, in their order.
    #[must_use]
    pub fn mistakes(data: &ShopData) -> Vec<Diagnostic> {
        mistakes::of(data)
    }

    /// The rules, as they were given.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.data.policy
    }

    /// The prices, as they were given.
    #[must_use]
    pub const fn rate_card(&self) -> &RateCard {
        &self.data.rate_card
    }

    /// The decimals of amounts: the rate card's own, or those of ISO 4217.
    #[must_use]
    pub const fn decimals(&self) -> Decimals<'_> {
        self.data.rate_card.decimals()
    }

    /// The plans, in their order.
    #[must_use]
    pub fn plans(&self) -> &[Plan] {
        &self.data.plans
    }

    /// The plan with this id.
    #[must_use]
    pub fn plan(&self, id: &PlanId) -> Option<&Plan> {
        Plan::find(&self.data.plans, id)
    }

    /// The countries of the rate card, each once, in the card's order.
    #[must_use]
    pub fn countries(&self) -> Vec<Country> {
        self.data.rate_card.countries()
    }

    /// The earliest instant that a rule of any plan looks back to. `None` if no rule looks back.
    pub(crate) fn windows_begin(&self, now: Timestamp) -> Option<Timestamp> {
        let policy = self.policy();
        // Where the day is unknown, the gates that ask for it wait.
        let begin = |period| period_of(period, now, policy.clocks()).map_or(now, Window::begins);
        let all = core::iter::once(&policy.limits).chain(self.plans().iter().map(|plan| &plan.limits));
        let limits = all.flat_map(|limits| {
            let day = limits.purchases_a_day.map(|_| begin(CalendarPeriod::Day));
            day.into_iter().chain(limits.spend.iter().map(move |spend| begin(spend.period)))
        });
        let churn = policy.churn.map(|churn| churn.window(now).begins());
        limits.chain(churn).min()
    }

    /// What the rules look back on.
    pub(crate) fn window_rules(&self, now: Timestamp) -> Result<WindowRules, BeyondTable> {
        let policy = self.policy();
        let all = core::iter::once(&policy.limits).chain(self.plans().iter().map(|plan| &plan.limits));
        let a_day = all.filter_map(|limits| limits.purchases_a_day);
        let moves_max = a_day.chain(policy.churn.map(|churn| churn.moves_max)).max().unwrap_or(0);
        let begin = |period| Ok(period_of(period, now, policy.clocks())?.begins());
        let [day_began_at, month_began_at] = [begin(CalendarPeriod::Day)?, begin(CalendarPeriod::Month)?];
        Ok(WindowRules { moves_max, day_began_at, month_began_at })
    }

    /// The rules and the data that the gates read.
    pub(crate) fn rules(&self) -> Rules<'_> {
        Rules { policy: self.policy(), card: self.rate_card(), plans: self.plans() }
    }

    /// The versions that a purchase made now keeps.
    #[must_use]
    pub fn version(&self) -> ShopVersion {
        self.data.policy.version(&self.data.rate_card)
    }
}
