//! A number is being reserved: one conditional write in the inventory, which alone knows who owns what.

use alloc::{vec, vec::Vec};

use super::{
    Agreement, Attempts, Behaviour, Charging, Compensating, Context, Facts, Failed, Failure, Ordering, Phase,
    PurchaseCommand, State, UndoStep, truncate_reason,
};
use crate::PurchaseId;
use crate::effect::{Action, Confirmation, Outcome, Owed};
use crate::event::PurchaseEvent;
use crate::shop::{ChargeTime, PaymentMethod};

/// A number is being reserved.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Securing {
    /// How often the inventory was asked.
    pub attempts: Attempts,
}

impl Behaviour for Securing {
    fn facts(&self) -> Facts<'_> {
        Facts { phase: Phase::UnderWay, checkout_expires_at: None, offer: None }
    }

    fn owed(&self, _: &PurchaseId, agreement: &Agreement) -> Option<Owed> {
        let action = Action::Reserve { selector: agreement.wanted() };
        Some(Owed { action, attempts: self.attempts })
    }

    fn on(&self, command: &PurchaseCommand<'_>, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match command {
            PurchaseCommand::RecordOutcome(outcome) => self.on_outcome(outcome, context),
            PurchaseCommand::RecordCheckoutPaid(_)
            | PurchaseCommand::RecordCheckoutDeclined(_)
            | PurchaseCommand::Resolve(_) => Vec::new(),
        }
    }

    fn evolve(&self, event: &PurchaseEvent, agreement: &Agreement) -> Option<State> {
        if let PurchaseEvent::NumberReserved { offer, .. } = event {
            let (offer, attempts) = (offer.clone(), self.attempts.answered());
            return Some(match (agreement.charged, agreement.payment) {
                (ChargeTime::BeforeOrder, PaymentMethod::Subscription | PaymentMethod::UsageInvoice) => {
                    State::Charging(Charging { offer, attempts })
                }
                (ChargeTime::AtProvisioning, _) | (_, PaymentMethod::Checkout | PaymentMethod::Wallet) => {
                    State::Ordering(Ordering { offer, attempts })
                }
            });
        }
        if let PurchaseEvent::OutcomeUnknown { not_before, .. } = event {
            return Some(State::Securing(Self { attempts: self.attempts.record_failure(*not_before) }));
        }
        if let PurchaseEvent::CompensationStarted { failure, .. } = event {
            let refund = UndoStep::Refund { amount: agreement.price.due_now };
            return Some(State::Compensating(Compensating::of_one(failure, refund, self.attempts.answered())));
        }
        if let PurchaseEvent::PurchaseFailed { failure, .. } = event {
            return Some(State::Failed(Failed { failure: failure.clone(), refunded: false }));
        }
        None
    }
}

impl Securing {
    fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Reserved { offer } } => {
                let mut events = vec![PurchaseEvent::NumberReserved { offer: offer.clone() }];
                if !context.agreement.is_about(offer) {
                    // A number of another country or type, or not the one that was named: it goes back.
                    let reason = "the inventory has reserved another number than was agreed";
                    events.extend(context.compensate(Failure::OutOfStock { reason: truncate_reason(reason) }));
                }
                events
            }
            Outcome::Declined { reason } => {
                let failure = Failure::OutOfStock { reason: truncate_reason(reason) };
                // Money that has left the customer goes back; a hold in the wallet is simply let go.
                match context.agreement.payment {
                    PaymentMethod::Checkout => context.compensate(failure),
                    PaymentMethod::Subscription | PaymentMethod::UsageInvoice | PaymentMethod::Wallet => {
                        [context.failed(failure)].into()
                    }
                }
            }
            // A confirmation of something else says nothing about this effect.
            Outcome::Confirmed {
                confirmation:
                    Confirmation::CheckoutOpen { .. }
                    | Confirmation::OrderFound
                    | Confirmation::OrderAbsent
                    | Confirmation::Done,
            }
            | Outcome::Unknown => context.unknown(self.attempts),
        }
    }
}
