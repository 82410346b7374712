//! Awaiting payment: the customer can pay at the checkout. Nothing is reserved, because a page may be open for a day.
//!
//! At `expires_at` the page can no longer be paid: the purchase fails and frees its key. Until then it counts for
//! limits and velocity.

use alloc::{string::String, vec::Vec};

use super::{Agreement, Attempts, Behaviour, Context, Facts, Failed, Phase, PurchaseCommand, Securing, State};
use crate::base::id::{CheckoutId, PurchaseId};
use crate::base::timestamp::Timestamp;
use crate::effect::Owed;
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use ringup_derive::data;

/// The customer can pay at the checkout.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct AwaitingPayment {
    /// The session at the payment provider.
    pub checkout: CheckoutId,
    /// The address of the page.
    pub url: String,
    /// The first instant at which it cannot be paid.
    pub expires_at: Timestamp,
}

impl Behaviour for AwaitingPayment {
    fn facts(&self) -> Facts<'_> {
        Facts {
            name: "awaiting_payment",
            expects: &["payment_taken", "purchase_failed"],
            phase: Phase::UnderWay,
            checkout_expires_at: Some(self.expires_at),
            offer: None,
        }
    }

    fn owed(&self, _: &PurchaseId, _: &Agreement) -> Option<Owed> {
        None
    }

    fn on(&self, command: &PurchaseCommand<'_>, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match command {
            PurchaseCommand::RecordCheckoutPaid(checkout) => context.paid_at(checkout),
            PurchaseCommand::RecordCheckoutDeclined(checkout) if **checkout == self.checkout => {
                context.on_checkout_declined()
            }
            PurchaseCommand::RecordOutcome(_) | PurchaseCommand::RecordCheckoutDeclined(_) => Vec::new(),
        }
    }

    fn evolve(&self, event: &PurchaseEvent, _: &Agreement) -> Result<State, Impossible> {
        match event {
            PurchaseEvent::PaymentTaken { .. } => Ok(State::Securing(Securing { attempts: Attempts::unscheduled() })),
            PurchaseEvent::PurchaseFailed { failure, .. } => {
                Ok(State::Failed(Failed { failure: failure.clone(), refunded: false }))
            }
            PurchaseEvent::CheckoutOpened { .. }
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
            | PurchaseEvent::ReviewNeeded
            | PurchaseEvent::AskedAgain { .. } => Err(Impossible),
        }
    }
}
