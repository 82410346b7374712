//! Rejections: the answers "no" that a customer can get, declared in the order of the gates.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use super::Gate;
use crate::shop::{BillingKind, SelectorKind};
use crate::{
    Country, Currency, E164, HolderId, KycStatus, Money, NumberType, PlanId, PriceDifference, QuoteDifference, QuoteId,
    Role, Selector, Timestamp,
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
    /// The plan is a free one, or there is none.
    PlanNotPaid {
        /// The plan.
        plan: Option<PlanId>,
    },
    /// No further number is allowed.
    NumberLimitReached {
        /// Of which numbers.
        scope: LimitScope,
        /// Held.
        held: u32,
        /// On their way.
        in_flight: u32,
        /// The plan's limit.
        limit: u32,
    },
    /// The price does not fit into what may be spent in the period.
    SpendLimitReached {
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
        /// How often it was done.
        count: u32,
        /// The limit: one more must stay within it.
        limit: u32,
        /// From when on it can be done again; none: never.
        ends_at: Option<Timestamp>,
    },
    /// No number of this country is sold.
    CountryNotSold {
        /// The country.
        country: Country,
    },
    /// The number can only be bought after a search of the customer's own has returned it, and none that still counts has.
    NotSearched {
        /// The number.
        number: E164,
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
    PaymentMethodMissing,
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

    /// The numbers, behind a noun: ` of US`.
    pub(super) fn of(&self) -> String {
        match self {
            Self::Total => String::new(),
            Self::Country { country } => format!(" of {country}"),
            Self::NumberType { number_type } => format!(" of the type {}", number_type.name()),
            Self::Holder { holder } => format!(" of {holder}"),
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
            Self::OutOfStock { .. } => "out_of_stock",
            Self::CurrencyNotOffered { .. } => "currency_not_offered",
            Self::PriceTooLarge { .. } => "price_too_large",
            Self::BillingKindRequired { .. } => "billing_kind_required",
            Self::KycRequired { .. } => "kyc_required",
            Self::VelocityExceeded { .. } => "velocity_exceeded",
            Self::PaymentMethodMissing => "payment_method_missing",
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
            | Self::OutOfStock { .. }
            | Self::CurrencyNotOffered { .. }
            | Self::PriceTooLarge { .. } => Gate::Stock,
            Self::BillingKindRequired { .. } => Gate::Billing,
            Self::KycRequired { .. } => Gate::Kyc,
            Self::VelocityExceeded { .. } => Gate::Velocity,
            Self::PaymentMethodMissing => Gate::PaymentMethod,
            Self::InsufficientBalance { .. } => Gate::Balance,
            Self::PriceChanged { .. } | Self::QuoteOutdated { .. } => Gate::Price,
            Self::NumberNotHeld => return None,
        })
    }

    /// Whether the same request, sent again unchanged, could be accepted later.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        match self {
            Self::OutOfStock { .. }
            | Self::VelocityExceeded { .. }
            | Self::SpendLimitReached { .. }
            | Self::PaceLimitReached { .. } => true,
            Self::KeyMalformed { .. }
            | Self::KeyReused
            | Self::RequestMalformed { .. }
            | Self::RoleNotAllowed { .. }
            | Self::HolderUnknown { .. }
            | Self::NotSearched { .. }
            | Self::ActorNotAllowed { .. }
            | Self::SelectorMissing { .. }
            | Self::SelectorAmbiguous { .. }
            | Self::SelectorNotOffered { .. }
            | Self::PlanNotPaid { .. }
            | Self::NumberLimitReached { .. }
            | Self::CountryNotSold { .. }
            | Self::CurrencyNotOffered { .. }
            | Self::PriceTooLarge { .. }
            | Self::BillingKindRequired { .. }
            | Self::KycRequired { .. }
            | Self::PaymentMethodMissing
            | Self::InsufficientBalance { .. }
            | Self::PriceChanged { .. }
            | Self::QuoteOutdated { .. }
            | Self::NumberNotHeld => false,
        }
    }
}

