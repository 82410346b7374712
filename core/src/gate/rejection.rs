//! Rejections: the answers "no" that a customer can get, declared in the order of the gates.

use alloc::{string::String, vec::Vec};

use super::Gate;
use crate::shop::{BillingKind, CalendarPeriod, KycSubject, SelectorKind};
use crate::{
    Country, Currency, E164, HolderId, InventoryId, KycStatus, Money, NumberType, PlanId, PriceDifference,
    QuoteDifference, QuoteId, Role, Selector, Timestamp,
};

/// Why a purchase is refused, with the figures that were compared. A refusal changes nothing.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "code", rename_all = "snake_case", deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum Rejection {
    /// The idempotency key is empty, too long, or has control characters.
    KeyMalformed {
        /// Its length in characters.
        length: u32,
        /// The longest that is taken.
        length_max: u32,
    },
    /// The key belongs to a purchase with another body.
    KeyReused,
    /// A field cannot be read.
    RequestMalformed {
        /// The field of the request.
        field: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The actor's role may not buy.
    RoleNotAllowed {
        /// The actor's role.
        role: Role,
        /// The roles that may.
        allowed: Vec<Role>,
    },
    /// The account has no such holder.
    HolderUnknown {
        /// The holder that was named.
        holder: HolderId,
    },
    /// The credential may not act for this holder.
    ActorNotAllowed {
        /// The holder that the credential may act for.
        only_holder: HolderId,
    },
    /// Nothing says which number is wanted.
    SelectorMissing {
        /// The way that was begun, if nothing but its country is missing.
        begun: Option<SelectorKind>,
        /// The ways to say it.
        offered: Vec<SelectorKind>,
    },
    /// Several fields say which number is wanted.
    SelectorAmbiguous {
        /// The ways to say it.
        offered: Vec<SelectorKind>,
    },
    /// This system cannot be asked in that way.
    SelectorNotOffered {
        /// The way that was tried.
        asked: SelectorKind,
        /// The ways to say it.
        offered: Vec<SelectorKind>,
    },
    /// There is no plan, or it is a free one where a paid one is needed.
    PlanNotPaid {
        /// The plan.
        plan: Option<PlanId>,
        /// What a person calls it, if it is one of the shop's.
        title: Option<String>,
        /// Whether a free one would do.
        free_suffices: bool,
    },
    /// No further number is allowed.
    NumberLimitReached {
        /// Of which numbers.
        scope: LimitScope,
        /// Held.
        held: u32,
        /// On their way.
        in_flight: u32,
        /// The limit: the lower one of the policy's and the plan's.
        limit: u32,
        /// From when on there is room again if no open checkout is paid; none: never, as long as nothing is released.
        ends_at: Option<Timestamp>,
    },
    /// The price does not fit into what may be spent in the period.
    SpendLimitReached {
        /// The period.
        period: CalendarPeriod,
        /// What was due for everything that was bought in the period.
        spent: Money,
        /// What is due now.
        price: Money,
        /// The most.
        limit: Money,
        /// From when on it fits; none: never.
        ends_at: Option<Timestamp>,
    },
    /// Too much was bought, or bought and released, lately.
    PaceLimitReached {
        /// What is counted.
        pace: Pace,
        /// How long the window is that slides, in seconds; none: a calendar day.
        window_s: Option<u32>,
        /// How often it was done.
        count: u32,
        /// The limit: one more must stay within it.
        limit: u32,
        /// From when on it can be done again; none: never.
        ends_at: Option<Timestamp>,
    },
    /// No such number of this country is sold.
    CountryNotSold {
        /// The country.
        country: Country,
        /// The type that was asked for.
        number_type: Option<NumberType>,
        /// The types that are sold there.
        sold: Vec<NumberType>,
    },
    /// The number can only be bought after a search of the customer's own has returned it, and none that still counts has.
    NotSearched {
        /// The number.
        number: E164,
    },
    /// The number is there, but is not what else the request says of it.
    NumberMismatch {
        /// What was searched for.
        selector: Selector,
        /// The number.
        number: E164,
        /// What the two disagree about; at least one thing.
        mismatches: Vec<Mismatch>,
    },
    /// There is no such number for sale.
    OutOfStock {
        /// What was searched for.
        selector: Selector,
    },
    /// The number has no price in this currency, and nothing is converted.
    CurrencyNotOffered {
        /// The currency that was asked for.
        currency: Currency,
        /// The currencies that the number has a price in.
        offered: Vec<Currency>,
    },
    /// What the number costs is more than an amount can be: a mistake of the rate card or of the offer.
    PriceTooLarge {
        /// The price's currency.
        currency: Currency,
    },
    /// The country needs another kind of billing.
    BillingKindRequired {
        /// The country.
        country: Country,
        /// The customer's billing.
        billing: BillingKind,
        /// The billing that is needed.
        required: BillingKind,
    },
    /// KYC must be done first.
    KycRequired {
        /// For this country.
        country: Country,
        /// Whose verification it is.
        subject: KycSubject,
        /// Its tier.
        tier: u8,
        /// The lowest tier that needs KYC.
        tier_min: u8,
        /// How the verification stands.
        status: KycStatus,
        /// Whether the actor may submit it.
        may_submit: bool,
    },
    /// A purchase was accepted a moment ago, and this one is not confirmed.
    VelocityExceeded {
        /// When the last one was accepted.
        last_accepted_at: Timestamp,
        /// From when on the next one needs no confirmation.
        ends_at: Timestamp,
    },
    /// There is no way to pay.
    PaymentMethodMissing {
        /// The customer's billing, where it cannot pay for such a number at all; none: a payment method must be on file.
        billing: Option<BillingKind>,
    },
    /// The balance does not suffice.
    InsufficientBalance {
        /// What the wallet holds, holds already taken off.
        available: Money,
        /// What is due now.
        required: Money,
        /// The difference.
        missing: Money,
    },
    /// The price is not the one that was seen.
    PriceChanged {
        /// The parts that differ; at least one.
        differences: Vec<PriceDifference>,
    },
    /// The quote that the purchase follows no longer holds.
    QuoteOutdated {
        /// Its name.
        id: QuoteId,
        /// What is not as it promised; at least one thing.
        differences: Vec<QuoteDifference>,
    },
    /// The account holds no such number, or holds it no more.
    NumberNotHeld,
}

