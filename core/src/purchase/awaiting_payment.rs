//! The customer can pay at the checkout. Nothing is reserved: the page may stay open for a day.

use alloc::{string::String, vec::Vec};

use super::{Attempts, Context, Failed, Failure, Securing, State};
use crate::{CheckoutId, Event, Timestamp};

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
    /// The customer has paid. After the end of the checkout the money goes back.
    pub(crate) fn on_paid(&self, context: &Context<'_>) -> Vec<Event> {
        let paid = Event::PaymentTaken { purchase: context.id.clone(), amount: context.agreement.price.due_now };
        match self.on_wake_up(context) {
            Some(expired) => [expired, paid].into(),
            None => [paid].into(),
        }
    }

    pub(crate) fn on_declined(&self, context: &Context<'_>) -> Vec<Event> {
        [context.failed(Failure::CheckoutDeclined)].into()
    }

    pub(crate) fn on_wake_up(&self, context: &Context<'_>) -> Option<Event> {
        (self.expires_at <= context.now).then(|| context.failed(Failure::CheckoutExpired))
    }

    pub(super) fn evolve(&self, event: &Event) -> Option<State> {
        if let Event::PaymentTaken { .. } = event {
            return Some(State::Securing(Securing { attempts: Attempts::none(Timestamp::from_millis(0)) }));
        }
        if let Event::PurchaseFailed { failure, .. } = event {
            return Some(State::Failed(Failed { failure: failure.clone(), refunded: false }));
        }
        None
    }
}