impl fmt::Display for Rejection {
    /// One sentence for the customer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyMalformed { length, length_max } => write!(
                f,
                "an idempotency key is 1 to {length_max} characters without control characters; this one has {length}"
            ),
            Self::KeyReused => {
                f.write_str("this idempotency key belongs to a purchase with another body; use a fresh one")
            }
            Self::RequestMalformed { field, problem } => write!(f, "`{field}`: {problem}"),
            Self::RoleNotAllowed { role, .. } => write!(f, "{} may not buy numbers", role.title()),
            Self::HolderUnknown { holder } => write!(f, "this account has no holder `{holder}`"),
            Self::ActorNotAllowed { only_holder } => write!(f, "this credential acts for `{only_holder}` only"),
            Self::SelectorMissing { offered } => write!(f, "say which number is wanted: {}", list(offered)),
            Self::SelectorAmbiguous { offered } => {
                write!(f, "say in one way only which number is wanted: {}", list(offered))
            }
            Self::SelectorNotOffered { asked, offered } => {
                write!(f, "numbers cannot be asked for {} here: {}", words(*asked), list(offered))
            }
            Self::PlanNotPaid { plan: Some(plan) } => {
                write!(f, "numbers need a paid plan, and `{plan}` is none")
            }
            Self::PlanNotPaid { plan: None } => f.write_str("numbers need a paid plan"),
            Self::NumberLimitReached { scope, held, in_flight, limit } => write!(
                f,
                "at most {limit} numbers{} are allowed, and {held} are held and {in_flight} on their way",
                scope.of()
            ),
            Self::SpendLimitReached { spent, price, limit, .. } => {
                write!(f, "{price} are due, {spent} were spent in this period already, and {limit} are the limit")
            }
            Self::PaceLimitReached { pace: Pace::Day, count, limit, .. } => {
                write!(f, "at most {limit} purchases are allowed a day, and {count} were made today")
            }
            Self::PaceLimitReached { pace: Pace::Churn, count, limit, .. } => write!(
                f,
                "at most {limit} numbers may be bought and released in a short time, and {count} were; wait a while"
            ),
            Self::CountryNotSold { country } => write!(f, "numbers of `{country}` are not sold here"),
            Self::NotSearched { number } => {
                write!(f, "no search of yours that still counts has returned the number `{number}`; search first")
            }
            Self::OutOfStock { selector } => match selector {
                Selector::Exact { number } => write!(f, "the number `{number}` is not for sale"),
                Selector::Inventory { inventory_id } => write!(f, "the number `{inventory_id}` is not for sale"),
                Selector::Any { .. } | Selector::AreaCode { .. } | Selector::Pattern { .. } => {
                    f.write_str("no such number is for sale at the moment")
                }
            },
            Self::CurrencyNotOffered { currency, offered } => {
                write!(f, "this number has no price in `{currency}`")?;
                for (index, currency) in offered.iter().enumerate() {
                    write!(f, "{}`{currency}`", if index == 0 { ", only in " } else { ", " })?;
                }
                Ok(())
            }
            Self::PriceTooLarge { currency } => {
                write!(f, "what this number costs is more than can be counted in `{currency}`")
            }
            Self::BillingKindRequired { country, .. } => {
                write!(f, "numbers of `{country}` need usage-based billing")
            }
            Self::KycRequired { country, status, .. } => write!(
                f,
                "numbers of `{country}` need the holder's identity to be verified first; {}",
                match status {
                    KycStatus::NotSubmitted => "nothing has been submitted",
                    KycStatus::Initiated => "what was submitted has not been looked at yet",
                    KycStatus::Pending => "the verification is under way",
                    KycStatus::Declined => "the verification was declined",
                    KycStatus::Approved => "the verification is approved",
                }
            ),
            Self::VelocityExceeded { .. } => f.write_str(
                "another purchase was accepted a moment ago; wait, or confirm that this additional one is meant",
            ),
            Self::PaymentMethodMissing => f.write_str("there is no payment method on file"),
            Self::InsufficientBalance { available, required, missing } => {
                write!(f, "{required} are due and {available} are there: {missing} are missing")
            }
            Self::PriceChanged { differences } => {
                f.write_str("the price has moved: ")?;
                for (index, PriceDifference { field, seen, now }) in differences.iter().enumerate() {
                    write!(f, "{}{field} from {seen} to {now}", if index == 0 { "" } else { ", " })?;
                }
                Ok(())
            }
            Self::QuoteOutdated { differences, .. } => {
                f.write_str("the quote no longer holds: ")?;
                for (index, difference) in differences.iter().enumerate() {
                    write!(f, "{}{difference}", if index == 0 { "" } else { ", " })?;
                }
                Ok(())
            }
            Self::NumberNotHeld => f.write_str("this account holds no such number"),
        }
    }
}

impl core::error::Error for Rejection {}

fn words(kind: SelectorKind) -> &'static str {
    match kind {
        SelectorKind::Any => "by country",
        SelectorKind::Exact => "by exact number",
        SelectorKind::Inventory => "by inventory id",
        SelectorKind::AreaCode => "by area code",
        SelectorKind::Pattern => "by pattern",
    }
}

fn list(offered: &[SelectorKind]) -> String {
    let words: Vec<&str> = offered.iter().copied().map(words).collect();
    words.join(" or ")
}
