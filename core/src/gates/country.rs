//! Country: numbers of the country and type are sold.

use alloc::vec::Vec;
use core::fmt;

use super::choices::{elsewhere, names_one};
use super::field::{DecidingField, rate_field, unset};
use super::input::{Found, NumberLookup};
use super::{Family, Input, Judgement, Refusal, Remedy, Verdict};
use crate::base::words::one_of;
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::Country;

/// Numbers of this country or type are not sold.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct NotSold {
    /// The country of the number.
    pub country: Country,
    /// The number type of the request.
    pub number_type: Option<NumberType>,
    /// The number types that are sold there.
    pub sold: Vec<NumberType>,
}

/// The rate card has the country, or the offer is in it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Sold {
    /// The country of the number.
    pub country: Country,
}

pub(super) fn judge(input: &Input<'_>) -> Judgement<Sold, NotSold> {
    if let NumberLookup::Known { found: Found::NotSold { country, number_type }, .. } = input.wanted {
        return Judgement::Blocked(refusal(input, country, number_type));
    }
    // The country of an unknown number is unknown. The stock gate refuses it.
    if let NumberLookup::Known { found: Found::Unavailable(_), .. } = input.wanted {
        return Judgement::NotApplicable;
    }
    match input.priced() {
        Ok(pricing) => Judgement::Passed(Sold { country: pricing.country }),
        Err(fact) => Judgement::Waiting(fact),
    }
}

pub(super) fn refusal(input: &Input<'_>, country: Country, number_type: Option<NumberType>) -> NotSold {
    let is_sold = |other: &NumberType| input.card.sells(country, Some(*other), input.now);
    NotSold { country, number_type, sold: NumberType::ALL.into_iter().filter(is_sold).collect() }
}

pub(super) fn deciding_field(input: &Input<'_>, _: &Verdict) -> Option<DecidingField> {
    let is_not_sold = matches!(input.wanted, NumberLookup::Known { found: Found::NotSold { .. }, .. });
    if is_not_sold { Some(unset("/rate_card/rates/-")) } else { rate_field(input) }
}

impl Refusal for NotSold {
    fn family(&self) -> Family {
        Family::Unavailable
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        let Self { country, sold, .. } = self;
        if !names_one(input) && !sold.is_empty() {
            fixes.push(Remedy::ChooseNumberType { number_types: sold.clone(), sold_in: Some(*country) });
        }
        fixes.extend(elsewhere(input, *country));
    }
}

impl fmt::Display for NotSold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let country = self.country;
        let sold = one_of(self.sold.iter().copied().map(NumberType::title));
        match (self.number_type, sold.as_str()) {
            (None, "") => write!(f, "{country} numbers are not sold here"),
            (Some(number_type), "") => write!(f, "{country} {} numbers are not sold here", number_type.title()),
            (None, sold) => write!(f, "{country} numbers are sold by type only: {sold}"),
            (Some(number_type), sold) => {
                write!(f, "{country} {} numbers are not sold here, only {sold} ones", number_type.title())
            }
        }
    }
}

impl fmt::Display for Sold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} numbers are sold", self.country)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::scene::{Scene, check};
    use crate::gates::Gate;

    #[test]
    fn a_country_that_is_not_on_the_card_is_not_sold() {
        let scene = Scene::of(Gate::Country);
        check(&scene, "passed sold");
        check(
            &scene.request(json!({ "country": "FR" })),
            "FR numbers are not sold here > choose a country that is sold: US or CA",
        );
    }
}
