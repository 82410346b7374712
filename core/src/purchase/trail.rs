//! The trail: which effects a purchase has begun, and what came to light about them too late.
//!
//! An effect may run twice, and its replies may contradict each other: one worker hears that the order is declined, and a
//! second one that it is confirmed. A confirmation is never dropped. Where the purchase can still use it, it does; where the
//! purchase has failed, what was done is undone as well.

use alloc::vec::Vec;

use super::{Attempts, UndoStep};
use crate::base::money::Money;
use crate::effect::{Action, Confirmation, EffectKind, Owed};
use crate::event::{EvidenceEvent, PurchaseEvent};
use crate::history::Impossible;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;
use ringup_numbering::E164;

/// What a purchase remembers of its effects.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Trail {
    /// The effects that were ever pending, in order.
    pub begun: Vec<EffectKind>,
    /// Those that are known to be done.
    pub done: Vec<EffectKind>,
    /// The number that was reserved.
    pub number: Option<E164>,
    /// The numbers that were reserved and are not what was agreed. They go back, and another one is tried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub rejected: Vec<E164>,
    /// What came to light after the failure, and is still to be undone.
    pub late: Vec<UndoStep>,
    /// The attempts of the first of these steps.
    pub attempts: Attempts,
    /// What came to light and cannot be undone without harm to another purchase. A person looks at it.
    pub review: Vec<UndoStep>,
}

/// What a confirmation means that nobody waits for.
pub(super) enum Late {
    /// The purchase is told already, or it says nothing.
    Nothing,
    /// The carrier has sold the number, and the purchase has not failed.
    Bought,
    /// The purchase has failed: this must be undone as well.
    Undo(UndoStep),
}

impl Trail {
    pub(super) const fn new() -> Self {
        Self {
            begun: Vec::new(),
            done: Vec::new(),
            number: None,
            rejected: Vec::new(),
            late: Vec::new(),
            attempts: Attempts::unscheduled(),
            review: Vec::new(),
        }
    }

    /// The trail once this effect is pending.
    pub(super) fn beginning(mut self, pending: Option<EffectKind>) -> Self {
        if let Some(kind) = pending.filter(|kind| !self.begun.contains(kind)) {
            self.begun.push(kind);
        }
        self
    }

    /// The trail after an event of the purchase's state.
    pub(super) fn after(&self, event: &PurchaseEvent) -> Self {
        let mut next = self.clone();
        if let PurchaseEvent::NumberReserved { offer } = event {
            next.number = Some(offer.number);
        }
        if let PurchaseEvent::ReservationRejected { offer } = event {
            next.rejected.push(offer.number);
        }
        for kind in done_by(event) {
            if !next.done.contains(kind) {
                next.done.push(*kind);
            }
        }
        next
    }

    /// The trail after late evidence.
    pub(super) fn after_evidence(&self, event: &EvidenceEvent) -> Result<Self, Impossible> {
        let mut next = self.clone();
        match event {
            EvidenceEvent::EvidenceCameLate { step, review } => {
                let kind = made_by(*step);
                if !self.begun.contains(&kind) || self.done.contains(&kind) {
                    return Err(Impossible);
                }
                next.done.push(kind);
                if *review { next.review.push(*step) } else { next.late.push(*step) }
            }
            EvidenceEvent::EvidenceUndone { step } => {
                if self.late.first() != Some(step) {
                    return Err(Impossible);
                }
                next.late.remove(0);
                next.attempts = self.attempts.answered();
            }
            EvidenceEvent::EvidenceDelayed { not_before } => {
                if self.late.is_empty() {
                    return Err(Impossible);
                }
                next.attempts = self.attempts.record_failure(*not_before);
            }
        }
        Ok(next)
    }

    /// What is still to be undone.
    pub(super) fn owed(&self, method: PaymentMethod) -> Option<Owed> {
        Some(Owed { action: self.late.first()?.action(method), attempts: self.attempts })
    }

    /// What a confirmation means of an effect that is not pending. `None`: the purchase never began such an effect.
    pub(super) fn late(
        &self,
        kind: EffectKind,
        confirmation: &Confirmation,
        has_failed: bool,
        due: Money,
    ) -> Option<Late> {
        if !self.begun.contains(&kind) {
            return None;
        }
        let is_news = |kind: EffectKind| !self.done.contains(&kind);
        Some(match (kind, confirmation) {
            (EffectKind::Order, Confirmation::Done) | (EffectKind::QueryOrder, Confirmation::OrderFound)
                if is_news(EffectKind::Order) && !planted!("late_order_dropped") =>
            {
                match self.number {
                    Some(_) if !has_failed && planted!("late_order_in_time_dropped") => Late::Nothing,
                    Some(number) if has_failed => Late::Undo(UndoStep::ReturnNumber { number }),
                    Some(_) => Late::Bought,
                    None => Late::Nothing,
                }
            }
            (EffectKind::Charge, Confirmation::Done)
                if has_failed && is_news(EffectKind::Charge) && !planted!("late_charge_dropped") =>
            {
                Late::Undo(UndoStep::Refund { amount: due })
            }
            (EffectKind::Reserve, Confirmation::Reserved { offer })
                if has_failed && is_news(EffectKind::Reserve) && !planted!("late_reservation_dropped") =>
            {
                Late::Undo(UndoStep::ReturnReservation { number: offer.number })
            }
            _ => Late::Nothing,
        })
    }
}

impl UndoStep {
    /// The effect that takes the step.
    pub(super) const fn action(self, method: PaymentMethod) -> Action {
        match self {
            Self::ReturnReservation { number } => Action::Unreserve { number },
            Self::ReturnNumber { number } => Action::Release { number },
            Self::Refund { amount } => Action::Refund { method, amount, checkout: None },
        }
    }
}

/// The effect whose confirmation makes the step necessary.
const fn made_by(step: UndoStep) -> EffectKind {
    match step {
        UndoStep::ReturnReservation { .. } => EffectKind::Reserve,
        UndoStep::ReturnNumber { .. } => EffectKind::Order,
        UndoStep::Refund { .. } => EffectKind::Charge,
    }
}

/// The effects that an event says are done.
const fn done_by(event: &PurchaseEvent) -> &'static [EffectKind] {
    match event {
        PurchaseEvent::CheckoutOpened { .. } => &[EffectKind::OpenCheckout],
        PurchaseEvent::NumberReserved { .. } => &[EffectKind::Reserve],
        PurchaseEvent::PaymentTaken { .. } => &[EffectKind::Charge],
        PurchaseEvent::NumberProvisioned { .. } => &[EffectKind::Order],
        PurchaseEvent::NumberActivated { charged: true, .. } => &[EffectKind::Order, EffectKind::Charge],
        PurchaseEvent::NumberActivated { charged: false, .. } => &[EffectKind::Order],
        PurchaseEvent::ReservationReturned => &[EffectKind::Unreserve],
        PurchaseEvent::ProvisioningReturned => &[EffectKind::Release],
        PurchaseEvent::PaymentRefunded { .. } => &[EffectKind::Refund],
        PurchaseEvent::OutcomeUnknown { .. }
        | PurchaseEvent::OrderDeclineDoubted { .. }
        | PurchaseEvent::OrderAbsent { .. }
        | PurchaseEvent::CompensationStarted { .. }
        | PurchaseEvent::PurchaseFailed { .. }
        // The next reservation is another effect.
        | PurchaseEvent::ReservationRejected { .. }
        | PurchaseEvent::ReviewNeeded => &[],
    }
}
