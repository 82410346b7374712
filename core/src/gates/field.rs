//! Deciding field: the field of the shop that a gate's judgement comes from.

use alloc::{format, string::String};

use super::Input;
use super::input::{Found, NumberLookup, Seen, Unavailable, any};
use crate::market::selector::Selector;
use crate::price::basis::rate_query;
use crate::terms::payment::PaymentRule;
use crate::terms::plan::Plan;
use ringup_derive::data;

/// The field of [`crate::ShopData`] that a judgement comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct DecidingField {
    /// A JSON pointer to the field. The end of a list, where an entry is missing, is `-` (RFC 6901).
    pub pointer: String,
    /// Whether the shop sets the field. If not, the rule is off or has its default.
    pub is_set: bool,
}

pub(super) fn field(pointer: impl Into<String>, is_set: bool) -> DecidingField {
    DecidingField { pointer: pointer.into(), is_set }
}

pub(super) fn set(pointer: impl Into<String>) -> DecidingField {
    field(pointer, true)
}

pub(super) fn unset(pointer: impl Into<String>) -> DecidingField {
    field(pointer, false)
}

/// The figure of a rule, or the rule itself if it is off.
pub(super) fn within(is_set: bool, rule: &str, figure: &str) -> DecidingField {
    if is_set { set(format!("{rule}/{figure}")) } else { unset(rule) }
}

/// The index of a plan in the shop.
pub(super) fn plan_place(input: &Input<'_>, plan: &Plan) -> Option<usize> {
    input.plans.iter().position(|other| other.id == plan.id)
}

/// The payment rule that applies, with its index in the policy.
pub(super) fn payment_place<'a>(input: &Input<'a>) -> Option<(usize, &'a PaymentRule)> {
    let rule = input.payment?;
    let index = input.policy.payment.iter().position(|other| core::ptr::eq(other, rule))?;
    Some((index, rule))
}

/// The field that decides the payment method.
pub(super) fn method_field(input: &Input<'_>) -> DecidingField {
    match payment_place(input) {
        Some((index, _)) => set(format!("/policy/payment/{index}/method")),
        None => unset("/policy/payment/-"),
    }
}

/// The rate of the wanted number, if the rate card prices it.
pub(super) fn rate_field(input: &Input<'_>) -> Option<DecidingField> {
    let query = match &input.wanted {
        NumberLookup::Known { found: Found::Priced { seen: Some(Seen { offer, .. }), .. }, .. }
            if offer.prices.is_empty() =>
        {
            rate_query(offer, input.now)
        }
        NumberLookup::Known {
            selector: selector @ Selector::Any { country, .. },
            found: Found::Priced { seen: None, .. } | Found::Unavailable(Unavailable::Currency { .. }),
        } => any(selector, *country, input.now),
        NumberLookup::Known { .. } | NumberLookup::Unclear(_) => return None,
    };
    let card = input.card;
    let entry = card.rate_of(&query)?;
    let index = card.rates.iter().position(|other| core::ptr::eq(other, entry))?;
    Some(set(format!("/rate_card/rates/{index}")))
}
