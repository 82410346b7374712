//! Commands: what somebody asks of an account. Imperatives; entropy comes in with them.

use crate::account::standing::{Actor, CustomerTerms};
use crate::base::id::{CheckoutId, PurchaseId};
use crate::base::money::Money;
use crate::effect::{EffectId, Outcome};
use crate::market::request::PurchaseRequest;

/// What is asked.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "command", rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[expect(clippy::large_enum_variant, reason = "a command is made, decided and dropped, never kept in numbers")]
pub enum Command {
    /// Buy a number.
    Purchase {
        /// A fresh name for the purchase. Not used if the request is a repeat of an earlier one.
        id: PurchaseId,
        /// Who asks.
        actor: Actor,
        /// What was typed.
        request: PurchaseRequest,
    },
    /// Take note of how an effect ended.
    RecordOutcome {
        /// The effect.
        effect: EffectId,
        /// How it ended.
        outcome: Outcome,
    },
    /// Take note that the customer has paid at the checkout.
    RecordCheckoutPaid {
        /// The purchase.
        purchase: PurchaseId,
        /// The session that was paid.
        checkout: CheckoutId,
    },
    /// Take note that the customer's payment at the checkout was declined or given up.
    RecordCheckoutDeclined {
        /// The purchase.
        purchase: PurchaseId,
        /// The session.
        checkout: CheckoutId,
    },
    /// Release a number.
    Release {
        /// The purchase that bought it.
        number: PurchaseId,
        /// Who asks.
        actor: Actor,
    },
    /// Add money to the wallet.
    TopUp {
        /// How much.
        money: Money,
    },
    /// Take note of what the customer has arranged from now on: plan, billing, payment method, verifications, holders.
    ChangeTerms {
        /// All of it.
        terms: CustomerTerms,
    },
    /// Close a purchase that needed a person's review.
    Resolve {
        /// The purchase.
        purchase: PurchaseId,
        /// What the person found out.
        finding: Finding,
    },
    /// Look at the clock. Early, late or repeated is harmless.
    WakeUp,
}

/// What a person found out about a purchase in review.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum Finding {
    /// The carrier has sold us the number.
    Bought,
    /// It has not, and will not.
    NotBought,
}
