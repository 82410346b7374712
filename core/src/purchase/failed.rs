//! Failed: the purchase has ended without a number.

use alloc::{string::String, vec::Vec};

use super::{Agreement, Behaviour, Context, Facts, Phase, PurchaseCommand, State};
use crate::account::key::FailedKey;
use crate::base::id::PurchaseId;
use crate::effect::Owed;
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use ringup_derive::data;

/// The purchase has ended without a number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Failed {
    /// The reason of the failure.
    pub failure: Failure,
    /// Whether money was taken and refunded.
    pub refunded: bool,
}

impl Failure {
    /// Whether the purchase's keys are free after it.
    pub(crate) fn frees_key(&self, failed_key: FailedKey) -> bool {
        // Of these nothing was ever agreed.
        let is_of_kyc = matches!(self, Self::KycDeclined | Self::KycWithdrawn | Self::KycOverdue);
        failed_key == FailedKey::Freed || *self == Self::CheckoutExpired || is_of_kyc
    }
}

impl Behaviour for Failed {
    fn facts(&self) -> Facts<'_> {
        Facts { name: "failed", expects: &[], phase: Phase::Settled, checkout_expires_at: None, offer: None }
    }

    fn owed(&self, _: &PurchaseId, _: &Agreement) -> Option<Owed> {
        None
    }

    fn on(&self, command: &PurchaseCommand<'_>, _: &Context<'_>) -> Vec<PurchaseEvent> {
        match command {
            PurchaseCommand::RecordOutcome(_)
            | PurchaseCommand::RecordCheckoutPaid(_)
            | PurchaseCommand::RecordCheckoutDeclined(_) => Vec::new(),
        }
    }

    fn evolve(&self, event: &PurchaseEvent, _: &Agreement) -> Result<State, Impossible> {
        match event {
            PurchaseEvent::CheckoutOpened { .. }
            | PurchaseEvent::PaymentTaken { .. }
            | PurchaseEvent::NumberReserved { .. }
            | PurchaseEvent::ReservationRejected { .. }
            | PurchaseEvent::OutcomeUnknown { .. }
            | PurchaseEvent::OrderDeclineDoubted { .. }
            | PurchaseEvent::OrderAbsent { .. }
            | PurchaseEvent::NumberProvisioned { .. }
            | PurchaseEvent::NumberActivated { .. }
            | PurchaseEvent::CompensationStarted { .. }
            | PurchaseEvent::ReservationReturned
            | PurchaseEvent::ProvisioningReturned
            | PurchaseEvent::PaymentRefunded { .. }
            | PurchaseEvent::PurchaseFailed { .. }
            | PurchaseEvent::ReviewNeeded
            | PurchaseEvent::AskedAgain { .. } => Err(Impossible),
        }
    }
}

/// Why an accepted purchase failed.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "failure", rename_all = "snake_case")]
pub enum Failure {
    /// The customer abandoned the checkout, or the payment was declined there.
    CheckoutDeclined,
    /// The checkout expired unpaid.
    CheckoutExpired,
    /// The payment provider declined the charge.
    PaymentDeclined {
        /// The payment provider's reason.
        reason: String,
    },
    /// No such number was left to reserve.
    OutOfStock {
        /// The inventory's reason.
        reason: String,
    },
    /// The carrier declined the order.
    CarrierDeclined {
        /// The carrier's reason.
        reason: String,
    },
    /// A manual review found that the carrier has not sold the number.
    FoundNotBought,
    /// The papers of the verification that it waited for were declined.
    KycDeclined,
    /// The papers of the verification that it waited for were withdrawn.
    KycWithdrawn,
    /// No papers were submitted in time.
    KycOverdue,
}
