//! What a state's answer needs beside itself, and the answers that several states give.

use alloc::{string::String, vec::Vec};

use super::{Agreement, Attempts, Failure};
use crate::account::key::IdempotencyKey;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::event::PurchaseEvent;
use crate::terms::fulfilment::Retry;
use crate::terms::payment::{ChargeTime, PaymentMethod};

/// What a state may need for its answer to a command.
pub(super) struct Context<'a> {
    pub(super) agreement: &'a Agreement,
    pub(super) key: Option<&'a IdempotencyKey>,
    pub(super) retry: &'a Retry,
    pub(super) now: Timestamp,
}

impl Context<'_> {
    pub(super) fn unknown(&self, attempts: Attempts) -> Vec<PurchaseEvent> {
        [PurchaseEvent::OutcomeUnknown { not_before: attempts.retry_at(self.retry, self.now) }].into()
    }

    pub(super) fn failed(&self, failure: Failure) -> PurchaseEvent {
        let freed = (self.agreement.payment == PaymentMethod::Wallet).then_some(self.agreement.price.due_now);
        PurchaseEvent::PurchaseFailed { failure, freed, key: self.key.cloned() }
    }

    /// The end of a checkout that can be paid until this instant, if it has come.
    pub(super) fn expired(&self, expires_at: Timestamp) -> Option<PurchaseEvent> {
        Window::until(expires_at).is_over(self.now).then(|| self.failed(Failure::CheckoutExpired))
    }

    /// The customer has paid at the checkout. If the checkout had ended, the purchase has failed, and the money goes back.
    pub(super) fn on_paid(&self, expires_at: Timestamp) -> Vec<PurchaseEvent> {
        let expired = self.expired(expires_at);
        let amount = self.agreement.price.due_now;
        expired.into_iter().chain([PurchaseEvent::PaymentTaken { amount }]).collect()
    }

    /// The payment at the checkout was declined, or the customer has given it up.
    pub(super) fn on_checkout_declined(&self) -> Vec<PurchaseEvent> {
        [self.failed(Failure::CheckoutDeclined)].into()
    }

    pub(super) fn compensate(&self, failure: Failure) -> Vec<PurchaseEvent> {
        [PurchaseEvent::CompensationStarted { failure }].into()
    }

    /// The carrier has sold us the number: it is the customer's, unless it must be charged first.
    pub(super) fn provisioned(&self) -> Vec<PurchaseEvent> {
        match self.agreement.charged {
            ChargeTime::BeforeOrder => self.activated(),
            ChargeTime::AtProvisioning => [PurchaseEvent::NumberProvisioned { at: self.now }].into(),
        }
    }

    pub(super) fn activated(&self) -> Vec<PurchaseEvent> {
        [PurchaseEvent::activated(self.agreement, self.now)].into()
    }
}

/// The words of a refusal, cut to a length that a record can bear.
pub(super) fn truncate_reason(reason: &str) -> String {
    reason.chars().take(200).collect()
}
