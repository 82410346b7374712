//! Churn: claims and releases in a sliding window. It guards against buying and releasing in turns.

use super::{Pace, Reached, Within};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::gates::field::{DecidingField, within};
use crate::gates::{Input, Judgement, Verdict, instants};
use ringup_derive::data;

/// The guard against buying and releasing in turns: a limit on moves in a sliding window.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Churn")]
#[ts(rename = "Churn")]
pub struct Policy {
    /// The most claims and releases in the window.
    pub moves_max: u32,
    /// The length of the window, in seconds.
    pub window_s: u32,
}

impl Policy {
    /// The window that ends with `last`. An instant exactly `window_s` earlier is out.
    pub(crate) fn window(&self, last: Timestamp) -> Window {
        Window::ending_with(last, self.window_s)
    }

    /// The count of claims and releases at an instant.
    fn moves(&self, input: &Input<'_>, at: Timestamp) -> u32 {
        u32::try_from(input.standing.moves(self.window(at), at).len()).unwrap_or(u32::MAX)
    }
}

pub(in crate::gates) fn judge(input: &Input<'_>) -> Judgement<Within, Reached> {
    let Some(rules) = input.policy.churn else { return Judgement::NotApplicable };
    let (pace, limit, window_s) = (Pace::Churn, rules.moves_max, Some(rules.window_s));
    let now = input.standing.moves(rules.window(input.now), input.now);
    let count = u32::try_from(now.len()).unwrap_or(u32::MAX);
    if count < limit {
        return Judgement::Passed(Within { pace, window_s, count, limit });
    }
    let leave = now.iter().map(|done| Window::starting(done.at, rules.window_s).ends()).collect();
    let ends_at = instants::earliest(input, leave, |at| rules.moves(input, at) < limit);
    Judgement::Blocked(Reached { pace, window_s, count, limit, ends_at })
}

pub(in crate::gates) fn deciding_field(input: &Input<'_>, _: &Verdict) -> Option<DecidingField> {
    Some(within(input.policy.churn.is_some(), "/policy/churn", "moves_max"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::gates::Gate;
    use crate::gates::scene::{NOW, Scene, check};

    #[test]
    fn what_lies_the_window_s_length_back_counts_no_more() {
        let scene = Scene::of(Gate::Churn).policy(json!({ "churn": { "moves_max": 1, "window_s": 60 } }));
        let released = |at: i64| scene.clone().standing(json!({ "recent": [{ "at": at, "move": "release" }] }));
        check(&released(NOW - 60_000), "passed pace");
        check(
            &released(NOW - 59_999),
            "limit reached: 1 of 1 purchase or release within 1 minute; wait until 2026-03-25T10:00:00.001Z \
             > wait until 2026-03-25T10:00:00.001Z, when the limit allows it",
        );
    }
}
