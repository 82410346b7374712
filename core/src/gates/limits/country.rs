//! The limit of numbers of a country.

use alloc::format;

use super::{LimitScope, Reached, Within, each, is_counted, lowest_field};
use crate::gates::field::DecidingField;
use crate::gates::{Input, Judgement, Verdict};
use crate::terms::limits::Limits;

pub(in crate::gates) fn judge(input: &Input<'_>) -> Judgement<Within, Reached> {
    if !each(input).any(Limits::asks_for_country) {
        return Judgement::NotApplicable;
    }
    let country = match input.priced() {
        Ok(pricing) => pricing.country,
        Err(fact) => return Judgement::Waiting(fact),
    };
    super::judge(input, LimitScope::Country { country }, |limits, _| limits.of_country(country))
}

pub(in crate::gates) fn deciding_field(input: &Input<'_>, _: &Verdict) -> Option<DecidingField> {
    if !is_counted(input) {
        return None;
    }
    let country = input.pricing().map(|pricing| pricing.country);
    let limit = |limits: &Limits| country.and_then(|country| limits.of_country(country));
    Some(lowest_field(input, limit, |limits| match country {
        Some(country) if limits.by_country.contains_key(&country) => format!("by_country/{country}"),
        None if limits.each_country.is_none() && !limits.by_country.is_empty() => "by_country".into(),
        _ => "each_country".into(),
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::gates::Gate;
    use crate::gates::scene::{Scene, check};

    #[test]
    fn a_country_with_a_limit_of_its_own_has_that_one() {
        let limits = json!({ "limits": { "each_country": 1, "by_country": { "CA": 0 } } });
        let scene = Scene::of(Gate::CountryLimit).policy(limits);
        check(&scene, "passed numbers");
        check(&scene.request(json!({ "country": "CA" })), "CA number limit reached: 0 held + 0 pending of 0");
    }
}
