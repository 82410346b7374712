//! Instants: when something fits again. It may change by itself when an open checkout expires, and at the instants that
//! a gate names.

use alloc::vec::Vec;

use super::Input;
use crate::base::timestamp::Timestamp;

/// The first of these instants, or of the expiries of open checkouts, at which something fits; or an instant shortly
/// before, from which it does. Between two breaks it fits ever better: a price that falls from day to day rises again at
/// the end of its period.
pub(super) fn first(
    input: &Input<'_>,
    instants: Vec<Timestamp>,
    mut breaks: Vec<Timestamp>,
    fits: impl Fn(Timestamp) -> bool,
) -> Option<Timestamp> {
    let instants = with_checkouts(input, instants);
    breaks.sort_unstable();
    let index = first_between(&instants, &breaks, &fits)?;
    let mut at = *instants.get(index)?;
    // A price may fall by the second between two instants. The search halves the time down to a millisecond.
    let earlier = index.checked_sub(1).and_then(|before| instants.get(before));
    let mut too_soon = *earlier.unwrap_or(&input.now);
    while too_soon.plus_millis(1) < at {
        let half = at.as_millis().saturating_sub(too_soon.as_millis()).div_euclid(2);
        let middle = too_soon.plus_millis(half);
        if fits(middle) { at = middle } else { too_soon = middle }
    }
    Some(at)
}

/// The index of the first instant that fits. Between two breaks the last instant fits if any does.
fn first_between(instants: &[Timestamp], breaks: &[Timestamp], fits: impl Fn(Timestamp) -> bool) -> Option<usize> {
    let mut begin = 0;
    for until in breaks.iter().map(Some).chain([None]) {
        let end = until.map_or(instants.len(), |until| instants.partition_point(|at| at < until));
        let between = instants.get(begin..end).unwrap_or_default();
        if between.last().is_some_and(|last| fits(*last)) {
            return Some(begin.saturating_add(between.partition_point(|at| !fits(*at))));
        }
        begin = end.max(begin);
    }
    None
}

/// The earliest of these instants, or of the expiries of open checkouts, at which something fits that fits ever better.
/// `None` if it never fits.
pub(super) fn earliest(
    input: &Input<'_>,
    instants: Vec<Timestamp>,
    fits: impl Fn(Timestamp) -> bool,
) -> Option<Timestamp> {
    let instants = with_checkouts(input, instants);
    let first = instants.partition_point(|at| !fits(*at));
    instants.get(first).copied()
}

fn with_checkouts(input: &Input<'_>, mut instants: Vec<Timestamp>) -> Vec<Timestamp> {
    instants.extend(input.standing.counting(input.now).filter_map(|purchase| purchase.checkout_expires_at));
    instants.sort_unstable();
    instants
}
