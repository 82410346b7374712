//! What a state's answer needs beside itself, and the answers that several states give.

use alloc::{string::String, vec::Vec};

use super::{Agreement, Attempts, Failure};
use crate::account::IdempotencyKey;
use crate::shop::{ChargeTime, PaymentMethod, Retry};
use crate::{Event, PurchaseId, Timestamp};

/// What a state's answer to an outcome may need beside itself.
pub(crate) struct Context<'a> {
    pub(crate) id: &'a PurchaseId,
    pub(crate) agreement: &'a Agreement,
    pub(crate) key: Option<&'a IdempotencyKey>,
    pub(crate) retry: &'a Retry,
    pub(crate) now: Timestamp,
}

impl Context<'_> {
    pub(super) fn unknown(&self, attempts: Attempts) -> Vec<Event> {
        [Event::OutcomeUnknown { purchase: self.id.clone(), not_before: attempts.retry_at(self.retry, self.now) }]
            .into()
    }

    pub(super) fn failed(&self, failure: Failure) -> Event {
        let freed = (self.agreement.payment == PaymentMethod::Wallet).then_some(self.agreement.price.due_now);
        Event::PurchaseFailed { purchase: self.id.clone(), failure, freed, key: self.key.cloned() }
    }

    /// The customer has paid at the checkout. If the checkout had ended, the purchase has failed, and the money goes back.
    pub(crate) fn on_paid(&self, expired: Option<Event>) -> Vec<Event> {
        let amount = self.agreement.price.due_now;
        expired.into_iter().chain([Event::PaymentTaken { purchase: self.id.clone(), amount }]).collect()
    }

    /// The payment at the checkout was declined, or the customer has given it up.
    pub(crate) fn on_checkout_declined(&self) -> Vec<Event> {
        [self.failed(Failure::CheckoutDeclined)].into()
    }

    pub(super) fn compensate(&self, failure: Failure) -> Vec<Event> {
        [Event::CompensationStarted { purchase: self.id.clone(), failure }].into()
    }

    /// The carrier has sold us the number: it is the customer's, unless it must be charged first.
    pub(super) fn provisioned(&self) -> Vec<Event> {
        match self.agreement.charged {
            ChargeTime::BeforeOrder => self.activated(),
            ChargeTime::AtProvisioning => [Event::NumberProvisioned { purchase: self.id.clone(), at: self.now }].into(),
        }
    }

    pub(super) fn activated(&self) -> Vec<Event> {
        [Event::activated(self.id.clone(), self.agreement, self.now)].into()
    }
}

/// The words of a refusal, cut to a length that a record can bear.
pub(super) fn truncate_reason(reason: &str) -> String {
    reason.chars().take(200).collect()
}
