//! Dates, months, periods and billing periods, against a calendar that counts its days.

use alloc::vec::Vec;

use super::naive::{Day, Months, four_centuries};
use super::{Check, DAY, MAX};
use crate::base::calendar::{self, CalendarPeriod, Periods, date, months_later, period};
use crate::base::time_zone::{Clocks, TimeZone};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

const UTC: Clocks<'_> = Clocks::of(None);

fn is_that_day(day: Day) {
    let epoch = calendar::Day::of(at(0), UTC).unwrap();
    let (first, last) = (at(day.number * DAY), at(day.number * DAY + DAY - 1));
    for instant in [first, last] {
        assert_eq!(date(instant), (day.year, day.month, day.day), "{}", day.number);
        assert_eq!(UTC.start_of_day(UTC.day(instant).unwrap()), Ok(first), "{}", day.number);
        let found = calendar::Day::of(instant, UTC).unwrap();
        assert_eq!(epoch.days_until(found), day.number);
        assert_eq!(found.of_month(), day.day);
        assert_eq!(epoch.months_until(found), (day.year - 1970) * 12 + day.month - 1);
    }
}

#[test]
fn days() {
    let mut check = Check::new(
        "An instant is of the date that counting the days gives, and its midnight, its count of days and months agree.",
        "the first and the last millisecond of every whole day of the range of timestamps: 104,249,990 days before and after \
         1 January 1970",
    );
    let reach = if check.is_whole { MAX / DAY - 1 } else { 150_000 };
    for walk in [Day::next, Day::previous] {
        let mut day = Day::EPOCH;
        while day.number.abs() <= reach {
            is_that_day(day);
            check.cases += 2;
            day = walk(day);
        }
    }
}

#[test]
fn months() {
    let mut check = Check::new(
        "Some months later it is the same day and time of the month, or the last day of a shorter one.",
        "every day from 1800 to 2199, at three times of day; -30 to 30 months, and 1,200 either way",
    );
    let months = Months::new();
    for day in check.each(four_centuries(), 97) {
        for time in [0, 45_296_789, DAY - 1] {
            for count in (-30..=30).chain([-1_200, 1_200]) {
                let expected = months.day(months.place(day) + count, day.day) * DAY + time;
                let found = months_later(at(day.number * DAY + time), count, UTC);
                assert_eq!(found, Ok(at(expected)), "{} {time} {count}", day.number);
                check.cases += 1;
            }
        }
    }
}

#[test]
fn periods() {
    let mut check = Check::new(
        "A calendar period is the whole day or month, from midnight to midnight by the clocks there, around its instant.",
        "every day from 1800 to 2199; clocks 12 hours behind to 14 hours ahead of UTC, by quarter hours; the first, the last \
         and one other millisecond of the day there",
    );
    let months = Months::new();
    for day in check.each(four_centuries(), 97) {
        let (first, next) = (months.day(months.place(day), 1), months.day(months.place(day) + 1, 1));
        for offset in check.each((-720..=840_i16).step_by(15), 7) {
            let utc = |local: i64| at(local - i64::from(offset) * 60_000);
            let whole_day = Ok(Window::between(utc(day.number * DAY), utc((day.number + 1) * DAY)));
            let whole_month = Ok(Window::between(utc(first * DAY), utc(next * DAY)));
            let zone = TimeZone::fixed(offset);
            let clocks = Clocks::of(Some(&zone));
            for time in [0, 45_296_789, DAY - 1] {
                let now = utc(day.number * DAY + time);
                assert_eq!(period(CalendarPeriod::Day, now, clocks), whole_day, "{} {offset} {time}", day.number);
                assert_eq!(period(CalendarPeriod::Month, now, clocks), whole_month, "{} {offset} {time}", day.number);
                check.cases += 2;
            }
        }
    }
}

#[test]
fn billing_periods() {
    let mut check = Check::new(
        "Billing periods follow each other without a gap, each from an anniversary of the anchor to the next, and every \
         instant is in exactly its own.",
        "an anchor on every day of four years, at three times of day; periods of 1, 2, 3, 6, 12 and 24 months, five years \
         either way; the first, the second and the last millisecond of each period and one of each of its days",
    );
    let months = Months::new();
    let anchors = four_centuries().filter(|day| (2023..2027).contains(&day.year));
    for anchor in check.each(anchors, 97) {
        for time in [0, 45_296_789, DAY - 1] {
            for length in [1, 2, 3, 6, 12, 24] {
                let reach = 60 / length;
                let begins: Vec<i64> = (-reach..=reach)
                    .map(|nth| months.day(months.place(anchor) + nth * length, anchor.day) * DAY + time)
                    .collect();
                for pair in begins.windows(2) {
                    let expected = Window::between(at(pair[0]), at(pair[1]));
                    let days = (pair[0]..pair[1]).step_by(86_400_000);
                    for now in days.chain([pair[0] + 1, pair[1] - 1]) {
                        let months = u32::try_from(length).unwrap();
                        let periods = Periods::new(UTC, at(anchor.number * DAY + time), months).unwrap();
                        assert_eq!(periods.around(at(now)), Ok(expected), "{} {time} {length} {now}", anchor.number);
                        check.cases += 1;
                    }
                }
            }
        }
    }
}
