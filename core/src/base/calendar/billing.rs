//! Billing periods: whole months or years from an anchor, by the clocks of a place. A period ends on the anniversary day, or
//! on the last day of a shorter month. Each period is counted from the anchor itself: 31 January, 28 February, 31 March.

use super::{Date, day_number, midnight, months, plus_months};
use crate::base::time_zone::{BeyondTable, Clocks};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;

/// The periods from an anchor, in both directions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Periods<'a> {
    clocks: Clocks<'a>,
    /// The local time of the anchor.
    anchor: Timestamp,
    /// Whether a period begins with its day. A day does not begin at midnight where the clocks skip it.
    begins_with_day: bool,
    length_months: i64,
}

impl<'a> Periods<'a> {
    /// The periods of `length_months` at the local time of the anchor. If that is the begin of a day, each period begins
    /// with its day.
    pub(crate) fn new(clocks: Clocks<'a>, anchor: Timestamp, length_months: u32) -> Result<Self, BeyondTable> {
        let day = clocks.day(anchor)?;
        let begins_with_day = clocks.start_of_day(day)? == anchor;
        let anchor = if begins_with_day { midnight(day) } else { clocks.local(anchor)? };
        Ok(Self { clocks, anchor, begins_with_day, length_months: i64::from(length_months.max(1)) })
    }

    /// The period that contains `at`.
    pub(crate) fn around(&self, at: Timestamp) -> Result<Window, BeyondTable> {
        let here = self.count(at)?;
        Ok(Window::between(self.nth(here)?, self.nth(here.saturating_add(1))?))
    }

    /// The begin of the `count`-th period after the one that contains `at`.
    pub(crate) fn begin_after(&self, at: Timestamp, count: u32) -> Result<Timestamp, BeyondTable> {
        self.nth(self.count(at)?.saturating_add(i64::from(count)))
    }

    /// The count of the period that contains `at`, from the anchor's.
    fn count(&self, at: Timestamp) -> Result<i64, BeyondTable> {
        let local = midnight(self.clocks.day(at)?);
        let between = months(Date::of(local)).saturating_sub(months(Date::of(self.anchor)));
        // The period begins in the month of `at`, or one earlier if that one's first instant is after `at`.
        let here = between.div_euclid(self.length_months);
        Ok(if at < self.nth(here)? { here.saturating_sub(1) } else { here })
    }

    /// The begin of the period `count` periods after the anchor's.
    fn nth(&self, count: i64) -> Result<Timestamp, BeyondTable> {
        let local = plus_months(self.anchor, count.saturating_mul(self.length_months));
        if self.begins_with_day { self.clocks.start_of_day(day_number(local)) } else { self.clocks.instant(local) }
    }
}

/// A day of the calendar of a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day {
    number: i64,
    date: Date,
}

impl Day {
    /// The day of an instant.
    pub(crate) fn of(at: Timestamp, clocks: Clocks<'_>) -> Result<Self, BeyondTable> {
        let number = clocks.day(at)?;
        Ok(Self { number, date: Date::of(midnight(number)) })
    }

    /// Days from this day to a later one; negative if it is earlier.
    pub(crate) const fn days_until(self, later: Self) -> i64 {
        later.number.saturating_sub(self.number)
    }

    /// Calendar months from the month of this day to that of a later one; days are ignored.
    pub(crate) const fn months_until(self, later: Self) -> i64 {
        months(later.date).saturating_sub(months(self.date))
    }

    /// 1 to 31.
    pub(crate) const fn of_month(self) -> i64 {
        self.date.day
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time_zone::DAY_MS;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    fn period(anchor: Timestamp, length_months: u32, now: Timestamp) -> Window {
        Periods::new(Clocks::of(None), anchor, length_months).unwrap().around(now).unwrap()
    }

    #[test]
    fn periods_run_from_anniversary_to_anniversary_in_either_direction() {
        for (anchor, length, now, starts_at, ends_at) in [
            ("2026-01-31T00:00:00Z", 1, "2026-02-03T10:00:00Z", "2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z"),
            // February's short month does not shorten March.
            ("2026-01-31T00:00:00Z", 1, "2026-02-28T00:00:00Z", "2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z"),
            ("2026-01-31T00:00:00Z", 1, "2026-02-27T23:59:59.999Z", "2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z"),
            // The anchor is in the future.
            ("2028-03-30T12:00:00Z", 1, "2028-02-29T11:59:59Z", "2028-01-30T12:00:00Z", "2028-02-29T12:00:00Z"),
            ("2028-03-30T12:00:00Z", 1, "2028-02-29T12:00:00Z", "2028-02-29T12:00:00Z", "2028-03-30T12:00:00Z"),
            // An anchor on 29 February has its anniversary on the 28th, except in leap years.
            ("2024-02-29T00:00:00Z", 12, "2026-02-28T00:00:00Z", "2026-02-28T00:00:00Z", "2027-02-28T00:00:00Z"),
            ("2024-02-29T00:00:00Z", 12, "2028-02-28T23:00:00Z", "2027-02-28T00:00:00Z", "2028-02-29T00:00:00Z"),
            ("2026-06-15T00:00:00Z", 12, "2026-06-14T00:00:00Z", "2025-06-15T00:00:00Z", "2026-06-15T00:00:00Z"),
        ] {
            let expected = Window::between(at(starts_at), at(ends_at));
            assert_eq!(period(at(anchor), length, at(now)), expected, "{anchor} {length} {now}");
        }
    }

    #[test]
    fn they_are_the_anniversaries_of_jiff() {
        let mut now = at("1999-12-31T03:04:05.678Z");
        for count in 0..40_000_i64 {
            let anchor = at("2012-01-28T22:00:00Z").plus_millis(DAY_MS * (count % 5));
            let length = if count % 2 == 0 { 1 } else { 12 };
            let period = period(anchor, length, now);
            assert!(period.contains(now), "{period:?} {now:?}");
            let (starts_at, ends_at) = (period.begins(), period.ends());
            let day = |at| Day::of(at, Clocks::of(None)).unwrap();
            let zoned =
                jiff::Timestamp::from_millisecond(anchor.as_millis()).unwrap().to_zoned(jiff::tz::TimeZone::UTC);
            let from_anchor = day(anchor).months_until(day(starts_at));
            assert_eq!(from_anchor % i64::from(length), 0);
            for (months, instant) in [(from_anchor, starts_at), (from_anchor + i64::from(length), ends_at)] {
                let expected = zoned.checked_add(jiff::Span::new().months(months)).unwrap().timestamp();
                assert_eq!(instant.as_millis(), expected.as_millisecond(), "{zoned} {months}");
            }
            now = now.plus_millis(DAY_MS / 3 + 7);
        }
    }
}
