//! Request: every field can be parsed, and no required field is missing.

use alloc::{string::String, vec::Vec};
use core::fmt;

use super::field::{DecidingField, set};
use super::fix::Correction;
use super::{Evidence, Family, Input, Judged, Judgement, Refusal, Rejection, Remedy};
use crate::market::request::FieldProblem;
use ringup_derive::data;

/// A field cannot be parsed, or a required one is missing.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Malformed {
    /// The name of the field.
    pub field: String,
    /// What is wrong with the field, or what to write if it is missing.
    pub problem: String,
}

pub(super) fn judge(input: &Input<'_>) -> Judgement<Evidence, Malformed> {
    match &input.request.problem {
        Some(problem) => Judgement::Blocked(refusal(problem)),
        None => Judgement::Passed(Evidence::WellFormed),
    }
}

pub(super) fn refusal(problem: &FieldProblem) -> Malformed {
    Malformed { field: problem.field.into(), problem: problem.problem.clone() }
}

/// The policy decides only whether a holder is required.
pub(super) fn deciding_field(input: &Input<'_>, judged: &Judged) -> Option<DecidingField> {
    let is_named = input.request.typed.holder.as_deref().is_some_and(|text| !text.trim().is_empty());
    let is_of_holder = match judged {
        Judged::Blocked(Rejection::RequestMalformed(Malformed { field, .. })) => field == "holder",
        Judged::Blocked(_) => false,
        Judged::Passed(_) | Judged::Waiting(_) => true,
    };
    (is_of_holder && !is_named).then(|| set("/policy/holder_required"))
}

impl Refusal for Malformed {
    fn family(&self) -> Family {
        Family::Malformed
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        let is_missing = input.request.problem.as_ref().is_some_and(|problem| problem.is_missing);
        let correction = if is_missing { Correction::Fill } else { Correction::Retype };
        fixes.push(Remedy::correct(&self.field, correction));
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.field, self.problem)
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use serde_json::json;

    use super::super::scene::{Scene, check};
    use crate::gates::Gate;

    #[test]
    fn the_first_field_that_cannot_be_read_is_told() {
        let scene = Scene::of(Gate::Request);
        check(&scene, "passed well_formed");
        check(
            &scene.clone().request(json!({ "number_type": "fixed" })),
            "`number_type`: `fixed` cannot be read: a type of number is `local`, `mobile`, `national` or `toll_free` > correct `number_type`",
        );
        let name = "name who is to hold the number";
        check(&scene.policy(json!({ "holder_required": true })), &format!("`holder`: {name} > {name}"));
    }
}
