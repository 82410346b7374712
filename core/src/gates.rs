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
//! A gate that lacks a fact is neither passed nor blocked but waiting for it ([`Fact`]). The fact may be the outcome of a
//! search, which `decide` then asks for and is called again with; the keys that were used, which only an account knows; or
//! an [earlier gate](Fact::EarlierGate), which must open before there is anything to judge.
//!
//! The gate that is named is the one that speaks about it, and it need not stand earlier in the list. `CountryLimit` stands
//! before `Country`, because the limits belong together; but in a country that is not sold there is no number to count, so it
//! waits then for `Country`, which refuses.
//!
//! # A new rule
//!
//! Write its file: its figures (`Policy`), its `judge`, what it proves and why it refuses, the `Refusal` with its fixes, the
//! sentence (`Display`), the `deciding_field`, and a test. Then add its entry to the list below, where it is asked.

#[macro_use]
mod list;

mod better_plan;
mod choices;
mod family;
mod field;
mod fix;
mod input;
mod instants;
mod judgement;
mod proof;
#[cfg(test)]
mod scene;
mod sentence;
mod wording;

pub mod actor;
pub mod balance;
pub mod billing;
pub mod country;
pub mod idempotency;
pub mod key_form;
pub mod kyc;
pub mod limits;
pub mod pace;
pub mod paid_plan;
pub mod payment_method;
pub(crate) mod policy;
pub mod price;
pub mod request;
pub mod selector;
pub mod stock;

use alloc::{string::String, vec::Vec};
use core::fmt;

pub use family::Family;
pub use field::DecidingField;
pub use fix::{Correction, CountryChoice, Remedy, RoleTask, WaitReason};
pub(crate) use input::{Input, Rules};
pub use judgement::Fact;
pub(crate) use judgement::Judged;
use judgement::{Judgement, Refusal};
use list::spaced;
pub(crate) use proof::{Proof, Unproven};
use sentence::Sentence;

use crate::base::money::Decimals;

