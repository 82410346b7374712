//! No evidence could be had within the policy's limit. The money stays held until a person has looked.

use alloc::vec::Vec;

use super::{
    Active, Agreement, Attempts, Behaviour, Billing, Compensating, Context, Facts, Failure, Phase, PurchaseCommand,
    State,
};
use crate::command::Finding;
use crate::effect::Owed;
use crate::event::PurchaseEvent;
use crate::{OfferedNumber, PurchaseId};

/// A person must look.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct NeedsReview {
    /// The number.
    pub offer: OfferedNumber,
}

impl Behaviour for NeedsReview {
    fn facts(&self) -> Facts<'_> {
        Facts { phase: Phase::InReview, checkout_expires_at: None, offer: Some(&self.offer) }
    }

    fn owed(&self, _: &PurchaseId, _: &Agreement) -> Option<Owed> {
        None
    }

    fn on(&self, command: &PurchaseCommand<'_>, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match command {
            PurchaseCommand::Resolve(finding) => on_finding(*finding, context),
            PurchaseCommand::RecordOutcome(_)
            | PurchaseCommand::RecordCheckoutPaid(_)
            | PurchaseCommand::RecordCheckoutDeclined(_) => Vec::new(),
        }
    }

    fn evolve(&self, event: &PurchaseEvent, agreement: &Agreement) -> Option<State> {
        if let PurchaseEvent::NumberProvisioned { .. } = event {
            return Some(State::Billing(Billing::begin(&self.offer, Attempts::none(agreement.accepted_at))));
        }
        if let PurchaseEvent::NumberActivated { .. } = event {
            return Some(State::Active(Active { number: self.offer.number }));
        }
        if let PurchaseEvent::CompensationStarted { failure, .. } = event {
            let attempts = Attempts::none(agreement.accepted_at);
            return Some(State::Compensating(Compensating::of_order(failure, &self.offer, agreement, attempts)));
        }
        None
    }
}

fn on_finding(finding: Finding, context: &Context<'_>) -> Vec<PurchaseEvent> {
    match finding {
        Finding::Bought => context.provisioned(),
        Finding::NotBought => context.compensate(Failure::FoundNotBought),
    }
}
