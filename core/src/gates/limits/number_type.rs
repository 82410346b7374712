//! The limit of numbers of a type. If the type is unknown before the reservation, every limited type must have room.

use alloc::format;

use super::{LimitScope, Reached, Within, each, is_counted, lowest_field};
use crate::gates::field::DecidingField;
use crate::gates::{Input, Judgement, Rejection, Verdict};
use crate::terms::limits::Limits;
use crate::terms::number_type::NumberType;

pub(in crate::gates) fn judge(input: &Input<'_>) -> Judgement<Within, Reached> {
    if !each(input).any(|limits| !limits.by_type.is_empty()) {
        return Judgement::NotApplicable;
    }
    let number_type = match input.priced() {
        Ok(pricing) => pricing.number_type,
        Err(fact) => return Judgement::Waiting(fact),
    };
    if let Some(number_type) = number_type {
        return of_type(input, number_type);
    }
    let limited = each(input).flat_map(|limits| limits.by_type.keys().copied());
    // The limit with the least room decides.
    let room = |judgement: &Judgement<Within, Reached>| match judgement {
        Judgement::Blocked(_) => None,
        Judgement::Passed(Within { held, in_flight, limit }) => {
            Some(limit.saturating_sub(*held).saturating_sub(*in_flight))
        }
        Judgement::NotApplicable | Judgement::Waiting(_) => Some(u32::MAX),
    };
    limited.map(|limited| of_type(input, limited)).min_by_key(room).unwrap_or(Judgement::NotApplicable)
}

fn of_type(input: &Input<'_>, number_type: NumberType) -> Judgement<Within, Reached> {
    super::judge(input, LimitScope::NumberType { number_type }, |limits, _| limits.by_type.get(&number_type).copied())
}

/// If the type is unknown, the full limit decides, or all of them.
pub(in crate::gates) fn deciding_field(input: &Input<'_>, judged: &Verdict) -> Option<DecidingField> {
    if !is_counted(input) {
        return None;
    }
    let full = match judged {
        Verdict::Blocked {
            rejection: Rejection::NumberLimitReached(Reached { scope: LimitScope::NumberType { number_type }, .. }),
        } => Some(*number_type),
        Verdict::Blocked { .. } | Verdict::Passed { .. } | Verdict::Waiting { .. } => None,
    };
    let number_type = full.or_else(|| input.pricing().and_then(|pricing| pricing.number_type));
    let limit = |limits: &Limits| limits.by_type.get(&number_type?).copied();
    Some(lowest_field(input, limit, |limits| match number_type {
        Some(number_type) if !limits.by_type.is_empty() => format!("by_type/{}", number_type.name()),
        _ => "by_type".into(),
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::gates::Gate;
    use crate::gates::scene::{Scene, check};

    #[test]
    fn a_type_that_nobody_knows_yet_may_be_the_one_that_is_full() {
        let limits = json!({ "limits": { "by_type": { "local": 1, "mobile": 3 } } });
        let scene = Scene::of(Gate::TypeLimit).policy(limits);
        check(&scene, "passed numbers");
        check(
            &scene.standing(json!({ "held": { "total": 1, "by_type": { "local": 1 } } })),
            "local number limit reached: 1 held + 0 pending of 1 > release 1 of your local numbers",
        );
    }
}
