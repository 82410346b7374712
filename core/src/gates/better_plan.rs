//! Better plan: the plans that may open a gate of the plan.

use alloc::vec::Vec;

use super::{Gate, Input, Remedy, Verdict, judge};
use crate::terms::plan::Plan;

/// The cheapest plan that opens the gate; the first id among equally cheap ones. A plan that opens every gate of the
/// plan is preferred.
pub(super) fn fix(input: &Input<'_>, gate: Gate) -> Option<Remedy> {
    let opens = |on: &Input<'_>, gate: Gate| !matches!(judge(gate, on), Verdict::Blocked { .. });
    let sufficient = others(input, gate).into_iter().filter_map(|plan| {
        let on = input.on(plan);
        let suffices = opens(&on, gate) && opens(&on, Gate::PaidPlan);
        suffices.then(|| (!Gate::OF_THE_PLAN.iter().all(|gate| opens(&on, *gate)), plan))
    });
    let (_, plan) = sufficient.min_by_key(|(leaves_others, plan)| (*leaves_others, plan.monthly_fee, &plan.id))?;
    Some(move_to(plan))
}

/// Each other plan, if the gate is of the plan; the cheapest first.
pub(super) fn each(input: &Input<'_>, gate: Gate) -> Vec<Remedy> {
    let mut plans = others(input, gate);
    plans.sort_by_key(|plan| (plan.monthly_fee, &plan.id));
    plans.into_iter().map(move_to).collect()
}

fn others<'a>(input: &Input<'a>, gate: Gate) -> Vec<&'a Plan> {
    let policy = input.policy;
    if !Gate::OF_THE_PLAN.contains(&gate) || !(policy.plan_limits || policy.paid_plan_required) {
        return Vec::new();
    }
    let is_another = |plan: &&Plan| input.plan.is_none_or(|own| own.id != plan.id);
    input.plans.iter().filter(is_another).collect()
}

fn move_to(plan: &Plan) -> Remedy {
    Remedy::MoveToPlan { plan: plan.id.clone(), title: plan.title.clone(), monthly_fee: plan.monthly_fee }
}
