//! The context of a state's answer, and the answers that several states share.

use alloc::{string::String, vec::Vec};

use super::{Agreement, Attempts, Failure};
use crate::account::key::IdempotencyKey;
use crate::base::id::CheckoutId;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::event::PurchaseEvent;
use crate::records::RecurringCharge;
use crate::shop::Shop;
use crate::terms::fulfilment::Retry;
use crate::terms::payment::{ChargeTime, PaymentMethod};
use ringup_numbering::E164;

/// What a state may need to answer a command.
pub(super) struct Context<'a> {
    pub(super) agreement: &'a Agreement,
    pub(super) key: Option<&'a IdempotencyKey>,
    pub(super) shop: &'a Shop,
    pub(super) retry: &'a Retry,
    /// The reserved numbers that went back or go back.
    pub(super) rejected: &'a [E164],
    pub(super) now: Timestamp,
}

impl Context<'_> {
    /// The outcome is unknown: the effect is tried again, or is in review.
    pub(super) fn unknown(&self, attempts: Attempts) -> Vec<PurchaseEvent> {
        if attempts.is_last(self.retry) { [PurchaseEvent::ReviewNeeded].into() } else { self.unclear(attempts) }
    }

    /// The outcome is unknown, whatever the number of attempts.
    pub(super) fn unclear(&self, attempts: Attempts) -> Vec<PurchaseEvent> {
        [PurchaseEvent::OutcomeUnknown { not_before: attempts.retry_at(self.retry, self.now) }].into()
    }

    pub(super) fn failed(&self, failure: Failure) -> PurchaseEvent {
        let freed = (self.agreement.payment == PaymentMethod::Wallet).then_some(self.agreement.price.due_now);
        let key = self.key.filter(|_| failure.frees_key(self.agreement.failed_key)).cloned();
        PurchaseEvent::PurchaseFailed { failure, freed, key }
    }

    /// The failure of a checkout that has expired by now.
    pub(super) fn expired(&self, expires_at: Timestamp) -> Option<PurchaseEvent> {
        Window::until(expires_at).is_over(self.now).then(|| self.failed(Failure::CheckoutExpired))
    }

    /// The customer has paid at this session, in time.
    pub(super) fn paid_at(&self, checkout: &CheckoutId) -> Vec<PurchaseEvent> {
        let amount = self.agreement.price.due_now;
        [PurchaseEvent::PaymentTaken { amount, checkout: Some(checkout.clone()) }].into()
    }

    /// The payment at the checkout was declined, or the customer abandoned it.
    pub(super) fn on_checkout_declined(&self) -> Vec<PurchaseEvent> {
        [self.failed(Failure::CheckoutDeclined)].into()
    }

    pub(super) fn compensate(&self, failure: Failure) -> Vec<PurchaseEvent> {
        [PurchaseEvent::CompensationStarted { failure }].into()
    }

    /// Whether the inventory may be asked for another number than the rejected ones.
    pub(super) fn may_try_another(&self) -> bool {
        let rejected = u32::try_from(self.rejected.len()).unwrap_or(u32::MAX);
        !self.agreement.selector.names_one() && rejected < self.retry.attempts_max
    }

    /// No number is left to reserve. Money that was taken is refunded; a wallet hold is released.
    pub(super) fn out_of_stock(&self, reason: &str) -> Vec<PurchaseEvent> {
        let failure = Failure::OutOfStock { reason: truncate_reason(reason) };
        if self.agreement.is_by_checkout() && !planted!("paid_reservation_not_refunded") {
            self.compensate(failure)
        } else {
            [self.failed(failure)].into()
        }
    }

    /// The carrier has sold the number: it is activated, or charged first.
    pub(super) fn provisioned(&self) -> Vec<PurchaseEvent> {
        match self.agreement.charged {
            ChargeTime::BeforeOrder => self.activated(),
            // Nothing is charged for nothing.
            ChargeTime::AtProvisioning if self.agreement.price.due_now.is_zero() => self.activated(),
            ChargeTime::AtProvisioning => [PurchaseEvent::NumberProvisioned { at: self.now }].into(),
        }
    }

    pub(super) fn activated(&self) -> Vec<PurchaseEvent> {
        let clocks = self.shop.policy().clocks();
        let paid_until = RecurringCharge::first_end(self.agreement, self.now, clocks);
        [PurchaseEvent::activated(self.agreement, self.now, paid_until)].into()
    }
}

/// The reason of a refusal, cut to the length that a record stores.
pub(super) fn truncate_reason(reason: &str) -> String {
    reason.chars().take(200).collect()
}
