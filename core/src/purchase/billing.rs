//! Billing: the number is provisioned, and the money is being taken. If the charge is declined, the number is returned.

use alloc::vec::Vec;

use super::{
    Active, Agreement, Attempts, Behaviour, Compensating, Context, Facts, Failure, Phase, PurchaseCommand, State,
    UndoStep, truncate_reason,
};
use crate::base::id::PurchaseId;
use crate::effect::{Action, Confirmation, Outcome, Owed};
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use crate::market::offers::OfferedNumber;
use ringup_derive::data;

/// The number is provisioned, and the money is being taken.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Billing {
    /// The provisioned number.
    pub offer: OfferedNumber,
    /// The charge's attempts.
    pub attempts: Attempts,
}

impl Behaviour for Billing {
    fn facts(&self) -> Facts<'_> {
        Facts {
            name: "billing",
            expects: if self.attempts.in_review {
                &["asked_again", "number_activated", "compensation_started"]
            } else {
                &["outcome_unknown", "review_needed", "number_activated", "compensation_started"]
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
            PurchaseEvent::OutcomeUnknown { not_before } => {
                let attempts = self.attempts.delayed(*not_before)?;
                Ok(State::Billing(Self { attempts, ..self.clone() }))
            }
            PurchaseEvent::ReviewNeeded => Ok(State::Billing(Self { attempts: self.attempts.rest()?, ..self.clone() })),
            PurchaseEvent::AskedAgain { at } => {
                Ok(State::Billing(Self { attempts: self.attempts.again(*at)?, ..self.clone() }))
            }
            PurchaseEvent::NumberActivated { .. } => Ok(State::Active(Active { number: self.offer.number })),
            PurchaseEvent::CompensationStarted { failure } => {
                let step = UndoStep::ReturnNumber { number: self.offer.number };
                Ok(State::Compensating(Compensating::of_one(failure, step, self.attempts.answered())))
            }
            PurchaseEvent::CheckoutOpened { .. }
            | PurchaseEvent::PaymentTaken { .. }
            | PurchaseEvent::NumberReserved { .. }
            | PurchaseEvent::ReservationRejected { .. }
            | PurchaseEvent::OrderDeclineDoubted { .. }
            | PurchaseEvent::OrderAbsent { .. }
            | PurchaseEvent::NumberProvisioned { .. }
            | PurchaseEvent::ReservationReturned
            | PurchaseEvent::ProvisioningReturned
            | PurchaseEvent::PaymentRefunded { .. }
            | PurchaseEvent::PurchaseFailed { .. } => Err(Impossible),
        }
    }
}

impl Billing {
    /// The state after provisioning.
    pub(super) fn begin(offer: &OfferedNumber, attempts: Attempts) -> Self {
        Self { offer: offer.clone(), attempts: attempts.answered() }
    }

    fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Done } => context.activated(),
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
