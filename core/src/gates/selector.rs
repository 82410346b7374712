//! Selector: the request says which number it wants, by a selector that the policy offers.

use alloc::vec::Vec;
use core::fmt;

use super::field::{DecidingField, set};
use super::fix::Correction;
use super::wording::{part, wanted, way, ways};
use super::{Fact, Family, Gate, Input, Judgement, Refusal, Rejection, Remedy, Verdict};
use crate::market::request::SelectorProblem;
use crate::market::selector::Selector;
use crate::terms::selector_kind::SelectorKind;
use ringup_derive::data;

/// The request has no selector.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Missing {
    /// The selector that lacks only its country.
    pub begun: Option<SelectorKind>,
    /// The selectors that the policy offers.
    pub offered: Vec<SelectorKind>,
}

/// The request has more than one selector.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Ambiguous {
    /// The selectors that the policy offers.
    pub offered: Vec<SelectorKind>,
}

/// The policy does not offer this selector.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct NotOffered {
    /// The selector that the request used.
    pub asked: SelectorKind,
    /// The selectors that the policy offers.
    pub offered: Vec<SelectorKind>,
}

/// The selector of the request.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Selected {
    /// The selector, parsed.
    pub selector: Selector,
}

pub(super) fn judge(input: &Input<'_>) -> Judgement<Selected> {
    if input.request.problem.is_some() {
        return Judgement::Waiting(Fact::earlier(Gate::Request));
    }
    if input.request.awaits_plan {
        return Judgement::Waiting(Fact::NumberingPlan);
    }
    match &input.request.selector {
        Ok(selector) => Judgement::Passed(Selected { selector: selector.clone() }),
        Err(problem) => Judgement::Blocked(refusal(input, problem)),
    }
}

pub(super) fn refusal(input: &Input<'_>, problem: &SelectorProblem) -> Rejection {
    let offered = input.policy.selectors.clone();
    match *problem {
        SelectorProblem::Missing => Missing { begun: None, offered }.into(),
        SelectorProblem::CountryMissing(begun) => Missing { begun: Some(begun), offered }.into(),
        SelectorProblem::Ambiguous => Ambiguous { offered }.into(),
        SelectorProblem::NotOffered(asked) => NotOffered { asked, offered }.into(),
    }
}

pub(super) fn deciding_field(_: &Input<'_>, _: &Verdict) -> Option<DecidingField> {
    Some(set("/policy/selectors"))
}

fn choose(offered: &[SelectorKind]) -> Remedy {
    Remedy::ChooseSelector { selectors: offered.to_vec() }
}

impl Refusal for Missing {
    fn family(&self) -> Family {
        Family::Malformed
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, _: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.push(match self.begun {
            Some(_) => Remedy::correct("country", Correction::Fill),
            None => choose(&self.offered),
        });
    }
}

impl Refusal for Ambiguous {
    fn family(&self) -> Family {
        Family::Malformed
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, _: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.push(choose(&self.offered));
    }
}

impl Refusal for NotOffered {
    fn family(&self) -> Family {
        Family::Malformed
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, _: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.push(choose(&self.offered));
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.begun {
            Some(begun) => write!(f, "{} needs its country: name the country", part(begun)),
            None => write!(f, "the request names no number: ask {}", ways(&self.offered)),
        }
    }
}

impl fmt::Display for Ambiguous {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "several fields name a number: ask in one way, {}", ways(&self.offered))
    }
}

impl fmt::Display for NotOffered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "numbers cannot be asked for {} here, only {}", way(self.asked), ways(&self.offered))
    }
}

impl fmt::Display for Selected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wanted: {}", wanted(&self.selector))
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use serde_json::json;

    use super::super::scene::{Scene, check};
    use crate::gates::Gate;

    #[test]
    fn one_way_of_asking_is_used_and_it_is_one_that_the_system_knows() {
        let scene = Scene::of(Gate::Selector);
        check(&scene, "passed selected");
        let by_number = scene.clone().request(json!({ "number": "+14044101672" }));
        check(&by_number, "passed selected");
        check(&by_number.without_plan(), "waiting numbering_plan");
        let by_country = scene.policy(json!({ "selectors": ["any"] }));
        let say = "say which number you want, by country";
        check(
            &by_country.clone().request(json!({ "country": "" })),
            &format!("the request names no number: ask by country > {say}"),
        );
        check(
            &by_country.request(json!({ "number": "+14155550100" })),
            &format!("numbers cannot be asked for by exact number here, only by country > {say}"),
        );
    }
}
