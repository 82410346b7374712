//! Compensating: what was done is being undone. The reservation goes first, so that others can buy the number; then the
//! money.

use alloc::vec::Vec;

use super::{
    Agreement, Attempts, Behaviour, Context, Facts, Failure, Phase, PurchaseCommand, State, UndoStep, UndoSteps, Undone,
};
use crate::base::id::PurchaseId;
use crate::effect::{Confirmation, Outcome, Owed};
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use crate::market::offers::OfferedNumber;
use crate::terms::payment::{ChargeTime, PaymentMethod};
use ringup_derive::data;

/// What was done is being undone.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Compensating {
    /// The reason of the failure.
    pub failure: Failure,
    /// The remaining steps.
    pub steps: UndoSteps,
    /// The attempts of the current step.
    pub attempts: Attempts,
}

impl Behaviour for Compensating {
    fn facts(&self) -> Facts<'_> {
        let expects: &[&str] = match self.steps.next() {
            UndoStep::ReturnReservation { .. } => &["reservation_returned", "outcome_unknown", "review_needed"],
            UndoStep::ReturnNumber { .. } => &["provisioning_returned", "outcome_unknown", "review_needed"],
            UndoStep::Refund { .. } if self.attempts.in_review => &["payment_refunded", "asked_again"],
            UndoStep::Refund { .. } => &["payment_refunded", "outcome_unknown", "review_needed"],
        };
        Facts { name: "compensating", expects, phase: Phase::Undoing, checkout_expires_at: None, offer: None }
    }

    fn owed(&self, _: &PurchaseId, agreement: &Agreement) -> Option<Owed> {
        let action = self.steps.next().action(agreement.payment);
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
            PurchaseEvent::ReservationReturned => match self.steps.next() {
                UndoStep::ReturnReservation { .. } => Ok(self.after_step(false)),
                UndoStep::ReturnNumber { .. } | UndoStep::Refund { .. } => Err(Impossible),
            },
            PurchaseEvent::ProvisioningReturned => match self.steps.next() {
                UndoStep::ReturnNumber { .. } => Ok(self.after_step(false)),
                UndoStep::ReturnReservation { .. } | UndoStep::Refund { .. } => Err(Impossible),
            },
            PurchaseEvent::PaymentRefunded { amount } => match self.steps.next() {
                UndoStep::Refund { amount: due } if due == *amount || planted!("refund_not_compared") => {
                    Ok(self.after_step(true))
                }
                UndoStep::Refund { .. } | UndoStep::ReturnReservation { .. } | UndoStep::ReturnNumber { .. } => {
                    Err(Impossible)
                }
            },
            PurchaseEvent::OutcomeUnknown { not_before } => {
                let attempts = self.attempts.delayed(*not_before)?;
                Ok(State::Compensating(Self { attempts, ..self.clone() }))
            }
            PurchaseEvent::ReviewNeeded => match self.steps.next() {
                // The trail keeps it in review. The money does not wait for it.
                UndoStep::ReturnReservation { .. } | UndoStep::ReturnNumber { .. } => Ok(self.after_step(false)),
                UndoStep::Refund { .. } => {
                    Ok(State::Compensating(Self { attempts: self.attempts.rest()?, ..self.clone() }))
                }
            },
            PurchaseEvent::AskedAgain { at } => {
                Ok(State::Compensating(Self { attempts: self.attempts.again(*at)?, ..self.clone() }))
            }
            PurchaseEvent::CheckoutOpened { .. }
            | PurchaseEvent::PaymentTaken { .. }
            | PurchaseEvent::NumberReserved { .. }
            | PurchaseEvent::ReservationRejected { .. }
            | PurchaseEvent::OrderDeclineDoubted { .. }
            | PurchaseEvent::OrderAbsent { .. }
            | PurchaseEvent::NumberProvisioned { .. }
            | PurchaseEvent::NumberActivated { .. }
            | PurchaseEvent::CompensationStarted { .. }
            | PurchaseEvent::PurchaseFailed { .. } => Err(Impossible),
        }
    }
}

impl Compensating {
    /// Undoes a declined order: returns its reservation, and its money unless a wallet hold pays.
    pub(super) fn of_order(
        failure: &Failure,
        offer: &OfferedNumber,
        agreement: &Agreement,
        attempts: Attempts,
    ) -> Self {
        let due = agreement.price.due_now;
        let refund = match (agreement.charged, agreement.payment) {
            // Nothing is given back of nothing.
            _ if due.is_zero() => None,
            _ if planted!("order_not_refunded") => None,
            (ChargeTime::AtProvisioning, _) | (ChargeTime::BeforeOrder, PaymentMethod::Wallet) => None,
            (
                ChargeTime::BeforeOrder,
                PaymentMethod::Checkout | PaymentMethod::Subscription | PaymentMethod::UsageInvoice,
            ) => Some(UndoStep::Refund { amount: due }),
        };
        let steps = UndoSteps::new(UndoStep::ReturnReservation { number: offer.number }, refund);
        Self { failure: failure.clone(), steps, attempts }
    }

    /// Undoes with a single step.
    pub(super) fn of_one(failure: &Failure, step: UndoStep, attempts: Attempts) -> Self {
        Self { failure: failure.clone(), steps: UndoSteps::new(step, None), attempts }
    }

    fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Done } => self.on_step_done(context),
            // A refused undo is retried: no other party can undo it. A confirmation of another kind says nothing about
            // this effect.
            Outcome::Confirmed {
                confirmation:
                    Confirmation::CheckoutOpen { .. }
                    | Confirmation::Reserved { .. }
                    | Confirmation::OrderFound
                    | Confirmation::OrderAbsent,
            }
            | Outcome::Declined { .. }
            | Outcome::Unknown => self.on_unknown(context),
        }
    }

    /// At the last attempt, a number that nobody takes back is left to review; a refund stays pending in it.
    fn on_unknown(&self, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match (self.steps.next(), self.steps.after_next()) {
            (UndoStep::ReturnReservation { .. } | UndoStep::ReturnNumber { .. }, None)
                if self.attempts.is_last(context.retry) =>
            {
                [PurchaseEvent::ReviewNeeded, context.failed(self.failure.clone())].into()
            }
            _ => context.unknown(self.attempts),
        }
    }

    fn on_step_done(&self, context: &Context<'_>) -> Vec<PurchaseEvent> {
        let done = match self.steps.next() {
            UndoStep::ReturnReservation { .. } => PurchaseEvent::ReservationReturned,
            UndoStep::ReturnNumber { .. } => PurchaseEvent::ProvisioningReturned,
            UndoStep::Refund { amount } => PurchaseEvent::PaymentRefunded { amount },
        };
        match self.steps.after_next() {
            Some(_) => [done].into(),
            None => [done, context.failed(self.failure.clone())].into(),
        }
    }

    /// The state after the current step. Only the last step can be a refund.
    fn after_step(&self, refunded: bool) -> State {
        let failure = self.failure.clone();
        match self.steps.after_next() {
            Some(steps) => State::Compensating(Self { failure, steps, attempts: self.attempts.answered() }),
            None => State::Undone(Undone { failure, refunded }),
        }
    }
}
