//! The gates: every rule that a purchase must pass, in one fixed order that is part of the contract.
//!
//! `quote` reports all of them; `decide` refuses with the first that is blocked. A policy switches gates on and sets
//! their numbers; it never reorders them.
//!
//! # Why this order
//!
//! What is cheap to ask, and looks at nothing but the account's own, comes first; nothing is searched before it is worth it.
//!
//! 1. The key and the fields: is this a new request, and can it be read? A repeat gets its answer before any rule that may
//!    have changed since could refuse it.
//! 2. Who asks, and which number is meant.
//! 3. What the plan and the limits allow. Limits of a country, a type or an amount must know the number: `decide` asks for a
//!    search here if it is one that has to be looked for.
//! 4. What the number is, and what it needs: its country, whether it is there, the billing and the verification for it.
//! 5. How fast this account buys.
//! 6. The money: how it is paid, and whether there is enough of it.
//! 7. Last, whether the price is still the one that was seen: it is worth saying only to somebody who could buy at the new one.
//!
//! # Waiting
//!
//! A gate that lacks a fact is neither passed nor blocked but waiting for it ([`GateStatus::Waiting`]). The fact may be the
//! outcome of a search, which `decide` then asks for and is called again with; the keys that were used, which only an account
//! knows; or an [earlier gate](Fact::EarlierGate), which must open before there is anything to judge.
//!
//! The gate that is named is the one that speaks about it, and it need not stand earlier in the list. `CountryLimit` stands
//! before `Country`, because the limits belong together; but in a country that is not sold there is no number to count, so it
//! waits then for `Country`, which refuses.

mod advice;
mod case;
mod circumstances;
mod field;
mod fix;
mod judge;
mod limits;
mod pace;
mod rejection;
mod sentences;

use alloc::vec::Vec;

pub(crate) use advice::Advice;
pub(crate) use case::Case;
pub(crate) use field::deciding_field;
pub use fix::{Fix, Remedy};
pub(crate) use judge::{Judged, judge};
pub use rejection::{LimitScope, Mismatch, Pace, Rejection};
pub(crate) use sentences::wanted;

use crate::shop::CalendarPeriod;
use crate::{Country, E164, Money, NumberType, PlanId, PurchaseId, QuoteId, Selector, Timestamp};

/// The gates, in the order in which they are asked.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum Gate {
    /// The idempotency key has an acceptable form.
    KeyForm,
    /// The key is new, or belongs to this very purchase.
    Idempotency,
    /// Every field can be read.
    Request,
    /// The actor may buy for this holder.
    Actor,
    /// The request says which number it wants, in a way that the system knows.
    Selector,
    /// The plan is a paid one.
    PaidPlan,
    /// Policy and plan allow one more number in all.
    NumberLimit,
    /// Policy and plan allow one more number of the wanted one's country.
    CountryLimit,
    /// Policy and plan allow one more number of the wanted one's type.
    TypeLimit,
    /// Policy and plan allow the holder one more number.
    HolderLimit,
    /// What was spent in the period leaves room for it.
    SpendLimit,
    /// The day has room for one more purchase.
    DailyLimit,
    /// Numbers of this country are sold.
    Country,
    /// The wanted number is there, at a price in the wanted currency.
    Stock,
    /// The customer's billing serves this country.
    Billing,
    /// KYC is done where the tier needs it.
    Kyc,
    /// No purchase was accepted a moment ago, or this one is confirmed.
    Velocity,
    /// Not too many numbers were claimed and released lately.
    Churn,
    /// A payment method is there.
    PaymentMethod,
    /// The balance suffices.
    Balance,
    /// The price is still the one that was seen.
    Price,
}

/// What a quote says of one gate.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct GateReport {
    /// The gate.
    pub gate: Gate,
    /// How it stands.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub status: GateStatus,
}

/// A fix, and the gate that it opens.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct GateFix {
    /// The gate.
    pub gate: Gate,
    /// What to do.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub fix: Fix,
}

/// How a gate stands.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "status", rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum GateStatus {
    /// It lets the purchase through.
    Passed {
        /// What was compared.
        evidence: Evidence,
    },
    /// It does not.
    Blocked {
        /// Why, with the figures compared.
        rejection: Rejection,
        /// A sentence for the customer.
        message: alloc::string::String,
        /// What would open it when the fixes of the earlier gates are done, the recommended way first.
        fixes: Vec<Fix>,
        /// Whether those fixes open it already. Where they do not, and there is no fix, nobody can open it.
        opened_by_earlier: bool,
    },
    /// It cannot be judged before a fact is known.
    Waiting {
        /// The fact.
        fact: Fact,
    },
}

