//! Failed: the purchase has ended without a number.

use alloc::{string::String, vec::Vec};

use super::{Agreement, Attempts, Behaviour, Compensating, Context, Facts, Phase, PurchaseCommand, State, UndoStep};
use crate::base::id::PurchaseId;
use crate::effect::Owed;
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use ringup_derive::data;

/// The purchase has ended without a number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Failed {
    /// The reason of the failure.
    pub failure: Failure,
    /// Whether money was taken and refunded. Then the same payment is not refunded a second time.
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
            PurchaseCommand::RecordOutcome(_) | PurchaseCommand::RecordCheckoutDeclined(_) => Vec::new(),
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
            | PurchaseEvent::ReservationRejected { .. }
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
            | PurchaseEvent::ReviewNeeded
            | PurchaseEvent::AskedAgain { .. } => Err(Impossible),
        }
    }
}

/// Why an accepted purchase failed.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "failure", rename_all = "snake_case")]
pub enum Failure {
    /// The customer abandoned the checkout, or the payment was declined there.
    CheckoutDeclined,
    /// The checkout expired unpaid.
    CheckoutExpired,
    /// The payment provider declined the charge.
    PaymentDeclined {
        /// The payment provider's reason.
        reason: String,
    },
    /// No such number was left to reserve.
    OutOfStock {
        /// The inventory's reason.
        reason: String,
    },
    /// The carrier declined the order.
    CarrierDeclined {
        /// The carrier's reason.
        reason: String,
    },
    /// A manual review found that the carrier has not sold the number.
    FoundNotBought,
}

impl Failed {
    /// Whether a payment at its checkout may still arrive: the checkout ended, and no payment was refunded yet.
    const fn takes_payment(&self) -> bool {
        match self.failure {
            Failure::CheckoutDeclined | Failure::CheckoutExpired => !self.refunded,
            Failure::PaymentDeclined { .. }
            | Failure::OutOfStock { .. }
            | Failure::CarrierDeclined { .. }
            | Failure::FoundNotBought => false,
        }
    }

    /// A payment after the end of the checkout. It is recorded and refunded.
    fn on_paid(&self, context: &Context<'_>) -> Vec<PurchaseEvent> {
        if !self.takes_payment() || planted!("late_payment_swallowed") {
            return Vec::new();
        }
        [PurchaseEvent::PaymentTaken { amount: context.agreement.price.due_now }].into()
    }
}
