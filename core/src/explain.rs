//! Explain: which rules a request passes, and which field of the policy decides each.

use alloc::vec::Vec;

use crate::account::standing::Standing;
use crate::base::timestamp::Timestamp;
use crate::command::MakePurchase;
use crate::decide::{Facts, Stop, decide_purchase};
use crate::gates::{DecidingField, Fact, Gate, Input, Verdict, deciding_field, judge};
use crate::market::offers::Offers;
use crate::market::request::PurchaseRequest;
use crate::records::{Account, Need};
use crate::shop::Shop;
use crate::terms::version::ShopVersion;
use ringup_derive::data;
use ringup_numbering::NumberingPlan;

/// Why a request is answered the way it is.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Explanation {
    /// The versions of the policy and the rate card.
    pub shop: ShopVersion,
    /// The instant of the question.
    pub explained_at: Timestamp,
    /// The gate by which `decide` refuses the request, as far as the facts tell. Absent: the request is accepted,
    /// repeats an earlier purchase, or needs a search first.
    pub refused_by: Option<Gate>,
    /// The rules in order. For a decision the last one is the rule that decided.
    pub rules: Vec<ExplainedRule>,
}

/// One rule of an explanation.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct ExplainedRule {
    /// The gate that the rule is.
    pub gate: Gate,
    /// What it said, and what it compared.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The deciding field. Absent: no policy could change the judgement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field: Option<DecidingField>,
}

/// Explains the answer to a request: every rule, the figures it compared and its deciding field.
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

/// Explains a decision of [`crate::decide`] about a purchase, from the same arguments: its rules, up to the one that
/// decided. The policy has no rules for other commands.
///
/// # Errors
/// What must be loaded first.
pub fn explain_decision(
    shop: &Shop,
    numbering: &dyn NumberingPlan,
    account: &Account,
    offers: &Offers,
    command: &MakePurchase,
    now: Timestamp,
) -> Result<Explanation, Vec<Need>> {
    let mut rules = Vec::new();
    // What is decided is known by what is told: a refusal is told last. A misuse is no rule's.
    let facts = Facts { shop, numbering, account, offers, now };
    let decided = decide_purchase(&facts, command, &mut |gate, input, judged| {
        rules.push(ExplainedRule::new(gate, input, judged.clone()));
    });
    match decided {
        Err(Stop::Load(needs)) => Err(needs),
        Ok(_) | Err(Stop::Error(_) | Stop::Search(_)) => Ok(Explanation::new(shop, rules, now)),
    }
}

impl Explanation {
    fn new(shop: &Shop, rules: Vec<ExplainedRule>, now: Timestamp) -> Self {
        // A search comes before every later rule.
        let last = rules.iter().find(|rule| rule.is_blocked() || rule.asks_for_search());
        let refused_by = last.filter(|rule| rule.is_blocked()).map(|rule| rule.gate);
        Self { shop: shop.version(), explained_at: now, refused_by, rules }
    }
}

impl ExplainedRule {
    fn new(gate: Gate, input: &Input<'_>, verdict: Verdict) -> Self {
        let field = deciding_field(gate, input, &verdict);
        Self { gate, verdict, field }
    }

    const fn is_blocked(&self) -> bool {
        matches!(self.verdict, Verdict::Blocked { .. })
    }

    const fn asks_for_search(&self) -> bool {
        matches!(self.verdict, Verdict::Waiting { fact: Fact::Search { .. } })
    }
}
