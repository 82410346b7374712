//! Effects: what the host must do, and how it ended.
//!
//! An effect's id is deterministic, and is the idempotency key that the host passes on. The host runs an effect at
//! least once; a second run is harmless. It tells the outcome of every run, of one that died as unknown: what may have been
//! done is then never forgotten.

use alloc::{string::String, string::ToString, vec::Vec};
use core::{fmt, str::FromStr};

use crate::base::id::{CheckoutId, HolderId, PurchaseId};
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::market::offers::{OfferedNumber, OfferedPrice};
use crate::market::selector::Selector;
use crate::purchase::Attempts;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;
use ringup_numbering::E164;

/// Something for the host to do.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Effect {
    /// The id, and the idempotency key to pass on.
    pub id: EffectId,
    /// The earliest instant at which to run it.
    pub not_before: Timestamp,
    /// What to do.
    #[serde(flatten)]
    pub action: Action,
}

/// What an effect does.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// Open a page at the payment provider where the customer pays.
    OpenCheckout {
        /// The amount due now.
        amount: Money,
        /// When the page expires.
        expires_at: Timestamp,
    },
    /// Reserve a number in the inventory, by one conditional write.
    Reserve {
        /// The number to reserve, or what it must match.
        selector: Selector,
        /// The own price that the number must have. Absent: the price is the rate card's, and a number with its own price
        /// must cost the same. [`Agreement::accepts`](crate::purchase::Agreement::accepts) tells.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        own_price: Option<OfferedPrice>,
        /// Numbers that were reserved before and are not what was agreed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(optional, as = "Option<_>")]
        except: Vec<E164>,
    },
    /// Take the money.
    Charge {
        /// The payment method to charge.
        method: PaymentMethod,
        /// The amount to take.
        amount: Money,
    },
    /// Order the reserved number at the carrier.
    Order {
        /// The number to order.
        number: E164,
        /// The holder that the number is for.
        holder: Option<HolderId>,
    },
    /// Ask the carrier whether it has the order, by key or by its list of our numbers.
    QueryOrder {
        /// The number that was ordered.
        number: E164,
        /// The id of the order effect: the key under which it was placed.
        order: EffectId,
        /// Whether the carrier can answer by its list of our numbers only.
        list_only: bool,
    },
    /// Return a reserved number to the inventory.
    Unreserve {
        /// The number to return.
        number: E164,
    },
    /// Return the money to where it came from.
    Refund {
        /// The payment method that took it.
        method: PaymentMethod,
        /// The amount to return.
        amount: Money,
        /// The checkout session that took it. Absent: a charge.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        checkout: Option<CheckoutId>,
    },
    /// Take the number off the customer's subscription or open invoice. The last number ends the subscription.
    EndCharges {
        /// The payment method that pays for it.
        method: PaymentMethod,
    },
    /// Take the fee of a period of a held number. The id names the period. If it was declined and is asked for again, the
    /// provider tries again, and takes the fee of one period once.
    Renew {
        /// The payment method that pays for the number.
        method: PaymentMethod,
        /// The amount to take.
        amount: Money,
    },
    /// Return a held number to the carrier.
    Release {
        /// The number to return.
        number: E164,
    },
}

/// The kind of an effect: the name of an [`Action`]. See [`Action::kind`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum EffectKind {
    /// [`Action::OpenCheckout`]
    OpenCheckout,
    /// [`Action::Reserve`]
    Reserve,
    /// [`Action::Charge`]
    Charge,
    /// [`Action::Order`]
    Order,
    /// [`Action::QueryOrder`]
    QueryOrder,
    /// [`Action::Unreserve`]
    Unreserve,
    /// [`Action::Refund`]
    Refund,
    /// [`Action::EndCharges`]
    EndCharges,
    /// [`Action::Renew`]
    Renew,
    /// [`Action::Release`]
    Release,
}

/// The effect that a purchase or a number owes: the action, and its attempts so far.
pub(crate) struct Owed {
    pub(crate) action: Action,
    pub(crate) attempts: Attempts,
}

/// The id of an effect: `PURCHASE/KIND`, or `PURCHASE/KIND/N` from the second of a kind on.
///
/// A repeat of an effect that changes something has the same id, so that it is done once. A query changes nothing; each
/// attempt has its own id, so that a late answer to an earlier one is not taken for the new one. If a reserved number is
/// not what was agreed, the next reservation is another effect.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(try_from = "String", into = "String")]
#[read(instead = "Self { purchase: PurchaseId::unread(), kind: EffectKind::Order, asking: 0 }")]
#[schemars(with = "String")]
#[ts(type = "string")]
pub struct EffectId {
    /// The purchase; for a held number, the one that bought it.
    pub purchase: PurchaseId,
    /// The kind of action.
    pub kind: EffectKind,
    /// From 0: the attempt of a query; how many numbers were rejected before a reservation or a return; for the
    /// refund of a surplus payment, which session it is, from 1; for a renewal, which one it is, from 1. Zero for every
    /// other kind.
    pub asking: u32,
}

