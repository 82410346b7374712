//! Standing: the part of an account that a quote reads, as one actor sees it.

use alloc::vec::Vec;

use crate::base::map::Map;

use super::verification::Verification;
use crate::base::billing_kind::BillingKind;
use crate::base::calendar::CalendarPeriod;
use crate::base::id::{HolderId, PlanId, PurchaseId};
use crate::base::kyc::{Kyc, KycStatus};
use crate::base::money::Money;
use crate::base::role::Role;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::terms::kyc::HolderKind;
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::Country;

/// The part of an account that a quote reads, as one actor sees it. `Account::standing` makes it, or a client writes it
/// as JSON. It has no keys and no ledger.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// Who sends the request.
    #[serde(default)]
    #[ts(optional, as = "Option<Actor>")]
    pub actor: Actor,
    /// What the customer has agreed with the shop.
    pub terms: CustomerTerms,
    /// The wallet's balance per currency, after holds.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub balances: Vec<Money>,
    /// The holders that numbers of this account may have; of many, the first and the request's own.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub holders: Vec<HolderId>,
    /// Holders whose numbers do not count against the account's limits. The plan includes none of their numbers, and
    /// volume tiers count each of these holders alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub uncounted_holders: Vec<HolderId>,
    /// The numbers held, counted.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub held: HeldCounts,
    /// The first numbers among them, as far as the actor may release them or they are leaving. A number that is not listed may be released all the same, and nothing else is known of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub releasable: Vec<ReleasableNumber>,
    /// The pending purchases that are listed one by one: those whose checkout expires first.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub in_flight: Vec<InFlight>,
    /// The other pending purchases, counted.
    #[serde(default, skip_serializing_if = "PendingCounts::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub pending: PendingCounts,
    /// Claims and releases in the windows of the rules, oldest first. Those of `in_flight` are not among them.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub recent: Vec<Move>,
    /// The amounts due at purchases in the current calendar periods, beyond those of `in_flight` and `recent`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub spent: Vec<PeriodSpend>,
    /// When the latest completed purchase was accepted.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub last_accepted_at: Option<Timestamp>,
    /// The verifications with their instants and what must be mended. For a number, the one that is nearest to an approval
    /// counts, of these and of `terms.kyc`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub verifications: Vec<Verification>,
}

/// # Example
///
/// A client writes it as JSON; `billing` is the only required member. For a stored account use `Account::standing`.
///
/// ```
/// use ringup_core::{HeldCounts, Standing};
///
/// let standing: Standing = serde_json::from_str(
///     r#"{
///         "terms": { "billing": "prepaid" },
///         "holders": ["acme"],
///         "balances": [{ "minor_units": 500, "currency": "EUR" }],
///         "held": { "total": 3, "by_country": { "NL": 3 } }
///     }"#,
/// )?;
/// assert_eq!(standing.balances[0].to_string(), "5.00 EUR");
/// assert_eq!(standing.held.total, 3);
/// assert!(standing.in_flight.is_empty());
///
/// // A misspelt field is an error, not a field that is absent.
/// assert!(serde_json::from_str::<HeldCounts>(r#"{ "totl": 3 }"#).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Standing {}

/// What the customer has agreed with the shop.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct CustomerTerms {
    /// The plan. Absent if the shop has none.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub plan: Option<PlanId>,
    /// How the customer pays recurring fees.
    pub billing: BillingKind,
    /// Whether a card or another payment method is on file.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub payment_method_on_file: bool,
    /// The state of the customer's verifications.
    #[serde(default)]
    #[ts(optional, as = "Option<Kyc>")]
    pub kyc: Kyc,
    /// What the customer is, for a regulator. Absent: a business.
    #[serde(default, skip_serializing_if = "HolderKind::is_business")]
    #[ts(optional, as = "Option<HolderKind>")]
    pub holder_kind: HolderKind,
    /// An instant at which a billing period of the customer begins. The others begin whole months before and after.
    /// Absent: each number has its own periods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub billing_anchor: Option<Timestamp>,
}

