//! Request: every field can be parsed, and no required field is missing.

use alloc::string::{String, ToString};
use alloc::{vec, vec::Vec};
use core::fmt;

use super::field::{DecidingField, set};
use super::fix::{Correction, CountryChoice};
use super::{Evidence, Fact, Family, Input, Judgement, Refusal, Rejection, Remedy, Verdict};
use crate::base::display::from_fn;
use crate::market::field_problem::FieldProblem;
use crate::market::request::UnreadField;
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
    /// The beginning of the field's text. Absent if the field is.
    pub typed: Option<String>,
    /// What is wrong with the field, or what to write if it is missing.
    pub problem: FieldProblem,
}

impl Malformed {
    /// What is wrong with the field, in English, without the field's name.
    #[must_use]
    pub fn detail(&self) -> String {
        from_fn(|f| self.write_detail(f)).to_string()
    }

    fn write_detail(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.write(f, &self.field, self.typed.as_deref().unwrap_or_default())
    }
}

pub(super) fn judge(input: &Input<'_>) -> Judgement<Evidence, Malformed> {
    match &input.request.problem {
        Some(problem) => Judgement::Blocked(refusal(problem)),
        None if input.request.awaits_plan => Judgement::Waiting(Fact::NumberingPlan),
        None => Judgement::Passed(Evidence::WellFormed),
    }
}

pub(super) fn refusal(unread: &UnreadField) -> Malformed {
    Malformed { field: unread.field.into(), typed: unread.typed.clone(), problem: unread.problem }
}

/// The policy decides only whether a holder is required.
pub(super) fn deciding_field(input: &Input<'_>, judged: &Verdict) -> Option<DecidingField> {
    let is_named = input.request.typed.holder.as_deref().is_some_and(|text| !text.trim().is_empty());
    let is_of_holder = match judged {
        Verdict::Blocked { rejection: Rejection::RequestMalformed(Malformed { field, .. }) } => field == "holder",
        Verdict::Blocked { .. } => false,
        Verdict::Passed { .. } | Verdict::Waiting { .. } => true,
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

    fn fixes(&self, _: &Input<'_>, fixes: &mut Vec<Remedy>) {
        match self.problem {
            FieldProblem::OfAnotherCountry { found, .. } => {
                let (countries, because, more) = (vec![found], CountryChoice::OfTheNumber, 0);
                // Only a person knows which of the two is right.
                fixes.push(Remedy::correct(&self.field, Correction::Retype));
                fixes.push(Remedy::ChooseCountry { countries, because, more });
            }
            FieldProblem::Missing => fixes.push(Remedy::correct(&self.field, Correction::Fill)),
            FieldProblem::IdentifierTooLong { .. }
            | FieldProblem::IdentifierCharacter { .. }
            | FieldProblem::NotACountry
            | FieldProblem::NotANumber { .. }
            | FieldProblem::HasExtension
            | FieldProblem::NotAnAreaCode { .. }
            | FieldProblem::NotARegion { .. }
            | FieldProblem::NotAPattern
            | FieldProblem::NotANumberType
            | FieldProblem::NotACurrency => fixes.push(Remedy::correct(&self.field, Correction::Retype)),
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: ", self.field)?;
        self.write_detail(f)
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
        let number =
            |country: &str, number: &str| scene.clone().request(json!({ "country": country, "number": number }));
        check(&number("US", "(404) 410-1672"), "passed well_formed");
        check(&number("", "tel:+1-404-410-1672"), "passed well_formed");
        check(
            &number("", "(404) 410-1672"),
            "`number`: `(404) 410-1672` cannot be read: the number must begin with `+` and the country calling code, or a \
             country must be given > correct `number`",
        );
        check(
            &number("US", "(404) 410-16"),
            "`number`: `(404) 410-16` cannot be read: the number is too short > correct `number`",
        );
        check(
            &number("US", "410-1672"),
            "`number`: `410-1672` cannot be read: the area code is missing > correct `number`",
        );
        check(
            &number("US", "(404) 410-1672 x5"),
            "`number`: `(404) 410-1672 x5` has an extension, and only whole numbers are sold: leave it out > correct `number`",
        );
        check(
            &number("US", "+1 416 555 0100"),
            "`number`: `+1 416 555 0100` belongs to CA, not to US; correct one of the two > correct `number` > choose the \
             country of the number: CA",
        );
        check(
            &number("US", "404€4101672"),
            "`number`: `404€4101672` cannot be read: character 3 has no meaning in a number > correct `number`",
        );
        check(&number("US", "(404) 410-1672").without_plan(), "waiting numbering_plan");
        check(
            &number("USA", "(404) 410-1672").without_plan(),
            "`country`: `USA` cannot be read: a country is two letters of ISO 3166-1, such as `US` > correct `country`",
        );
        check(&scene.clone().without_plan(), "passed well_formed");
        let name = "name the holder of the number";
        check(&scene.policy(json!({ "holder_required": true })), &format!("`holder`: {name} > {name}"));
    }
}
