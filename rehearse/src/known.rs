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
        title: "a payment is judged by the state, not by its session",
        history: "shop checkout/list_only; buy p0 h0 any k1; ghost p0",
        is_it: |_, signs| signs.ghost,
    },
    Known {
        title: "a payment at a page whose opening was declined is dropped",
        history: "shop checkout/query_by_key; buy p0 h0 n2 k0; take a p0 open_checkout; call a p0 open_checkout refused; take b p0 open_checkout; call b p0 open_checkout good; pay p0 late",
        is_it: |violation, signs| violation.rule == "money_kept" && signs.declined_page,
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
