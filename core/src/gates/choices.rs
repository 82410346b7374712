//! Choices: another country, number, type or holder, for gates that cannot be opened otherwise.

use alloc::{vec, vec::Vec};

use super::fix::CountryChoice;
use super::step::CHOICES_MAX;
use super::{Input, Remedy};
use crate::base::id::HolderId;
use crate::market::offers::OfferedNumber;
use crate::market::selector::Selector;
use crate::price::pricing;
use crate::terms::number_type::NumberType;
use crate::terms::selector_kind::SelectorKind;
use ringup_numbering::{Country, E164};

/// Whether the request is for one exact number.
pub(super) fn names_one(input: &Input<'_>) -> bool {
    input.selector().is_some_and(Selector::names_one)
}

/// The countries in which numbers of the type are sold now.
pub(super) fn countries(input: &Input<'_>, number_type: Option<NumberType>) -> impl Iterator<Item = Country> {
    let countries = input.card.countries().into_iter();
    countries.filter(move |country| input.card.sells(*country, number_type, input.now))
}

/// The fix that chooses one of these countries, if there are any.
pub(super) fn choose_country(countries: impl Iterator<Item = Country>, because: CountryChoice) -> Option<Remedy> {
    let (countries, more) = first_of(countries);
    (!countries.is_empty()).then_some(Remedy::ChooseCountry { countries, because, more })
}

/// The fix that chooses another holder that the actor may act for, if there is one.
pub(super) fn choose_holder(input: &Input<'_>) -> Option<Remedy> {
    let is_allowed = |holder: &&HolderId| match &input.standing.actor.only_holder {
        Some(only) => only == *holder,
        None => true,
    };
    let is_another = |holder: &&HolderId| input.request.holder.as_ref() != Some(holder);
    let holders = input.standing.holders.iter().filter(is_allowed).filter(is_another);
    let (holders, more) = first_of(holders.cloned());
    (!holders.is_empty()).then_some(Remedy::ChooseHolder { holders, more })
}

/// Another country; or another number, if the request is for one number.
pub(super) fn elsewhere(input: &Input<'_>, country: Country) -> Vec<Remedy> {
    if names_one(input) {
        return vec![another_number(input)];
    }
    let number_type = input.selector().and_then(Selector::number_type);
    let countries = countries(input, number_type).filter(|other| *other != country);
    choose_country(countries, CountryChoice::Sold).into_iter().collect()
}

/// Other numbers that searches found and that have a price here. No number is named if the policy does not take exact
/// numbers.
pub(super) fn another_number(input: &Input<'_>) -> Remedy {
    let offered = input.policy.selectors.contains(&SelectorKind::Exact);
    let current = input.offers.searches.iter().filter(|search| offered && search.counts().contains(input.now));
    let is_another = |number: &E164, numbers: &[E164]| !numbers.contains(number);
    let wanted = |offer: &&OfferedNumber| {
        offer.capabilities.include(input.request.typed.capabilities)
            && input.request.region.as_ref().is_none_or(|region| offer.is_of_region(region))
    };
    let mut others = current
        .flat_map(|search| &search.numbers)
        .filter(wanted)
        .filter(|offer| !names_one(input) || input.selector().is_none_or(|selector| !selector.fits(offer)));
    let mut numbers = Vec::new();
    while numbers.len() < CHOICES_MAX
        && let Some(offer) = others.next()
    {
        if is_another(&offer.number, &numbers) && pricing::of_offer(&input.price_context, offer).is_ok() {
            numbers.push(offer.number);
        }
    }
    let mut rest: Vec<E164> = others.map(|offer| offer.number).filter(|number| is_another(number, &numbers)).collect();
    rest.sort_unstable();
    rest.dedup();
    Remedy::ChooseNumber { numbers, more: u32::try_from(rest.len()).unwrap_or(u32::MAX) }
}

/// The first choices, and how many more there are.
fn first_of<T>(mut choices: impl Iterator<Item = T>) -> (Vec<T>, u32) {
    let first = choices.by_ref().take(CHOICES_MAX).collect();
    (first, u32::try_from(choices.count()).unwrap_or(u32::MAX))
}
