//! The checkout page is being opened; the customer has not seen it yet.

use alloc::vec::Vec;

use super::{Agreement, Attempts, AwaitingPayment, Context, Failed, Failure, Owed, Securing, State, words};
use crate::effect::{Action, Confirmation, EffectKind, Outcome};
use crate::window::Window;
use crate::{Event, Timestamp};

/// The checkout page is being opened.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct OpeningCheckout {
    /// Until when it can be paid.
    pub expires_at: Timestamp,
    /// How often the payment provider was asked.
    pub attempts: Attempts,
}

impl OpeningCheckout {
    pub(super) fn owed(&self, agreement: &Agreement) -> Owed {
        let action = Action::OpenCheckout { amount: agreement.price.due_now, expires_at: self.expires_at };
        (EffectKind::OpenCheckout, 0, self.attempts.not_before, action)
    }

    pub(super) fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<Event> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::CheckoutOpen { checkout, url } } => {
                [Event::CheckoutOpened {
                    purchase: context.id.clone(),
                    checkout: checkout.clone(),
                    url: url.clone(),
                    expires_at: self.expires_at,
                }]
                .into()
            }
            Outcome::Confirmed { confirmation } => context.misplaced(confirmation, self.attempts),
            Outcome::Declined { reason } => [context.failed(Failure::PaymentDeclined { reason: words(reason) })].into(),
            Outcome::Unknown => context.unknown(self.attempts),
        }
    }

    /// Nobody has seen the page, and nobody will: it is given up at its end.
    pub(crate) fn on_wake_up(&self, context: &Context<'_>) -> Option<Event> {
        Window::until(self.expires_at).is_over(context.now).then(|| context.failed(Failure::CheckoutExpired))
    }

    pub(super) fn evolve(&self, event: &Event) -> Option<State> {
        if let Event::CheckoutOpened { checkout, url, expires_at, .. } = event {
            let (checkout, url) = (checkout.clone(), url.clone());
            return Some(State::AwaitingPayment(AwaitingPayment { checkout, url, expires_at: *expires_at }));
        }
        if let Event::PaymentTaken { .. } = event {
            return Some(State::Securing(Securing { attempts: Attempts::at_once() }));
        }
        if let Event::OutcomeUnknown { not_before, .. } = event {
            let attempts = self.attempts.and_one(*not_before);
            return Some(State::OpeningCheckout(Self { attempts, ..self.clone() }));
        }
        if let Event::PurchaseFailed { failure, .. } = event {
            return Some(State::Failed(Failed { failure: failure.clone(), refunded: false }));
        }
        None
    }
}
