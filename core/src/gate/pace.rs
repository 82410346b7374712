//! The gates that look at how fast an account buys.

use alloc::{vec, vec::Vec};

use super::judge::{NOT_APPLICABLE, fix, wait};
use super::{Case, Evidence, Judged, Pace, Rejection, Remedy};
use crate::Timestamp;

pub(super) fn velocity(case: &Case<'_>) -> Judged {
    let Some(rules) = &case.shop.policy().velocity else { return NOT_APPLICABLE };
    let last = case.standing.last_accepted_at(case.now);
    let ends_at = last.map(|last| last.plus_seconds(rules.window_s));
    let confirmed = case.request.typed.confirm_additional;
    match (last, ends_at) {
        (Some(last_accepted_at), Some(ends_at)) if case.now < ends_at && !confirmed => Judged::Blocked(
            Rejection::VelocityExceeded { last_accepted_at, ends_at },
            vec![
                fix(Remedy::ConfirmAdditional, "confirm that this additional purchase is meant"),
                wait(ends_at, "when no confirmation is needed any more"),
            ],
        ),
        _ => Judged::Passed(Evidence::Window { last_accepted_at: last, ends_at, confirmed }),
    }
}

/// Whether the guard against churn leaves room for so many releases, and for the purchase after them.
pub(super) fn allows_releases(case: &Case<'_>, count: u32) -> bool {
    case.shop.policy().churn.is_none_or(|rules| {
        let since = rules.window_before(case.now);
        let moves = u32::try_from(case.standing.moves(since, case.now).len()).unwrap_or(u32::MAX);
        moves.saturating_add(count) < rules.moves_max
    })
}

/// Claims and releases in a window that slides: one that lies exactly its length back counts no more.
pub(super) fn churn(case: &Case<'_>) -> Judged {
    let Some(rules) = case.shop.policy().churn else { return NOT_APPLICABLE };
    let moves = |at: Timestamp| case.standing.moves(rules.window_before(at), at);
    let (limit, window_s, now) = (rules.moves_max, Some(rules.window_s), moves(case.now));
    let count = u32::try_from(now.len()).unwrap_or(u32::MAX);
    if count < limit {
        return Judged::Passed(Evidence::Pace { pace: Pace::Churn, window_s, count, limit });
    }
    let leave = now.iter().map(|done| done.at.plus_millis(rules.window_ms())).collect();
    let ends_at = earliest(case, leave, |at| u32::try_from(moves(at).len()).is_ok_and(|count| count < limit));
    let wait = ends_at.map(|at| wait(at, "when there is room again"));
    let rejection = Rejection::PaceLimitReached { pace: Pace::Churn, window_s, count, limit, ends_at };
    Judged::Blocked(rejection, wait.into_iter().collect())
}

/// The first of these instants, and of the ends of open checkouts, at which something fits. It may fit earlier and then no
/// more: a price that falls from day to day rises again.
pub(super) fn first(
    case: &Case<'_>,
    mut instants: Vec<Timestamp>,
    fits: impl Fn(Timestamp) -> bool,
) -> Option<Timestamp> {
    instants.extend(case.standing.counting(case.now).filter_map(|purchase| purchase.counts_until));
    instants.sort_unstable();
    instants.into_iter().find(|at| fits(*at))
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
