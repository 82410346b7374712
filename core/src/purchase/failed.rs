//! The purchase has ended without a number.

use alloc::{string::String, vec::Vec};

use super::{Agreement, Attempts, Behaviour, Compensating, Context, Facts, Phase, PurchaseCommand, State, UndoStep};
use crate::base::id::PurchaseId;
use crate::effect::Owed;
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use ringup_derive::data;

/// It has ended without a number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Failed {
    /// Why.
    pub failure: Failure,
    /// Whether money was taken and went back; then the same payment is not taken a second time.
    pub refunded: bool,
}

impl Behaviour for Failed {
    fn facts(&self) -> Facts<'_> {
        Facts {
            name: "failed",
            expects: if self.takes_payment() { &["payment_taken"] } else { &[] },
            phase: Phase::Settled,
            checkout_expires_at: None,
            offer: None,
        }
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

    fn evolve(&self, event: &PurchaseEvent, _: &Agreement) -> Result<State, Impossible> {
        match event {
            PurchaseEvent::PaymentTaken { amount } if self.takes_payment() => {
                let refund = UndoStep::Refund { amount: *amount };
                Ok(State::Compensating(Compensating::of_one(&self.failure, refund, Attempts::unscheduled())))
            }
            PurchaseEvent::CheckoutOpened { .. }
            | PurchaseEvent::PaymentTaken { .. }
            | PurchaseEvent::NumberReserved { .. }
            | PurchaseEvent::OutcomeUnknown { .. }
            | PurchaseEvent::OrderDeclineDoubted { .. }
            | PurchaseEvent::OrderAbsent { .. }
            | PurchaseEvent::NumberProvisioned { .. }
            | PurchaseEvent::NumberActivated { .. }
            | PurchaseEvent::CompensationStarted { .. }
            | PurchaseEvent::ReservationReturned
            | PurchaseEvent::ProvisioningReturned
            | PurchaseEvent::PaymentRefunded { .. }
            | PurchaseEvent::PurchaseFailed { .. }
            | PurchaseEvent::ReviewNeeded => Err(Impossible),
        }
    }
}

/// Why a purchase that was accepted did not go through.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "failure", rename_all = "snake_case")]
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
    /// Whether its checkout can still have been paid: it has ended, and no such payment was given back yet.
    const fn takes_payment(&self) -> bool {
        match self.failure {
            Failure::CheckoutDeclined | Failure::CheckoutExpired => !self.refunded,
            Failure::PaymentDeclined { .. }
            | Failure::OutOfStock { .. }
            | Failure::CarrierDeclined { .. }
            | Failure::FoundNotBought => false,
        }
    }

    /// A payment after the end of the checkout: it is taken note of, and goes back.
    fn on_paid(&self, context: &Context<'_>) -> Vec<PurchaseEvent> {
        if !self.takes_payment() {
            return Vec::new();
        }
        [PurchaseEvent::PaymentTaken { amount: context.agreement.price.due_now }].into()
    }
}
