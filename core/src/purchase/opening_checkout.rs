//! Opening the checkout: the customer has not seen the page yet.

use alloc::vec::Vec;

use super::{
    Agreement, Attempts, AwaitingPayment, Behaviour, Context, Facts, Failed, Failure, Phase, PurchaseCommand, State,
    truncate_reason,
};
use crate::base::id::PurchaseId;
use crate::base::timestamp::Timestamp;
use crate::effect::{Action, Confirmation, Outcome, Owed};
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use ringup_derive::data;

/// The checkout page is being opened.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct OpeningCheckout {
    /// The first instant at which the page cannot be paid.
    pub expires_at: Timestamp,
    /// The attempts to open it.
    pub attempts: Attempts,
}

impl Behaviour for OpeningCheckout {
    fn facts(&self) -> Facts<'_> {
        Facts {
            name: "opening_checkout",
            expects: if self.attempts.in_review {
                &["checkout_opened", "asked_again", "purchase_failed"]
            } else {
                &["checkout_opened", "outcome_unknown", "review_needed", "purchase_failed"]
            },
            phase: Phase::UnderWay,
            checkout_expires_at: Some(self.expires_at),
            offer: None,
        }
    }

    fn owed(&self, _: &PurchaseId, agreement: &Agreement) -> Option<Owed> {
        let action = Action::OpenCheckout { amount: agreement.price.due_now, expires_at: self.expires_at };
        Some(Owed { action, attempts: self.attempts })
    }

    fn on(&self, command: &PurchaseCommand<'_>, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match command {
            PurchaseCommand::RecordOutcome(outcome) => self.on_outcome(outcome, context),
            PurchaseCommand::RecordCheckoutDeclined(_) => context.on_checkout_declined(),
            PurchaseCommand::RecordCheckoutPaid(_) => Vec::new(),
        }
    }

    fn evolve(&self, event: &PurchaseEvent, _: &Agreement) -> Result<State, Impossible> {
        match event {
            PurchaseEvent::CheckoutOpened { checkout, url, expires_at } => {
                let (checkout, url) = (checkout.clone(), url.clone());
                Ok(State::AwaitingPayment(AwaitingPayment { checkout, url, expires_at: *expires_at }))
            }
            PurchaseEvent::OutcomeUnknown { not_before } => {
                let attempts = self.attempts.delayed(*not_before)?;
                Ok(State::OpeningCheckout(Self { attempts, ..self.clone() }))
            }
            PurchaseEvent::ReviewNeeded => {
                Ok(State::OpeningCheckout(Self { attempts: self.attempts.rest()?, ..self.clone() }))
            }
            PurchaseEvent::AskedAgain { at } => {
                Ok(State::OpeningCheckout(Self { attempts: self.attempts.again(*at)?, ..self.clone() }))
            }
            PurchaseEvent::PurchaseFailed { failure, .. } => {
                Ok(State::Failed(Failed { failure: failure.clone(), refunded: false }))
            }
            PurchaseEvent::PaymentTaken { .. }
            | PurchaseEvent::NumberReserved { .. }
            | PurchaseEvent::ReservationRejected { .. }
            | PurchaseEvent::OrderDeclineDoubted { .. }
            | PurchaseEvent::OrderAbsent { .. }
            | PurchaseEvent::NumberProvisioned { .. }
            | PurchaseEvent::NumberActivated { .. }
            | PurchaseEvent::CompensationStarted { .. }
            | PurchaseEvent::ReservationReturned
            | PurchaseEvent::ProvisioningReturned
            | PurchaseEvent::PaymentRefunded { .. } => Err(Impossible),
        }
    }
}

impl OpeningCheckout {
    fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::CheckoutOpen { checkout, url } } => {
                [PurchaseEvent::CheckoutOpened {
                    checkout: checkout.clone(),
                    url: url.clone(),
                    expires_at: self.expires_at,
                }]
                .into()
            }
            Outcome::Declined { reason } => {
                [context.failed(Failure::PaymentDeclined { reason: truncate_reason(reason) })].into()
            }
            // A confirmation of another kind says nothing about this effect.
            Outcome::Confirmed {
                confirmation:
                    Confirmation::Reserved { .. }
                    | Confirmation::OrderFound
                    | Confirmation::OrderAbsent
                    | Confirmation::Done,
            }
            | Outcome::Unknown => context.unknown(self.attempts),
        }
    }
}
