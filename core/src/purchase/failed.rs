//! The purchase has ended without a number.

use alloc::{string::String, vec::Vec};

use super::{Agreement, Attempts, Behaviour, Compensating, Context, Facts, Phase, PurchaseCommand, State, UndoStep};
use crate::PurchaseId;
use crate::effect::Owed;
use crate::event::PurchaseEvent;

/// It has ended without a number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Failed {
    /// Why.
    pub failure: Failure,
    /// Whether money was taken and went back; then the same payment is not taken a second time.
    pub refunded: bool,
}

impl Behaviour for Failed {
    fn facts(&self) -> Facts<'_> {
        Facts { phase: Phase::Settled, checkout_expires_at: None, offer: None }
    }

    fn owed(&self, _: &PurchaseId, _: &Agreement) -> Option<Owed> {
        None
    }

    fn on(&self, command: &PurchaseCommand<'_>, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match command {
            PurchaseCommand::RecordCheckoutPaid(_) => self.on_paid(context),
            PurchaseCommand::RecordOutcome(_)
            | PurchaseCommand::RecordCheckoutDeclined(_)
            | PurchaseCommand::Resolve(_) => Vec::new(),
        }
    }

    fn evolve(&self, event: &PurchaseEvent, _: &Agreement) -> Option<State> {
        if let PurchaseEvent::PaymentTaken { amount, .. } = event {
            let refund = UndoStep::Refund { amount: *amount };
            return Some(State::Compensating(Compensating::of_one(&self.failure, refund, Attempts::unscheduled())));
        }
        None
    }
}

/// Why a purchase that was accepted did not go through.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "failure", rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum Failure {
    /// The customer gave the checkout up, or the payment was declined there.
    CheckoutDeclined,
    /// Nobody paid in time.
    CheckoutExpired,
    /// The payment provider declined.
    PaymentDeclined {
        /// Its words.
        reason: String,
    },
    /// No such number was left when it was to be reserved.
    OutOfStock {
        /// The inventory's words.
        reason: String,
    },
    /// The carrier declined the order.
    CarrierDeclined {
        /// Its words.
        reason: String,
    },
    /// A person found that the carrier has not sold the number.
    FoundNotBought,
}

impl Failed {
    /// A payment after the end of the checkout: it is taken note of, and goes back.
    fn on_paid(&self, context: &Context<'_>) -> Vec<PurchaseEvent> {
        let at_checkout = match self.failure {
            Failure::CheckoutDeclined | Failure::CheckoutExpired => !self.refunded,
            Failure::PaymentDeclined { .. }
            | Failure::OutOfStock { .. }
            | Failure::CarrierDeclined { .. }
            | Failure::FoundNotBought => false,
        };
        if !at_checkout {
            return Vec::new();
        }
        [PurchaseEvent::PaymentTaken { amount: context.agreement.price.due_now }].into()
    }
}
