//! Better plan: the cheapest plan that opens a gate of the plan.

use super::{Gate, Input, Remedy, Verdict, judge};

/// The cheapest plan that opens the gate; the first id among equally cheap ones. A plan that opens every gate of the
/// plan is preferred.
pub(super) fn fix(input: &Input<'_>, gate: Gate) -> Option<Remedy> {
    let policy = input.policy;
    if !Gate::OF_THE_PLAN.contains(&gate) || !(policy.plan_limits || policy.paid_plan_required) {
        return None;
    }
    let opens = |on: &Input<'_>, gate: Gate| !matches!(judge(gate, on), Verdict::Blocked { .. });
    let sufficient = input.plans.iter().filter_map(|plan| {
        let on = input.on(plan);
        let suffices = opens(&on, gate) && opens(&on, Gate::PaidPlan);
        suffices.then(|| (!Gate::OF_THE_PLAN.iter().all(|gate| opens(&on, *gate)), plan))
    });
    let (_, plan) = sufficient.min_by_key(|(leaves_others, plan)| (*leaves_others, plan.monthly_fee, &plan.id))?;
    let (title, monthly_fee) = (plan.title.clone(), plan.monthly_fee);
    Some(Remedy::MoveToPlan { plan: plan.id.clone(), title, monthly_fee })
}
