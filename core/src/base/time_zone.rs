//! Time zones: a table of one zone's offsets from UTC, and the clocks that go by it. Nothing is guessed beyond the table.

use alloc::{format, string::String, vec::Vec};

use super::diagnostic::Diagnostic;
use super::timestamp::Timestamp;
use ringup_derive::data;

pub(super) const DAY_MS: i64 = 86_400_000;

/// The largest offset: a day.
const OFFSET_MINUTES_MAX: u16 = 1440;

/// The least time between two changes of a clock. Closer ones could skip or repeat the same local time twice.
const APART_MS: i64 = 2 * DAY_MS;

/// A time zone of IANA, as a table of its offsets from UTC between two instants. `cargo xtask time-zone` writes one.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct TimeZone {
    /// The name of the zone, such as `Europe/Amsterdam`.
    pub name: String,
    /// The edition of tzdb that the table is of, such as `2025b`.
    pub tzdb: String,
    /// The first instant that the table covers.
    pub known_from: Timestamp,
    /// The end of the table: the offset at this instant or later is unknown.
    pub known_until: Timestamp,
    /// The offset at the first instant, in minutes; positive to the east.
    pub offset_minutes: i16,
    /// The changes of the offset, in order. Absent: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub transitions: Vec<Transition>,
}

/// A change of a zone's offset.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// The first instant with the new offset.
    pub at: Timestamp,
    /// The new offset, in minutes; positive to the east.
    pub offset_minutes: i16,
}

/// The clocks of a place: those of a time zone, or UTC.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clocks<'a>(Option<&'a TimeZone>);

/// The offset is not in the table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct BeyondTable;

/// Local times to instants: an offset, and where the next one begins.
#[derive(Clone, Copy)]
struct Stretch {
    offset_ms: i64,
    /// The first instant with another offset; none in the last stretch.
    ends_at: Option<Timestamp>,
}

impl TimeZone {
    /// The mistakes in the table. Each points into it.
    pub(crate) fn mistakes(&self, place: &str) -> Vec<Diagnostic> {
        let mut mistakes = Vec::new();
        let generated = "write the table with `cargo xtask time-zone`";
        for (name, text) in [("name", &self.name), ("tzdb", &self.tzdb)] {
            if text.is_empty() {
                mistakes.push(Diagnostic::value(format!("{place}/{name}"), format!("`{name}` is empty"), generated));
            }
        }
        if self.known_until <= self.known_from {
            let message = "the table ends before it begins";
            mistakes.push(Diagnostic::parts(format!("{place}/known_until"), message, generated));
        }
        let offsets = self.transitions.iter().enumerate().map(|(index, transition)| {
            (format!("{place}/transitions/{index}/offset_minutes"), transition.offset_minutes)
        });
        for (place, minutes) in [(format!("{place}/offset_minutes"), self.offset_minutes)].into_iter().chain(offsets) {
            if OFFSET_MINUTES_MAX < minutes.unsigned_abs() {
                let message = format!("an offset is at most a day: {minutes} minutes");
                mistakes.push(Diagnostic::value(
                    place,
                    message,
                    "write -1440 to 1440 minutes: 60 is an hour ahead of UTC",
                ));
            }
        }
        let mut earliest = self.known_from;
        for (index, Transition { at, .. }) in self.transitions.iter().enumerate() {
            if *at < earliest || self.known_until <= *at {
                let message = "the change is outside the table, or less than two days after the one before it";
                mistakes.push(Diagnostic::parts(format!("{place}/transitions/{index}/at"), message, generated));
            }
            earliest = at.plus_millis(APART_MS);
        }
        mistakes
    }
}

impl<'a> Clocks<'a> {
    /// `None` is UTC.
    pub(crate) const fn of(zone: Option<&'a TimeZone>) -> Self {
        Self(zone)
    }

