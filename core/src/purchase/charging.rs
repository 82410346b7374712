//! The money is being taken, for a number that is reserved. The payment provider takes one charge for one key, so
//! an unclear charge is simply asked again.

use alloc::vec::Vec;

use super::{Agreement, Attempts, Compensating, Context, Failure, Ordering, State, UndoStep, truncate_reason};
use crate::OfferedNumber;
use crate::effect::{Action, Confirmation, Outcome, Owed};
use crate::event::PurchaseEvent;

/// The money is being taken.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Charging {
    /// The reserved number.
    pub offer: OfferedNumber,
    /// How often the payment provider was asked.
    pub attempts: Attempts,
}

impl Charging {
    pub(super) fn owed(&self, agreement: &Agreement) -> Owed {
        let action = Action::Charge { method: agreement.payment, amount: agreement.price.due_now };
        Owed { action, attempts: self.attempts }
    }

    pub(super) fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Done } => {
                let amount = context.agreement.price.due_now;
                [PurchaseEvent::PaymentTaken { amount }].into()
            }
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
        let fresh = self.attempts.answered();
        if let PurchaseEvent::PaymentTaken { .. } = event {
            let offer = self.offer.clone();
            return Some(State::Ordering(Ordering { offer, attempts: fresh }));
        }
        if let PurchaseEvent::OutcomeUnknown { not_before, .. } = event {
            let attempts = self.attempts.record_failure(*not_before);
            return Some(State::Charging(Self { attempts, ..self.clone() }));
        }
        if let PurchaseEvent::CompensationStarted { failure, .. } = event {
            let step = UndoStep::ReturnReservation { number: self.offer.number };
            return Some(State::Compensating(Compensating::of_one(failure, step, fresh)));
        }
        None
    }
}
