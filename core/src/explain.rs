//! Explain: why a request is answered as it is, rule by rule, down to the field of the policy that decided.

use alloc::vec::Vec;

use crate::account::standing::Standing;
use crate::base::timestamp::Timestamp;
use crate::command::MakePurchase;
use crate::decide::{Facts, decide_purchase};
use crate::gates::{DecidingField, Evidence, Fact, Gate, Input, Judged, Rejection, deciding_field, judge};
use crate::market::offers::Offers;
use crate::market::request::PurchaseRequest;
use crate::records::Account;
use crate::shop::Shop;
use crate::terms::version::ShopVersion;
use ringup_derive::data;
use ringup_numbering::NumberingPlan;

/// Why a request is answered as it is.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Explanation {
    /// The rules and prices that were looked at.
    pub shop: ShopVersion,
    /// The instant of the question.
    pub explained_at: Timestamp,
    /// The gate that `decide` refuses it with, as far as is known; absent: it is accepted, it repeats an earlier purchase, or a
    /// number must be searched for before the rest is asked.
    pub refused_by: Option<Gate>,
    /// The rules that were looked at, in order. Of a decision they end with the one that decided.
    pub rules: Vec<ExplainedRule>,
}

/// One rule that was looked at.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct ExplainedRule {
    /// Its gate.
    pub gate: Gate,
    /// What it said, and what it compared.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The field that decided; absent: no policy could say otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field: Option<DecidingField>,
}

/// What a gate said.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "status", rename_all = "snake_case")]
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

/// Says why a request is answered as it is: every rule, what it compared, and the field that decided.
#[must_use]
pub fn explain(
    shop: &Shop,
    numbering: &dyn NumberingPlan,
    standing: &Standing,
    offers: &Offers,
    request: &PurchaseRequest,
    now: Timestamp,
) -> Explanation {
    let parsed = request.parse(shop.policy().reading(numbering));
    let input = Input::new(shop.rules(), standing, offers, &parsed, now);
    let rules = Gate::ALL.into_iter().map(|gate| ExplainedRule::new(gate, &input, judge(gate, &input)));
    Explanation::new(shop, rules.collect(), now)
}

/// Says why [`crate::decide`] answers a purchase as it does, given the same: its rules up to the one that decided. No other
/// command has one: the policy has no rules for them.
#[must_use]
pub fn explain_decision(
    shop: &Shop,
    numbering: &dyn NumberingPlan,
    account: &Account,
    offers: &Offers,
    command: &MakePurchase,
    now: Timestamp,
) -> Explanation {
    let mut rules = Vec::new();
    // What is decided is known by what is told: a refusal is told last. A misuse is no rule's.
    let _ = decide_purchase(&Facts { shop, numbering, account, offers, now }, command, &mut |gate, input, judged| {
        rules.push(ExplainedRule::new(gate, input, judged.clone()));
    });
    Explanation::new(shop, rules, now)
}

impl Explanation {
    fn new(shop: &Shop, rules: Vec<ExplainedRule>, now: Timestamp) -> Self {
        // Whatever a search finds is asked for before the rest.
        let last = rules.iter().find(|rule| rule.is_blocked() || rule.asks_for_search());
        let refused_by = last.filter(|rule| rule.is_blocked()).map(|rule| rule.gate);
        Self { shop: shop.version(), explained_at: now, refused_by, rules }
    }
}

impl ExplainedRule {
    fn new(gate: Gate, input: &Input<'_>, judged: Judged) -> Self {
        let field = deciding_field(gate, input, &judged);
        let verdict = match judged {
            Judged::Passed(evidence) => Verdict::Passed { evidence },
            Judged::Blocked(rejection) => Verdict::Blocked { rejection },
            Judged::Waiting(fact) => Verdict::Waiting { fact },
        };
        Self { gate, verdict, field }
    }

    const fn is_blocked(&self) -> bool {
        matches!(self.verdict, Verdict::Blocked { .. })
    }

    const fn asks_for_search(&self) -> bool {
        matches!(self.verdict, Verdict::Waiting { fact: Fact::Search { .. } })
    }
}
