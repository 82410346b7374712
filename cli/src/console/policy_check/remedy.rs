//! Remedies that only a policy has: where a field belongs, what may stand there, what an instant is.

use serde_json::Value;

use super::mend::{complete, like};
use crate::console::mistake::{known_names, nearest, quoted};
use crate::console::place::escaped;

/// Longer ones are not shown.
const EXAMPLE_LENGTH_MAX: usize = 70;

/// What to do about a value that cannot be read, if that can be said better than serde does.
pub(super) fn remedy(field: &str, message: &str, found: Option<&Value>) -> Option<String> {
    if let Some(home) = home(field, message) {
        return Some(format!("{home} has a field of that name; move it there"));
    }
    let complete = complete();
    let example = like(&complete, field)?;
    let shown = format!("`{example}`");
    let shown = Some(shown).filter(|shown| shown.len() <= EXAMPLE_LENGTH_MAX);
    if let Some(name) = quoted(message, "missing field `") {
        return shown.map(|shown| format!("add it: `\"{name}\": {}", shown.trim_start_matches('`')));
    }
    if !message.starts_with("invalid type") {
        return None;
    }
    let name = field.rsplit('/').next().unwrap_or_default();
    match (example, shown) {
        (Value::Number(_), _) if name.starts_with("effective_") => Some(instant(found)),
        (Value::Number(_), _) if name == "minor_units" => {
            Some("write a whole number of minor units: `500` is 5.00 EUR".to_owned())
        }
        (Value::Object(_), Some(shown)) => Some(format!("write an object, such as {shown}")),
        (Value::Object(_), None) => Some("write an object".into()),
        (Value::Array(_), Some(shown)) => Some(format!("write a list, such as {shown}")),
        (Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), _) => None,
    }
}

/// An instant, if it can be, the one that was meant.
fn instant(found: Option<&Value>) -> String {
    let text = found.and_then(Value::as_str).unwrap_or_default();
    let date = |date: jiff::civil::Date| date.to_zoned(jiff::tz::TimeZone::UTC).map(|zoned| zoned.timestamp());
    let written = text.parse().ok().or_else(|| text.parse().ok().and_then(|day| date(day).ok()));
    let meant = written.unwrap_or(jiff::Timestamp::constant(1_767_225_600, 0));
    format!("write milliseconds since 1970: {} is {meant}", meant.as_millisecond())
}

/// Where a field of that name belongs that is unknown here, if there is one such place.
fn home(field: &str, message: &str) -> Option<String> {
    let name = quoted(message, "unknown field `")?;
    if nearest(name, &known_names(message)).is_some() {
        return None;
    }
    let mut homes = Vec::new();
    find(&complete(), name, "", &mut homes);
    let own = field.rsplit_once('/').map(|(parent, _)| parent)?;
    match homes.as_slice() {
        [home] if home != own => Some(match home.as_str() {
            "" => "the whole file".to_owned(),
            home => match home.rsplit_once('/') {
                Some((list, "0")) => format!("an entry of `{list}`"),
                Some(_) | None => format!("`{home}`"),
            },
        }),
        _ => None,
    }
}

fn find(value: &Value, name: &str, place: &str, homes: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if members.contains_key(name) {
                homes.push(place.to_owned());
            }
            members
                .iter()
                .for_each(|(member, value)| find(value, name, &format!("{place}/{}", escaped(member)), homes));
        }
        // The entries of a list are alike.
        Value::Array(items) => {
            items.first().into_iter().for_each(|item| find(item, name, &format!("{place}/0"), homes))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
