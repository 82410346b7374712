//! Paid plan: only customers of a paid plan may buy, or of any plan where plans limit.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use super::field::{DecidingField, plan_place, set};
use super::{Family, Input, Judgement, Refusal, Remedy, Sentence, Verdict};
use crate::base::id::PlanId;
use crate::base::money::{Decimals, Money};
use crate::terms::plan::Plan;
use ringup_derive::data;

/// The customer has no plan, or a free one where a paid one is required.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct NotPaid {
    /// The customer's plan.
    pub plan: Option<PlanId>,
    /// The plan's name, if the shop has the plan.
    pub title: Option<String>,
    /// Whether a free plan suffices.
    pub free_suffices: bool,
}

/// The plan and its price.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Entitled {
    /// The customer's plan.
    pub plan: PlanId,
    /// The plan's price per month.
    pub monthly_fee: Money,
}

pub(super) fn judge(input: &Input<'_>) -> Judgement<Entitled, NotPaid> {
    let policy = input.policy;
    if !policy.paid_plan_required && !policy.plan_limits {
        return Judgement::NotApplicable;
    }
    // Where plans only limit, a free plan suffices. Without a plan there is no limit to check.
    if let Some(plan) = input.plan.filter(|plan| plan.is_paid() || !policy.paid_plan_required) {
        return Judgement::Passed(Entitled { plan: plan.id.clone(), monthly_fee: plan.monthly_fee });
    }
    let plan = input.standing.terms.plan.clone();
    let title = plan.as_ref().and_then(|id| Plan::find(input.plans, id)).map(|plan| plan.title.clone());
    Judgement::Blocked(NotPaid { plan, title, free_suffices: !policy.paid_plan_required })
}

pub(super) fn deciding_field(input: &Input<'_>, judged: &Verdict) -> Option<DecidingField> {
    let policy = input.policy;
    Some(match input.plan.filter(|_| policy.paid_plan_required).and_then(|plan| plan_place(input, plan)) {
        Some(index) => set(format!("/plans/{index}/monthly_fee")),
        // Where plans limit, a customer without a plan gets one first.
        None if !policy.paid_plan_required && matches!(judged, Verdict::Blocked { .. }) => set("/policy/plan_limits"),
        None => set("/policy/paid_plan_required"),
    })
}

impl Refusal for NotPaid {
    fn family(&self) -> Family {
        Family::NotEntitled
    }

    fn is_transient(&self) -> bool {
        false
    }

    // Another plan is all that helps.
    fn fixes(&self, _: &Input<'_>, _: &mut Vec<Remedy>) {}
}

impl fmt::Display for NotPaid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let need = if self.free_suffices { "a plan" } else { "a paid plan" };
        match (&self.plan, &self.title) {
            (_, Some(title)) => write!(f, "your plan {title} is not a paid one; numbers need {need}"),
            (Some(plan), None) => write!(f, "there is no plan `{plan}`; numbers need {need}"),
            (None, None) => write!(f, "you have no plan; numbers need {need}"),
        }
    }
}

impl Sentence for Entitled {
    fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
        write!(f, "the plan `{}` costs {} a month", self.plan, decimals.write(self.monthly_fee))
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use serde_json::json;

    use super::super::scene::{Scene, check};
    use crate::gates::Gate;

    #[test]
    fn a_free_plan_is_not_a_paid_one() {
        let scene = Scene::of(Gate::PaidPlan);
        check(&scene, "passed not_applicable");
        let paid = scene.policy(json!({ "paid_plan_required": true }));
        let team = "move to the plan Team at 9.00 USD a month";
        check(&paid, &format!("you have no plan; numbers need a paid plan > {team}"));
        let free = paid.clone().standing(json!({ "terms": { "billing": "prepaid", "plan": "free" } }));
        check(&free, &format!("your plan Free is not a paid one; numbers need a paid plan > {team}"));
        check(&paid.standing(json!({ "terms": { "billing": "prepaid", "plan": "team" } })), "passed plan");
    }
}
