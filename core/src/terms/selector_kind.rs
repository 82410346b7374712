//! Selector kinds: the ways to ask for a number.

use ringup_derive::data;

/// A way to ask for a number.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum SelectorKind {
    /// Any number of a country. The shop chooses.
    Any,
    /// One number, by its E.164 form.
    Exact,
    /// One number, by its id in the inventory.
    Inventory,
    /// Any number of an area code.
    AreaCode,
    /// Any number that matches a digit pattern.
    Pattern,
}
