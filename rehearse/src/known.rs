//! Violations that are known and not yet mended. The list is to be emptied.

use crate::accountant::Violation;
use crate::history::Signs;

/// A kind of violation that is known.
#[derive(Debug)]
pub struct Known {
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// The shortest history that shows it.
    pub history: &'static str,
    is_it: fn(&Violation, Signs) -> bool,
}

/// Every known kind.
pub const KNOWN: [Known; 3] = [
    Known {
        title: "a lost reply is dropped if another worker was declined",
        history: "shop wallet/query_by_key; buy p1 h0 i0 -; take a p1 reserve; take b p1 reserve; call a p1 reserve refused; call b p1 reserve reply_lost",
        is_it: |violation, signs| violation.rule != "asked_without_end" && signs.contradicted,
    },
    Known {
        title: "an effect that nobody answers is asked for without end",
        history: "shop provisioning/keyed_repeat; dead reserve; buy p2 h0 n1 k0",
        is_it: |violation, _| violation.rule == "asked_without_end",
    },
    Known {
        title: "a number that the account has is not found by its inventory id",
        history: "shop free/query_by_key; buy p1 h0 any -; do p1 reserve; buy p4 h0 i0 k2",
        is_it: |violation, _| violation.rule == "refused_untruly" && violation.found.contains("`inv-"),
    },
];

/// The known kind that a violation is of.
pub(crate) fn of(violation: &Violation, signs: Signs) -> Option<&'static Known> {
    KNOWN.iter().find(|known| (known.is_it)(violation, signs))
}
