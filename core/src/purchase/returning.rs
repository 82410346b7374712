//! Returning: the inventory reserved a number that is not what was agreed, or costs something else. It goes back, and
//! the next one is tried.

use alloc::{vec, vec::Vec};

use super::{Agreement, Attempts, Behaviour, Context, Facts, Phase, PurchaseCommand, Securing, State};
use crate::base::id::PurchaseId;
use crate::effect::{Action, Confirmation, Outcome, Owed};
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use ringup_derive::data;
use ringup_numbering::E164;

/// A reserved number goes back, and the next one is tried.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Returning {
    /// The number that goes back.
    pub number: E164,
    /// The attempts to return it.
    pub attempts: Attempts,
}

impl Behaviour for Returning {
    fn facts(&self) -> Facts<'_> {
        Facts {
            name: "returning",
            expects: &["reservation_returned", "outcome_unknown", "review_needed"],
            phase: Phase::UnderWay,
            checkout_expires_at: None,
            offer: None,
        }
    }

    fn owed(&self, _: &PurchaseId, _: &Agreement) -> Option<Owed> {
        Some(Owed { action: Action::Unreserve { number: self.number }, attempts: self.attempts })
    }

    fn on(&self, command: &PurchaseCommand<'_>, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match command {
            PurchaseCommand::RecordOutcome(outcome) => self.on_outcome(outcome, context),
            PurchaseCommand::RecordCheckoutPaid(_) | PurchaseCommand::RecordCheckoutDeclined(_) => Vec::new(),
        }
    }

    fn evolve(&self, event: &PurchaseEvent, _: &Agreement) -> Result<State, Impossible> {
        match event {
            // The trail keeps a number in review that nobody takes back.
            PurchaseEvent::ReservationReturned | PurchaseEvent::ReviewNeeded => {
                Ok(State::Securing(Securing { attempts: self.attempts.answered() }))
            }
            PurchaseEvent::OutcomeUnknown { not_before } => {
                let attempts = self.attempts.delayed(*not_before)?;
                Ok(State::Returning(Self { attempts, ..self.clone() }))
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
            | PurchaseEvent::ProvisioningReturned
            | PurchaseEvent::PaymentRefunded { .. }
            | PurchaseEvent::PurchaseFailed { .. }
            | PurchaseEvent::AskedAgain { .. } => Err(Impossible),
        }
    }
}

impl Returning {
    /// After the last attempt the purchase fails, so that its money does not wait for the inventory.
    fn on_unknown(&self, context: &Context<'_>) -> Vec<PurchaseEvent> {
        let mut events = context.unknown(self.attempts);
        if self.attempts.is_last(context.retry) {
            events.extend(context.out_of_stock("the inventory does not answer"));
        }
        events
    }

    fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Done } => {
                let mut events = vec![PurchaseEvent::ReservationReturned];
                if !context.may_try_another() {
                    events.extend(context.out_of_stock("no reserved number costs what was agreed"));
                }
                events
            }
            // A refused return is retried: no other party can do it. A confirmation of another kind says nothing about
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
}
