//! Billing: countries that are not domestic require another kind of billing.

use alloc::{format, vec::Vec};
use core::fmt;

use super::choices::{choose_country, countries, names_one};
use super::field::{DecidingField, set, unset};
use super::fix::CountryChoice;
use super::{Evidence, Family, Input, Judgement, Refusal, Remedy, Verdict};
use crate::base::billing_kind::BillingKind;
use crate::market::selector::Selector;
use ringup_derive::data;
use ringup_numbering::Country;

/// The kinds of billing that countries require.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BillingRules")]
#[ts(rename = "BillingRules")]
pub struct Policy {
    /// The countries in which every kind of billing may buy.
    pub domestic: Vec<Country>,
    /// The kind of billing that all other countries require.
    pub international: BillingKind,
}

/// The country requires another kind of billing.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Required {
    /// The country of the number.
    pub country: Country,
    /// The customer's kind of billing.
    pub billing: BillingKind,
    /// The kind of billing that is required.
    pub required: BillingKind,
}

/// The customer's kind of billing may buy in the country.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Serves {
    /// The country of the number.
    pub country: Country,
}

pub(super) fn judge(input: &Input<'_>) -> Judgement<Serves, Required> {
    let Some(rules) = &input.policy.billing else { return Judgement::NotApplicable };
    let country = match input.priced() {
        Ok(pricing) => pricing.country,
        Err(fact) => return Judgement::Waiting(fact),
    };
    let (billing, required) = (input.standing.terms.billing, rules.international);
    if rules.domestic.contains(&country) || billing == required {
        Judgement::Passed(Serves { country })
    } else {
        Judgement::Blocked(Required { country, billing, required })
    }
}

pub(super) fn deciding_field(input: &Input<'_>, judged: &Verdict) -> Option<DecidingField> {
    Some(match (&input.policy.billing, judged) {
        (None, _) => unset("/policy/billing"),
        (Some(rules), Verdict::Passed { evidence: Evidence::BillingServes(Serves { country }) }) => {
            match rules.domestic.iter().position(|domestic| domestic == country) {
                Some(index) => set(format!("/policy/billing/domestic/{index}")),
                None => set("/policy/billing/international"),
            }
        }
        (Some(_), _) => set("/policy/billing/international"),
    })
}

impl Refusal for Required {
    fn family(&self) -> Family {
        Family::NotEntitled
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.push(Remedy::MoveToBilling { billing: self.required });
        let number_type = input.selector().and_then(Selector::number_type);
        let is_domestic =
            |country: &Country| input.policy.billing.as_ref().is_some_and(|rules| rules.domestic.contains(country));
        // A request for one number cannot move to another country.
        if !names_one(input) {
            let domestic = countries(input, number_type).filter(is_domestic);
            fixes.extend(choose_country(domestic, CountryChoice::BillingServes));
        }
    }
}

impl fmt::Display for Required {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { country, billing, required } = self;
        write!(f, "{country} numbers need {}, you have {}", required.title(), billing.title())
    }
}

impl fmt::Display for Serves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the billing serves {}", self.country)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::scene::{Scene, check};
    use crate::gates::Gate;

    #[test]
    fn other_countries_need_another_billing() {
        let rules = json!({ "billing": { "domestic": ["US"], "international": "usage" } });
        let scene = Scene::of(Gate::Billing).policy(rules);
        check(&scene, "passed billing_serves");
        check(
            &scene.request(json!({ "country": "CA" })),
            "CA numbers need usage-based billing, you have prepaid billing > move to usage-based billing > \
             choose a country that your billing serves: US",
        );
    }
}
