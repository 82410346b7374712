//! Standing: the small part of an account that a quote reads, as one actor sees it.

use alloc::{collections::BTreeMap, vec::Vec};

use crate::base::billing_kind::BillingKind;
use crate::base::id::{HolderId, PlanId};
use crate::base::kyc::{Kyc, KycStatus};
use crate::base::money::Money;
use crate::base::role::Role;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::Country;

/// How an account stands. Written by hand in a form, or made by `Account::standing`; it ships no keys and no ledger.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// Who acts.
    #[serde(default)]
    #[ts(optional, as = "Option<Actor>")]
    pub actor: Actor,
    /// What the customer has arranged.
    pub terms: CustomerTerms,
    /// The wallet's balance in each currency, holds already taken off.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub balances: Vec<Money>,
    /// The numbers that are held.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub held: HeldCounts,
    /// The purchases that are on their way.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub in_flight: Vec<InFlight>,
    /// What was claimed and released within the windows that the rules look at, in order.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub recent: Vec<Move>,
    /// When the last purchase that has gone through was accepted.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub last_accepted_at: Option<Timestamp>,
}

/// # Example
///
/// A form writes it as JSON; only the billing has to be said. Of a stored account, `Account::standing` makes it.
///
/// ```
/// use ringup_core::{HeldCounts, Standing};
///
/// let standing: Standing = serde_json::from_str(
///     r#"{
///         "terms": { "billing": "prepaid", "holders": ["acme"] },
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

/// What the customer has arranged with the shop.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct CustomerTerms {
    /// The plan; absent where the policy knows none.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub plan: Option<PlanId>,
    /// How the customer is billed.
    pub billing: BillingKind,
    /// Whether a payment method is on file.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub payment_method_on_file: bool,
    /// The customer's verifications.
    #[serde(default)]
    #[ts(optional, as = "Option<Kyc>")]
    pub kyc: Kyc,
    /// An instant at which the customer's billing period begins; all others begin whole months before or after. Absent:
    /// each number has periods of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub billing_anchor: Option<Timestamp>,
    /// Who may hold numbers in this account.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub holders: Vec<HolderId>,
    /// The holders whose numbers do not count against this account's limits of numbers. The plan includes none of them, and
    /// in volume tiers each of these holders is counted alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub uncounted_holders: Vec<HolderId>,
}

/// Who acts on an account.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct Actor {
    /// The only holder that the credential may act for; absent: all of them.
    #[ts(optional = nullable)]
    pub only_holder: Option<HolderId>,
    /// What the actor is in the account; absent: its owner.
    #[ts(optional, as = "Option<Role>")]
    pub role: Role,
}

/// A number claimed or released.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// When.
    pub at: Timestamp,
    /// Which of the two.
    #[serde(rename = "move")]
    pub kind: MoveKind,
    /// What was due for a claim.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub spent: Option<Money>,
}

/// Whether a number was claimed or released.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// A purchase that has gone through. It is recorded when the number is active, with the instant at which the purchase was
    /// accepted; until then it counts as a purchase on its way.
    Claim,
    /// A release was begun.
    Release,
}

/// How many numbers are held. Those of holders that do not count are in `subscribed` and `by_holder` only.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct HeldCounts {
    /// In all.
    #[ts(optional, as = "Option<_>")]
    pub total: u32,
    /// Of these, the ones that a subscription pays for.
    #[ts(optional, as = "Option<_>")]
    pub subscribed: u32,
    /// In each country.
    #[ts(optional, as = "Option<_>")]
    pub by_country: BTreeMap<Country, u32>,
    /// Of each type.
    #[ts(optional, as = "Option<_>")]
    pub by_type: BTreeMap<NumberType, u32>,
    /// By each holder.
    #[ts(optional, as = "Option<_>")]
    pub by_holder: BTreeMap<HolderId, u32>,
}

/// A purchase on its way. It counts like a held number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct InFlight {
    /// When it was accepted.
    pub accepted_at: Timestamp,
    /// From when on it counts no more: a checkout that nobody pays.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub counts_until: Option<Timestamp>,
    /// The number's country.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub country: Option<Country>,
    /// Its type, if it is known.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub number_type: Option<NumberType>,
    /// Who will hold it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub holder: Option<HolderId>,
    /// What is due for it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub due_now: Option<Money>,
}

impl InFlight {
    /// A purchase of which only this much is known: it counts among all numbers.
    #[must_use]
    pub const fn since(accepted_at: Timestamp) -> Self {
        Self { accepted_at, counts_until: None, country: None, number_type: None, holder: None, due_now: None }
    }
}

impl CustomerTerms {
    /// Billing alone: everything else is not arranged.
    #[must_use]
    pub const fn new(billing: BillingKind) -> Self {
        Self {
            plan: None,
            billing,
            payment_method_on_file: false,
            kyc: Kyc { account: KycStatus::NotSubmitted, countries: BTreeMap::new() },
            holders: Vec::new(),
            uncounted_holders: Vec::new(),
            billing_anchor: None,
        }
    }
}

impl Standing {
    /// The purchases on their way that count at this instant.
    pub(crate) fn counting(&self, now: Timestamp) -> impl Iterator<Item = &InFlight> {
        self.in_flight.iter().filter(move |purchase| !Window::new(None, purchase.counts_until).is_over(now))
    }

    /// Whether this holder's numbers count against the account's limits.
    pub(crate) fn is_counted(&self, holder: Option<&HolderId>) -> bool {
        holder.is_none_or(|holder| !self.terms.uncounted_holders.contains(holder))
    }

    /// What was claimed, is being claimed and was released since a window began, as it counts at an instant: when, and
    /// what was due for a claim.
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

    /// When the last purchase that counts was accepted.
    pub(crate) fn last_accepted_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.counting(now).map(|purchase| purchase.accepted_at).chain(self.last_accepted_at).max()
    }

    /// Whether the customer holds a number that a subscription pays for.
    pub(crate) const fn is_subscribed(&self) -> bool {
        0 < self.held.subscribed
    }
}