/// The credential that sends a request.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct Actor {
    /// The only holder that the credential may act for. Absent: every holder.
    #[ts(optional = nullable)]
    pub only_holder: Option<HolderId>,
    /// The actor's role in the account. Absent: owner.
    #[ts(optional, as = "Option<Role>")]
    pub role: Role,
}

/// A claim or a release, as velocity, churn and spending count it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// When the purchase was accepted, or the release began.
    pub at: Timestamp,
    /// Claim or release.
    #[serde(rename = "move")]
    pub kind: MoveKind,
    /// The amount due at a claim. Absent for a release.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub spent: Option<Money>,
}

/// The sum of the amounts due at purchases in a calendar period, in one currency.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct PeriodSpend {
    /// The kind of period.
    pub period: CalendarPeriod,
    /// The first instant of the period.
    pub begins_at: Timestamp,
    /// The sum.
    pub amount: Money,
}

/// What a [`Move`] is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// A completed purchase. It is recorded at the activation, with the instant of the acceptance. Until then the
    /// purchase counts as pending.
    Claim,
    /// A release, from its begin.
    Release,
}

/// The numbers held. Those of uncounted holders are in `subscribed` and `by_holder` only.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct HeldCounts {
    /// Numbers in total.
    #[ts(optional, as = "Option<_>")]
    pub total: u32,
    /// The numbers among them that a subscription pays for.
    #[ts(optional, as = "Option<_>")]
    pub subscribed: u32,
    /// Numbers per country.
    #[ts(optional, as = "Option<_>")]
    pub by_country: Map<Country, u32>,
    /// Numbers per type.
    #[ts(optional, as = "Option<_>")]
    pub by_type: Map<NumberType, u32>,
    /// Numbers per holder.
    #[ts(optional, as = "Option<_>")]
    pub by_holder: Map<HolderId, u32>,
}

/// A held number that the actor may release, or that is leaving.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct ReleasableNumber {
    /// The purchase that bought it. It is the number's id in the account.
    pub purchase: PurchaseId,
    /// The country of the number.
    pub country: Country,
    /// The type of the number.
    pub number_type: NumberType,
    /// The holder of the number.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub holder: Option<HolderId>,
    /// Whether a subscription pays for it.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub subscribed: bool,
    /// Whether its release is scheduled or has begun.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub leaving: bool,
    /// When it leaves, or would leave if it were released now. Absent: at once, or when the carrier has it again.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub leaves_at: Option<Timestamp>,
    /// Until when its commitment refuses a release. Absent: it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub refused_until: Option<Timestamp>,
    /// What its release takes from the wallet. Absent: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub costs: Option<Money>,
}

impl ReleasableNumber {
    /// Whether a release now would make it leave that would stay otherwise.
    pub(crate) fn may_leave(&self, now: Timestamp) -> bool {
        !self.leaving && self.refused_until.is_none_or(|until| until <= now)
    }
}

/// Pending purchases, counted. Those of uncounted holders are in `by_holder` only.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct PendingCounts {
    /// Purchases in total.
    #[ts(optional, as = "Option<_>")]
    pub total: u32,
    /// Purchases per country.
    #[ts(optional, as = "Option<_>")]
    pub by_country: Map<Country, u32>,
    /// Purchases per type.
    #[ts(optional, as = "Option<_>")]
    pub by_type: Map<NumberType, u32>,
    /// Purchases of a type that is not known yet. They count for every type.
    #[ts(optional, as = "Option<_>")]
    pub untyped: u32,
    /// Purchases per holder.
    #[ts(optional, as = "Option<_>")]
    pub by_holder: Map<HolderId, u32>,
}

/// A pending purchase. It counts like a held number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct InFlight {
    /// The instant of the acceptance.
    pub accepted_at: Timestamp,
    /// When the open checkout expires. From this instant an unpaid purchase no longer counts. Absent: no checkout is
    /// open.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub checkout_expires_at: Option<Timestamp>,
    /// The country of the number.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub country: Option<Country>,
    /// The type of the number, if it is known.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub number_type: Option<NumberType>,
    /// The holder that the number is for.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub holder: Option<HolderId>,
    /// The amount due at the purchase.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub due_now: Option<Money>,
}

