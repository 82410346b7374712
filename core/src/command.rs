//! Commands: what somebody asks of an account. Imperatives; entropy comes in with them.
//!
//! Each is a type of its own, so that [`decide`](crate::decide) can answer it by a type of its own. [`AnyCommand`] is all of
//! them in one, for JSON.

use crate::account::standing::{Actor, CustomerTerms};
use crate::base::id::{CheckoutId, PurchaseId};
use crate::base::money::Money;
use crate::effect::{EffectId, Outcome};
use crate::market::request::PurchaseRequest;
use ringup_derive::data;

/// The attributes that every command has.
macro_rules! commands {
    ($( $(#[$doc:meta])* $command:ident { $( $(#[$member_doc:meta])* $member:ident: $kind:ty, )* } )+) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, Eq, PartialEq)]
        #[data]
        #[schemars(inline)]
        #[ts(rename = crate::gates::inlined::<Self>())]
        pub struct $command {
            $( $(#[$member_doc])* pub $member: $kind, )*
        }
    )+ };
}

commands! {
    /// Buy a number.
    MakePurchase {
        /// A fresh name for the purchase. Not used if the request is a repeat of an earlier one.
        id: PurchaseId,
        /// Who asks.
        actor: Actor,
        /// What was typed.
        request: PurchaseRequest,
    }

    /// Take note of how an effect ended.
    RecordOutcome {
        /// The effect.
        effect: EffectId,
        /// How it ended.
        outcome: Outcome,
    }

    /// Take note that the customer has paid at the checkout.
    RecordCheckoutPaid {
        /// The purchase.
        purchase: PurchaseId,
        /// The session that was paid.
        checkout: CheckoutId,
    }

    /// Take note that the customer's payment at the checkout was declined or given up.
    RecordCheckoutDeclined {
        /// The purchase.
        purchase: PurchaseId,
        /// The session.
        checkout: CheckoutId,
    }

    /// Release a number.
    ReleaseNumber {
        /// The purchase that bought it.
        number: PurchaseId,
        /// Who asks.
        actor: Actor,
    }

    /// Add money to the wallet.
    TopUp {
        /// How much.
        money: Money,
    }

    /// Take note of what the customer has arranged from now on: plan, billing, payment method, verifications, holders.
    ChangeTerms {
        /// All of it.
        terms: CustomerTerms,
    }

    /// Close a purchase that needed a person's review.
    ResolvePurchase {
        /// The purchase.
        purchase: PurchaseId,
        /// What the person found out.
        finding: Finding,
    }
}

/// # Example
///
/// ```
/// use ringup_core::{Actor, MakePurchase, PurchaseRequest};
///
/// // The host draws a fresh id for each command. A repeat of the key gets the earlier purchase, and this id is not used.
/// let command = MakePurchase {
///     id: "purchase-118".parse()?,
///     actor: Actor::default(),
///     request: PurchaseRequest { country: Some("US".into()), idempotency_key: Some("118".into()), ..Default::default() },
/// };
/// assert_eq!(command.id.as_str(), "purchase-118");
/// # Ok::<(), ringup_core::IdentifierError>(())
/// ```
impl MakePurchase {}

/// # Example
///
/// ```
/// use ringup_core::{Action, Confirmation, Effect, Outcome, RecordOutcome, Timestamp};
///
/// // One of those that `owed` lists. Its id is the idempotency key for the carrier.
/// let effect = Effect {
///     id: "purchase-1/order".parse()?,
///     not_before: Timestamp::from_millis(1_774_432_800_000),
///     action: Action::Order { number: "+14155550142".parse()?, holder: None },
/// };
/// // What the carrier said. A timeout is no refusal: the order may have gone through.
/// let report = |reply: Result<u16, &str>| match reply {
///     Ok(201) => Outcome::Confirmed { confirmation: Confirmation::Done },
///     Ok(_) | Err(_) => Outcome::Unknown,
/// };
/// let command = RecordOutcome { effect: effect.id, outcome: report(Err("timed out")) };
/// assert_eq!(command.outcome, Outcome::Unknown);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl RecordOutcome {}

/// Look at the clock. Early, late or repeated is harmless.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct WakeUp;

/// Any of the commands: what JSON says.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "command", rename_all = "snake_case")]
// In TypeScript and JSON there is no other.
#[schemars(rename = "Command")]
#[ts(rename = "Command")]
#[expect(clippy::large_enum_variant, reason = "a command is made, decided and dropped, never kept in numbers")]
pub enum AnyCommand {
    /// Buy a number.
    Purchase(MakePurchase),
    /// Take note of how an effect ended.
    RecordOutcome(RecordOutcome),
    /// Take note that the customer has paid at the checkout.
    RecordCheckoutPaid(RecordCheckoutPaid),
    /// Take note that the customer's payment at the checkout was declined or given up.
    RecordCheckoutDeclined(RecordCheckoutDeclined),
    /// Release a number.
    Release(ReleaseNumber),
    /// Add money to the wallet.
    TopUp(TopUp),
    /// Take note of what the customer has arranged from now on: plan, billing, payment method, verifications, holders.
    ChangeTerms(ChangeTerms),
    /// Close a purchase that needed a person's review.
    Resolve(ResolvePurchase),
    /// Look at the clock. Early, late or repeated is harmless.
    WakeUp,
}

/// What a person found out about a purchase in review.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The carrier has sold us the number.
    Bought,
    /// It has not, and will not.
    NotBought,
}
