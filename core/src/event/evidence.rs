//! Events of late evidence: what is heard of an effect after its purchase has failed.

use alloc::vec::Vec;

use crate::base::timestamp::Timestamp;
use crate::effect::EffectKind;
use crate::ledger::{Book, Posting};
use crate::purchase::UndoStep;
use ringup_derive::data;

/// What has come to light about an effect of a failed purchase.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum EvidenceEvent {
    /// An effect that was taken for declined is done: its money was taken, its number reserved or sold.
    EvidenceCameLate {
        /// How it is undone.
        step: UndoStep,
        /// Whether it is in manual review, because another purchase has the number now.
        review: bool,
    },
    /// What came to light is undone.
    EvidenceUndone {
        /// The step that is done.
        step: UndoStep,
    },
    /// The step, or the query about an order in doubt, got no answer. It is tried again at `not_before`.
    EvidenceDelayed {
        /// The earliest instant of the next attempt.
        not_before: Timestamp,
    },
    /// The same, in as many attempts as the policy allows. It is in manual review, and what is next is tried.
    EvidenceReviewNeeded,
    /// A manual review asks once more for a step in review.
    EvidenceAskedAgain {
        /// The step.
        step: UndoStep,
        /// The earliest instant of the next attempt.
        at: Timestamp,
    },
    /// The outcome of an effect that nobody waits for is unknown: it was taken for declined, and may be done. If the carrier
    /// can be asked for an order, it is; a number that is known is unreserved; anything else is in manual review.
    EffectDoubted {
        /// The kind of the effect.
        effect: EffectKind,
    },
    /// The effect in doubt is not done.
    DoubtEnded {
        /// The kind of the effect.
        effect: EffectKind,
    },
}

impl EvidenceEvent {
    /// The name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::EvidenceCameLate { .. } => "evidence_came_late",
            Self::EvidenceUndone { .. } => "evidence_undone",
            Self::EvidenceDelayed { .. } => "evidence_delayed",
            Self::EvidenceReviewNeeded => "evidence_review_needed",
            Self::EvidenceAskedAgain { .. } => "evidence_asked_again",
            Self::EffectDoubted { .. } => "effect_doubted",
            Self::DoubtEnded { .. } => "doubt_ended",
        }
    }

    /// The money that it moves between books.
    pub(super) fn postings(&self) -> Vec<Posting> {
        match self {
            Self::EvidenceCameLate { step: UndoStep::Refund { amount }, .. } => {
                [Posting { from: Book::Taken, to: Book::Holds, money: *amount }].into()
            }
            Self::EvidenceUndone { step: UndoStep::Refund { amount } } => {
                [Posting { from: Book::Holds, to: Book::Refunds, money: *amount }].into()
            }
            Self::EvidenceCameLate { .. }
            | Self::EvidenceUndone { .. }
            | Self::EvidenceDelayed { .. }
            | Self::EvidenceReviewNeeded
            | Self::EvidenceAskedAgain { .. }
            | Self::EffectDoubted { .. }
            | Self::DoubtEnded { .. } => Vec::new(),
        }
    }
}

#[cfg(test)]
impl EvidenceEvent {
    /// One sample of each event.
    pub(crate) fn samples() -> Vec<Self> {
        let step = UndoStep::ReturnNumber { number: "+14045550100".parse().unwrap() };
        let not_before = Timestamp::from_millis(5);
        [
            Self::EvidenceCameLate { step, review: false },
            Self::EvidenceUndone { step },
            Self::EvidenceDelayed { not_before },
            Self::EvidenceReviewNeeded,
            Self::EvidenceAskedAgain { step, at: not_before },
            Self::EffectDoubted { effect: EffectKind::Order },
            Self::DoubtEnded { effect: EffectKind::Order },
        ]
        .into()
    }
}
