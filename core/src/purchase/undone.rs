//! Undone: everything is undone. The decision that did the last step also ends the purchase, so no stored account is in
//! this state.

use alloc::vec::Vec;

use super::{Agreement, Behaviour, Context, Facts, Failed, Failure, Phase, PurchaseCommand, State};
use crate::base::id::PurchaseId;
use crate::effect::Owed;
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use ringup_derive::data;

/// Everything is undone.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Undone {
    /// The reason of the failure.
    pub failure: Failure,
    /// Whether money was refunded.
    pub refunded: bool,
}

impl Behaviour for Undone {
    fn facts(&self) -> Facts<'_> {
        Facts {
            name: "undone",
            expects: &["purchase_failed"],
            phase: Phase::Undoing,
            checkout_expires_at: None,
            offer: None,
        }
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
            PurchaseEvent::PurchaseFailed { failure, .. } => {
                Ok(State::Failed(Failed { failure: failure.clone(), refunded: self.refunded }))
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
            | PurchaseEvent::ReviewNeeded
            | PurchaseEvent::AskedAgain { .. } => Err(Impossible),
        }
    }
}