/// The text is not the id of an effect.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownEffect;

/// How an effect ended. A lost reply is [`Outcome::Unknown`], never a refusal.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// The effect is done.
    Confirmed {
        /// What the payment provider, inventory or carrier returned.
        confirmation: Confirmation,
    },
    /// The effect was refused, and nothing is done under its id, now or by an earlier attempt. Another worker's attempt may
    /// have begun since: a refusal that comes after its lease has ended is [`Outcome::Unknown`]. A carrier that does not
    /// know our keys cannot promise this for an order, so its list is queried next. A refusal by something in between,
    /// such as a proxy or a rate limit, is [`Outcome::Unknown`].
    Declined {
        /// The reason, in the words of the one that refused.
        reason: String,
    },
    /// The effect may or may not be done. So it is if a worker tells nothing until its lease ends.
    Unknown,
}

/// What a successful effect returned.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Confirmation {
    /// The checkout page is open.
    CheckoutOpen {
        /// The session at the payment provider.
        checkout: CheckoutId,
        /// The address of the page.
        url: String,
    },
    /// The inventory reserved the number for us.
    Reserved {
        /// The reserved number, as the inventory describes it.
        offer: OfferedNumber,
    },
    /// The carrier has the order, and the number is ours.
    OrderFound,
    /// The carrier does not have the order.
    OrderAbsent,
    /// Done; nothing to return.
    Done,
}

/// What a manual review found about an effect whose outcome nobody could tell.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    /// It is done. For an order: the carrier has sold the number.
    Done {
        /// What its confirmation would have carried.
        confirmation: Confirmation,
    },
    /// It is not done, and will not be: the review has made sure that no attempt is under way. What must be done in any
    /// case (a refund, the return of a number) is asked for once more.
    NotDone,
    /// Nothing new. It is asked for once more, and the attempts count from zero.
    AskAgain,
}

impl Effect {
    /// The effect of a purchase or of the number it bought.
    pub(crate) fn new(purchase: PurchaseId, Owed { action, attempts }: Owed) -> Self {
        let kind = action.kind();
        let asking = if kind.is_question() || planted!("another_key_for_each_attempt") { attempts.asking() } else { 0 };
        Self { id: EffectId { purchase, kind, asking }, not_before: attempts.not_before, action }
    }
}

impl Action {
    /// The kind of this action.
    #[must_use]
    pub const fn kind(&self) -> EffectKind {
        match self {
            Self::OpenCheckout { .. } => EffectKind::OpenCheckout,
            Self::Reserve { .. } => EffectKind::Reserve,
            Self::Charge { .. } => EffectKind::Charge,
            Self::Order { .. } => EffectKind::Order,
            Self::QueryOrder { .. } => EffectKind::QueryOrder,
            Self::Unreserve { .. } => EffectKind::Unreserve,
            Self::Refund { .. } => EffectKind::Refund,
            Self::EndCharges { .. } => EffectKind::EndCharges,
            Self::Renew { .. } => EffectKind::Renew,
            Self::Release { .. } => EffectKind::Release,
        }
    }
}

impl EffectKind {
    /// Every kind, in the order of declaration.
    pub const ALL: [Self; 10] = [
        Self::OpenCheckout,
        Self::Reserve,
        Self::Charge,
        Self::Order,
        Self::QueryOrder,
        Self::Unreserve,
        Self::Refund,
        Self::EndCharges,
        Self::Renew,
        Self::Release,
    ];

