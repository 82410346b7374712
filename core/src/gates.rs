//! The gates: every rule that a purchase must pass, in one fixed order that is part of the contract.
//!
//! `quote` reports every gate; `decide` refuses with the first that is blocked. A policy switches gates on and sets
//! their figures; it never reorders them.
//!
//! # Why this order
//!
//! Checks that are cheap and read only the account come first; nothing is searched before it is needed.
//!
//! 1. The key and the fields: is the request new, and can it be parsed? A repeat gets its answer before any rule that
//!    may have changed since could refuse it.
//! 2. The actor, which number is meant, and whether the account has it already.
//! 3. The plan and the limits. Limits by country, type or amount must know the number: here `decide` asks for a search
//!    if the number must be looked up.
//! 4. The number and what it needs: its country, its stock, the billing and the verification for it.
//! 5. The pace of the account.
//! 6. The money: the payment method and the balance.
//! 7. Last, whether the price is still as it was seen. This matters only to a customer who could buy at the new price.
//!
//! # Waiting
//!
//! A gate that lacks a fact is waiting for it ([`Fact`]), neither passed nor blocked. The fact may be the result of a
//! search, which `decide` asks for; the keys that were used, which only an account knows; or an [earlier
//! gate](Fact::EarlierGate), which must pass before there is anything to judge.
//!
//! The gate named there may come later in the list. `CountryLimit` comes before `Country`, because the limits belong
//! together. In a country that is not sold there is no number to count, so `CountryLimit` waits for `Country`, which
//! refuses.
//!
//! # A new rule
//!
//! Write its file: its figures (`Policy`), its `judge`, its evidence, its refusal with its fixes (`Refusal`), the
//! sentence (`Display`), the `deciding_field`, a test, and an `# Example` in its comment. Then add its entry to the list
//! below, in its place, with the member of the policy that has its figures.

#[macro_use]
mod list;
#[macro_use]
pub(crate) mod policy;

mod alternatives;
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
mod step;
mod wording;

pub mod actor;
pub mod already_held;
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
pub mod price;
pub mod request;
pub mod selector;
pub mod stock;

use alloc::{string::String, vec::Vec};
use core::fmt;

pub(crate) use alternatives::{Breadth, alternatives};
pub use family::Family;
pub use field::DecidingField;
pub use fix::{Correction, CountryChoice, Remedy, RoleTask, WaitReason};
pub(crate) use input::{Input, Rules};
pub use judgement::{Fact, Verdict};
use judgement::{Judgement, Refusal};
use list::spaced;
pub(crate) use proof::{Proof, Unproven};
use sentence::Sentence;
pub(crate) use step::{CHOICES_MAX, StepKind};

use crate::base::money::Decimals;

