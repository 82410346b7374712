//! Commands: what is asked of an account, as imperatives. Random ids come in with them.
//!
//! Each command is a type, so that [`decide`](crate::decide) answers each with its own type. [`AnyCommand`] has all of
//! them, for JSON.

use crate::account::standing::{Actor, CustomerTerms};
use crate::account::verification::KycFinding;
use crate::base::id::{CheckoutId, CommandId, HolderId, PapersId, PurchaseId};
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::effect::{EffectId, EffectKind, Finding, Outcome};
use crate::market::request::PurchaseRequest;
use crate::records::RecordId;
use crate::terms::number_type::NumberType;
use crate::terms::release::ReleaseWhen;
use alloc::vec::Vec;
use ringup_derive::data;
use ringup_numbering::Country;

/// Declares command types with the attributes that each has.
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
    /// Buys a number.
    MakePurchase {
        /// A fresh id for the purchase. It is not used if the request repeats an earlier one.
        id: PurchaseId,
        /// Who sends the request.
        actor: Actor,
        /// The request as the client wrote it.
        request: PurchaseRequest,
    }

    /// Records how an effect ended.
    RecordOutcome {
        /// The effect that was run.
        effect: EffectId,
        /// How it ended.
        outcome: Outcome,
    }

    /// Records that the customer paid at the checkout.
    RecordCheckoutPaid {
        /// The purchase that the checkout is for.
        purchase: PurchaseId,
        /// The session that was paid.
        checkout: CheckoutId,
        /// The amount that it took.
        amount: Money,
        /// The instant of the payment, by the payment provider's clock. The message may come later.
        paid_at: Timestamp,
    }

    /// Records that the payment at the checkout was declined, or that the customer abandoned it.
    RecordCheckoutDeclined {
        /// The purchase that the checkout is for.
        purchase: PurchaseId,
        /// The session that ended.
        checkout: CheckoutId,
    }

    /// Releases a number.
    ReleaseNumber {
        /// The purchase that bought the number.
        number: PurchaseId,
        /// Who sends the request.
        actor: Actor,
        /// When the number shall leave. Absent: as the policy says, or as it is scheduled already.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        when: Option<ReleaseWhen>,
    }

    /// Cancels a release that is scheduled, or whose cool-down is not over. Sent twice it is harmless.
    CancelRelease {
        /// The purchase that bought the number.
        number: PurchaseId,
        /// Who sends the request.
        actor: Actor,
    }

    /// Moves a number to another holder of the account. Sent twice it is harmless.
    TransferNumber {
        /// The purchase that bought the number.
        number: PurchaseId,
        /// Who sends the request.
        actor: Actor,
        /// The holder that shall have it.
        holder: HolderId,
        /// Whether to move it although it was used a short time ago. Absent: no.
        #[serde(default)]
        #[ts(optional, as = "Option<_>")]
        force: bool,
    }

    /// Records that a number was used: a call or a message.
    RecordUse {
        /// The purchase that bought the number.
        number: PurchaseId,
        /// The instant of the use.
        at: Timestamp,
    }

    /// Adds money to the wallet, once for each id.
    TopUp {
        /// The id of the command. A repeat has the same one, and changes nothing.
        id: CommandId,
        /// Who sends the request.
        actor: Actor,
        /// The amount to add.
        money: Money,
    }

    /// Records the customer's new terms: plan, billing, payment method, verifications.
    ChangeTerms {
        /// The new terms, complete.
        terms: CustomerTerms,
    }

    /// Records what the regulator, or the customer, says of the papers for a country and a type of number.
    RecordVerification {
        /// The country of the numbers. Absent: the verification is the account's.
        country: Option<Country>,
        /// The type of the numbers. Absent: all types.
        number_type: Option<NumberType>,
        /// What was said.
        finding: KycFinding,
        /// The papers in the host's store of personal data.
        papers: Option<PapersId>,
    }

    /// Ends the wait of a purchase for KYC: its papers were declined or withdrawn.
    EndKycWait {
        /// The waiting purchase. One that waits no more is unchanged.
        purchase: PurchaseId,
        /// Whether the papers were declined. Otherwise they were withdrawn.
        declined: bool,
    }

    /// Adds a holder, or changes what it may do.
    SetHolder {
        /// The holder.
        holder: HolderId,
        /// Whether it may get numbers.
        allowed: bool,
        /// Whether its numbers count against the account's limits.
        counted: bool,
    }

    /// Looks at the clock for these records. Sent early, late or twice it is harmless.
    WakeUp {
        /// The purchases and numbers that are due.
        records: Vec<RecordId>,
    }

    /// Closes the manual review of an effect.
    ResolvePurchase {
        /// The purchase; for a held number, the one that bought it.
        purchase: PurchaseId,
        /// Who sends the request.
        actor: Actor,
        /// The kind of the effect in review, as `in_review` of the purchase or of the number has it. An order that is
        /// queried is an order.
        effect: EffectKind,
        /// What the review found.
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

/// Any command, as JSON has it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "command", rename_all = "snake_case")]
// `Command` in JSON and TypeScript, which have no trait of that name.
#[schemars(rename = "Command")]
#[ts(rename = "Command")]
#[expect(clippy::large_enum_variant, reason = "a command is made, decided and dropped, never kept in numbers")]
pub enum AnyCommand {
    /// Buys a number.
    Purchase(MakePurchase),
    /// Records how an effect ended.
    RecordOutcome(RecordOutcome),
    /// Records that the customer paid at the checkout.
    RecordCheckoutPaid(RecordCheckoutPaid),
    /// Records that the payment at the checkout was declined, or that the customer abandoned it.
    RecordCheckoutDeclined(RecordCheckoutDeclined),
    /// Releases a number.
    Release(ReleaseNumber),
    /// Cancels a release that is scheduled, or whose cool-down is not over. Sent twice it is harmless.
    CancelRelease(CancelRelease),
    /// Moves a number to another holder of the account. Sent twice it is harmless.
    Transfer(TransferNumber),
    /// Records that a number was used: a call or a message.
    RecordUse(RecordUse),
    /// Adds money to the wallet.
    TopUp(TopUp),
    /// Records the customer's new terms: plan, billing, payment method, verifications.
    ChangeTerms(ChangeTerms),
    /// Closes the manual review of an effect.
    Resolve(ResolvePurchase),
    /// Records what the regulator, or the customer, says of the papers for a country and a type of number.
    RecordVerification(RecordVerification),
    /// Ends the wait of a purchase for KYC: its papers were declined or withdrawn.
    EndKycWait(EndKycWait),
    /// Adds a holder, or changes what it may do.
    SetHolder(SetHolder),
    /// Looks at the clock for these records. Sent early, late or twice it is harmless.
    WakeUp(WakeUp),
}
