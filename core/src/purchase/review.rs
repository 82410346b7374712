//! Review: what rests in manual review, and what its finding causes.

use alloc::vec::Vec;

use super::trail::WayOut;
use super::{Failure, Purchase, PurchaseCommand, UndoStep};
use crate::base::timestamp::Timestamp;
use crate::effect::{Action, Confirmation, EffectKind, Finding, Outcome};
use crate::event::{Event, EvidenceEvent, PurchaseEvent};
use crate::shop::Shop;

/// Why a finding resolves nothing.
pub(crate) enum Unresolved {
    /// No effect of this kind is in review.
    NotInReview,
    /// The review cannot have found this.
    Impossible,
}

impl Purchase {
    /// Whether anything about it is in manual review.
    #[must_use]
    pub fn needs_review(&self) -> bool {
        !self.in_review().is_empty()
    }

    /// The kinds of its effects in manual review. An order that is queried is an order; a payment is of a checkout.
    #[must_use]
    pub fn in_review(&self) -> Vec<EffectKind> {
        let own = self.own().filter(|(_, attempts)| attempts.in_review);
        let own = own.map(|(effect, _)| reviewed_as(effect.id.kind));
        let surplus = self.rests_surplus().then_some(EffectKind::Refund);
        let mut kinds: Vec<EffectKind> = own.into_iter().chain(self.trail.in_review(&self.agreement)).collect();
        kinds.extend(surplus.filter(|kind| !kinds.contains(kind)));
        let payments = (!self.payments_in_review().is_empty()).then_some(EffectKind::OpenCheckout);
        kinds.extend(payments.filter(|kind| !kinds.contains(kind)));
        kinds
    }

    /// The step in review that returns a number by an effect of this kind.
    pub(crate) fn step_in_review(&self, kind: EffectKind) -> Option<UndoStep> {
        self.trail.review.iter().find(|step| step.action(self.agreement.payment()).kind() == kind).copied()
    }

    /// The events that the finding of a manual review causes.
    pub(crate) fn resolve(
        &self,
        kind: EffectKind,
        finding: &Finding,
        shop: &Shop,
        now: Timestamp,
    ) -> Result<Vec<Event>, Unresolved> {
        if let Finding::Done { confirmation } = finding
            && !kind.is_confirmed_by(confirmation)
        {
            return Err(Unresolved::Impossible);
        }
        let own = self.own().filter(|(_, attempts)| attempts.in_review);
        if let Some((effect, _)) = own.filter(|(effect, _)| reviewed_as(effect.id.kind) == kind) {
            return Ok(self.resolve_own(&effect.action, finding, shop, now));
        }
        if let Some(step) = self.step_in_review(kind) {
            let event = match finding {
                Finding::Done { .. } => EvidenceEvent::EvidenceUndone { step },
                // It must be done in any case.
                Finding::NotDone | Finding::AskAgain => EvidenceEvent::EvidenceAskedAgain { step, at: now },
            };
            return Ok([self.evidence(event)].into());
        }
        if kind == EffectKind::Refund && self.rests_surplus() {
            return Ok(self.resolve_surplus(finding, now));
        }
        if kind == EffectKind::OpenCheckout && !self.payments_in_review().is_empty() {
            return self.resolve_payments(finding, shop, now).ok_or(Unresolved::Impossible);
        }
        if !self.trail.doubted.contains(&kind) {
            return Err(Unresolved::NotInReview);
        }
        match finding {
            Finding::Done { confirmation } => Ok(self.on_evidence(kind, confirmation, shop, now)),
            Finding::NotDone => Ok([self.evidence(EvidenceEvent::DoubtEnded { effect: kind })].into()),
            Finding::AskAgain => match self.trail.way_out(kind, &self.agreement) {
                Some(WayOut::Query | WayOut::Undo(_)) => {
                    Ok([self.evidence(EvidenceEvent::EffectDoubted { effect: kind })].into())
                }
                None => Err(Unresolved::Impossible),
            },
        }
    }

    fn resolve_own(&self, action: &Action, finding: &Finding, shop: &Shop, now: Timestamp) -> Vec<Event> {
        let ask_again = || [self.event(PurchaseEvent::AskedAgain { at: now })].into();
        match (finding, action) {
            (Finding::AskAgain, _) => ask_again(),
            (Finding::Done { .. }, Action::QueryOrder { .. }) => {
                let found = Outcome::Confirmed { confirmation: Confirmation::OrderFound };
                self.on(&PurchaseCommand::RecordOutcome(&found), shop, now)
            }
            (Finding::Done { confirmation }, _) => {
                let done = Outcome::Confirmed { confirmation: confirmation.clone() };
                self.on(&PurchaseCommand::RecordOutcome(&done), shop, now)
            }
            (Finding::NotDone, Action::QueryOrder { .. } | Action::Order { .. }) => {
                [self.event(PurchaseEvent::CompensationStarted { failure: Failure::FoundNotBought })].into()
            }
            (Finding::NotDone, Action::OpenCheckout { .. } | Action::Reserve { .. } | Action::Charge { .. }) => {
                let declined = Outcome::Declined { reason: "a manual review found that it was not done".into() };
                self.on(&PurchaseCommand::RecordOutcome(&declined), shop, now)
            }
            // It must be done in any case.
            (
                Finding::NotDone,
                Action::Unreserve { .. }
                | Action::Refund { .. }
                | Action::EndCharges { .. }
                | Action::Renew { .. }
                | Action::Release { .. },
            ) => ask_again(),
        }
    }
}

/// The query is about the order.
const fn reviewed_as(kind: EffectKind) -> EffectKind {
    if matches!(kind, EffectKind::QueryOrder) { EffectKind::Order } else { kind }
}
