//! Pace: how fast an account buys, per calendar day or in a sliding window.

pub mod churn;
pub(super) mod daily;
pub mod velocity;

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use super::fix::WaitReason;
use super::{Family, Gate, Input, Refusal, Remedy};
use crate::base::timestamp::Timestamp;
use crate::base::words::{counted, span};
use ringup_derive::data;

/// What a limit of pace counts.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// Purchases in a calendar day.
    Day,
    /// Claims and releases in a sliding window.
    Churn,
}

/// Too many purchases, or purchases and releases, in the window.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = crate::gates::inlined::<Self>())]
pub struct Reached {
    /// What is counted.
    pub pace: Pace,
    /// The length of the sliding window, in seconds. Absent: a calendar day.
    pub window_s: Option<u32>,
    /// The count in the window.
    pub count: u32,
    /// The limit of the count, this purchase included.
    pub limit: u32,
    /// The first instant at which one more is allowed. `None` if it never is.
    pub ends_at: Option<Timestamp>,
}

/// The count in the window and its limit.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = crate::gates::inlined::<Self>())]
pub struct Within {
    /// What is counted.
    pub pace: Pace,
    /// The length of the sliding window, in seconds. Absent: a calendar day.
    pub window_s: Option<u32>,
    /// The count in the window.
    pub count: u32,
    /// The limit of the count, this purchase included.
    pub limit: u32,
}

impl Refusal for Reached {
    fn gate(&self, _: Gate) -> Gate {
        match self.pace {
            Pace::Day => Gate::DailyLimit,
            Pace::Churn => Gate::Churn,
        }
    }

    fn family(&self) -> Family {
        // If the limit is 0, waiting does not help.
        self.ends_at.map_or(Family::NotEntitled, |ends_at| Family::TooSoon { ends_at })
    }

    fn is_transient(&self) -> bool {
        self.ends_at.is_some()
    }

    fn fixes(&self, _: &Input<'_>, fixes: &mut Vec<Remedy>) {
        let reason = match self.pace {
            Pace::Day => WaitReason::NextDay,
            Pace::Churn => WaitReason::WindowHasRoom,
        };
        fixes.extend(self.ends_at.map(|at| Remedy::WaitUntil { at, reason }));
    }
}

impl fmt::Display for Reached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pace, window_s, count, limit, ends_at } = *self;
        match (pace, window_s) {
            (Pace::Day, _) => write!(f, "limit reached: {count} of {} today", counted(limit, "purchase"))?,
            (Pace::Churn, window_s) => {
                let within = window_s.map_or_else(String::new, |window_s| format!(" within {}", span(window_s)));
                let moves = if limit == 1 { "purchase or release" } else { "purchases and releases" };
                write!(f, "limit reached: {count} of {limit} {moves}{within}")?;
            }
        }
        match ends_at {
            Some(ends_at) => write!(f, "; wait until {ends_at}"),
            None => f.write_str("; no purchase is allowed"),
        }
    }
}

impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pace, window_s, count, limit } = *self;
        let counted = match (pace, window_s) {
            (Pace::Day, _) => "bought today".into(),
            (Pace::Churn, Some(window_s)) => format!("bought and released within {}", span(window_s)),
            (Pace::Churn, None) => String::from("bought and released lately"),
        };
        write!(f, "{count} {counted} + this one of {limit}")
    }
}
