//! Active: the number is bought.

use alloc::vec::Vec;

use super::{Agreement, Behaviour, Context, Facts, Phase, PurchaseCommand, State};
use crate::base::id::PurchaseId;
use crate::effect::Owed;
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use ringup_derive::data;
use ringup_numbering::E164;

/// The number is bought.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Active {
    /// The number in E.164.
    pub number: E164,
}

impl Behaviour for Active {
    fn facts(&self) -> Facts<'_> {
        Facts { name: "active", expects: &[], phase: Phase::Settled, checkout_expires_at: None, offer: None }
    }

    fn owed(&self, _: &PurchaseId, _: &Agreement) -> Option<Owed> {
        None
    }

    fn on(&self, command: &PurchaseCommand<'_>, _: &Context<'_>) -> Vec<PurchaseEvent> {
        match command {
            PurchaseCommand::RecordOutcome(_)
            | PurchaseCommand::RecordCheckoutPaid(_)
            | PurchaseCommand::RecordCheckoutDeclined(_) => Vec::new(),
        }
    }

    fn evolve(&self, event: &PurchaseEvent, _: &Agreement) -> Result<State, Impossible> {
        match event {
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
