//! The customer can pay at the checkout. Nothing is reserved: the page may stay open for a day.

use alloc::string::String;

use super::{Attempts, Context, Failed, Failure, Securing, State};
use crate::window::Window;
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
    pub(crate) fn on_wake_up(&self, context: &Context<'_>) -> Option<Event> {
        Window::until(self.expires_at).is_over(context.now).then(|| context.failed(Failure::CheckoutExpired))
    }

    pub(super) fn evolve(&self, event: &Event) -> Option<State> {
        if let Event::PaymentTaken { .. } = event {
            return Some(State::Securing(Securing { attempts: Attempts::at_once() }));
        }
        if let Event::PurchaseFailed { failure, .. } = event {
            return Some(State::Failed(Failed { failure: failure.clone(), refunded: false }));
        }
        None
    }
}
