//! Velocity: another purchase within `window_s` of the last accepted one must be confirmed.
//!
//! The window is half-open: a purchase exactly `window_s` after the last accepted one needs no confirmation.

use alloc::vec::Vec;
use core::fmt;

use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::gates::field::{DecidingField, within};
use crate::gates::fix::WaitReason;
use crate::gates::{Family, Input, Judgement, Refusal, Remedy, Verdict, instants};
use ringup_derive::data;

/// The guard against accidental second purchases.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Velocity")]
#[ts(rename = "Velocity")]
pub struct Policy {
    /// How long after an accepted purchase the next one must be confirmed, in seconds.
    pub window_s: u32,
}

/// The velocity window has not passed, and the purchase is not confirmed.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = crate::gates::inlined::<Self>())]
pub struct Exceeded {
    /// When the latest purchase was accepted.
    pub last_accepted_at: Timestamp,
    /// The first instant at which the next purchase needs no confirmation.
    pub ends_at: Timestamp,
}

/// The end of the velocity window.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = crate::gates::inlined::<Self>())]
pub struct Clear {
    /// When the latest purchase was accepted. Absent: there was none.
    pub last_accepted_at: Option<Timestamp>,
    /// The end of the window after it.
    pub ends_at: Option<Timestamp>,
    /// Whether the purchase is confirmed.
    pub confirmed: bool,
}

pub(in crate::gates) fn judge(input: &Input<'_>) -> Judgement<Clear, Exceeded> {
    let Some(rules) = &input.policy.velocity else { return Judgement::NotApplicable };
    let window = |accepted_at| Window::starting(accepted_at, rules.window_s);
    let is_over = |at| {
        input.standing.last_accepted_at(at).is_none_or(|last| {
            // The window is half-open.
            if planted!("velocity_window_closed") { window(last).ends() < at } else { window(last).is_over(at) }
        })
    };
    let last = input.standing.last_accepted_at(input.now);
    let confirmed = input.request.typed.confirm_additional;
    match last {
        Some(last_accepted_at) if !confirmed && !is_over(input.now) => {
            // A purchase with an open checkout counts until the checkout expires. Then an earlier purchase may count
            // again.
            let accepted = input.standing.counting(input.now).map(|purchase| purchase.accepted_at);
            let ends = accepted.chain(input.standing.last_accepted_at).map(|at| window(at).ends());
            let ends = ends.filter(|at| input.now < *at).collect();
            let ends_at = instants::earliest(input, ends, is_over).unwrap_or(window(last_accepted_at).ends());
            Judgement::Blocked(Exceeded { last_accepted_at, ends_at })
        }
        _ => {
            let ends_at = last.map(|last| window(last).ends());
            Judgement::Passed(Clear { last_accepted_at: last, ends_at, confirmed })
        }
    }
}

pub(in crate::gates) fn deciding_field(input: &Input<'_>, _: &Verdict) -> Option<DecidingField> {
    Some(within(input.policy.velocity.is_some(), "/policy/velocity", "window_s"))
}

impl Refusal for Exceeded {
    fn family(&self) -> Family {
        Family::TooSoon { ends_at: self.ends_at }
    }

    fn is_transient(&self) -> bool {
        true
    }

    fn fixes(&self, _: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.push(Remedy::ConfirmAdditional);
        fixes.push(Remedy::WaitUntil { at: self.ends_at, reason: WaitReason::NoConfirmation });
    }
}

impl fmt::Display for Exceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { last_accepted_at, ends_at } = self;
        write!(f, "another purchase was accepted at {last_accepted_at}; confirm this one, or wait until {ends_at}")
    }
}

impl fmt::Display for Clear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(ends_at) = self.ends_at else { return f.write_str("no purchase before") };
        let confirmed = if self.confirmed { "; it is confirmed" } else { "" };
        write!(f, "confirmation was needed until {ends_at}{confirmed}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::gates::Gate;
    use crate::gates::scene::{NOW, Scene, check};

    #[test]
    fn the_window_is_half_open() {
        let scene = Scene::of(Gate::Velocity).policy(json!({ "velocity": { "window_s": 60 } }));
        let bought = |at: i64| scene.clone().standing(json!({ "last_accepted_at": at }));
        check(&scene, "passed window");
        check(&bought(NOW - 60_000), "passed window");
        check(&bought(NOW).request(json!({ "confirm_additional": true })), "passed window");
        check(
            &bought(NOW - 59_999),
            "another purchase was accepted at 2026-03-25T09:59:00.001Z; confirm this one, or wait \
             until 2026-03-25T10:00:00.001Z > confirm this additional purchase > \
             wait until 2026-03-25T10:00:00.001Z, when no confirmation is needed any more",
        );
    }
}
