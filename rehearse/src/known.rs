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
pub const KNOWN: [Known; 1] = [Known {
    title: "without one event of late evidence, a released number is still found by its inventory id",
    history: "shop free/query_by_key; buy p0 h1 any k1 confirms; take b p0 reserve; take a p0 reserve; \
              call b p0 reserve refused; tell b p0 reserve; buy p2 h0 any k2; do p2 reserve; do p2 order; release p2; \
              do p2 end_charges; do p2 release; damage 512791",
    is_it: |violation| violation.rule == "damage_taken" && violation.found.ends_with("which nobody has"),
}];

/// The known kind that a violation is of.
pub(crate) fn of(violation: &Violation) -> Option<&'static Known> {
    KNOWN.iter().find(|known| (known.is_it)(violation))
}
