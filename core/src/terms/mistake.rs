//! A mistake in a shop's documents, with its place and what to do about it.

use alloc::string::String;
use core::fmt;
use ringup_derive::data;

/// Why the parts do not make a shop. `field` is a JSON pointer into [`crate::ShopData`].
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct ShopError {
    /// Where the mistake is.
    pub field: String,
    /// What is wrong, and with which value.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl ShopError {
    pub(crate) fn new(field: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into(), help: help.into() }
    }
}

impl fmt::Display for ShopError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}; {}", self.field, self.message, self.help)
    }
}

impl core::error::Error for ShopError {}
