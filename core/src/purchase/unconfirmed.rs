//! Unconfirmed: the order's reply was lost, and the carrier may have sold the number. Nothing is assumed; the carrier
//! is asked by the evidence that it offers. If none comes, the order is in review, and the money stays held.

use alloc::{string::String, vec::Vec};

use super::{
    Active, Agreement, Attempts, Behaviour, Billing, Compensating, Context, Facts, Failure, Ordering, Phase,
    PurchaseCommand, State, truncate_reason,
};
use crate::base::id::PurchaseId;
use crate::effect::{Action, Confirmation, EffectId, EffectKind, Outcome, Owed};
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use crate::market::offers::OfferedNumber;
use crate::terms::fulfilment::OrderEvidence;
use ringup_derive::data;

/// The order's reply was lost, and the carrier may have sold the number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Unconfirmed {
    /// The number that was ordered.
    pub offer: OfferedNumber,
    /// The attempts of the order and of its query together.
    pub attempts: Attempts,
    /// The carrier's reason, if it declined a repeat of the unclear order.
    pub declined: Option<String>,
}

impl Behaviour for Unconfirmed {
    fn facts(&self) -> Facts<'_> {
        Facts {
            name: "unconfirmed",
            expects: if self.attempts.in_review {
                &["asked_again", "number_provisioned", "number_activated", "compensation_started"]
            } else {
                &[
                    "outcome_unknown",
                    "order_absent",
                    "number_provisioned",
                    "number_activated",
                    "compensation_started",
                    "review_needed",
                ]
            },
            phase: Phase::UnderWay,
            checkout_expires_at: None,
            offer: Some(&self.offer),
        }
    }

    fn owed(&self, id: &PurchaseId, agreement: &Agreement) -> Option<Owed> {
        let number = self.offer.number;
        let query = |list_only| {
            let order = EffectId::new(id.clone(), EffectKind::Order);
            Action::QueryOrder { number, order, list_only }
        };
        let action = match agreement.order_evidence {
            OrderEvidence::QueryByKey => query(false),
            OrderEvidence::ListOnly if !planted!("unclear_order_repeated") => query(true),
            // The repeated order is the query: the carrier takes it once per key.
            OrderEvidence::KeyedRepeat | OrderEvidence::ListOnly => {
                Action::Order { number, holder: agreement.holder.clone() }
            }
        };
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
            PurchaseEvent::OutcomeUnknown { not_before } => {
                let attempts = self.attempts.delayed(*not_before)?;
                Ok(State::Unconfirmed(Self { attempts, ..self.clone() }))
            }
            PurchaseEvent::OrderAbsent { not_before } => {
                let (offer, attempts) = (self.offer.clone(), self.attempts.delayed(*not_before)?);
                Ok(State::Ordering(Ordering { offer, attempts }))
            }
            PurchaseEvent::NumberProvisioned { .. } => Ok(State::Billing(Billing::begin(&self.offer, self.attempts))),
            PurchaseEvent::NumberActivated { .. } => Ok(State::Active(Active { number: self.offer.number })),
            PurchaseEvent::CompensationStarted { failure } => {
                let attempts = self.attempts.answered();
                Ok(State::Compensating(Compensating::of_order(failure, &self.offer, agreement, attempts)))
            }
            PurchaseEvent::ReviewNeeded => {
                Ok(State::Unconfirmed(Self { attempts: self.attempts.rest()?, ..self.clone() }))
            }
            PurchaseEvent::AskedAgain { at } => {
                Ok(State::Unconfirmed(Self { attempts: self.attempts.again(*at)?, ..self.clone() }))
            }
            PurchaseEvent::CheckoutOpened { .. }
            | PurchaseEvent::PaymentTaken { .. }
            | PurchaseEvent::NumberReserved { .. }
            | PurchaseEvent::ReservationRejected { .. }
            | PurchaseEvent::OrderDeclineDoubted { .. }
            | PurchaseEvent::ReservationReturned
            | PurchaseEvent::ProvisioningReturned
            | PurchaseEvent::PaymentRefunded { .. }
            | PurchaseEvent::PurchaseFailed { .. } => Err(Impossible),
        }
    }
}

impl Unconfirmed {
    fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match context.agreement.order_evidence {
            OrderEvidence::QueryByKey | OrderEvidence::ListOnly => self.on_answer(outcome, context),
            OrderEvidence::KeyedRepeat => self.on_repeat(outcome, context),
        }
    }

    /// The answer to the query. A declined query leaves the order unclear.
    fn on_answer(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::OrderFound } => context.provisioned(),
            Outcome::Confirmed { confirmation: Confirmation::OrderAbsent } => self.on_absent(context),
            Outcome::Confirmed {
                confirmation: Confirmation::CheckoutOpen { .. } | Confirmation::Reserved { .. } | Confirmation::Done,
            }
            | Outcome::Declined { .. }
            | Outcome::Unknown => self.on_unknown(context),
        }
    }

    /// The answer to the repeated order.
    fn on_repeat(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Done } => context.provisioned(),
            Outcome::Declined { reason } => {
                context.compensate(Failure::CarrierDeclined { reason: truncate_reason(reason) })
            }
            Outcome::Confirmed {
                confirmation:
                    Confirmation::CheckoutOpen { .. }
                    | Confirmation::Reserved { .. }
                    | Confirmation::OrderFound
                    | Confirmation::OrderAbsent,
            }
            | Outcome::Unknown => self.on_unknown(context),
        }
    }

    /// The carrier does not have the order. It is placed again under the same key, or given up if the carrier has
    /// declined it.
    fn on_absent(&self, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match &self.declined {
            Some(reason) => context.compensate(Failure::CarrierDeclined { reason: reason.clone() }),
            None if self.attempts.is_last(context.retry) => [PurchaseEvent::ReviewNeeded].into(),
            None => {
                let not_before = self.attempts.retry_at(context.retry, context.now);
                [PurchaseEvent::OrderAbsent { not_before }].into()
            }
        }
    }

    fn on_unknown(&self, context: &Context<'_>) -> Vec<PurchaseEvent> {
        if self.attempts.is_last(context.retry) && planted!("refund_without_evidence") {
            return context.compensate(Failure::FoundNotBought);
        }
        context.unknown(self.attempts)
    }
}
