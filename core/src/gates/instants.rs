//! Instants: when something fits again. It may change by itself when an open checkout expires, and at the instants that
//! a gate names.

use alloc::vec::Vec;

use super::Input;
use crate::base::timestamp::Timestamp;

/// The first of these instants, or of the expiries of open checkouts, at which something fits; or an instant shortly
/// before, from which it does. It may have stopped fitting in between: a price that falls from day to day rises again.
pub(super) fn first(
    input: &Input<'_>,
    instants: Vec<Timestamp>,
    fits: impl Fn(Timestamp) -> bool,
) -> Option<Timestamp> {
    let instants = with_checkouts(input, instants);
    let index = instants.iter().position(|at| fits(*at))?;
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
