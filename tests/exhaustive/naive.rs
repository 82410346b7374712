//! The Gregorian calendar by counting one day after the other from 1 January 1970.

use alloc::vec::Vec;

/// A date, and its number of days since 1970-01-01.
#[derive(Clone, Copy)]
pub(super) struct Day {
    pub(super) number: i64,
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
}

impl Day {
    pub(super) const EPOCH: Self = Self { number: 0, year: 1970, month: 1, day: 1 };

    pub(super) fn next(self) -> Self {
        let number = self.number + 1;
        if self.day < length(self.year, self.month) {
            Self { number, day: self.day + 1, ..self }
        } else if self.month < 12 {
            Self { number, month: self.month + 1, day: 1, ..self }
        } else {
            Self { number, year: self.year + 1, month: 1, day: 1 }
        }
    }

    pub(super) fn previous(self) -> Self {
        let number = self.number - 1;
        if 1 < self.day {
            Self { number, day: self.day - 1, ..self }
        } else if 1 < self.month {
            Self { number, month: self.month - 1, day: length(self.year, self.month - 1), ..self }
        } else {
            Self { number, year: self.year - 1, month: 12, day: 31 }
        }
    }
}

/// The number of days of a month.
fn length(year: i64, month: i64) -> i64 {
    let is_leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
    match month {
        2 => 28 + i64::from(is_leap),
        _ => [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][usize::try_from(month - 1).unwrap()],
    }
}

/// The months of the years 1600 to 2399, each as the number of its first day and its length.
pub(super) struct Months(Vec<(i64, i64)>);

impl Months {
    pub(super) fn new() -> Self {
        let mut day = Day::EPOCH;
        while (day.year, day.month, day.day) != (1600, 1, 1) {
            day = day.previous();
        }
        let mut months = Vec::new();
        while day.year < 2400 {
            if day.day == 1 {
                months.push((day.number, 0));
            }
            months.last_mut().unwrap().1 = day.day;
            day = day.next();
        }
        Self(months)
    }

    /// The place of a day's month, from January 1600.
    pub(super) fn place(&self, day: Day) -> i64 {
        (day.year - 1600) * 12 + day.month - 1
    }

    /// The day of the month at a place, or its last one.
    pub(super) fn day(&self, place: i64, day_of_month: i64) -> i64 {
        let (first, length) = self.0[usize::try_from(place).unwrap()];
        first + day_of_month.min(length) - 1
    }
}

/// Every day of the 400 years from 1800.
pub(super) fn four_centuries() -> impl Iterator<Item = Day> {
    let mut day = Day::EPOCH;
    while (day.year, day.month, day.day) != (1800, 1, 1) {
        day = day.previous();
    }
    core::iter::successors(Some(day), |day| Some(day.next())).take_while(|day| day.year < 2200)
}
