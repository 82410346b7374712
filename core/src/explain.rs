//! Explain: why a request is answered as it is, rule by rule, down to the field of the policy that decided.

use alloc::{string::String, vec::Vec};

use crate::gate::{Case, Evidence, Fact, Gate, Judged, Rejection, deciding_field, judge};
use crate::shop::{Shop, ShopVersion};
use crate::{Offers, PurchaseRequest, Standing, Timestamp};

/// Why a request is answered as it is.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Explanation {
    /// The rules and prices that were looked at.
    pub shop: ShopVersion,
    /// The instant of the question.
    pub explained_at: Timestamp,
    /// The gate that the request is refused with; absent: none blocks.
    pub refused_by: Option<Gate>,
    /// Every rule, in the order of the gates.
    pub rules: Vec<ExplainedRule>,
}

/// One rule that was looked at.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct ExplainedRule {
    /// Its gate.
    pub gate: Gate,
    /// What it said, and what it compared.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub verdict: Verdict,
    /// The field that decided; absent: no policy could say otherwise.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub field: Option<DecidingField>,
}

/// What a gate said.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "status", rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum Verdict {
    /// It lets the purchase through.
    Passed {
        /// What was compared.
        evidence: Evidence,
    },
    /// It does not.
    Blocked {
        /// Why, with the figures compared.
        rejection: Rejection,
    },
    /// It cannot be judged before a fact is known.
    Waiting {
        /// The fact.
        fact: Fact,
    },
}

/// A field of [`crate::ShopData`] that decided.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct DecidingField {
    /// Where it is: a JSON pointer. A list that lacks an entry is named by `-`, as RFC 6901 does.
    pub pointer: String,
    /// Whether the shop says it. If not, the rule is switched off, or has its default, until it does.
    pub is_set: bool,
}

/// Says why a request is answered as it is: every rule, what it compared, and the field that decided.
#[must_use]
pub fn explain(
    shop: &Shop,
    standing: &Standing,
    offers: &Offers,
    request: &PurchaseRequest,
    now: Timestamp,
) -> Explanation {
    let parsed = request.parse(shop.policy());
    let case = Case::new(shop, standing, offers, &parsed, now).without_fixes();
    let rule = |gate| {
        let verdict = match judge(gate, &case) {
            Judged::Passed(evidence) => Verdict::Passed { evidence },
            Judged::Blocked(rejection, _) => Verdict::Blocked { rejection },
            Judged::Waiting(fact) => Verdict::Waiting { fact },
        };
        ExplainedRule { gate, field: deciding_field(gate, &case, &verdict), verdict }
    };
    let rules: Vec<ExplainedRule> = Gate::ALL.into_iter().map(rule).collect();
    let refused_by = rules.iter().find(|rule| matches!(rule.verdict, Verdict::Blocked { .. })).map(|rule| rule.gate);
    Explanation { shop: shop.version(), explained_at: now, refused_by, rules }
}
