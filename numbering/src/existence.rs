//! Existence: whether a country has numbers that begin so or look so, before one of them is chosen.

use alloc::{string::String, vec::Vec};

use crate::{Country, NumberKind, NumberPattern, Possibility};

/// What is said of a number that is not chosen yet.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NumberShape<'a> {
    /// Any number.
    Any,
    /// A number whose national digits begin with these, without a prefix.
    AreaCode(&'a str),
    /// A number that matches a pattern.
    Pattern(&'a NumberPattern),
}

/// Whether a country has valid numbers of a shape.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Existence {
    /// The plan does not know the country.
    UnknownCountry,
    /// The country has such numbers, of these kinds. Where countries share a calling code and a range, each has it.
    Exists(Vec<NumberKind>),
    /// The country has such numbers if they are written so: without the prefix of national calls, or without the
    /// calling code in an area code.
    WrittenAs(String),
    /// The country has no such numbers, but these countries have.
    Elsewhere(Vec<Country>),
    /// No number of the country has as many digits as the pattern.
    WrongLength(Possibility),
    /// No number is so.
    Nowhere,
}