    /// The name in JSON and in ids: `open_checkout`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenCheckout => "open_checkout",
            Self::Reserve => "reserve",
            Self::Charge => "charge",
            Self::Order => "order",
            Self::QueryOrder => "query_order",
            Self::Unreserve => "unreserve",
            Self::Refund => "refund",
            Self::EndCharges => "end_charges",
            Self::Renew => "renew",
            Self::Release => "release",
        }
    }

    /// Whether an effect of this kind is confirmed by this.
    pub(crate) const fn is_confirmed_by(self, confirmation: &Confirmation) -> bool {
        match self {
            Self::OpenCheckout => matches!(confirmation, Confirmation::CheckoutOpen { .. }),
            Self::Reserve => matches!(confirmation, Confirmation::Reserved { .. }),
            Self::QueryOrder => matches!(confirmation, Confirmation::OrderFound | Confirmation::OrderAbsent),
            Self::Charge
            | Self::Order
            | Self::Unreserve
            | Self::Refund
            | Self::EndCharges
            | Self::Renew
            | Self::Release => matches!(confirmation, Confirmation::Done),
        }
    }

    /// Whether it changes nothing, so that each attempt has its own id.
    const fn is_question(self) -> bool {
        match self {
            Self::QueryOrder => true,
            Self::OpenCheckout
            | Self::Reserve
            | Self::Charge
            | Self::Order
            | Self::Unreserve
            | Self::Refund
            | Self::EndCharges
            | Self::Renew
            | Self::Release => false,
        }
    }
}

impl EffectId {
    pub(crate) const fn new(purchase: PurchaseId, kind: EffectKind) -> Self {
        Self { purchase, kind, asking: 0 }
    }
}

impl fmt::Display for EffectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.purchase, self.kind.name())?;
        if self.asking == 0 { Ok(()) } else { write!(f, "/{}", self.asking) }
    }
}

impl FromStr for EffectId {
    type Err = UnknownEffect;
    fn from_str(text: &str) -> Result<Self, UnknownEffect> {
        let mut parts = text.split('/');
        let purchase = parts.next().and_then(|part| part.parse().ok()).ok_or(UnknownEffect)?;
        let name = parts.next().ok_or(UnknownEffect)?;
        let kind = EffectKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or(UnknownEffect)?;
        let asking = parts.next().map_or(Ok(0), |part| part.parse().map_err(|_| UnknownEffect))?;
        if parts.next().is_some() {
            return Err(UnknownEffect);
        }
        Ok(Self { purchase, kind, asking })
    }
}

impl TryFrom<String> for EffectId {
    type Error = UnknownEffect;
    fn try_from(text: String) -> Result<Self, UnknownEffect> {
        text.parse()
    }
}

impl From<EffectId> for String {
    fn from(id: EffectId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for UnknownEffect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an effect is named `PURCHASE/KIND`")
    }
}

impl core::error::Error for UnknownEffect {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for text in ["p1/order", "p1/query_order/3", "p1/open_checkout"] {
            assert_eq!(text.parse::<EffectId>().map(String::from), Ok(text.into()));
        }
        for text in ["", "p1", "p1/", "p1/nonsense", "p1/order/x", "p1/order/1/2"] {
            assert_eq!(text.parse::<EffectId>(), Err(UnknownEffect), "{text}");
        }
    }

    #[test]
    fn only_a_question_is_numbered() {
        let purchase: PurchaseId = "p1".parse().unwrap();
        let number: E164 = "+14045550100".parse().unwrap();
        let none = Attempts::none(Timestamp::from_millis(7));
        let attempts = Attempts { unanswered: 2, earlier: 1, ..none };
        let named = |action| Effect::new(purchase.clone(), Owed { action, attempts }).id.to_string();
        let order = EffectId::new(purchase.clone(), EffectKind::Order);
        assert_eq!(named(Action::QueryOrder { number, order, list_only: true }), "p1/query_order/3");
        assert_eq!(named(Action::Order { number, holder: None }), "p1/order");
        assert_eq!(named(Action::Unreserve { number }), "p1/unreserve");
        assert_eq!(named(Action::Release { number }), "p1/release");
    }

    #[test]
    fn a_kind_is_named_like_its_action_in_json() {
        let number: E164 = "+14045550100".parse().unwrap();
        let amount = Money::zero("USD".parse().unwrap());
        let method = PaymentMethod::Subscription;
        let order = EffectId::new("p1".parse().unwrap(), EffectKind::Order);
        let actions = [
            Action::OpenCheckout { amount, expires_at: Timestamp::from_millis(7) },
            Action::Reserve { selector: Selector::Exact { number }, own_price: None, except: Vec::new() },
            Action::Charge { method, amount },
            Action::Order { number, holder: None },
            Action::QueryOrder { number, order, list_only: true },
            Action::Unreserve { number },
            Action::Refund { method, amount, checkout: None },
            Action::EndCharges { method },
            Action::Renew { method, amount },
            Action::Release { number },
        ];
        assert_eq!(actions.each_ref().map(Action::kind), EffectKind::ALL);
        for action in actions {
            assert_eq!(serde_json::to_value(&action).unwrap()["action"], action.kind().name());
        }
    }
}
