//! Late: what an outcome causes that nobody waits for.

use alloc::vec::Vec;

use super::Purchase;
use super::behaviour::Phase;
use super::trail::Late;
use crate::base::timestamp::Timestamp;
use crate::effect::{Confirmation, EffectId, EffectKind, Outcome};
use crate::event::{Event, EvidenceEvent};
use crate::shop::Shop;

impl Purchase {
    /// The events that an outcome of what late evidence or a doubt asks for causes.
    pub(super) fn on_late_outcome(
        &self,
        effect: &EffectId,
        outcome: &Outcome,
        shop: &Shop,
        now: Timestamp,
    ) -> Vec<Event> {
        let Some((_, attempts)) = self.late() else { return Vec::new() };
        let retry = &shop.policy().retry;
        let event = match outcome {
            Outcome::Confirmed { confirmation: Confirmation::OrderAbsent } => {
                EvidenceEvent::DoubtEnded { effect: EffectKind::Order }
            }
            Outcome::Confirmed { confirmation } => return self.on_late(effect, confirmation, shop, now),
            Outcome::Declined { .. } | Outcome::Unknown if attempts.is_over(now) => return Vec::new(),
            Outcome::Declined { .. } | Outcome::Unknown if attempts.is_last(retry) => {
                EvidenceEvent::EvidenceReviewNeeded
            }
            Outcome::Declined { .. } | Outcome::Unknown => {
                EvidenceEvent::EvidenceDelayed { not_before: attempts.retry_at(retry, now) }
            }
        };
        [self.evidence(event)].into()
    }

    /// What a confirmation causes that nobody waits for. Positive evidence is never dropped: the purchase uses it, or
    /// undoes it.
    pub(crate) fn on_late(
        &self,
        effect: &EffectId,
        confirmation: &Confirmation,
        shop: &Shop,
        now: Timestamp,
    ) -> Vec<Event> {
        if effect.kind == EffectKind::OpenCheckout {
            return self.on_other_session(confirmation, shop, now);
        }
        if self.payments.has_begun(effect) {
            // That money is told to be back already.
            return Vec::new();
        }
        // That number went back already.
        if self.is_rejected(effect) { Vec::new() } else { self.on_evidence(effect.kind, confirmation, shop, now) }
    }

    pub(super) fn on_evidence(
        &self,
        kind: EffectKind,
        confirmation: &Confirmation,
        shop: &Shop,
        now: Timestamp,
    ) -> Vec<Event> {
        let event = match self.trail.late(kind, confirmation, self.has_given_up(), &self.agreement) {
            Late::Nothing => return Vec::new(),
            Late::Bought => {
                let events = self.context(shop, now).map(|context| context.provisioned());
                return events.into_iter().flatten().map(|event| self.event(event)).collect();
            }
            Late::Undo(step) => EvidenceEvent::EvidenceCameLate { step, review: false },
            Late::Undone(step) => EvidenceEvent::EvidenceUndone { step },
        };
        [self.evidence(event)].into()
    }

    /// What an unknown outcome causes that nobody waits for: the effect was taken for declined, and may be done.
    pub(crate) fn on_doubt(&self, effect: &EffectId) -> Option<Event> {
        let is_news = self.has_given_up() && !self.is_rejected(effect);
        let is_news = is_news && self.trail.must_doubt(effect.kind, &self.agreement);
        is_news.then(|| self.evidence(EvidenceEvent::EffectDoubted { effect: effect.kind }))
    }

    /// Whether it is an earlier reservation, of a number that was rejected.
    pub(super) fn is_rejected(&self, effect: &EffectId) -> bool {
        let rejected = u32::try_from(self.trail.rejected.len());
        effect.kind == EffectKind::Reserve && rejected.is_ok_and(|count| effect.asking < count)
    }

    /// Whether it has failed or is being undone.
    pub(super) fn has_given_up(&self) -> bool {
        self.bought().is_none() && matches!(self.facts().phase, Phase::Undoing | Phase::Settled)
    }
}
