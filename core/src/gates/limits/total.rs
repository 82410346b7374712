//! The limit of numbers in total.

use alloc::format;

use super::{LimitScope, Reached, Within, is_counted, of_plan};
use crate::gates::field::{DecidingField, field, plan_place, set};
use crate::gates::{Fact, Gate, Input, Judgement, Verdict};

pub(in crate::gates) fn judge(input: &Input<'_>) -> Judgement<Within, Reached> {
    let policy = input.policy;
    if !policy.plan_limits && policy.limits.numbers.is_none() {
        return Judgement::NotApplicable;
    }
    if policy.plan_limits && input.plan.is_none() {
        return Judgement::Waiting(Fact::earlier(Gate::PaidPlan));
    }
    super::judge(input, LimitScope::Total, |limits, plan| plan.map(|plan| plan.number_limit).or(limits.numbers))
}

pub(in crate::gates) fn deciding_field(input: &Input<'_>, judged: &Verdict) -> Option<DecidingField> {
    if !is_counted(input) {
        return None;
    }
    if matches!(judged, Verdict::Waiting { .. }) {
        return Some(set("/policy/plan_limits"));
    }
    let of_plan = of_plan(input).and_then(|plan| Some((plan.number_limit, plan_place(input, plan)?)));
    Some(match (input.policy.limits.numbers, of_plan) {
        (Some(own), Some((limit, index))) if limit < own => set(format!("/plans/{index}/number_limit")),
        (None, Some((_, index))) => set(format!("/plans/{index}/number_limit")),
        (own, _) => field("/policy/limits/numbers", own.is_some()),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::gates::Gate;
    use crate::gates::scene::{Scene, check};

    #[test]
    fn the_last_number_of_the_limit_may_be_bought() {
        let scene = Scene::of(Gate::NumberLimit).policy(json!({ "limits": { "numbers": 2 } }));
        let holding = |total: u32| scene.clone().standing(json!({ "held": { "total": total } }));
        check(&holding(1), "passed numbers");
        check(&holding(2), "limit reached: 2 held + 0 pending of 2 > release 1 of your numbers");
    }
}