gates! {
    /// The idempotency key has an acceptable form.
    KeyForm in key_form => [
        /// The key's length against the longest.
        KeyLength(key_form::Fits)
    ] else [
        /// The idempotency key is empty, too long, or has control characters.
        "key_malformed" KeyMalformed(key_form::Malformed)
    ];
    /// The key is new, or belongs to this very purchase.
    Idempotency in idempotency => [
        /// No earlier purchase has this key.
        KeyIsNew = "no earlier purchase has this key",
        /// The key belongs to an earlier purchase with the same body, which is the answer.
        Repeats(idempotency::Repeats),
        /// The same one number is on its way to the same holder by an earlier purchase, which is the answer.
        Joins(idempotency::Joins),
        /// The key, or the one number, belongs to a purchase whose checkout can no longer be paid, and which this one replaces.
        Replaces(idempotency::Replaces),
        /// The key belongs to a purchase of another holder: the gate of the actor is asked at once.
        KeyOfAnotherHolder = "the key is that of another holder's purchase"
    ] else [
        /// The key belongs to a purchase with another body.
        "key_reused" KeyReused = idempotency::Reused
    ];
    /// Every field can be read.
    Request in request => [
        /// Every field could be read.
        WellFormed = "every field can be read"
    ] else [
        /// A field cannot be read.
        "request_malformed" RequestMalformed(request::Malformed)
    ];
    /// The actor may buy for this holder.
    Actor in actor => [
        /// The actor may act for the holder.
        MayAct = "the actor may do it"
    ] else [
        /// The actor's role may not buy.
        "role_not_allowed" RoleNotAllowed(actor::RoleNotAllowed),
        /// The account has no such holder.
        "holder_unknown" HolderUnknown(actor::HolderUnknown),
        /// The credential may not act for this holder.
        "actor_not_allowed" ActorNotAllowed(actor::ActorNotAllowed)
    ];
    /// The request says which number it wants, in a way that the system knows.
    Selector in selector => [
        /// What is wanted.
        Selected(selector::Selected)
    ] else [
        /// Nothing says which number is wanted.
        "selector_missing" SelectorMissing(selector::Missing),
        /// Several fields say which number is wanted.
        "selector_ambiguous" SelectorAmbiguous(selector::Ambiguous),
        /// This system cannot be asked in that way.
        "selector_not_offered" SelectorNotOffered(selector::NotOffered)
    ];
    /// The plan is a paid one.
    PaidPlan in paid_plan opened by another_plan => [
        /// The plan and its price.
        Plan(paid_plan::Entitled)
    ] else [
        /// There is no plan, or it is a free one where a paid one is needed.
        "plan_not_paid" PlanNotPaid(paid_plan::NotPaid)
    ];
    /// Policy and plan allow one more number in all.
    NumberLimit in limits::total opened by another_plan => [
        /// Numbers held and on their way against the plan's limit.
        Numbers(limits::Within)
    ] else [
        /// No further number is allowed.
        "number_limit_reached" NumberLimitReached(limits::Reached)
    ];
    /// Policy and plan allow one more number of the wanted one's country.
    CountryLimit in limits::country opened by another_plan => [] else [];
    /// Policy and plan allow one more number of the wanted one's type.
    TypeLimit in limits::number_type opened by another_plan => [] else [];
    /// Policy and plan allow the holder one more number.
    HolderLimit in limits::holder opened by another_plan => [] else [];
    /// What was spent in the period leaves room for it.
    SpendLimit in limits::spend opened by another_plan => [
        /// What was spent in the period, and the price, against the limit.
        Spent(limits::spend::Spent)
    ] else [
        /// The price does not fit into what may be spent in the period.
        "spend_limit_reached" SpendLimitReached(limits::spend::Exceeded)
    ];
    /// The day has room for one more purchase.
    DailyLimit in pace::daily opened by another_plan => [
        /// What was done lately against the limit.
        Pace(pace::Within)
    ] else [
        /// Too much was bought, or bought and released, lately.
        "pace_limit_reached" PaceLimitReached(pace::Reached)
    ];
    /// Numbers of this country are sold.
    Country in country => [
        /// The country is on the rate card, or the offer names it.
        Sold(country::Sold)
    ] else [
        /// No such number of this country is sold.
        "country_not_sold" CountryNotSold(country::NotSold)
    ];
    /// The wanted number is there, at a price in the wanted currency.
    Stock in stock => [
        /// A number was seen.
        InStock(stock::InStock)
    ] else [
        /// The number can only be bought after a search of the customer's own has returned it, and none that still counts has.
        "not_searched" NotSearched(stock::NotSearched),
        /// The number is there, but is not what else the request says of it.
        "number_mismatch" NumberMismatch(stock::Mismatched),
        /// There is no such number for sale.
        "out_of_stock" OutOfStock(stock::OutOfStock),
        /// The number has no price in this currency, and nothing is converted.
        "currency_not_offered" CurrencyNotOffered(stock::CurrencyNotOffered),
        /// What the number costs is more than an amount can be: a mistake of the rate card or of the offer.
        "price_too_large" PriceTooLarge(stock::PriceTooLarge)
    ];
    /// The customer's billing serves this country.
    Billing in billing => [
        /// The billing serves the country.
        BillingServes(billing::Serves)
    ] else [
        /// The country needs another kind of billing.
        "billing_kind_required" BillingKindRequired(billing::Required)
    ];
    /// KYC is done where the tier needs it.
    Kyc in kyc => [
        /// The tier against the lowest one that needs KYC.
        Tier(kyc::Verified)
    ] else [
        /// KYC must be done first.
        "kyc_required" KycRequired(kyc::Required)
    ];
    /// No purchase was accepted a moment ago, or this one is confirmed.
    Velocity in pace::velocity => [
        /// The instant from which on a purchase needs no confirmation.
        Window(pace::velocity::Clear)
    ] else [
        /// A purchase was accepted a moment ago, and this one is not confirmed.
        "velocity_exceeded" VelocityExceeded(pace::velocity::Exceeded)
    ];
    /// Not too many numbers were claimed and released lately.
    Churn in pace::churn => [] else [];
    /// A payment method is there.
    PaymentMethod in payment_method => [
        /// A payment method is there, or none is needed.
        MethodOnFile = "there is one, or none is needed"
    ] else [
        /// There is no way to pay.
        "payment_method_missing" PaymentMethodMissing(payment_method::Missing)
    ];
    /// The balance suffices.
    Balance in balance => [
        /// The balance against what is due.
        Funds(balance::Funds)
    ] else [
        /// The balance does not suffice.
        "insufficient_balance" InsufficientBalance(balance::Insufficient)
    ];
    /// The price is still the one that was seen.
    Price in price => [
        /// The price that was seen against the price now.
        SamePrice(price::SamePrice),
        /// The quote that the purchase follows still holds.
        SameQuote(price::SameQuote)
    ] else [
        /// The price is not the one that was seen.
        "price_changed" PriceChanged(price::Changed),
        /// The quote that the purchase follows no longer holds.
        "quote_outdated" QuoteOutdated(price::Outdated)
    ];
}

/// The declaration of a refusal, or of what a gate proves: it has no name of its own in TypeScript, because its members stand
/// beside the code.
#[cfg(feature = "describe")]
pub(crate) fn inlined<T: ts_rs::TS>() -> String {
    T::inline(&ts_rs::Config::new().with_large_int("number"))
}

/// What would open a blocked gate, the recommended way first.
pub(crate) fn fixes(gate: Gate, rejection: &Rejection, input: &Input<'_>) -> Vec<Remedy> {
    let mut fixes: Vec<Remedy> = better_plan::fix(input, gate).into_iter().collect();
    rejection.refusal().0.fixes(input, &mut fixes);
    fixes
}

impl Rejection {
    /// The gate that gives this answer.
    #[must_use]
    pub fn gate(&self) -> Gate {
        let (refusal, listed) = self.refusal();
        refusal.gate(listed)
    }

    /// What kind of refusal it is, one of ten.
    #[must_use]
    pub fn family(&self) -> Family {
        self.refusal().0.family()
    }

    /// Whether the same request, sent again unchanged, could be accepted later although nobody does anything about it here:
    /// time passes, a number comes on sale, or a verification is decided.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.refusal().0.is_transient()
    }
}