impl InFlight {
    /// A purchase of which only the acceptance is known. It counts against the total.
    #[must_use]
    pub const fn since(accepted_at: Timestamp) -> Self {
        Self { accepted_at, checkout_expires_at: None, country: None, number_type: None, holder: None, due_now: None }
    }
}

impl CustomerTerms {
    /// Terms with this billing and the defaults for the rest.
    #[must_use]
    pub const fn new(billing: BillingKind) -> Self {
        Self {
            plan: None,
            billing,
            payment_method_on_file: false,
            kyc: Kyc { account: KycStatus::NotSubmitted, countries: Map::new() },
            holder_kind: HolderKind::Business,
            billing_anchor: None,
        }
    }
}

impl PendingCounts {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Standing {
    /// How an owner with these terms stands who has nothing yet: no holder, no number, no money.
    #[must_use]
    pub fn new(terms: CustomerTerms) -> Self {
        Self {
            actor: Actor::default(),
            terms,
            balances: Vec::new(),
            holders: Vec::new(),
            uncounted_holders: Vec::new(),
            held: HeldCounts::default(),
            releasable: Vec::new(),
            in_flight: Vec::new(),
            pending: PendingCounts::default(),
            recent: Vec::new(),
            spent: Vec::new(),
            last_accepted_at: None,
            verifications: Vec::new(),
        }
    }

    /// The listed pending purchases that count at `now`.
    pub(crate) fn counting(&self, now: Timestamp) -> impl Iterator<Item = &InFlight> {
        self.in_flight.iter().filter(move |purchase| !Window::new(None, purchase.checkout_expires_at).is_over(now))
    }

    /// The scheduled releases of listed numbers.
    pub(crate) fn departures(&self) -> impl Iterator<Item = (Timestamp, &ReleasableNumber)> {
        let leaving = self.releasable.iter().filter(|number| number.leaving);
        leaving.filter_map(|number| Some((number.leaves_at?, number)))
    }

    /// A number that the holder does not have any more.
    pub(crate) fn forget(&mut self, holder: Option<&HolderId>, country: Country, number_type: NumberType) {
        let less = |held: &mut u32| *held = held.saturating_sub(1);
        let is_counted = self.is_counted(holder);
        if let Some(of_holder) = holder.and_then(|holder| self.held.by_holder.get_mut(holder)) {
            less(of_holder);
        }
        if is_counted {
            less(&mut self.held.total);
            let of_kind = [self.held.by_country.get_mut(&country), self.held.by_type.get_mut(&number_type)];
            of_kind.into_iter().flatten().for_each(less);
        }
    }

    /// Whether the numbers of this holder count against the account's limits.
    pub(crate) fn is_counted(&self, holder: Option<&HolderId>) -> bool {
        holder.is_none_or(|holder| !self.uncounted_holders.contains(holder))
    }

    /// Claims, pending claims and releases in the window, as they count at `now`.
    pub(crate) fn moves(&self, window: Window, now: Timestamp) -> Vec<Move> {
        let since = window.begins();
        let settled = self.recent.iter().copied().filter(|done| since <= done.at);
        let under_way = self.counting(now).filter(|purchase| since <= purchase.accepted_at);
        let under_way =
            under_way.map(|purchase| Move { at: purchase.accepted_at, kind: MoveKind::Claim, spent: purchase.due_now });
        let mut moves: Vec<Move> = settled.chain(under_way).collect();
        moves.sort_by_key(|done| done.at);
        moves
    }

    /// When the latest purchase that counts was accepted.
    pub(crate) fn last_accepted_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.counting(now).map(|purchase| purchase.accepted_at).chain(self.last_accepted_at).max()
    }

    /// Whether a subscription pays for at least one number.
    pub(crate) const fn is_subscribed(&self) -> bool {
        0 < self.held.subscribed
    }
}
