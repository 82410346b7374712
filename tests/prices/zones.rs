//! Time zones: tables of jiff's tzdb, as a policy has them.

use jiff::tz::TimeZone;
use ringup_core::Timestamp;
use serde_json::{Value, json};

/// The table of a zone from 2000 to 2050, with the changes of its offset.
pub(crate) fn table(name: &str) -> Value {
    between(name, "2000-01-01T00:00:00Z", "2050-01-01T00:00:00Z")
}

pub(crate) fn between(name: &str, from: &str, until: &str) -> Value {
    let zone = TimeZone::get(name).unwrap();
    let [from, until] = [from, until].map(|at| at.parse::<jiff::Timestamp>().unwrap());
    let minutes = |at: jiff::Timestamp| zone.to_offset(at).seconds() / 60;
    let mut last = minutes(from);
    let mut transitions = vec![];
    for change in zone.following(from).map(|change| change.timestamp()).take_while(|at| *at < until) {
        if minutes(change) != last {
            last = minutes(change);
            transitions.push(json!({ "at": change.as_millisecond(), "offset_minutes": last }));
        }
    }
    json!({
        "name": name, "tzdb": "jiff", "known_from": from.as_millisecond(), "known_until": until.as_millisecond(),
        "offset_minutes": minutes(from), "transitions": transitions
    })
}

/// Clocks that never change.
pub(crate) fn fixed(offset_minutes: i64) -> Value {
    json!({
        "name": "Etc/Fixed", "tzdb": "none", "known_from": -Timestamp::MAX.as_millis(),
        "known_until": Timestamp::MAX, "offset_minutes": offset_minutes
    })
}
