//! Awaiting KYC: the request has a key, and the verification that its number needs is not approved.
//!
//! Nothing is agreed: no price holds, no money is held, and the purchase counts for no limit and no window. It goes on as
//! the same purchase once the verification is approved and the gates pass (`purchase_accepted`). It ends, and frees its
//! key, when the papers are declined or withdrawn, or none came in time (`kyc_wait_ended`).

use alloc::vec::Vec;

use super::{Agreement, Behaviour, Context, Facts, Phase, PurchaseCommand, State};
use crate::base::id::PurchaseId;
use crate::base::timestamp::Timestamp;
use crate::effect::Owed;
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::Country;

/// The verification that the number needs is not approved.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct AwaitingKyc {
    /// The type of the number, if the request tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub number_type: Option<NumberType>,
    /// The tier of the number.
    pub tier: u8,
    /// The first instant at which it is too late for papers. Absent: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub until: Option<Timestamp>,
}

impl AwaitingKyc {
    /// The number as its verification is found.
    pub(crate) const fn number(&self, country: Country) -> (Country, Option<NumberType>, u8) {
        (country, self.number_type, self.tier)
    }
}

impl Behaviour for AwaitingKyc {
    fn facts(&self) -> Facts<'_> {
        Facts { name: "awaiting_kyc", expects: &[], phase: Phase::Waiting, checkout_expires_at: None, offer: None }
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
