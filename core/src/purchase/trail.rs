//! The trail: which effects a purchase has begun, and what came to light about them too late.
//!
//! An effect may run twice, and its replies may contradict each other: one worker hears that the order is declined, and a
//! second one that it is confirmed. A confirmation is never dropped. Where the purchase can still use it, it does; where the
//! purchase has failed, what was done is undone as well. Neither is an unknown outcome dropped: where the purchase has
//! failed, the effect is in doubt until it is known whether it is done.

use alloc::vec::Vec;

use super::{Agreed, Attempts, UndoStep};
use crate::base::id::PurchaseId;
use crate::effect::{Action, Confirmation, EffectId, EffectKind, Owed};
use crate::event::{EvidenceEvent, PurchaseEvent};
use crate::history::Impossible;
use crate::terms::fulfilment::OrderEvidence;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;
use ringup_numbering::E164;

/// What a purchase remembers of its effects.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Trail {
    /// The effects that were ever pending and are not known to be done, in order. Absent: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub begun: Vec<EffectKind>,
    /// Those that are known to be done. Absent: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub done: Vec<EffectKind>,
    /// The number that was reserved, until it is bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub number: Option<E164>,
    /// The numbers that were reserved and are not what was agreed. They go back, and another one is tried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub rejected: Vec<E164>,
    /// What came to light after the failure, and is still to be undone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub late: Vec<UndoStep>,
    /// The attempts of the first of these steps. Absent: none.
    #[serde(default, skip_serializing_if = "Attempts::is_unscheduled")]
    #[ts(optional, as = "Option<_>")]
    pub attempts: Attempts,
    /// What must be undone and is in manual review: nobody answers, or it cannot be undone without harm to another purchase.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub review: Vec<UndoStep>,
    /// The order is in doubt, and the carrier is asked: the attempts of the query.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub query: Option<Attempts>,
    /// The effects that are in doubt and in manual review. Asking again could do what was taken for declined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub doubted: Vec<EffectKind>,
    /// How many queries have an id: the number of the next one.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(optional, as = "Option<_>")]
    pub queries: u32,
}

const fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// How an effect in doubt is cleared up.
pub(super) enum WayOut {
    /// The carrier is asked for the order.
    Query,
    /// It is undone, whether it is done or not.
    Undo(UndoStep),
}