gates! {
    /// Whether the idempotency key is well-formed.
    KeyForm in key_form => [
        /// The key's length and the longest length.
        KeyLength(key_form::Fits)
    ] else [
        /// The idempotency key is empty, too long, or has characters other than printable ASCII.
        "key_malformed" KeyMalformed(key_form::Malformed)
    ];
    /// Whether the key is new or belongs to the same request.
    Idempotency in idempotency {
        /// Idempotency keys. Absent: keys are not used.
        idempotency: idempotency::Policy
    } => [
        /// No earlier purchase has this key.
        KeyIsNew = "no earlier purchase has this key",
        /// The key belongs to an earlier purchase with the same fingerprint. That purchase is the answer.
        Repeats(idempotency::Repeats),
        /// The key belongs to a purchase that waited for KYC, which is approved. The request goes on as that purchase.
        Resumes(idempotency::Resumes),
        /// A purchase of the same number for the same holder is pending. That purchase is the answer.
        Joins(idempotency::Joins),
        /// The key, or the number, belongs to a purchase whose checkout has expired. This purchase replaces it.
        Replaces(idempotency::Replaces),
        /// The key belongs to a purchase of another holder. The gate of the actor comes next.
        KeyOfAnotherHolder = "the key is that of another holder's purchase"
    ] else [
        /// The key belongs to a purchase with another fingerprint.
        "key_reused" KeyReused = idempotency::Reused
    ];
    /// Whether every field can be parsed.
    Request in request => [
        /// Every field was parsed.
        WellFormed = "every field can be read"
    ] else [
        /// A field cannot be parsed, or a required one is missing.
        "request_malformed" RequestMalformed(request::Malformed)
    ];
    /// Whether the actor may buy for the holder.
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
    /// Whether the request has a selector that the policy offers.
    Selector in selector => [
        /// The selector of the request.
        Selected(selector::Selected)
    ] else [
        /// The request has no selector.
        "selector_missing" SelectorMissing(selector::Missing),
        /// The request has more than one selector.
        "selector_ambiguous" SelectorAmbiguous(selector::Ambiguous),
        /// The policy does not offer this selector.
        "selector_not_offered" SelectorNotOffered(selector::NotOffered)
    ];
    /// Whether the account has the number already, or a pending purchase of it.
    AlreadyHeld in already_held => [
    ] else [
        /// The account has the number already, or a pending purchase of it.
        "already_held" AlreadyHeld(already_held::Held)
    ];
    /// Whether the customer has a paid plan, or any plan where plans limit.
    PaidPlan in paid_plan opened by another_plan => [
        /// The plan and its price.
        Plan(paid_plan::Entitled)
    ] else [
        /// The customer has no plan, or a free one where a paid one is required.
        "plan_not_paid" PlanNotPaid(paid_plan::NotPaid)
    ];
    /// Whether policy and plan allow one more number in total.
    NumberLimit in limits::total opened by another_plan => [
        /// The numbers held and pending, and the limit.
        Numbers(limits::Within)
    ] else [
        /// A limit of numbers is reached.
        "number_limit_reached" NumberLimitReached(limits::Reached)
    ];
    /// Whether policy and plan allow one more number of the country.
    CountryLimit in limits::country opened by another_plan => [] else [];
    /// Whether policy and plan allow one more number of the type.
    TypeLimit in limits::number_type opened by another_plan => [] else [];
    /// Whether policy and plan allow the holder one more number.
    HolderLimit in limits::holder opened by another_plan => [] else [];
    /// Whether the spending limit of the period allows the amount due.
    SpendLimit in limits::spend opened by another_plan => [
        /// The amount spent in the period, the amount due and the limit.
        Spent(limits::spend::Spent)
    ] else [
        /// The amount due exceeds what is left of a spending limit.
        "spend_limit_reached" SpendLimitReached(limits::spend::Exceeded)
    ];
    /// Whether the day's limit allows one more purchase.
    DailyLimit in pace::daily opened by another_plan => [
        /// The count of purchases or moves, and the limit.
        Pace(pace::Within)
    ] else [
        /// Too many purchases, or purchases and releases, in the window.
        "pace_limit_reached" PaceLimitReached(pace::Reached)
    ];
    /// Whether numbers of the country and type are sold.
    Country in country => [
        /// The rate card has the country, or the offer is in it.
        Sold(country::Sold)
    ] else [
        /// Numbers of this country or type are not sold.
        "country_not_sold" CountryNotSold(country::NotSold)
    ];
    /// Whether the number is for sale, with a price in the currency.
    Stock in stock => [
        /// A search found a number, or none is needed yet.
        InStock(stock::InStock)
    ] else [
        /// The policy requires a search before the purchase, and no current search of the customer found the number.
        "not_searched" NotSearched(stock::NotSearched),
        /// The number exists, but the request says something else about it.
        "number_mismatch" NumberMismatch(stock::Mismatched),
        /// No number of the country can be so, by the numbering plan.
        "no_such_number" NoSuchNumber(stock::existence::NoSuchNumber),
        /// No such number is for sale.
        "out_of_stock" OutOfStock(stock::OutOfStock),
        /// The number has no price in this currency. Nothing is converted.
        "currency_not_offered" CurrencyNotOffered(stock::CurrencyNotOffered),
        /// The price exceeds the largest amount, by a mistake of the rate card or the offer.
        "price_too_large" PriceTooLarge(stock::PriceTooLarge)
    ];
    /// Whether the customer's kind of billing may buy in the country.
    Billing in billing {
        /// The kinds of billing that countries require. Absent: any.
        billing: billing::Policy
    } => [
        /// The kind of billing may buy in the country.
        BillingServes(billing::Serves)
    ] else [
        /// The country requires another kind of billing.
        "billing_kind_required" BillingKindRequired(billing::Required)
    ];
    /// Whether the verification that the tier requires is approved.
    Kyc in kyc {
        /// The tiers that require KYC. Absent: none.
        kyc: kyc::Policy
    } => [
        /// The number's tier and the lowest tier that requires KYC.
        Tier(kyc::Verified)
    ] else [
        /// A KYC verification must be approved first.
        "kyc_required" KycRequired(kyc::Required)
    ];
    /// Whether the velocity window has passed, or the purchase is confirmed.
    Velocity in pace::velocity {
        /// The guard against accidental second purchases. Absent: off.
        velocity: pace::velocity::Policy
    } => [
        /// The end of the velocity window.
        Window(pace::velocity::Clear)
    ] else [
        /// The velocity window has not passed, and the purchase is not confirmed.
        "velocity_exceeded" VelocityExceeded(pace::velocity::Exceeded)
    ];
    /// Whether the churn window allows one more move.
    Churn in pace::churn {
        /// The guard against buying and releasing in turns. Absent: off.
        churn: pace::churn::Policy
    } => [] else [];
    /// Whether a payment method is available.
    PaymentMethod in payment_method => [
        /// A payment method is on file, or none is required.
        MethodOnFile = "there is one, or none is needed"
    ] else [
        /// The customer cannot pay for the number.
        "payment_method_missing" PaymentMethodMissing(payment_method::Missing)
    ];
    /// Whether the wallet balance covers the amount due.
    Balance in balance => [
        /// The balance and the amount due.
        Funds(balance::Funds)
    ] else [
        /// The balance is less than the amount due.
        "insufficient_balance" InsufficientBalance(balance::Insufficient)
    ];
    /// Whether the price is as it was seen.
    Price in price => [
        /// The price, which is as it was seen.
        SamePrice(price::SamePrice),
        /// The quote that the purchase follows, which still holds.
        SameQuote(price::SameQuote)
    ] else [
        /// The price differs from the one that was seen.
        "price_changed" PriceChanged(price::Changed),
        /// The terms of the quote no longer hold.
        "quote_outdated" QuoteOutdated(price::Outdated)
    ];
}

/// The members of a refusal or an evidence in TypeScript. They are beside the code, so the type has no name there.
#[cfg(feature = "describe")]
pub(crate) fn inlined<T: ts_rs::TS>() -> String {
    T::inline(&ts_rs::Config::new().with_large_int("number"))
}

/// What would open a blocked gate, the recommended fix first.
pub(crate) fn fixes(gate: Gate, rejection: &Rejection, input: &Input<'_>) -> Vec<Remedy> {
    let mut fixes: Vec<Remedy> = better_plan::fix(input, gate).into_iter().collect();
    rejection.refusal().0.fixes(input, &mut fixes);
    fixes
}

impl Rejection {
    /// The gate that gives this refusal.
    #[must_use]
    pub fn gate(&self) -> Gate {
        let (refusal, listed) = self.refusal();
        refusal.gate(listed)
    }

    /// The kind of refusal, one of ten.
    #[must_use]
    pub fn family(&self) -> Family {
        self.refusal().0.family()
    }

    /// Whether the same request may be accepted later although the customer does nothing: time passes, a number comes
    /// on sale, or a verification is decided.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.refusal().0.is_transient()
    }
}
