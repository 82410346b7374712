//! The carrier has provisioned the number, and it is being charged only now. If nobody pays, it is given back.

use alloc::vec::Vec;

use super::{Agreement, Attempts, Compensating, Context, Failure, State, UndoStep, truncate_reason};
use crate::OfferedNumber;
use crate::effect::{Action, Confirmation, Outcome, Owed};
use crate::event::PurchaseEvent;

/// The number is provisioned and is being charged.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Billing {
    /// The number.
    pub offer: OfferedNumber,
    /// How often the payment provider was asked.
    pub attempts: Attempts,
}

impl Billing {
    /// The carrier has just provisioned the number.
    pub(super) fn begin(offer: &OfferedNumber, attempts: Attempts) -> Self {
        Self { offer: offer.clone(), attempts: attempts.answered() }
    }

    pub(super) fn owed(&self, agreement: &Agreement) -> Owed {
        let action = Action::Charge { method: agreement.payment, amount: agreement.price.due_now };
        Owed { action, attempts: self.attempts }
    }

    pub(super) fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Done } => context.activated(),
            Outcome::Declined { reason } => {
                context.compensate(Failure::PaymentDeclined { reason: truncate_reason(reason) })
            }
            // A confirmation of something else says nothing about this effect.
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

    pub(super) fn evolve(&self, event: &PurchaseEvent) -> Option<State> {
        if let PurchaseEvent::NumberActivated { .. } = event {
            return Some(State::Active { number: self.offer.number });
        }
        if let PurchaseEvent::OutcomeUnknown { not_before, .. } = event {
            let attempts = self.attempts.record_failure(*not_before);
            return Some(State::Billing(Self { attempts, ..self.clone() }));
        }
        if let PurchaseEvent::CompensationStarted { failure, .. } = event {
            let (step, attempts) = (UndoStep::ReturnNumber { number: self.offer.number }, self.attempts.answered());
            return Some(State::Compensating(Compensating::of_one(failure, step, attempts)));
        }
        None
    }
}
