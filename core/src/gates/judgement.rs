//! Judgements: what a gate says about a request, with its own types or with those of every gate.

use alloc::{string::String, vec::Vec};
use core::fmt;

use super::{Evidence, Family, Gate, Input, Rejection, Remedy};
use crate::base::timestamp::Timestamp;
use crate::market::selector::Selector;
use ringup_derive::data;

/// What a gate says about a request, in its own types: evidence, refusal, or a missing fact.
pub(crate) enum Judgement<P = Evidence, R = Rejection> {
    /// The policy has no such rule, or the request has nothing for it to look at.
    NotApplicable,
    /// The gate passes, with its evidence.
    Passed(P),
    /// The gate refuses.
    Blocked(R),
    /// The gate lacks a fact.
    Waiting(Fact),
}

/// What a gate said. A quote adds the fixes in a [`GateStatus`](crate::GateStatus).
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Verdict {
    /// It lets the purchase through.
    Passed {
        /// The figures compared.
        evidence: Evidence,
    },
    /// It refuses the purchase.
    Blocked {
        /// The refusal, with the figures compared.
        rejection: Rejection,
    },
    /// It lacks a fact.
    Waiting {
        /// The fact that it lacks.
        fact: Fact,
    },
}

/// What a refusal tells of itself, except for its [`Sentence`](super::Sentence).
pub(crate) trait Refusal {
    /// The gate that refuses: the gate of the list, unless several gates share the refusal.
    fn gate(&self, listed: Gate) -> Gate {
        listed
    }

    /// The kind of refusal.
    fn family(&self) -> Family;

    /// Whether the same request may be accepted later although the customer does nothing: time passes, a number comes
    /// on sale, or a verification is decided.
    fn is_transient(&self) -> bool;

    /// Adds the fixes besides another plan, the recommended one first. `input` is the input that was refused.
    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>);
}

/// A fact that a gate lacks.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// Which keys the account has used. `decide` knows them; a quote does not.
    UsedKeys,
    /// Another gate must pass first. Until then there is no number, country or price to judge.
    EarlierGate {
        /// The gate that must pass.
        gate: Gate,
    },
    /// The number as a numbering plan reads it. There is no plan.
    NumberingPlan,
    /// The offset of the policy's time zone. Its table does not cover the time that the price or a limit is about.
    TimeZone {
        /// The name of the zone.
        zone: String,
        /// The first instant of the table.
        known_from: Timestamp,
        /// The end of the table.
        known_until: Timestamp,
    },
    /// The result of a search for this selector.
    Search {
        /// The selector to search for.
        selector: Selector,
    },
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UsedKeys => f.write_str("which keys were used is known when it is bought"),
            Self::EarlierGate { gate } => write!(f, "after the gate `{}`", gate.title()),
            Self::NumberingPlan => f.write_str("for a numbering plan to read the number with"),
            Self::TimeZone { zone, known_from, known_until } => {
                write!(f, "for a table of the time zone `{zone}` that covers more than {known_from} to {known_until}")
            }
            Self::Search { selector } => write!(f, "for a search: {selector}"),
        }
    }
}

impl Fact {
    /// The fact that another gate must pass first.
    pub(super) const fn earlier(gate: Gate) -> Self {
        Self::EarlierGate { gate }
    }
}

impl<P: Into<Evidence>, R: Into<Rejection>> From<Judgement<P, R>> for Verdict {
    fn from(judgement: Judgement<P, R>) -> Self {
        match judgement {
            Judgement::NotApplicable => Self::Passed { evidence: Evidence::NotApplicable },
            Judgement::Passed(proof) => Self::Passed { evidence: proof.into() },
            Judgement::Blocked(refused) => Self::Blocked { rejection: refused.into() },
            Judgement::Waiting(fact) => Self::Waiting { fact },
        }
    }
}
