//! The gates that look at how fast an account buys.

use alloc::{vec, vec::Vec};

use super::judge::{NOT_APPLICABLE, fix, wait};
use super::{Case, Evidence, Judged, Pace, Rejection, Remedy};
use crate::Timestamp;
use crate::window::Window;

pub(super) fn velocity(case: &Case<'_>) -> Judged {
    let Some(rules) = &case.shop.policy().velocity else { return NOT_APPLICABLE };
    let window = |accepted_at| Window::starting(accepted_at, rules.window_s);
    let end = |accepted_at| window(accepted_at).ends();
    let is_over = |at| case.standing.last_accepted_at(at).is_none_or(|last| window(last).is_over(at));
    let last = case.standing.last_accepted_at(case.now);
    let confirmed = case.request.typed.confirm_additional;
    match last {
        Some(last_accepted_at) if !confirmed && !is_over(case.now) => {
            // What was accepted for an open checkout counts no longer than until that ends; what was before it may count still.
            let accepted = case.standing.counting(case.now).map(|purchase| purchase.accepted_at);
            let ends = accepted.chain(case.standing.last_accepted_at).map(end).filter(|at| case.now < *at).collect();
            let ends_at = earliest(case, ends, is_over).unwrap_or(end(last_accepted_at));
            Judged::Blocked(
                Rejection::VelocityExceeded { last_accepted_at, ends_at },
                vec![
                    fix(Remedy::ConfirmAdditional, "confirm that this additional purchase is meant"),
                    wait(ends_at, "when no confirmation is needed any more"),
                ],
            )
        }
        _ => Judged::Passed(Evidence::Window { last_accepted_at: last, ends_at: last.map(end), confirmed }),
    }
}

/// Whether the guard against churn leaves room for so many releases, and for the purchase after them.
pub(super) fn allows_releases(case: &Case<'_>, count: u32) -> bool {
    case.shop.policy().churn.is_none_or(|rules| {
        let moves = u32::try_from(case.standing.moves(rules.window(case.now), case.now).len()).unwrap_or(u32::MAX);
        moves.saturating_add(count) < rules.moves_max
    })
}

/// Claims and releases in a window that slides: one that lies exactly its length back counts no more.
pub(super) fn churn(case: &Case<'_>) -> Judged {
    let Some(rules) = case.shop.policy().churn else { return NOT_APPLICABLE };
    let moves = |at: Timestamp| case.standing.moves(rules.window(at), at);
    let (limit, window_s, now) = (rules.moves_max, Some(rules.window_s), moves(case.now));
    let count = u32::try_from(now.len()).unwrap_or(u32::MAX);
    if count < limit {
        return Judged::Passed(Evidence::Pace { pace: Pace::Churn, window_s, count, limit });
    }
    let leave = now.iter().map(|done| Window::starting(done.at, rules.window_s).ends()).collect();
    let ends_at = earliest(case, leave, |at| u32::try_from(moves(at).len()).is_ok_and(|count| count < limit));
    let wait = ends_at.map(|at| wait(at, "when there is room again"));
    let rejection = Rejection::PaceLimitReached { pace: Pace::Churn, window_s, count, limit, ends_at };
    Judged::Blocked(rejection, wait.into_iter().collect())
}

/// The first of these instants, and of the ends of open checkouts, at which something fits, or an instant shortly before it
/// from which on it does. It may fit earlier and then no more: a price that falls from day to day rises again.
pub(super) fn first(
    case: &Case<'_>,
    mut instants: Vec<Timestamp>,
    fits: impl Fn(Timestamp) -> bool,
) -> Option<Timestamp> {
    instants.extend(case.standing.counting(case.now).filter_map(|purchase| purchase.counts_until));
    instants.sort_unstable();
    let index = instants.iter().position(|at| fits(*at))?;
    let mut at = *instants.get(index)?;
    // A price that falls by the second falls between two instants: halved until a millisecond less is too soon.
    let earlier = index.checked_sub(1).and_then(|before| instants.get(before));
    let mut too_soon = *earlier.unwrap_or(&case.now);
    while too_soon.plus_millis(1) < at {
        let half = at.as_millis().saturating_sub(too_soon.as_millis()).div_euclid(2);
        let middle = too_soon.plus_millis(half);
        if fits(middle) { at = middle } else { too_soon = middle }
    }
    Some(at)
}

/// The earliest instant at which something fits again: one of these, or the end of an open checkout. None: it never does.
pub(super) fn earliest(
    case: &Case<'_>,
    mut instants: Vec<Timestamp>,
    fits: impl Fn(Timestamp) -> bool,
) -> Option<Timestamp> {
    instants.extend(case.standing.counting(case.now).filter_map(|purchase| purchase.counts_until));
    instants.sort_unstable();
    // The more time passes, the more fits in.
    let first = instants.partition_point(|at| !fits(*at));
    instants.get(first).copied()
}
