//! A better plan: the cheapest that opens a gate which another plan may open.

use super::{Gate, Input, Judged, Remedy, judge};

/// The cheapest plan that opens the gate, of equally cheap ones the first by id; if there is one, one that opens all gates of
/// the plan at once.
pub(super) fn fix(input: &Input<'_>, gate: Gate) -> Option<Remedy> {
    let policy = input.policy;
    if !Gate::OF_THE_PLAN.contains(&gate) || !(policy.plan_limits || policy.paid_plan_required) {
        return None;
    }
    let opens = |on: &Input<'_>, gate: Gate| !matches!(judge(gate, on), Judged::Blocked(_));
    let sufficient = input.plans.iter().filter_map(|plan| {
        let on = input.on(plan);
        let suffices = opens(&on, gate) && opens(&on, Gate::PaidPlan);
        suffices.then(|| (!Gate::OF_THE_PLAN.iter().all(|gate| opens(&on, *gate)), plan))
    });
    let (_, plan) = sufficient.min_by_key(|(leaves_others, plan)| (*leaves_others, plan.monthly_fee, &plan.id))?;
    let (title, monthly_fee) = (plan.title.clone(), plan.monthly_fee);
    Some(Remedy::MoveToPlan { plan: plan.id.clone(), title, monthly_fee })
}
