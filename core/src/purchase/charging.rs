//! Charging: the money is being taken for a reserved number. The payment provider takes one charge per key, so an
//! unknown charge is tried again.

use alloc::vec::Vec;

use super::{
    Agreement, Attempts, Behaviour, Compensating, Context, Facts, Failure, Ordering, Phase, PurchaseCommand, State,
    UndoStep, truncate_reason,
};
use crate::base::id::PurchaseId;
use crate::effect::{Action, Confirmation, Outcome, Owed};
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use crate::market::offers::OfferedNumber;
use ringup_derive::data;

/// The money is being taken.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Charging {
    /// The reserved number.
    pub offer: OfferedNumber,
    /// The charge's attempts.
    pub attempts: Attempts,
}

impl Behaviour for Charging {
    fn facts(&self) -> Facts<'_> {
        Facts {
            name: "charging",
            expects: if self.attempts.in_review {
                &["payment_taken", "asked_again", "compensation_started"]
            } else {
                &["payment_taken", "outcome_unknown", "review_needed", "compensation_started"]
            },
            phase: Phase::UnderWay,
            checkout_expires_at: None,
            offer: Some(&self.offer),
        }
    }

    fn owed(&self, _: &PurchaseId, agreement: &Agreement) -> Option<Owed> {
        let action = Action::Charge { method: agreement.payment, amount: agreement.price.due_now };
        Some(Owed { action, attempts: self.attempts })
    }

    fn on(&self, command: &PurchaseCommand<'_>, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match command {
            PurchaseCommand::RecordOutcome(outcome) => self.on_outcome(outcome, context),
            PurchaseCommand::RecordCheckoutPaid(_) | PurchaseCommand::RecordCheckoutDeclined(_) => Vec::new(),
        }
    }

    fn evolve(&self, event: &PurchaseEvent, _: &Agreement) -> Result<State, Impossible> {
        match event {
            PurchaseEvent::PaymentTaken { .. } => {
                let (offer, attempts) = (self.offer.clone(), self.attempts.answered());
                Ok(State::Ordering(Ordering { offer, attempts }))
            }
            PurchaseEvent::OutcomeUnknown { not_before } => {
                let attempts = self.attempts.delayed(*not_before)?;
                Ok(State::Charging(Self { attempts, ..self.clone() }))
            }
            PurchaseEvent::ReviewNeeded => {
                Ok(State::Charging(Self { attempts: self.attempts.rest()?, ..self.clone() }))
            }
            PurchaseEvent::AskedAgain { at } => {
                Ok(State::Charging(Self { attempts: self.attempts.again(*at)?, ..self.clone() }))
            }
            PurchaseEvent::CompensationStarted { failure } => {
                let step = UndoStep::ReturnReservation { number: self.offer.number };
                Ok(State::Compensating(Compensating::of_one(failure, step, self.attempts.answered())))
            }
            PurchaseEvent::CheckoutOpened { .. }
            | PurchaseEvent::NumberReserved { .. }
            | PurchaseEvent::ReservationRejected { .. }
            | PurchaseEvent::OrderDeclineDoubted { .. }
            | PurchaseEvent::OrderAbsent { .. }
            | PurchaseEvent::NumberProvisioned { .. }
            | PurchaseEvent::NumberActivated { .. }
            | PurchaseEvent::ReservationReturned
            | PurchaseEvent::ProvisioningReturned
            | PurchaseEvent::PaymentRefunded { .. }
            | PurchaseEvent::PurchaseFailed { .. } => Err(Impossible),
        }
    }
}

impl Charging {
    fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Done } => {
                let amount = context.agreement.price.due_now;
                [PurchaseEvent::PaymentTaken { amount, checkout: None }].into()
            }
            Outcome::Declined { reason } => {
                context.compensate(Failure::PaymentDeclined { reason: truncate_reason(reason) })
            }
            // A confirmation of another kind says nothing about this effect.
            Outcome::Confirmed {
                confirmation:
                    Confirmation::CheckoutOpen { .. }
                    | Confirmation::Reserved { .. }
                    | Confirmation::OrderFound
                    | Confirmation::OrderAbsent,
            }
            | Outcome::Unknown => context.unknown(self.attempts),
        }
    }
}
