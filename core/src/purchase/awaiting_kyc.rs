//! Awaiting KYC: the request has a key, and the verification that its number needs is not approved.
//!
//! Nothing is agreed: no price holds, no money is held, and the purchase counts for no limit and no window. It goes on as
//! the same purchase once the verification is approved and the gates pass (`purchase_accepted`). It ends, and frees its
//! key, when the papers are declined or withdrawn, or none came in time (`kyc_wait_ended`).

use alloc::{boxed::Box, vec::Vec};

use super::{
    Agreed, Agreement, AgreementOutline, Behaviour, Context, Facts, Failed, Failure, Phase, Purchase, PurchaseCommand,
    State, Trail,
};
use crate::account::key::IdempotencyKey;
use crate::base::id::PurchaseId;
use crate::base::timestamp::Timestamp;
use crate::effect::Owed;
use crate::event::{AccountEvent, Event, PurchaseEvent};
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

impl Purchase {
    /// A purchase that waits for KYC before it is accepted.
    pub(crate) fn await_kyc(
        id: PurchaseId,
        agreement: AgreementOutline,
        key: IdempotencyKey,
        awaiting: AwaitingKyc,
    ) -> Self {
        Self {
            id,
            agreement: Agreed::Outline(agreement),
            key: Some(key),
            trail: Trail::new(),
            payments: Box::default(),
            state: State::AwaitingKyc(awaiting),
        }
    }

    /// The same purchase with another deadline for its papers.
    pub(crate) fn with_kyc_deadline(&self, until: Option<Timestamp>) -> Self {
        let awaiting = self.awaiting_kyc().map(|awaiting| AwaitingKyc { until, ..awaiting.clone() });
        let state = awaiting.map_or_else(|| self.state.clone(), State::AwaitingKyc);
        Self { state, ..self.clone() }
    }

    /// The purchase once its wait for KYC has come to nothing.
    pub(crate) fn after_kyc_wait(&self, failure: &Failure) -> Self {
        Self { state: State::Failed(Failed { failure: failure.clone(), refunded: false }), ..self.clone() }.shortened()
    }

    /// What it waits for, if it waits for KYC.
    #[must_use]
    pub const fn awaiting_kyc(&self) -> Option<&AwaitingKyc> {
        if let State::AwaitingKyc(awaiting) = &self.state { Some(awaiting) } else { None }
    }

    /// The event that its wait for KYC has come to nothing.
    pub(crate) fn kyc_wait_ended(&self, failure: Failure) -> Event {
        AccountEvent::KycWaitEnded { purchase: self.id.clone(), failure, key: self.key.clone() }.into()
    }
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
