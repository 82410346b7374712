//! A history that could not have happened.

use alloc::{boxed::Box, string::String};
use core::fmt;

use crate::Event;

/// A stored history that no sequence of decisions could have produced: our own data is damaged.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BrokenHistory {
    /// The event that does not fit.
    pub event: Box<Event>,
    /// Why it does not.
    pub reason: String,
}

impl BrokenHistory {
    pub(crate) fn new(event: &Event, reason: impl Into<String>) -> Self {
        Self { event: Box::new(event.clone()), reason: reason.into() }
    }
}

impl fmt::Display for BrokenHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the account's history is broken: {} ({:?})", self.reason, self.event)
    }
}

impl core::error::Error for BrokenHistory {}