/// The numbers that a limit counts.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "of", rename_all = "snake_case", deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum LimitScope {
    /// All of them.
    Total,
    /// Those of a country.
    Country {
        /// The country.
        country: Country,
    },
    /// Those of a type.
    NumberType {
        /// The type.
        number_type: NumberType,
    },
    /// Those of a holder.
    Holder {
        /// The holder.
        holder: HolderId,
    },
}

/// A field of the request that says something else of a number than what was found.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "field", rename_all = "snake_case", deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum Mismatch {
    /// It is of another country.
    Country {
        /// What the request says.
        asked: Country,
        /// What the number is.
        found: Country,
    },
    /// It is of another type.
    NumberType {
        /// What the request says.
        asked: NumberType,
        /// What the number is.
        found: NumberType,
    },
    /// It has another name in the inventory.
    InventoryId {
        /// What the request says.
        asked: InventoryId,
        /// What the number is.
        found: InventoryId,
    },
}

/// What a limit of pace counts.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum Pace {
    /// Purchases in a calendar day.
    Day,
    /// Claims and releases in a window that slides.
    Churn,
}

impl LimitScope {
    /// The gate that has the limit.
    pub(super) const fn gate(&self) -> Gate {
        match self {
            Self::Total => Gate::NumberLimit,
            Self::Country { .. } => Gate::CountryLimit,
            Self::NumberType { .. } => Gate::TypeLimit,
            Self::Holder { .. } => Gate::HolderLimit,
        }
    }
}

impl Mismatch {
    /// The field of the request.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Country { .. } => "country",
            Self::NumberType { .. } => "number_type",
            Self::InventoryId { .. } => "inventory_id",
        }
    }
}

