//! The customer can pay at the checkout. Nothing is reserved: the page may stay open for a day.

use alloc::string::String;

use super::{Attempts, Failed, Securing, State};
use crate::event::PurchaseEvent;
use crate::{CheckoutId, Timestamp};

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

impl AwaitingPayment {
    pub(super) fn evolve(&self, event: &PurchaseEvent) -> Option<State> {
        if let PurchaseEvent::PaymentTaken { .. } = event {
            return Some(State::Securing(Securing { attempts: Attempts::unscheduled() }));
        }
        if let PurchaseEvent::PurchaseFailed { failure, .. } = event {
            return Some(State::Failed(Failed { failure: failure.clone(), refunded: false }));
        }
        None
    }
}
