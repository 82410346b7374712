//! Judgements: how a gate stands, in its own words and in those of all.

use alloc::vec::Vec;
use core::fmt;

use super::{Evidence, Family, Gate, Input, Rejection, Remedy};
use crate::market::selector::Selector;
use ringup_derive::data;

/// How a gate stands: what it proved, why it refuses, or what it waits for.
pub(crate) enum Judgement<P = Evidence, R = Rejection> {
    /// The policy has no such rule, or the request gives it nothing to look at.
    NotApplicable,
    /// It lets the purchase through.
    Passed(P),
    /// It does not.
    Blocked(R),
    /// It cannot be judged before a fact is known.
    Waiting(Fact),
}

/// The same for whoever reads the list of all gates.
#[derive(Clone)]
pub(crate) enum Judged {
    Passed(Evidence),
    Blocked(Rejection),
    Waiting(Fact),
}

/// What a gate's refusal can say of itself, but for its [`Sentence`](super::Sentence).
pub(crate) trait Refusal {
    /// The gate that gives it: the one that lists it, unless several gates share it.
    fn gate(&self, listed: Gate) -> Gate {
        listed
    }

    /// What kind of refusal it is.
    fn family(&self) -> Family;

    /// Whether the same request, sent again unchanged, could be accepted later although nobody does anything about it here:
    /// time passes, a number comes on sale, or a verification is decided.
    fn is_transient(&self) -> bool;

    /// Adds what would open the gate, the recommended way first, to what another plan would. Asked on the same input that
    /// was refused.
    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>);
}

/// A fact that a gate is waiting for.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// Which keys the account has used: known to `decide`, not to a form.
    UsedKeys,
    /// Another gate must open first: until then there is no number, country or price to judge.
    EarlierGate {
        /// The gate that is blocked.
        gate: Gate,
    },
    /// What a numbering plan says: the number is written as people write it, and there is no plan to read it with.
    NumberingPlan,
    /// What a search for this selector finds.
    Search {
        /// What to search for.
        selector: Selector,
    },
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UsedKeys => f.write_str("which keys were used is known when it is bought"),
            Self::EarlierGate { gate } => write!(f, "after the gate `{}`", gate.title()),
            Self::NumberingPlan => f.write_str("for a numbering plan to read the number with"),
            Self::Search { selector } => write!(f, "for a search: {selector}"),
        }
    }
}

impl Fact {
    /// Another gate must open first.
    pub(super) const fn earlier(gate: Gate) -> Self {
        Self::EarlierGate { gate }
    }
}

impl<P: Into<Evidence>, R: Into<Rejection>> From<Judgement<P, R>> for Judged {
    fn from(judgement: Judgement<P, R>) -> Self {
        match judgement {
            Judgement::NotApplicable => Self::Passed(Evidence::NotApplicable),
            Judgement::Passed(proof) => Self::Passed(proof.into()),
            Judgement::Blocked(refused) => Self::Blocked(refused.into()),
            Judgement::Waiting(fact) => Self::Waiting(fact),
        }
    }
}
