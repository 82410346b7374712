//! The report of a quote: how each gate stands, and what would open it.

use alloc::vec::Vec;

use super::advice::Advice;
use crate::gates::{Evidence, Fact, Gate, Judged, Rejection, Remedy};
use ringup_derive::data;

/// What a quote says of one gate.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct GateReport {
    /// The gate.
    pub gate: Gate,
    /// How it stands.
    #[serde(flatten)]
    pub status: GateStatus,
}

/// A fix, and the gate that it opens.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct GateFix {
    /// The gate.
    pub gate: Gate,
    /// What to do.
    #[serde(flatten)]
    pub fix: Remedy,
}

/// How a gate stands.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum GateStatus {
    /// It lets the purchase through.
    Passed {
        /// What was compared.
        evidence: Evidence,
    },
    /// It does not.
    Blocked {
        /// Why, with the figures compared.
        rejection: Rejection,
        /// What would open it when the fixes of the earlier gates are done, the recommended way first.
        fixes: Vec<Remedy>,
        /// Whether those fixes open it already. Where they do not, and there is no fix, nobody can open it.
        opened_by_earlier: bool,
    },
    /// It cannot be judged before a fact is known.
    Waiting {
        /// The fact.
        fact: Fact,
    },
}

impl GateReport {
    pub(super) fn new(gate: Gate, judged: Judged, advice: &mut Advice) -> Self {
        let status = match judged {
            Judged::Passed(evidence) => GateStatus::Passed { evidence },
            Judged::Blocked(rejection) => {
                GateStatus::Blocked { rejection, opened_by_earlier: advice.opens(gate), fixes: advice.of(gate) }
            }
            Judged::Waiting(fact) => GateStatus::Waiting { fact },
        };
        Self { gate, status }
    }

    /// Whether the gate lets the purchase through. A key whose use only `decide` can know does not hold a quote back.
    #[must_use]
    pub const fn is_passed(&self) -> bool {
        match self.status {
            GateStatus::Passed { .. } | GateStatus::Waiting { fact: Fact::UsedKeys } => true,
            GateStatus::Blocked { .. } | GateStatus::Waiting { .. } => false,
        }
    }
}
