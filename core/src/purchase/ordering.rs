//! Ordering: the reserved and paid number is being ordered at the carrier. It is the one step that cannot be undone.

use alloc::{string::String, vec::Vec};

use super::{
    Active, Agreement, Attempts, Behaviour, Billing, Compensating, Context, Facts, Failure, Phase, PurchaseCommand,
    State, Unconfirmed, truncate_reason,
};
use crate::base::id::PurchaseId;
use crate::base::timestamp::Timestamp;
use crate::effect::{Action, Confirmation, Outcome, Owed};
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use crate::market::offers::OfferedNumber;
use crate::terms::fulfilment::OrderEvidence;
use ringup_derive::data;

/// The reserved number is being ordered.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Ordering {
    /// The reserved number.
    pub offer: OfferedNumber,
    /// The order's attempts.
    pub attempts: Attempts,
}

impl Behaviour for Ordering {
    fn facts(&self) -> Facts<'_> {
        Facts {
            name: "ordering",
            expects: &[
                "outcome_unknown",
                "order_decline_doubted",
                "number_provisioned",
                "number_activated",
                "compensation_started",
            ],
            phase: Phase::UnderWay,
            checkout_expires_at: None,
            offer: Some(&self.offer),
        }
    }

    fn owed(&self, _: &PurchaseId, agreement: &Agreement) -> Option<Owed> {
        let action = Action::Order { number: self.offer.number, holder: agreement.holder.clone() };
        Some(Owed { action, attempts: self.attempts })
    }

    fn on(&self, command: &PurchaseCommand<'_>, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match command {
            PurchaseCommand::RecordOutcome(outcome) => self.on_outcome(outcome, context),
            PurchaseCommand::RecordCheckoutPaid(_) | PurchaseCommand::RecordCheckoutDeclined(_) => Vec::new(),
        }
    }

    fn evolve(&self, event: &PurchaseEvent, agreement: &Agreement) -> Result<State, Impossible> {
        match event {
            PurchaseEvent::OutcomeUnknown { not_before } => Ok(self.unconfirmed(*not_before, None)),
            PurchaseEvent::OrderDeclineDoubted { reason, not_before } => {
                Ok(self.unconfirmed(*not_before, Some(reason.clone())))
            }
            PurchaseEvent::NumberProvisioned { .. } => Ok(State::Billing(Billing::begin(&self.offer, self.attempts))),
            PurchaseEvent::NumberActivated { .. } => Ok(State::Active(Active { number: self.offer.number })),
            PurchaseEvent::CompensationStarted { failure } => {
                let attempts = self.attempts.answered();
                Ok(State::Compensating(Compensating::of_order(failure, &self.offer, agreement, attempts)))
            }
            PurchaseEvent::CheckoutOpened { .. }
            | PurchaseEvent::PaymentTaken { .. }
            | PurchaseEvent::NumberReserved { .. }
            | PurchaseEvent::ReservationRejected { .. }
            | PurchaseEvent::OrderAbsent { .. }
            | PurchaseEvent::ReservationReturned
            | PurchaseEvent::ProvisioningReturned
            | PurchaseEvent::PaymentRefunded { .. }
            | PurchaseEvent::PurchaseFailed { .. }
            | PurchaseEvent::ReviewNeeded
            | PurchaseEvent::AskedAgain { .. } => Err(Impossible),
        }
    }
}

impl Ordering {
    /// The outcome of the order is unknown. `declined` is the carrier's reason if it refused the order.
    fn unconfirmed(&self, not_before: Timestamp, declined: Option<String>) -> State {
        let attempts = self.attempts.record_failure(not_before);
        State::Unconfirmed(Unconfirmed { offer: self.offer.clone(), attempts, declined })
    }

    fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Done } => context.provisioned(),
            Outcome::Declined { reason } => on_declined(reason, context),
            // A confirmation of another kind says nothing about this effect.
            Outcome::Confirmed {
                confirmation:
                    Confirmation::CheckoutOpen { .. }
                    | Confirmation::Reserved { .. }
                    | Confirmation::OrderFound
                    | Confirmation::OrderAbsent,
            }
            | Outcome::Unknown => context.unclear(self.attempts),
        }
    }
}

/// A carrier that knows our keys would have confirmed an order that it took. Any other carrier may decline this attempt
/// because an earlier one, or a duplicate on the network, went through: only its list of our numbers tells.
fn on_declined(reason: &str, context: &Context<'_>) -> Vec<PurchaseEvent> {
    let reason = truncate_reason(reason);
    match context.agreement.order_evidence {
        OrderEvidence::ListOnly if !planted!("order_decline_believed") => {
            [PurchaseEvent::OrderDeclineDoubted { reason, not_before: context.now }].into()
        }
        OrderEvidence::QueryByKey | OrderEvidence::KeyedRepeat | OrderEvidence::ListOnly => {
            context.compensate(Failure::CarrierDeclined { reason })
        }
    }
}
