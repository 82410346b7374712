//! The calendar of a place. A month ends on its anniversary day, or on the last day of a shorter month.

mod billing;

pub(crate) use billing::{Day, Periods};

use crate::base::time_zone::{BeyondTable, Clocks, DAY_MS};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;

use ringup_derive::data;

/// A calendar period. It begins at midnight.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum CalendarPeriod {
    /// From midnight to midnight: 24 hours, except where the clocks change.
    Day,
    /// From midnight on the 1st.
    Month,
}

/// A date of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Date {
    year: i64,
    /// 1 to 12.
    month: i64,
    /// 1 to 31.
    day: i64,
}

impl CalendarPeriod {
    /// The name after an amount: `a month`.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Day => "a day",
            Self::Month => "a month",
        }
    }
}

/// The calendar period that contains `at`, by the clocks of a place.
pub(crate) fn period(period: CalendarPeriod, at: Timestamp, clocks: Clocks<'_>) -> Result<Window, BeyondTable> {
    let day = clocks.day(at)?;
    let (first, next) = match period {
        CalendarPeriod::Day => (day, day.saturating_add(1)),
        CalendarPeriod::Month => {
            let first = day.saturating_sub(Date::of(midnight(day)).day).saturating_add(1);
            (first, day_number(plus_months(midnight(first), 1)))
        }
    };
    Ok(Window::between(clocks.start_of_day(first)?, clocks.start_of_day(next)?))
}

/// The midnight at which a day begins, counted from 1970-01-01, as if it were UTC.
const fn midnight(day: i64) -> Timestamp {
    Timestamp::from_millis(day.saturating_mul(DAY_MS))
}

/// The day, counted from 1970-01-01, of a local time.
const fn day_number(local: Timestamp) -> i64 {
    local.as_millis().div_euclid(DAY_MS)
}

/// The year, the month (1 to 12) and the day (1 to 31) of an instant.
pub(crate) fn date(at: Timestamp) -> (i64, i64, i64) {
    let Date { year, month, day } = Date::of(at);
    (year, month, day)
}

/// The same local time `count` months later; on the last day of the month if the month is too short.
pub(crate) fn months_later(at: Timestamp, count: i64, clocks: Clocks<'_>) -> Result<Timestamp, BeyondTable> {
    clocks.instant(plus_months(clocks.local(at)?, count))
}

/// The same time of day `count` months later; on the last day of the month if the month is too short.
fn plus_months(start: Timestamp, count: i64) -> Timestamp {
    let Date { day, .. } = Date::of(start);
    let month = months(Date::of(start)).saturating_add(count);
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12).saturating_add(1));
    let date = Date { year, month, day: day.min(days_in(year, month)) };
    let time_of_day = start.as_millis().rem_euclid(DAY_MS);
    Timestamp::from_millis(date.day_number().saturating_mul(DAY_MS).saturating_add(time_of_day))
}

/// Months since the start of year 0.
const fn months(date: Date) -> i64 {
    date.year.saturating_mul(12).saturating_add(date.month).saturating_sub(1)
}

const fn is_leap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

const fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

// Both conversions count from 1 March, so that the leap day is the last day of the year. 400 years have 146,097 days.
impl Date {
    fn of(at: Timestamp) -> Self {
        let day = at.as_millis().div_euclid(DAY_MS).saturating_add(719_468);
        let (era, day) = (day.div_euclid(146_097), day.rem_euclid(146_097));
        let leaps = day.div_euclid(1_460).saturating_sub(day.div_euclid(36_524));
        let year = day.saturating_sub(leaps).saturating_sub(day.div_euclid(146_096)).div_euclid(365);
        let before = year.saturating_mul(365).saturating_add(year.div_euclid(4)).saturating_sub(year.div_euclid(100));
        let day = day.saturating_sub(before);
        let month = day.saturating_mul(5).saturating_add(2).div_euclid(153);
        let day = day.saturating_sub(month.saturating_mul(153).saturating_add(2).div_euclid(5)).saturating_add(1);
        let month = if month < 10 { month.saturating_add(3) } else { month.saturating_sub(9) };
        let year = era.saturating_mul(400).saturating_add(year).saturating_add(i64::from(month <= 2));
        Self { year, month, day }
    }

    /// Days since 1970-01-01.
    const fn day_number(self) -> i64 {
        let year = if self.month <= 2 { self.year.saturating_sub(1) } else { self.year };
        let month = if self.month <= 2 { self.month.saturating_add(9) } else { self.month.saturating_sub(3) };
        let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
        let day = month.saturating_mul(153).saturating_add(2).div_euclid(5).saturating_add(self.day).saturating_sub(1);
        let day = year.saturating_mul(365).saturating_add(year.div_euclid(4)).saturating_add(day);
        era.saturating_mul(146_097).saturating_add(day).saturating_sub(year.div_euclid(100)).saturating_sub(719_468)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time_zone::TimeZone;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn every_day_of_four_centuries_is_the_day_of_jiff() {
        let mut day = jiff::civil::date(1999, 12, 1);
        for number in 10_926..10_926 + 146_097 {
            let at = Timestamp::from_millis(number * DAY_MS);
            let Date { year, month, day: of_month } = Date::of(at);
            assert_eq!((year, month, of_month), (day.year().into(), day.month().into(), day.day().into()), "{day}");
            assert_eq!(Date::of(at).day_number(), number, "{day}");
            day = day.tomorrow().unwrap();
        }
    }

    #[test]
    fn a_period_begins_at_midnight_by_the_clocks_there() {
        use CalendarPeriod::{Day, Month};
        for (kind, now, offset, begin, end) in [
            (Day, "2026-03-25T10:00:00Z", 0, "2026-03-25T00:00:00Z", "2026-03-26T00:00:00Z"),
            (Day, "2026-03-25T00:00:00Z", 0, "2026-03-25T00:00:00Z", "2026-03-26T00:00:00Z"),
            (Day, "2026-03-25T20:00:00Z", 330, "2026-03-25T18:30:00Z", "2026-03-26T18:30:00Z"),
            (Day, "2026-03-25T04:00:00Z", -300, "2026-03-24T05:00:00Z", "2026-03-25T05:00:00Z"),
            (Month, "2028-02-29T23:59:59.999Z", 0, "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z"),
            (Month, "2026-12-31T20:00:00Z", 330, "2026-12-31T18:30:00Z", "2027-01-31T18:30:00Z"),
        ] {
            let zone = TimeZone::fixed(offset);
            let found = period(kind, at(now), Clocks::of(Some(&zone)));
            assert_eq!(found, Ok(Window::between(at(begin), at(end))), "{kind:?} {now} {offset}");
        }
    }

    #[test]
    fn it_is_the_calendar_of_jiff() {
        let mut day = at("1600-01-01T12:34:56.789Z");
        for count in 0..60_000 {
            let zoned = jiff::Timestamp::from_millisecond(day.as_millis()).unwrap().to_zoned(jiff::tz::TimeZone::UTC);
            let months = count % 30 - 5;
            let later = zoned.checked_add(jiff::Span::new().months(months)).unwrap().timestamp();
            assert_eq!(plus_months(day, months).as_millis(), later.as_millisecond(), "{zoned} {months}");
            day = day.plus_millis(DAY_MS * 3 + 1);
        }
    }
}