/// What a gate that passed has compared.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "compared", rename_all = "snake_case", deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum Evidence {
    /// The policy has no such rule, or the request gives it nothing to look at.
    NotApplicable,
    /// The key's length against the longest.
    KeyLength {
        /// Characters of the key.
        length: u32,
        /// The longest that is taken.
        length_max: u32,
    },
    /// No earlier purchase has this key.
    KeyIsNew,
    /// The key belongs to an earlier purchase with the same body, which is the answer.
    Repeats {
        /// The purchase.
        purchase: PurchaseId,
    },
    /// The same one number is on its way to the same holder by an earlier purchase, which is the answer.
    Joins {
        /// The purchase.
        purchase: PurchaseId,
    },
    /// The key, or the one number, belongs to a purchase whose checkout can no longer be paid, and which this one replaces.
    Replaces {
        /// The purchase.
        purchase: PurchaseId,
        /// Whether it was found by its key.
        by_key: bool,
    },
    /// The key belongs to a purchase of another holder: the gate of the actor is asked at once.
    KeyOfAnotherHolder,
    /// Every field could be read.
    WellFormed,
    /// The actor may act for the holder.
    MayAct,
    /// What is wanted.
    Selected {
        /// The selector.
        selector: Selector,
    },
    /// The plan and its price.
    Plan {
        /// The plan.
        plan: PlanId,
        /// Its monthly price.
        monthly_fee: Money,
    },
    /// Numbers held and on their way against the plan's limit.
    Numbers {
        /// Held.
        held: u32,
        /// On their way.
        in_flight: u32,
        /// The limit: the lower one of the policy's and the plan's.
        limit: u32,
    },
    /// The country is on the rate card, or the offer names it.
    Sold {
        /// The country.
        country: Country,
    },
    /// A number was seen.
    InStock {
        /// The number, where it is known already.
        number: Option<E164>,
        /// Its type.
        number_type: Option<NumberType>,
        /// When it was seen; absent: the system looks when it reserves.
        seen_at: Option<Timestamp>,
    },
    /// The billing serves the country.
    BillingServes {
        /// The country.
        country: Country,
    },
    /// The tier against the lowest one that needs KYC.
    Tier {
        /// The country's tier.
        tier: u8,
        /// The lowest tier that needs KYC.
        tier_min: u8,
        /// Whether KYC is approved.
        approved: bool,
    },
    /// The instant from which on a purchase needs no confirmation.
    Window {
        /// When the last purchase was accepted, if there was one.
        last_accepted_at: Option<Timestamp>,
        /// When the window after it ends.
        ends_at: Option<Timestamp>,
        /// Whether the additional purchase was confirmed.
        confirmed: bool,
    },
    /// What was spent in the period, and the price, against the limit.
    Spent {
        /// The period.
        period: CalendarPeriod,
        /// What was due for everything that was bought in the period.
        spent: Money,
        /// What is due now.
        price: Money,
        /// The most.
        limit: Money,
    },
    /// What was done lately against the limit.
    Pace {
        /// Of what.
        pace: Pace,
        /// How long the window is that slides, in seconds; none: a calendar day.
        window_s: Option<u32>,
        /// How often it was done.
        count: u32,
        /// The limit: one more must stay within it.
        limit: u32,
    },
    /// A payment method is there, or none is needed.
    MethodOnFile,
    /// The balance against what is due.
    Funds {
        /// What the wallet holds, holds already taken off.
        available: Money,
        /// What is due now.
        required: Money,
    },
    /// The price that was seen against the price now.
    SamePrice {
        /// Both.
        price: Money,
    },
    /// The quote that the purchase follows still holds.
    SameQuote {
        /// Its name.
        id: QuoteId,
    },
}

/// A fact that a gate is waiting for.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum Fact {
    /// Which keys the account has used: known to `decide`, not to a form.
    UsedKeys,
    /// Another gate must open first: until then there is no number, country or price to judge.
    EarlierGate {
        /// The gate that is blocked.
        gate: Gate,
    },
    /// What a search for this selector finds.
    Search {
        /// What to search for.
        selector: Selector,
    },
}

impl Gate {
    /// All gates, in order.
    pub const ALL: [Self; 21] = [
        Self::KeyForm,
        Self::Idempotency,
        Self::Request,
        Self::Actor,
        Self::Selector,
        Self::PaidPlan,
        Self::NumberLimit,
        Self::CountryLimit,
        Self::TypeLimit,
        Self::HolderLimit,
        Self::SpendLimit,
        Self::DailyLimit,
        Self::Country,
        Self::Stock,
        Self::Billing,
        Self::Kyc,
        Self::Velocity,
        Self::Churn,
        Self::PaymentMethod,
        Self::Balance,
        Self::Price,
    ];
}
