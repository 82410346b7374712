//! No evidence could be had within the policy's limit. The money stays held until a person has looked.

use alloc::vec::Vec;

use super::{Agreement, Attempts, Billing, Compensating, Context, Failure, State};
use crate::OfferedNumber;
use crate::command::Finding;
use crate::event::PurchaseEvent;

/// A person must look.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct NeedsReview {
    /// The number.
    pub offer: OfferedNumber,
}

impl NeedsReview {
    pub(crate) fn on_finding(&self, finding: Finding, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match finding {
            Finding::Bought => context.provisioned(),
            Finding::NotBought => context.compensate(Failure::FoundNotBought),
        }
    }

    pub(super) fn evolve(&self, event: &PurchaseEvent, agreement: &Agreement) -> Option<State> {
        if let PurchaseEvent::NumberProvisioned { .. } = event {
            return Some(State::Billing(Billing::begin(&self.offer, Attempts::none(agreement.accepted_at))));
        }
        if let PurchaseEvent::NumberActivated { .. } = event {
            return Some(State::Active { number: self.offer.number });
        }
        if let PurchaseEvent::CompensationStarted { failure, .. } = event {
            let attempts = Attempts::none(agreement.accepted_at);
            return Some(State::Compensating(Compensating::of_order(failure, &self.offer, agreement, attempts)));
        }
        None
    }
}
