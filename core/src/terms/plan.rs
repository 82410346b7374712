//! Plans: what a customer subscribes to, and how many numbers it allows and includes.

use alloc::{format, string::String, vec::Vec};

use crate::base::diagnostic::Diagnostic;
use crate::base::id::PlanId;
use crate::base::money::Money;
use crate::terms::limits::Limits;
use ringup_derive::data;

/// A plan that customers subscribe to.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The stable name. Accounts refer to the plan by it.
    pub id: PlanId,
    /// The name that customers read.
    pub title: String,
    /// The price per month; zero for a free plan.
    pub monthly_fee: Money,
    /// How many numbers may be held or pending at once.
    pub number_limit: u32,
    /// The first numbers of an account that have no recurring fee, because the plan's price pays for them. Numbers of
    /// uncounted holders are never included: a holder without a limit has nothing included.
    #[serde(default, skip_serializing_if = "is_none")]
    #[ts(optional, as = "Option<_>")]
    pub included_numbers: u32,
    /// Further limits.
    #[serde(default, skip_serializing_if = "Limits::is_empty")]
    #[ts(optional, as = "Option<Limits>")]
    pub limits: Limits,
}

impl Plan {
    /// The plan with this id.
    pub(crate) fn find<'a>(plans: &'a [Self], id: &PlanId) -> Option<&'a Self> {
        plans.iter().find(|plan| plan.id == *id)
    }

    /// Whether the monthly fee is more than zero.
    #[must_use]
    pub const fn is_paid(&self) -> bool {
        0 < self.monthly_fee.minor_units()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_none(count: &u32) -> bool {
    *count == 0
}

/// The mistakes in the plans. Each points into `/plans`.
pub(crate) fn mistakes(plans: &[Plan], holder_required: bool) -> impl Iterator<Item = Diagnostic> {
    plans.iter().enumerate().flat_map(move |(index, plan)| check(index, plan, plans, holder_required))
}

fn check(index: usize, plan: &Plan, plans: &[Plan], holder_required: bool) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    let place = format!("/plans/{index}");
    if let Some(earlier) = plans.iter().take(index).position(|other| other.id == plan.id) {
        let message = format!("the plan `{}` is listed twice, first at `/plans/{earlier}`", plan.id);
        mistakes.push(Diagnostic::parts(format!("{place}/id"), message, "remove one, or rename it"));
    }
    if let Some(numbers) = plan.limits.numbers {
        let message = "a plan limits its numbers by `number_limit`";
        let help = format!("remove it; `number_limit` is {}, this says {numbers}", plan.number_limit);
        mistakes.push(Diagnostic::parts(format!("{place}/limits/numbers"), message, help));
    }
    mistakes.extend(plan.limits.mistakes(&format!("{place}/limits"), holder_required));
    if plan.monthly_fee.minor_units() < 0 {
        let message = format!("a fee must not be negative: {}", plan.monthly_fee);
        mistakes.push(Diagnostic::value(format!("{place}/monthly_fee"), message, "write 0 or more minor units"));
    }
    // Plans are compared by their fees in minor units.
    let first = plans.first().filter(|first| first.monthly_fee.currency() != plan.monthly_fee.currency());
    if let Some(first) = first {
        let message = format!("{} cannot be compared with the {} of `/plans/0`", plan.monthly_fee, first.monthly_fee);
        let help = format!("write the fees of all plans in {}", first.monthly_fee.currency());
        mistakes.push(Diagnostic::parts(format!("{place}/monthly_fee"), message, help));
    }
    mistakes
}
