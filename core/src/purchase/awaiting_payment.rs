//! The customer can pay at the checkout. Nothing is reserved: the page may stay open for a day.

use alloc::{string::String, vec::Vec};

use super::{Agreement, Attempts, Behaviour, Context, Facts, Failed, Phase, PurchaseCommand, Securing, State};
use crate::effect::Owed;
use crate::event::PurchaseEvent;
use crate::{CheckoutId, PurchaseId, Timestamp};

/// The customer can pay.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct AwaitingPayment {
    /// The session.
    pub checkout: CheckoutId,
    /// The page.
    pub url: String,
    /// From when on it cannot be paid any more.
    pub expires_at: Timestamp,
}

impl Behaviour for AwaitingPayment {
    fn facts(&self) -> Facts<'_> {
        Facts { phase: Phase::UnderWay, checkout_expires_at: Some(self.expires_at), offer: None }
    }

    fn owed(&self, _: &PurchaseId, _: &Agreement) -> Option<Owed> {
        None
    }

    fn on(&self, command: &PurchaseCommand<'_>, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match command {
            PurchaseCommand::RecordCheckoutPaid(checkout) if **checkout == self.checkout => {
                context.on_paid(self.expires_at)
            }
            PurchaseCommand::RecordCheckoutDeclined(checkout) if **checkout == self.checkout => {
                context.on_checkout_declined()
            }
            PurchaseCommand::RecordOutcome(_)
            | PurchaseCommand::RecordCheckoutPaid(_)
            | PurchaseCommand::RecordCheckoutDeclined(_)
            | PurchaseCommand::Resolve(_) => Vec::new(),
        }
    }

    fn evolve(&self, event: &PurchaseEvent, _: &Agreement) -> Option<State> {
        if let PurchaseEvent::PaymentTaken { .. } = event {
            return Some(State::Securing(Securing { attempts: Attempts::unscheduled() }));
        }
        if let PurchaseEvent::PurchaseFailed { failure, .. } = event {
            return Some(State::Failed(Failed { failure: failure.clone(), refunded: false }));
        }
        None
    }
}