impl Rejection {
    /// The stable name of this answer, the same in Rust, JSON and TypeScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::KeyMalformed { .. } => "key_malformed",
            Self::KeyReused => "key_reused",
            Self::RequestMalformed { .. } => "request_malformed",
            Self::RoleNotAllowed { .. } => "role_not_allowed",
            Self::HolderUnknown { .. } => "holder_unknown",
            Self::ActorNotAllowed { .. } => "actor_not_allowed",
            Self::SelectorMissing { .. } => "selector_missing",
            Self::SelectorAmbiguous { .. } => "selector_ambiguous",
            Self::SelectorNotOffered { .. } => "selector_not_offered",
            Self::PlanNotPaid { .. } => "plan_not_paid",
            Self::NumberLimitReached { .. } => "number_limit_reached",
            Self::SpendLimitReached { .. } => "spend_limit_reached",
            Self::PaceLimitReached { .. } => "pace_limit_reached",
            Self::CountryNotSold { .. } => "country_not_sold",
            Self::NotSearched { .. } => "not_searched",
            Self::NumberMismatch { .. } => "number_mismatch",
            Self::OutOfStock { .. } => "out_of_stock",
            Self::CurrencyNotOffered { .. } => "currency_not_offered",
            Self::PriceTooLarge { .. } => "price_too_large",
            Self::BillingKindRequired { .. } => "billing_kind_required",
            Self::KycRequired { .. } => "kyc_required",
            Self::VelocityExceeded { .. } => "velocity_exceeded",
            Self::PaymentMethodMissing { .. } => "payment_method_missing",
            Self::InsufficientBalance { .. } => "insufficient_balance",
            Self::PriceChanged { .. } => "price_changed",
            Self::QuoteOutdated { .. } => "quote_outdated",
            Self::NumberNotHeld => "number_not_held",
        }
    }

    /// The gate that gives this answer; none for a command that is no purchase.
    #[must_use]
    pub const fn gate(&self) -> Option<Gate> {
        Some(match self {
            Self::KeyMalformed { .. } => Gate::KeyForm,
            Self::KeyReused => Gate::Idempotency,
            Self::RequestMalformed { .. } => Gate::Request,
            Self::RoleNotAllowed { .. } | Self::HolderUnknown { .. } | Self::ActorNotAllowed { .. } => Gate::Actor,
            Self::SelectorMissing { .. } | Self::SelectorAmbiguous { .. } | Self::SelectorNotOffered { .. } => {
                Gate::Selector
            }
            Self::PlanNotPaid { .. } => Gate::PaidPlan,
            Self::NumberLimitReached { scope, .. } => scope.gate(),
            Self::SpendLimitReached { .. } => Gate::SpendLimit,
            Self::PaceLimitReached { pace: Pace::Day, .. } => Gate::DailyLimit,
            Self::PaceLimitReached { pace: Pace::Churn, .. } => Gate::Churn,
            Self::CountryNotSold { .. } => Gate::Country,
            Self::NotSearched { .. }
            | Self::NumberMismatch { .. }
            | Self::OutOfStock { .. }
            | Self::CurrencyNotOffered { .. }
            | Self::PriceTooLarge { .. } => Gate::Stock,
            Self::BillingKindRequired { .. } => Gate::Billing,
            Self::KycRequired { .. } => Gate::Kyc,
            Self::VelocityExceeded { .. } => Gate::Velocity,
            Self::PaymentMethodMissing { .. } => Gate::PaymentMethod,
            Self::InsufficientBalance { .. } => Gate::Balance,
            Self::PriceChanged { .. } | Self::QuoteOutdated { .. } => Gate::Price,
            Self::NumberNotHeld => return None,
        })
    }

    /// Whether the same request, sent again unchanged, could be accepted later although nobody does anything about it here:
    /// time passes, a number comes on sale, or a verification is decided.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        match self {
            Self::OutOfStock { .. } | Self::VelocityExceeded { .. } => true,
            Self::NumberLimitReached { ends_at, .. }
            | Self::SpendLimitReached { ends_at, .. }
            | Self::PaceLimitReached { ends_at, .. } => ends_at.is_some(),
            Self::KycRequired { status, .. } => status.is_with_the_regulator(),
            Self::KeyMalformed { .. }
            | Self::KeyReused
            | Self::RequestMalformed { .. }
            | Self::RoleNotAllowed { .. }
            | Self::HolderUnknown { .. }
            | Self::NotSearched { .. }
            | Self::NumberMismatch { .. }
            | Self::ActorNotAllowed { .. }
            | Self::SelectorMissing { .. }
            | Self::SelectorAmbiguous { .. }
            | Self::SelectorNotOffered { .. }
            | Self::PlanNotPaid { .. }
            | Self::CountryNotSold { .. }
            | Self::CurrencyNotOffered { .. }
            | Self::PriceTooLarge { .. }
            | Self::BillingKindRequired { .. }
            | Self::PaymentMethodMissing { .. }
            | Self::InsufficientBalance { .. }
            | Self::PriceChanged { .. }
            | Self::QuoteOutdated { .. }
            | Self::NumberNotHeld => false,
        }
    }
}
