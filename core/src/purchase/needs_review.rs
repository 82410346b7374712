//! Manual review: the carrier gave no evidence within the policy's attempts. The money stays held until a command
//! resolves it.

use alloc::vec::Vec;

use super::{
    Active, Agreement, Attempts, Behaviour, Billing, Compensating, Context, Facts, Failure, Phase, PurchaseCommand,
    State,
};
use crate::base::id::PurchaseId;
use crate::command::Finding;
use crate::effect::Owed;
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use crate::market::offers::OfferedNumber;
use ringup_derive::data;

/// The purchase is in manual review.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct NeedsReview {
    /// The number that was ordered.
    pub offer: OfferedNumber,
}

impl Behaviour for NeedsReview {
    fn facts(&self) -> Facts<'_> {
        Facts {
            name: "needs_review",
            expects: &["number_provisioned", "number_activated", "compensation_started"],
            phase: Phase::InReview,
            checkout_expires_at: None,
            offer: Some(&self.offer),
        }
    }

    fn owed(&self, _: &PurchaseId, _: &Agreement) -> Option<Owed> {
        None
    }

    fn on(&self, command: &PurchaseCommand<'_>, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match command {
            PurchaseCommand::Resolve(finding) => on_finding(*finding, context),
            PurchaseCommand::RecordOutcome(_)
            | PurchaseCommand::RecordCheckoutPaid(_)
            | PurchaseCommand::RecordCheckoutDeclined(_) => Vec::new(),
        }
    }

    fn evolve(&self, event: &PurchaseEvent, agreement: &Agreement) -> Result<State, Impossible> {
        match event {
            PurchaseEvent::NumberProvisioned { .. } => {
                Ok(State::Billing(Billing::begin(&self.offer, Attempts::none(agreement.accepted_at))))
            }
            PurchaseEvent::NumberActivated { .. } => Ok(State::Active(Active { number: self.offer.number })),
            PurchaseEvent::CompensationStarted { failure } => {
                let attempts = Attempts::none(agreement.accepted_at);
                Ok(State::Compensating(Compensating::of_order(failure, &self.offer, agreement, attempts)))
            }
            PurchaseEvent::CheckoutOpened { .. }
            | PurchaseEvent::PaymentTaken { .. }
            | PurchaseEvent::NumberReserved { .. }
            | PurchaseEvent::ReservationRejected { .. }
            | PurchaseEvent::OutcomeUnknown { .. }
            | PurchaseEvent::OrderDeclineDoubted { .. }
            | PurchaseEvent::OrderAbsent { .. }
            | PurchaseEvent::ReservationReturned
            | PurchaseEvent::ProvisioningReturned
            | PurchaseEvent::PaymentRefunded { .. }
            | PurchaseEvent::PurchaseFailed { .. }
            | PurchaseEvent::ReviewNeeded => Err(Impossible),
        }
    }
}

fn on_finding(finding: Finding, context: &Context<'_>) -> Vec<PurchaseEvent> {
    match finding {
        Finding::Bought => context.provisioned(),
        Finding::NotBought => context.compensate(Failure::FoundNotBought),
    }
}