    /// The zone. `None` is UTC.
    pub(crate) const fn zone(self) -> Option<&'a TimeZone> {
        self.0
    }

    /// The local time at an instant, as if it were UTC.
    pub(super) fn local(self, at: Timestamp) -> Result<Timestamp, BeyondTable> {
        let Some(zone) = self.0 else { return Ok(at) };
        if at < zone.known_from || zone.known_until <= at {
            return Err(BeyondTable);
        }
        let passed = zone.transitions.partition_point(|transition| transition.at <= at);
        Ok(at.plus_millis(zone.stretch(passed).offset_ms))
    }

    /// The instant of a local time: the earlier one if there are two. A time that the clocks skip is as much later as
    /// they skip.
    pub(super) fn instant(self, local: Timestamp) -> Result<Timestamp, BeyondTable> {
        Ok(self.resolve(local)?.0)
    }

    /// The first instant of a day, counted from 1970-01-01. Where the clocks skip midnight, it begins after what they skip.
    pub(crate) fn start_of_day(self, day: i64) -> Result<Timestamp, BeyondTable> {
        let (instant, skipped_at) = self.resolve(Timestamp::from_millis(day.saturating_mul(DAY_MS)))?;
        Ok(skipped_at.unwrap_or(instant))
    }

    /// The day of an instant, counted from 1970-01-01. A day that has begun does not end because the clocks go back
    /// across midnight.
    pub(crate) fn day(self, at: Timestamp) -> Result<i64, BeyondTable> {
        let day = self.local(at)?.as_millis().div_euclid(DAY_MS);
        let next = day.saturating_add(1);
        // Near the end of the table the next day is unknown, and has not begun.
        Ok(if self.0.is_some() && self.start_of_day(next).is_ok_and(|begin| begin <= at) { next } else { day })
    }

    /// The instant of a local time, and the change that skips it.
    fn resolve(self, local: Timestamp) -> Result<(Timestamp, Option<Timestamp>), BeyondTable> {
        let Some(zone) = self.0 else { return Ok((local, None)) };
        // Up to a change, and in the times that it skips or repeats, the offset before it counts.
        let counts_from = |(index, transition): (usize, &Transition)| {
            let larger = zone.stretch(index).offset_ms.max(offset_ms(transition.offset_minutes));
            transition.at.plus_millis(larger)
        };
        let surely = zone.transitions.partition_point(|transition| transition.at.plus_millis(DAY_MS) <= local);
        let close = zone.transitions.iter().enumerate().skip(surely).map(counts_from);
        let passed = surely.saturating_add(close.take_while(|from| *from <= local).count());
        let Stretch { offset_ms, ends_at } = zone.stretch(passed);
        let instant = local.plus_millis(offset_ms.saturating_neg());
        if instant < zone.known_from || zone.known_until <= instant {
            return Err(BeyondTable);
        }
        Ok((instant, ends_at.filter(|change| *change <= instant)))
    }
}

impl TimeZone {
    /// The stretch after `passed` changes.
    fn stretch(&self, passed: usize) -> Stretch {
        let last = passed.checked_sub(1).and_then(|index| self.transitions.get(index));
        let minutes = last.map_or(self.offset_minutes, |transition| transition.offset_minutes);
        let ends_at = self.transitions.get(passed).map(|transition| transition.at);
        Stretch { offset_ms: offset_ms(minutes), ends_at }
    }
}

fn offset_ms(minutes: i16) -> i64 {
    i64::from(minutes).saturating_mul(60_000)
}

