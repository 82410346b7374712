//! The report of a quote: the status of each gate, with its fixes.

use alloc::vec::Vec;

use super::advice::Advice;
use crate::gates::{Evidence, Fact, Gate, Rejection, Remedy, Verdict};
use ringup_derive::data;

/// A gate of a quote, with its status.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct GateReport {
    /// The gate that the report is about.
    pub gate: Gate,
    /// Passed, blocked or waiting.
    #[serde(flatten)]
    pub status: GateStatus,
}

/// A fix, and the gate that it opens.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct GateFix {
    /// The first gate that the fix opens.
    pub gate: Gate,
    /// What to do.
    #[serde(flatten)]
    pub fix: Remedy,
}

/// The status of a gate: its judgement, and the fixes if it is blocked.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum GateStatus {
    /// The gate passes.
    Passed {
        /// The figures compared.
        evidence: Evidence,
    },
    /// The gate refuses.
    Blocked {
        /// The refusal, with the figures compared.
        rejection: Rejection,
        /// The fixes that open it after the fixes of the earlier gates, the recommended one first.
        fixes: Vec<Remedy>,
        /// Whether the fixes of the earlier gates open it. If not, and `fixes` is empty, nothing opens it.
        opened_by_earlier: bool,
    },
    /// The gate lacks a fact.
    Waiting {
        /// The fact that it lacks.
        fact: Fact,
    },
}

impl GateReport {
    pub(super) fn new(gate: Gate, judged: Verdict, advice: &mut Advice) -> Self {
        let status = match judged {
            Verdict::Passed { evidence } => GateStatus::Passed { evidence },
            Verdict::Blocked { rejection } => {
                GateStatus::Blocked { rejection, opened_by_earlier: advice.opens(gate), fixes: advice.of_gate(gate) }
            }
            Verdict::Waiting { fact } => GateStatus::Waiting { fact },
        };
        Self { gate, status }
    }

    /// Whether the gate does not hold the request back. A key that only `decide` can check does not.
    #[must_use]
    pub const fn is_passed(&self) -> bool {
        match self.status {
            GateStatus::Passed { .. } | GateStatus::Waiting { fact: Fact::UsedKeys } => true,
            GateStatus::Blocked { .. } | GateStatus::Waiting { .. } => false,
        }
    }
}
