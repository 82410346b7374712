//! The ways of asking for a number.

use ringup_derive::data;

/// The ways in which a request may say which number it wants.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum SelectorKind {
    /// Any number of a country: the system picks.
    Any,
    /// One number, in E.164.
    Exact,
    /// One number, by its name in the inventory.
    Inventory,
    /// Any number of an area code.
    AreaCode,
    /// Any number that matches a pattern.
    Pattern,
}
