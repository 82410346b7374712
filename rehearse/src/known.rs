//! Violations that are known and not yet mended. The list is to be emptied.

use crate::accountant::Violation;

/// A kind of violation that is known.
#[derive(Debug)]
pub struct Known {
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// The shortest history that shows it.
    pub history: &'static str,
    is_it: fn(&Violation) -> bool,
}

/// Every known kind.
pub const KNOWN: [Known; 0] = [];

/// The known kind that a violation is of.
pub(crate) fn of(violation: &Violation) -> Option<&'static Known> {
    KNOWN.iter().find(|known| (known.is_it)(violation))
}
