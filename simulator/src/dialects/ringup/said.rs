//! A quote with the sentence of each refusal and each fix. The core's quote has codes and parts alone.

use ringup_core::shop::PaymentMethod;
use ringup_core::{
    Decimals, Evidence, Fact, Gate, GateFix, GateReport, GateStatus, Item, Price, Quote, Rejection, Remedy, Selector,
    ShopVersion, Timestamp,
};
use serde::Serialize;

/// What a request would cost, and whether it would be accepted.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema))]
pub(super) struct SaidQuote {
    /// The rules and prices that it was made under.
    shop: ShopVersion,
    /// When it was made.
    quoted_at: Timestamp,
    /// When it expires.
    expires_at: Timestamp,
    /// Whether every gate passes: then the same request is accepted.
    acceptable: bool,
    /// Which number is wanted, if that is clear.
    selector: Option<Selector>,
    /// What would be bought, if that is known.
    item: Option<Item>,
    /// How it would be paid.
    payment: Option<PaymentMethod>,
    /// What it costs, if that is known.
    price: Option<Price>,
    /// What to do, all of it, in the order of the gates: the recommended fixes, without those that the others make needless.
    /// When all of them are done, the request is accepted; without any one of them it is refused. A fix that only a person
    /// can complete (a field to correct, a number to search for) is done first, and then quoted again. Whatever can be done at
    /// once is done before anything is waited for.
    fixes: Vec<SaidGateFix>,
    /// Whether doing all of them opens every gate, as far as is known now. Not so where a gate cannot be opened by anybody, or
    /// where a person must first say what is meant.
    fixes_suffice: bool,
    /// Whether the search for fixes ended before everything was tried.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    fixes_cut_short: bool,
    /// Every gate, in order.
    gates: Vec<SaidReport>,
}

/// A fix, and the gate that it opens.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema), schemars(rename = "GateFix"))]
struct SaidGateFix {
    /// The gate.
    gate: Gate,
    /// What to do.
    #[serde(flatten)]
    fix: SaidFix,
}

/// One thing to do about a blocked gate, and whose it is to do.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema), schemars(rename = "Fix"))]
struct SaidFix {
    /// What to do.
    #[serde(flatten)]
    remedy: Remedy,
    /// A sentence for the customer.
    message: String,
}

/// What a quote says of one gate.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema), schemars(rename = "GateReport"))]
struct SaidReport {
    /// The gate.
    gate: Gate,
    /// How it stands.
    #[serde(flatten)]
    status: SaidStatus,
}

/// How a gate stands.
#[derive(Debug, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema), schemars(rename = "GateStatus"))]
enum SaidStatus {
    /// It lets the purchase through.
    Passed {
        /// What was compared.
        evidence: Evidence,
    },
    /// It does not.
    Blocked {
        /// Why, with the figures compared.
        rejection: Rejection,
        /// A sentence for the customer.
        message: String,
        /// What would open it when the fixes of the earlier gates are done, the recommended way first.
        fixes: Vec<SaidFix>,
        /// Whether those fixes open it already. If not, and it has no fix, it cannot be opened.
        opened_by_earlier: bool,
    },
    /// It cannot be judged before a fact is known.
    Waiting {
        /// The fact.
        fact: Fact,
    },
}

impl SaidQuote {
    /// The quote in the words of a shop that writes its amounts so.
    pub(super) fn new(quote: Quote, decimals: Decimals<'_>) -> Self {
        let Quote {
            shop,
            quoted_at,
            expires_at,
            acceptable,
            selector,
            item,
            payment,
            price,
            fixes,
            fixes_suffice,
            fixes_cut_short,
            gates,
        } = quote;
        let gate_fix = |GateFix { gate, fix }| SaidGateFix { gate, fix: SaidFix::new(fix, decimals) };
        let fixes = fixes.into_iter().map(gate_fix).collect();
        let gates = gates.into_iter().map(|report| SaidReport::new(report, decimals)).collect();
        Self {
            shop,
            quoted_at,
            expires_at,
            acceptable,
            selector,
            item,
            payment,
            price,
            fixes,
            fixes_suffice,
            fixes_cut_short,
            gates,
        }
    }
}

impl SaidReport {
    fn new(GateReport { gate, status }: GateReport, decimals: Decimals<'_>) -> Self {
        let status = match status {
            GateStatus::Passed { evidence } => SaidStatus::Passed { evidence },
            GateStatus::Blocked { rejection, fixes, opened_by_earlier } => SaidStatus::Blocked {
                message: rejection.sentence(decimals),
                rejection,
                fixes: fixes.into_iter().map(|fix| SaidFix::new(fix, decimals)).collect(),
                opened_by_earlier,
            },
            GateStatus::Waiting { fact } => SaidStatus::Waiting { fact },
        };
        Self { gate, status }
    }
}

impl SaidFix {
    fn new(remedy: Remedy, decimals: Decimals<'_>) -> Self {
        Self { message: remedy.sentence(decimals), remedy }
    }
}
