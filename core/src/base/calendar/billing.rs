//! Billing periods: whole months or years from an anchor. A period ends on the anniversary day, or on the last day of a
//! shorter month. Each period is counted from the anchor itself: 31 January, 28 February, 31 March.

use super::{DAY_MS, Date, months, plus_months};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;

/// The period of `length_months` that contains `at`. Periods extend from the anchor in both directions.
pub(crate) fn billing_period(anchor: Timestamp, length_months: u32, at: Timestamp) -> Window {
    billing_period_after(anchor, length_months, at, 0)
}

/// The `count`-th period after the one that contains `at`.
pub(crate) fn billing_period_after(anchor: Timestamp, length_months: u32, at: Timestamp, count: u32) -> Window {
    let length = i64::from(length_months.max(1));
    let between = months(Date::of(at)).saturating_sub(months(Date::of(anchor)));
    let nth = |count: i64| plus_months(anchor, count.saturating_mul(length));
    let here = between.div_euclid(length);
    // The period begins in the month of `at`, or earlier if its first instant is after `at`.
    let here = if at < nth(here) { here.saturating_sub(1) } else { here };
    let here = here.saturating_add(i64::from(count));
    Window::between(nth(here), nth(here.saturating_add(1)))
}

/// The midnight at which the day of `at` began.
pub(crate) fn midnight(at: Timestamp) -> Timestamp {
    at.plus_millis(at.as_millis().rem_euclid(DAY_MS).saturating_neg())
}

/// Calendar days from the day of `from` to the day of `to`; negative if `to` is earlier.
pub(crate) fn days_between(from: Timestamp, to: Timestamp) -> i64 {
    Date::of(to).day_number().saturating_sub(Date::of(from).day_number())
}

/// Calendar months from the month of `from` to the month of `to`; days are ignored.
pub(crate) fn months_between(from: Timestamp, to: Timestamp) -> i64 {
    months(Date::of(to)).saturating_sub(months(Date::of(from)))
}

/// 1 to 31.
pub(crate) fn day_of_month(at: Timestamp) -> i64 {
    Date::of(at).day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
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
            assert_eq!(billing_period(at(anchor), length, at(now)), expected, "{anchor} {length} {now}");
        }
    }

    #[test]
    fn they_are_the_anniversaries_of_jiff() {
        let mut now = at("1999-12-31T03:04:05.678Z");
        for count in 0..40_000_i64 {
            let anchor = at("2012-01-28T22:00:00Z").plus_millis(DAY_MS * (count % 5));
            let length = if count % 2 == 0 { 1 } else { 12 };
            let period = billing_period(anchor, length, now);
            assert!(period.contains(now), "{period:?} {now:?}");
            let (starts_at, ends_at) = (period.begins(), period.ends());
            let zoned =
                jiff::Timestamp::from_millisecond(anchor.as_millis()).unwrap().to_zoned(jiff::tz::TimeZone::UTC);
            let from_anchor = months_between(anchor, starts_at);
            assert_eq!(from_anchor % i64::from(length), 0);
            for (months, instant) in [(from_anchor, starts_at), (from_anchor + i64::from(length), ends_at)] {
                let expected = zoned.checked_add(jiff::Span::new().months(months)).unwrap().timestamp();
                assert_eq!(instant.as_millis(), expected.as_millisecond(), "{zoned} {months}");
            }
            now = now.plus_millis(DAY_MS / 3 + 7);
        }
    }
}
