//! Choices: another country or another number, for gates that cannot be opened otherwise.

use alloc::{vec, vec::Vec};

use super::fix::CountryChoice;
use super::{Input, Remedy};
use crate::market::selector::Selector;
use crate::price::pricing;
use crate::terms::number_type::NumberType;
use crate::terms::selector_kind::SelectorKind;
use ringup_numbering::{Country, E164};

/// The most alternatives that a fix lists.
const ALTERNATIVES_MAX: usize = 5;

/// Whether the request is for one exact number.
pub(super) fn names_one(input: &Input<'_>) -> bool {
    input.selector().is_some_and(Selector::names_one)
}

/// The countries in which numbers of the type are sold now.
pub(super) fn countries(input: &Input<'_>, number_type: Option<NumberType>) -> impl Iterator<Item = Country> {
    let countries = input.card.countries().into_iter();
    countries.filter(move |country| input.card.sells(*country, number_type, input.now))
}

/// Another country; or another number, if the request is for one number.
pub(super) fn elsewhere(input: &Input<'_>, country: Country) -> Vec<Remedy> {
    if names_one(input) {
        return vec![another_number(input)];
    }
    let number_type = input.selector().and_then(Selector::number_type);
    let countries: Vec<Country> = countries(input, number_type).filter(|other| *other != country).collect();
    match countries.is_empty() {
        true => Vec::new(),
        false => vec![Remedy::ChooseCountry { countries, because: CountryChoice::Sold }],
    }
}

pub(super) fn another_number(input: &Input<'_>) -> Remedy {
    Remedy::ChooseNumber { numbers: alternatives(input) }
}

/// Other numbers that searches found and that have a price here, at most `ALTERNATIVES_MAX`. Empty if the policy does
/// not take exact numbers.
fn alternatives(input: &Input<'_>) -> Vec<E164> {
    let mut numbers = Vec::new();
    if !input.policy.selectors.contains(&SelectorKind::Exact) {
        return numbers;
    }
    let current = input.offers.searches.iter().filter(|search| search.counts().contains(input.now));
    for offer in current.flat_map(|search| &search.numbers) {
        if numbers.len() == ALTERNATIVES_MAX {
            break;
        }
        let is_another = !names_one(input) || input.selector().is_none_or(|selector| !selector.fits(offer));
        if is_another && !numbers.contains(&offer.number) && pricing::of_offer(&input.price_context, offer).is_ok() {
            numbers.push(offer.number);
        }
    }
    numbers
}
