//! Alternatives: everything that may open a blocked gate, or help to. A search tries them.

use alloc::vec::Vec;

use super::choices::{another_number, choose_country, choose_holder, countries, names_one};
use super::fix::CountryChoice;
use super::{Gate, Input, Rejection, Remedy, better_plan, limits};
use crate::market::selector::Selector;
use crate::terms::number_type::NumberType;

/// How far a search goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Breadth {
    /// What is wanted stays as it is, where the gate's own fixes do not change it.
    AsWanted,
    /// Another number, country, type or holder, too.
    AnotherWish,
}

/// Everything that may open a blocked gate, or help to.
pub(crate) fn alternatives(gate: Gate, rejection: &Rejection, input: &Input<'_>, breadth: Breadth) -> Vec<Remedy> {
    let mut ways = Vec::new();
    rejection.refusal().0.fixes(input, &mut ways);
    if let Rejection::NumberLimitReached(reached) = rejection {
        ways.retain(|way| !matches!(way, Remedy::ReleaseNumbers { .. }));
        ways.extend(limits::release::ways(input, reached));
    }
    ways.extend(better_plan::each(input, gate));
    if breadth == Breadth::AnotherWish {
        let wishes = another_wish(gate, input);
        ways.extend(wishes.into_iter().filter(|wish| !wish.is_for_a_person()));
    }
    ways
}

/// Another wish that the gate may allow.
fn another_wish(gate: Gate, input: &Input<'_>) -> Vec<Remedy> {
    let (holder, number) = match gate {
        Gate::NumberLimit | Gate::HolderLimit => (true, false),
        Gate::CountryLimit | Gate::TypeLimit | Gate::SpendLimit => (true, true),
        Gate::Country | Gate::Stock | Gate::Billing | Gate::Kyc | Gate::PaymentMethod | Gate::Balance => (false, true),
        Gate::KeyForm
        | Gate::Idempotency
        | Gate::Request
        | Gate::Actor
        | Gate::Selector
        | Gate::AlreadyHeld
        | Gate::PaidPlan
        | Gate::DailyLimit
        | Gate::Velocity
        | Gate::Churn
        | Gate::Price => (false, false),
    };
    let mut wishes: Vec<Remedy> = choose_holder(input).into_iter().filter(|_| holder).collect();
    if number {
        wishes.extend(another_place(input));
        wishes.push(another_number(input));
        wishes.extend(another_currency(input));
    }
    wishes
}

/// Another country or type, if the request is for any number of a country. What is typed of a number fits no other one.
fn another_place(input: &Input<'_>) -> Vec<Remedy> {
    let Some(Selector::Any { country, number_type, .. }) = input.selector() else { return Vec::new() };
    let elsewhere = countries(input, *number_type).filter(|other| other != country);
    let is_another = |other: &NumberType| Some(*other) != *number_type;
    let is_sold = |other: &NumberType| input.card.sells(*country, Some(*other), input.now);
    let number_types: Vec<NumberType> = NumberType::ALL.into_iter().filter(is_another).filter(is_sold).collect();
    let of_type =
        (!number_types.is_empty()).then_some(Remedy::ChooseNumberType { number_types, sold_in: Some(*country) });
    choose_country(elsewhere, CountryChoice::Sold).into_iter().chain(of_type).collect()
}

/// The other currencies of the number's own prices.
fn another_currency(input: &Input<'_>) -> Option<Remedy> {
    let seen = input.seen().filter(|_| names_one(input))?;
    let own = input.pricing().map(|pricing| pricing.price.due_now.currency());
    let mut currencies = seen.offer.currencies();
    currencies.retain(|currency| Some(*currency) != own);
    (!currencies.is_empty()).then_some(Remedy::ChooseCurrency { currencies })
}
