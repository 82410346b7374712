//! Effects: what the host must now do, and how it ended.
//!
//! An effect's id is deterministic and is also the idempotency key that the host hands on. The host runs an effect at
//! least once; a second run is harmless.

use alloc::{string::String, string::ToString};
use core::{fmt, str::FromStr};

use crate::base::id::{CheckoutId, HolderId, PurchaseId};
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::market::offers::OfferedNumber;
use crate::market::selector::Selector;
use crate::purchase::Attempts;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;
use ringup_numbering::E164;

/// Something for the host to do.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Effect {
    /// Its name, and the idempotency key to hand on.
    pub id: EffectId,
    /// Not to be done before this instant.
    pub not_before: Timestamp,
    /// What to do.
    #[serde(flatten)]
    pub action: Action,
}

/// What to do.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// Open a page at the payment provider where the customer can pay.
    OpenCheckout {
        /// What is due now.
        amount: Money,
        /// Until when it can be paid.
        expires_at: Timestamp,
    },
    /// Win a number in the inventory by one conditional write.
    Reserve {
        /// Which number.
        selector: Selector,
    },
    /// Take the money.
    Charge {
        /// How.
        method: PaymentMethod,
        /// How much.
        amount: Money,
    },
    /// Order the reserved number at the carrier.
    Order {
        /// The number.
        number: E164,
        /// Who will hold it.
        holder: Option<HolderId>,
    },
    /// Ask the carrier whether it took the order with this effect's purchase, by key or by the list of our numbers.
    QueryOrder {
        /// The number.
        number: E164,
        /// The order's effect id: the key under which it was placed.
        order: EffectId,
        /// Whether only the list of our numbers can tell.
        list_only: bool,
    },
    /// Give a reserved number back to the inventory.
    Unreserve {
        /// The number.
        number: E164,
    },
    /// Give the money back.
    Refund {
        /// The way by which it was taken.
        method: PaymentMethod,
        /// How much.
        amount: Money,
    },
    /// Take the number off the customer's subscription or open invoice; the last one ends the subscription.
    EndCharges {
        /// The way by which it was paid.
        method: PaymentMethod,
    },
    /// Give a held number back to the carrier.
    Release {
        /// The number.
        number: E164,
    },
}

/// The kinds of effect: the names of [`Action`]'s alternatives. What an action's kind is, [`Action::kind`] says.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
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
    /// [`Action::Release`]
    Release,
}

/// What a purchase or a number owes: an action, and how often it has been tried.
pub(crate) struct Owed {
    pub(crate) action: Action,
    pub(crate) attempts: Attempts,
}

/// An effect's name: `PURCHASE/KIND`, or `PURCHASE/KIND/N` for a question that is asked anew.
///
/// A repeat of an effect that did or may have done something has the same name, so that it does nothing twice; a question
/// changes nothing, and each asking has its own name, so that an old answer is not taken for a new one.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
#[ts(type = "string")]
pub struct EffectId {
    /// The purchase, or the purchase that bought the number.
    pub purchase: PurchaseId,
    /// What is done.
    pub kind: EffectKind,
    /// Which asking of a question; nought for everything else.
    pub asking: u32,
}

/// A text that names no effect.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownEffect;

/// How an effect ended. A lost reply is [`Outcome::Unknown`], never a refusal.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It is done.
    Confirmed {
        /// What came back.
        confirmation: Confirmation,
    },
    /// It was refused, and nothing was done under this effect's id, now or before: whoever knows our keys says so of an
    /// attempt whose reply was lost as well. (Of an order, a carrier without keys cannot; its list is then asked.) What
    /// something in between refused, a proxy or a rate limit, is [`Outcome::Unknown`].
    Declined {
        /// Why, in the words of whoever refused.
        reason: String,
    },
    /// It may or may not be done.
    Unknown,
}

/// What came back from an effect that is done.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Confirmation {
    /// The page is open.
    CheckoutOpen {
        /// The session.
        checkout: CheckoutId,
        /// The page.
        url: String,
    },
    /// The number is ours to order.
    Reserved {
        /// The number.
        offer: OfferedNumber,
    },
    /// The carrier knows the order, and the number is ours.
    OrderFound,
    /// The carrier does not know the order.
    OrderAbsent,
    /// It is done, and there is nothing more to say.
    Done,
}

impl Effect {
    /// The effect that does this for a purchase, or for the number that it bought.
    pub(crate) fn new(purchase: PurchaseId, Owed { action, attempts }: Owed) -> Self {
        let kind = action.kind();
        let asking = if kind.is_question() { attempts.unanswered } else { 0 };
        Self { id: EffectId { purchase, kind, asking }, not_before: attempts.not_before, action }
    }
}

impl Action {
    /// Its kind.
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
            Self::Release { .. } => EffectKind::Release,
        }
    }
}

impl EffectKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::OpenCheckout,
        Self::Reserve,
        Self::Charge,
        Self::Order,
        Self::QueryOrder,
        Self::Unreserve,
        Self::Refund,
        Self::EndCharges,
        Self::Release,
    ];

    /// Its name.
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
            Self::Release => "release",
        }
    }

    /// Whether it only asks, so that each asking is an effect of its own.
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
        let attempts = Attempts { unanswered: 3, not_before: Timestamp::from_millis(7) };
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
            Action::Reserve { selector: Selector::Exact { number } },
            Action::Charge { method, amount },
            Action::Order { number, holder: None },
            Action::QueryOrder { number, order, list_only: true },
            Action::Unreserve { number },
            Action::Refund { method, amount },
            Action::EndCharges { method },
            Action::Release { number },
        ];
        assert_eq!(actions.each_ref().map(Action::kind), EffectKind::ALL);
        for action in actions {
            assert_eq!(serde_json::to_value(&action).unwrap()["action"], action.kind().name());
        }
    }
}
