//! The limit of numbers of a holder.

use super::{LimitScope, Reached, Within, lowest_field};
use crate::gates::field::DecidingField;
use crate::gates::{Input, Judgement, Verdict};

pub(in crate::gates) fn judge(input: &Input<'_>) -> Judgement<Within, Reached> {
    let Some(holder) = &input.request.holder else { return Judgement::NotApplicable };
    super::judge(input, LimitScope::Holder { holder: holder.clone() }, |limits, _| limits.each_holder)
}

pub(in crate::gates) fn deciding_field(input: &Input<'_>, _: &Verdict) -> Option<DecidingField> {
    input.request.holder.as_ref()?;
    Some(lowest_field(input, |limits| limits.each_holder, |_| "each_holder".into()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::gates::Gate;
    use crate::gates::scene::{Scene, check};

    #[test]
    fn each_holder_has_the_limit() {
        let limits = json!({ "limits": { "each_holder": 1 }, "holder_required": true });
        let scene = Scene::of(Gate::HolderLimit).policy(limits);
        let scene = scene.standing(json!({ "held": { "total": 1, "by_holder": { "h": 1 } } }));
        check(&scene.clone().request(json!({ "holder": "g" })), "passed numbers");
        check(
            &scene.request(json!({ "holder": "h" })),
            "number limit of `h` reached: 1 held + 0 pending of 1 > release 1 of the numbers of `h`",
        );
    }
}
