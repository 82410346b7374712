//! The limit of purchases in a calendar day.

use alloc::vec;

use super::{Pace, Reached, Within};
use crate::account::standing::MoveKind;
use crate::base::calendar::CalendarPeriod;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::gates::field::DecidingField;
use crate::gates::limits::{each, lowest_field};
use crate::gates::{Input, Judgement, Verdict, instants};

pub(in crate::gates) fn judge(input: &Input<'_>) -> Judgement<Within, Reached> {
    let Some(limit) = each(input).filter_map(|limits| limits.purchases_a_day).min() else {
        return Judgement::NotApplicable;
    };
    let today = match input.period(CalendarPeriod::Day, input.now) {
        Ok(today) => today,
        Err(beyond) => return Judgement::Waiting(input.beyond_table(beyond)),
    };
    let claims = |at: Timestamp| {
        // At a later instant it is tomorrow.
        let day = if today.contains(at) { today } else { Window::between(today.ends(), Timestamp::MAX) };
        let moves = input.standing.moves(day, at);
        u32::try_from(moves.into_iter().filter(|done| done.kind == MoveKind::Claim).count()).unwrap_or(u32::MAX)
    };
    let (pace, window_s, count) = (Pace::Day, None, claims(input.now));
    if count < limit {
        return Judgement::Passed(Within { pace, window_s, count, limit });
    }
    let ends_at = instants::earliest(input, vec![today.ends()], |at| claims(at) < limit);
    Judgement::Blocked(Reached { pace, window_s, count, limit, ends_at })
}

pub(in crate::gates) fn deciding_field(input: &Input<'_>, _: &Verdict) -> Option<DecidingField> {
    Some(lowest_field(input, |limits| limits.purchases_a_day, |_| "purchases_a_day".into()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::gates::Gate;
    use crate::gates::scene::{NOW, Scene, check};

    #[test]
    fn a_day_begins_anew_at_midnight() {
        let scene = Scene::of(Gate::DailyLimit).policy(json!({ "limits": { "purchases_a_day": 1 } }));
        let bought = |at: i64| scene.clone().standing(json!({ "recent": [{ "at": at, "move": "claim" }] }));
        check(&bought(NOW - 86_400_000), "passed pace");
        check(
            &bought(NOW),
            "limit reached: 1 of 1 purchase today; wait until 2026-03-26T00:00:00Z \
             > wait until 2026-03-26T00:00:00Z, when the next purchase can be made",
        );
    }
}
