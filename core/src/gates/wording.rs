//! Wording: the phrases that the sentences of several gates share.

use alloc::{format, string::String};

use crate::base::role::Role;
use crate::base::words::{all_of, one_of};
use crate::market::selector::Selector;
use crate::terms::selector_kind::SelectorKind;

/// A choice of roles: `an owner or an administrator`.
pub(super) fn roles(roles: &[Role]) -> String {
    one_of(roles.iter().map(|role| role.title()))
}

/// A choice of selectors: `by country or by exact number`.
pub(super) fn ways(offered: &[SelectorKind]) -> String {
    one_of(offered.iter().copied().map(way))
}

pub(super) const fn way(kind: SelectorKind) -> &'static str {
    match kind {
        SelectorKind::Any => "by country",
        SelectorKind::Exact => "by exact number",
        SelectorKind::Inventory => "by inventory id",
        SelectorKind::AreaCode => "by country and area code",
        SelectorKind::Pattern => "by country and pattern",
    }
}

/// The field of a selector whose country is missing.
pub(super) const fn part(kind: SelectorKind) -> &'static str {
    match kind {
        SelectorKind::Any | SelectorKind::Exact | SelectorKind::Inventory => "the number",
        SelectorKind::AreaCode => "an area code",
        SelectorKind::Pattern => "a pattern",
    }
}

/// What is wanted: `any US number`.
pub(super) fn wanted(selector: &Selector) -> String {
    match selector {
        Selector::Exact { number } => format!("the number `{number}`"),
        Selector::Inventory { inventory_id } => format!("the number `{inventory_id}`"),
        Selector::Any { .. } | Selector::AreaCode { .. } | Selector::Pattern { .. } => {
            format!("any {}", noun(selector).unwrap_or_default())
        }
    }
}

/// The kind of number that is wanted, where it is not one number: `US toll-free number for text messages in `California``.
pub(super) fn noun(selector: &Selector) -> Option<String> {
    let number_type = selector.number_type().map_or_else(String::new, |kind| format!("{} ", kind.title()));
    let mut noun = match selector {
        Selector::Exact { .. } | Selector::Inventory { .. } => return None,
        Selector::Any { country, .. } => format!("{country} {number_type}number"),
        Selector::AreaCode { country, area_code, .. } => {
            format!("{country} {number_type}number with the area code {area_code}")
        }
        Selector::Pattern { country, pattern, .. } => {
            format!("{country} {number_type}number like `{}`", String::from(pattern.clone()))
        }
    };
    let capabilities = selector.capabilities();
    if !capabilities.is_empty() {
        noun = format!("{noun} for {}", all_of(capabilities.titles()));
    }
    Some(match selector.region() {
        Some(region) => format!("{noun} in `{region}`"),
        None => noun,
    })
}