/// What a confirmation means that nobody waits for.
pub(super) enum Late {
    /// The purchase is told already, or it says nothing.
    Nothing,
    /// The carrier has sold the number, and the purchase has not failed.
    Bought,
    /// The purchase has failed: this must be undone as well.
    Undo(UndoStep),
    /// What came to light is undone.
    Undone(UndoStep),
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
            query: None,
            doubted: Vec::new(),
            queries: 0,
        }
    }

    /// The trail once this effect is pending.
    pub(super) fn beginning(mut self, pending: Option<&EffectId>) -> Self {
        let Some(EffectId { kind, asking, .. }) = pending else { return self };
        if !self.was_pending(*kind) {
            self.begun.push(*kind);
        }
        if *kind == EffectKind::QueryOrder {
            self.queries = self.queries.max(asking.saturating_add(1));
        }
        self
    }

    /// Whether this effect was ever pending.
    pub(super) fn has_begun(&self, effect: &EffectId) -> bool {
        let is_asked = effect.kind != EffectKind::QueryOrder || effect.asking < self.queries;
        is_asked && self.was_pending(effect.kind)
    }

    fn was_pending(&self, kind: EffectKind) -> bool {
        self.begun.contains(&kind) || self.done.contains(&kind)
    }

    /// An effect that was never pending stays so: a payment at a checkout is no charge of ours.
    fn is_done(&mut self, kind: EffectKind) {
        if let Some(at) = self.begun.iter().position(|begun| *begun == kind) {
            self.begun.remove(at);
            self.done.push(kind);
        }
    }

    /// The trail after an event of the purchase's state. `undoing` is the step that the state was at.
    pub(super) fn after(&self, event: &PurchaseEvent, undoing: Option<UndoStep>) -> Self {
        let mut next = self.clone();
        // A refund rests where it is.
        if let (PurchaseEvent::ReviewNeeded, Some(step)) = (event, undoing.filter(|step| step.number().is_some())) {
            next.review.push(step);
        }
        if let PurchaseEvent::NumberReserved { offer } = event {
            next.number = Some(offer.number);
        }
        if let PurchaseEvent::ReservationRejected { offer } = event {
            next.rejected.push(offer.number);
        }
        for kind in done_by(event) {
            next.is_done(*kind);
        }
        next
    }

    /// The trail after late evidence.
    pub(super) fn after_evidence(&self, event: &EvidenceEvent, agreement: &Agreed) -> Result<Self, Impossible> {
        let mut next = self.clone();
        match event {
            EvidenceEvent::EvidenceCameLate { step, review } => {
                let kind = made_by(*step);
                if !self.is_open(kind) {
                    return Err(Impossible);
                }
                next.end_doubt(kind);
                next.is_done(kind);
                // A reservation in doubt is given back already.
                if self.late.contains(step) || self.review.contains(step) {
                    return Ok(next);
                }
                if *review { next.review.push(*step) } else { next.late.push(*step) }
            }
            EvidenceEvent::EvidenceUndone { step } => {
                if self.late.first() == Some(step) {
                    next.attempts = self.attempts.answered();
                }
                let steps = if self.late.contains(step) { &mut next.late } else { &mut next.review };
                let at = steps.iter().position(|one| one == step).ok_or(Impossible)?;
                steps.remove(at);
            }
            EvidenceEvent::EvidenceDelayed { not_before } => match &mut next.query {
                Some(query) => *query = query.delayed(*not_before)?,
                None if self.late.is_empty() => return Err(Impossible),
                None => next.attempts = self.attempts.delayed(*not_before)?,
            },
            EvidenceEvent::EvidenceReviewNeeded => match self.query {
                Some(_) => {
                    next.query = None;
                    next.doubted.push(EffectKind::Order);
                }
                None if self.late.is_empty() => return Err(Impossible),
                None => {
                    next.review.push(next.late.remove(0));
                    next.attempts = self.attempts.answered();
                }
            },
            EvidenceEvent::EvidenceAskedAgain { step, at } => {
                let place = self.review.iter().position(|one| one == step).ok_or(Impossible)?;
                next.review.remove(place);
                if next.late.is_empty() {
                    next.attempts = Attempts::none(*at);
                }
                next.late.push(*step);
            }
            EvidenceEvent::EffectDoubted { effect } => {
                if !self.is_open(*effect) || self.query.is_some() && *effect == EffectKind::Order {
                    return Err(Impossible);
                }
                next.end_doubt(*effect);
                match self.way_out(*effect, agreement) {
                    Some(WayOut::Query) => {
                        next.query = Some(Attempts { earlier: self.queries, ..Attempts::unscheduled() });
                    }
                    Some(WayOut::Undo(step)) => next.late.push(step),
                    None => next.doubted.push(*effect),
                }
            }
            EvidenceEvent::DoubtEnded { effect } => {
                if !self.is_doubted(*effect) {
                    return Err(Impossible);
                }
                next.end_doubt(*effect);
            }
        }
        Ok(next)
    }

    /// Whether it may come to light that the effect is done. What undoes is asked for until it is done, and a query does
    /// nothing. A page that may be open needs nothing, either: nobody was sent to it, and the payment provider tells of a
    /// payment there.
    fn is_open(&self, kind: EffectKind) -> bool {
        let is_doubtful = matches!(kind, EffectKind::Reserve | EffectKind::Charge | EffectKind::Order);
        is_doubtful && self.begun.contains(&kind)
    }

    /// Whether the effect is in doubt, asked about or in review.
    pub(super) fn is_doubted(&self, kind: EffectKind) -> bool {
        self.doubted.contains(&kind) || (kind == EffectKind::Order && self.query.is_some())
    }

    fn end_doubt(&mut self, kind: EffectKind) {
        self.doubted.retain(|doubted| *doubted != kind);
        if kind == EffectKind::Order {
            self.query = None;
        }
    }

    /// How an effect in doubt is cleared up without the danger of doing it. `None`: by a manual review only.
    pub(super) fn way_out(&self, kind: EffectKind, agreement: &Agreed) -> Option<WayOut> {
        match kind {
            EffectKind::Order => match agreement.order_evidence() {
                Some(OrderEvidence::QueryByKey | OrderEvidence::ListOnly) => Some(WayOut::Query),
                // Here the question is the order itself.
                Some(OrderEvidence::KeyedRepeat) | None => None,
            },
            // To unreserve a number that is not reserved for this purchase is harmless.
            EffectKind::Reserve => {
                let number = agreement.selector().number()?;
                Some(WayOut::Undo(UndoStep::ReturnReservation { number }))
            }
            EffectKind::OpenCheckout
            | EffectKind::Charge
            | EffectKind::QueryOrder
            | EffectKind::Unreserve
            | EffectKind::Refund
            | EffectKind::EndCharges
            | EffectKind::Renew
            | EffectKind::Release => None,
        }
    }

    /// Whether an unknown outcome of this effect, which nobody waits for, is news.
    pub(super) fn must_doubt(&self, kind: EffectKind, agreement: &Agreed) -> bool {
        let is_undone = match self.way_out(kind, agreement) {
            Some(WayOut::Undo(step)) => self.late.contains(&step) || self.review.contains(&step),
            Some(WayOut::Query) | None => false,
        };
        self.is_open(kind) && !self.is_doubted(kind) && !is_undone
    }

    /// What is asked for now: whether an order in doubt was taken, then what is still to be undone.
    pub(super) fn owed(&self, id: &PurchaseId, agreement: &Agreed) -> Option<Owed> {
        if let (Some(attempts), Some(number)) = (self.query, self.number) {
            let order = EffectId::new(id.clone(), EffectKind::Order);
            let list_only = agreement.order_evidence() == Some(OrderEvidence::ListOnly);
            return Some(Owed { action: Action::QueryOrder { number, order, list_only }, attempts });
        }
        Some(Owed { action: self.late.first()?.action(agreement.payment()), attempts: self.attempts })
    }

    /// The step that an effect of this kind takes.
    pub(super) fn step(&self, kind: EffectKind, agreement: &Agreed) -> Option<UndoStep> {
        let is_of = |step: &&UndoStep| step.action(agreement.payment()).kind() == kind;
        self.late.iter().chain(&self.review).find(is_of).copied()
    }

    /// The kinds of effects in review.
    pub(super) fn in_review(&self, agreement: &Agreed) -> impl Iterator<Item = EffectKind> {
        let steps = self.review.iter().map(|step| step.action(agreement.payment()).kind());
        steps.chain(self.doubted.iter().copied())
    }

    /// Whether something is asked for.
    pub(super) fn is_pending(&self) -> bool {
        self.query.is_some() || !self.late.is_empty()
    }

    /// What a confirmation means of an effect that nobody waits for.
    pub(super) fn late(
        &self,
        kind: EffectKind,
        confirmation: &Confirmation,
        has_failed: bool,
        agreement: &Agreed,
    ) -> Late {
        let is_news = |kind: EffectKind| !self.done.contains(&kind);
        match (kind, confirmation) {
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
                Late::Undo(UndoStep::Refund { amount: agreement.due_now() })
            }
            (EffectKind::Reserve, Confirmation::Reserved { offer })
                if has_failed && is_news(EffectKind::Reserve) && !planted!("late_reservation_dropped") =>
            {
                Late::Undo(UndoStep::ReturnReservation { number: offer.number })
            }
            (EffectKind::Unreserve | EffectKind::Refund | EffectKind::Release, Confirmation::Done) => {
                self.step(kind, agreement).map_or(Late::Nothing, Late::Undone)
            }
            _ => Late::Nothing,
        }
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
        | PurchaseEvent::ReviewNeeded
        | PurchaseEvent::AskedAgain { .. } => &[],
    }
}