#[cfg(test)]
impl TimeZone {
    /// Clocks that never change.
    pub(crate) fn fixed(offset_minutes: i16) -> Self {
        Self {
            name: "Etc/Fixed".into(),
            tzdb: "none".into(),
            known_from: Timestamp::from_millis(i64::MIN),
            known_until: Timestamp::MAX,
            offset_minutes,
            transitions: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;
    use jiff::tz::{self, TimeZoneDatabase};
    use jiff::{Span, Zoned};

    use super::*;
    use crate::base::calendar::{CalendarPeriod, Periods, months_later, period};
    use crate::base::window::Window;

    const HOUR_MS: i64 = 3_600_000;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    /// The table that jiff's tzdb gives from 2000 to 2050.
    fn table(name: &str, zone: &tz::TimeZone) -> TimeZone {
        let [from, until] = ["2000-01-01T00:00:00Z", "2050-01-01T00:00:00Z"].map(|at| at.parse().unwrap());
        let minutes = |at: jiff::Timestamp| i16::try_from(zone.to_offset(at).seconds() / 60).unwrap();
        let changes = zone.following(from).map(|change| change.timestamp()).take_while(|change| *change < until);
        let before = |change: jiff::Timestamp| {
            jiff::Timestamp::from_millisecond(change.as_millisecond().saturating_sub(1)).unwrap()
        };
        let changes = changes.filter(|change| minutes(before(*change)) != minutes(*change));
        let millis = |at: jiff::Timestamp| Timestamp::from_millis(at.as_millisecond());
        TimeZone {
            name: name.into(),
            tzdb: "jiff".into(),
            known_from: millis(from),
            known_until: millis(until),
            offset_minutes: minutes(from),
            transitions: changes
                .map(|change| Transition { at: millis(change), offset_minutes: minutes(change) })
                .collect(),
        }
    }

    /// The first instant of a date. Noon is never skipped but with its whole day.
    fn begin(date: Date, zone: &tz::TimeZone) -> Timestamp {
        let noon = date.at(12, 0, 0, 0).to_zoned(zone.clone()).unwrap();
        instant(&noon.start_of_day().unwrap())
    }

    fn instant(zoned: &Zoned) -> Timestamp {
        Timestamp::from_millis(zoned.timestamp().as_millisecond())
    }

    /// The day window and the month window around an instant, by jiff. A day that has begun does not end because the clocks
    /// go back across midnight.
    fn windows(zoned: &Zoned, zone: &tz::TimeZone) -> [Window; 2] {
        let next = zoned.date().tomorrow().unwrap();
        let date = if begin(next, zone) <= instant(zoned) { next } else { zoned.date() };
        let [first, last] = [date.first_of_month(), date.last_of_month()];
        [(date, date), (first, last)]
            .map(|(first, last)| Window::between(begin(first, zone), begin(last.tomorrow().unwrap(), zone)))
    }

    /// The `count`-th period begin after an anchor, by jiff.
    fn nth(anchor: &Zoned, count: i64, zone: &tz::TimeZone) -> Timestamp {
        let later = anchor.datetime().checked_add(Span::new().months(count)).unwrap();
        if instant(anchor) == begin(anchor.date(), zone) {
            return begin(anchor.date().checked_add(Span::new().months(count)).unwrap(), zone);
        }
        instant(&later.to_zoned(zone.clone()).unwrap())
    }

    /// Every change of every zone, and the midnights around it, each a millisecond below, at and above.
    #[test]
    fn the_calendar_of_every_zone_is_that_of_jiff() {
        let database = TimeZoneDatabase::bundled();
        let (mut zones, mut changes) = (Vec::new(), 0);
        for name in database.available() {
            let zone = database.get(name.as_str()).unwrap();
            let table = table(name.as_str(), &zone);
            assert_eq!(table.mistakes(""), [], "{name}");
            // Many names are of the same clocks.
            if zones.contains(&(table.offset_minutes, table.transitions.clone())) {
                continue;
            }
            let clocks = Clocks::of(Some(&table));
            let few = [at("2026-03-25T10:00:00Z"), at("2024-02-29T23:59:59.999Z")];
            let moments: Vec<Timestamp> = table.transitions.iter().map(|change| change.at).chain(few).collect();
            let is_inside = |at: &Timestamp| {
                table.known_from.plus_millis(70 * DAY_MS) < *at && at.plus_millis(70 * DAY_MS) < table.known_until
            };
            for (index, moment) in moments.iter().filter(|at| is_inside(at)).enumerate() {
                let zoned =
                    |at: Timestamp| jiff::Timestamp::from_millisecond(at.as_millis()).unwrap().to_zoned(zone.clone());
                let today = windows(&zoned(*moment), &zone)[0];
                let far = i64::try_from(index % 29).unwrap() * DAY_MS;
                let edges =
                    [*moment, today.begins(), today.ends(), moment.plus_millis(far), moment.plus_millis(-HOUR_MS / 2)];
                for now in edges.into_iter().flat_map(|edge| [-1, 0, 1].map(|millis| edge.plus_millis(millis))) {
                    let here = zoned(now);
                    let [day, month] = windows(&here, &zone);
                    assert_eq!(period(CalendarPeriod::Day, now, clocks), Ok(day), "{here}");
                    assert_eq!(period(CalendarPeriod::Month, now, clocks), Ok(month), "{here}");
                    assert!(day.contains(now) && month.contains(now), "{here}");
                    let later = here.checked_add(Span::new().months(1)).unwrap();
                    assert_eq!(months_later(now, 1, clocks), Ok(instant(&later)), "{here}");
                    let periods = Periods::new(clocks, now, 1).unwrap();
                    let expected = Window::between(nth(&here, -1, &zone), nth(&here, 0, &zone));
                    let found = periods.around(nth(&here, 0, &zone).plus_millis(-1));
                    assert_eq!(found, Ok(expected), "the period before {here}");
                    let found = periods.begin_after(nth(&here, 0, &zone), 1);
                    assert_eq!(found, Ok(nth(&here, 1, &zone)), "the period after {here}");
                }
                changes += 1;
            }
            zones.push((table.offset_minutes, table.transitions.clone()));
        }
        assert!(100 < zones.len() && 2_000 < changes, "{} zones, {changes} changes", zones.len());
    }

    /// Toronto's clocks went from 23:30 to 0:30 in 1919. No zone's do so today.
    #[test]
    fn a_day_begins_after_what_the_clocks_skip_around_midnight() {
        let change = at("1919-03-31T04:30:00Z");
        let transitions = [Transition { at: change, offset_minutes: -240 }].into();
        let toronto = TimeZone { transitions, ..TimeZone::fixed(-300) };
        let clocks = Clocks::of(Some(&toronto));
        let today = |now: Timestamp| period(CalendarPeriod::Day, now, clocks).unwrap();
        assert_eq!(today(change.plus_millis(-1)).ends(), change);
        assert_eq!(today(change), Window::between(change, at("1919-04-01T04:00:00Z")));
        // A time that is skipped is an hour later.
        assert_eq!(months_later(at("1919-02-28T04:45:00Z"), 1, clocks), Ok(at("1919-03-28T04:45:00Z")));
        assert_eq!(clocks.instant(at("1919-03-31T00:15:00Z")), Ok(at("1919-03-31T05:15:00Z")));
    }

    #[test]
    fn nothing_is_guessed_beyond_the_table() {
        let bounded = TimeZone {
            known_from: at("2026-01-10T00:00:00Z"),
            known_until: at("2026-03-10T00:00:00Z"),
            ..TimeZone::fixed(60)
        };
        let clocks = Clocks::of(Some(&bounded));
        for (now, is_known) in [(-1, false), (0, true)] {
            assert_eq!(clocks.local(bounded.known_from.plus_millis(now)).is_ok(), is_known);
            assert_eq!(clocks.local(bounded.known_until.plus_millis(now)).is_ok(), !is_known);
        }
        // The day is known, and its end or its begin is not.
        assert_eq!(period(CalendarPeriod::Day, at("2026-03-09T23:30:00Z"), clocks), Err(BeyondTable));
        assert_eq!(period(CalendarPeriod::Day, at("2026-01-10T12:00:00Z"), clocks), Err(BeyondTable));
        assert!(period(CalendarPeriod::Day, at("2026-01-11T12:00:00Z"), clocks).is_ok());
        assert_eq!(period(CalendarPeriod::Month, at("2026-01-20T12:00:00Z"), clocks), Err(BeyondTable));
        assert!(period(CalendarPeriod::Month, at("2026-02-20T12:00:00Z"), clocks).is_ok());
        assert_eq!(months_later(at("2026-02-10T00:00:00Z"), 1, clocks), Err(BeyondTable));
        assert!(months_later(at("2026-02-09T22:59:59Z"), 1, clocks).is_ok());
    }
}
