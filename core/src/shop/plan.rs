//! Plans: what a customer has subscribed to, and how many numbers that entitles to.

use alloc::{format, string::String, vec::Vec};

use super::{Limits, Policy, ShopError};
use crate::{Money, PlanId};

/// One plan.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Plan {
    /// Its stable name.
    pub id: PlanId,
    /// What a person calls it.
    pub title: String,
    /// Its price a month; nought for a free plan.
    pub monthly_fee: Money,
    /// How many numbers may be held or on their way at once.
    pub number_limit: u32,
    /// For how many of them, the first ones, nothing recurs: the plan's price pays for them.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_none"))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub included_numbers: u32,
    /// Its further limits.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Limits::is_empty"))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Limits>"))]
    pub limits: Limits,
}

impl Plan {
    /// Whether the plan costs anything.
    #[must_use]
    pub const fn is_paid(&self) -> bool {
        0 < self.monthly_fee.minor_units()
    }
}

#[cfg(feature = "serde")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_none(count: &u32) -> bool {
    *count == 0
}

/// The first mistake of each plan, and that there is none.
pub(super) fn mistakes(plans: &[Plan], policy: &Policy) -> Vec<ShopError> {
    let each = plans.iter().enumerate().filter_map(|(index, plan)| check(index, plan, plans).err());
    let none = (policy.paid_plan_required || policy.plan_limits) && plans.is_empty();
    let none = none.then(|| ShopError::new("/plans", "the policy looks at the customer's plan, so name at least one"));
    each.chain(none).collect()
}

fn check(index: usize, plan: &Plan, plans: &[Plan]) -> Result<(), ShopError> {
    let earlier = plans.iter().take(index);
    if earlier.clone().any(|other| other.id == plan.id) {
        return Err(ShopError::new(
            format!("/plans/{index}/id"),
            format!("the plan `{}` is listed twice; remove one", plan.id),
        ));
    }
    if plan.limits.numbers.is_some() {
        return Err(ShopError::new(
            format!("/plans/{index}/limits/numbers"),
            "a plan says how many numbers it allows by `number_limit`",
        ));
    }
    if plan.limits.spend.is_some_and(|spend| spend.amount.minor_units() < 0) {
        return Err(ShopError::new(format!("/plans/{index}/limits/spend"), "a limit must not be negative"));
    }
    if plan.monthly_fee.minor_units() < 0 {
        return Err(ShopError::new(format!("/plans/{index}/monthly_fee"), "a plan's price must not be negative"));
    }
    Ok(())
}
