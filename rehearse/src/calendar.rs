//! The accountant's calendar: months later, by UTC. It shares no code with the core.

const DAY_MS: i64 = 86_400_000;

/// The same day and time of day some months later, or the last day of that month if it is shorter.
pub(crate) fn months_later(from_ms: i64, months: u32) -> i64 {
    let (day, time) = (from_ms.div_euclid(DAY_MS), from_ms.rem_euclid(DAY_MS));
    let (year, month, of_month) = date(day);
    let month = month.saturating_add(i64::from(months));
    let (year, month) = (year.saturating_add(month.div_euclid(12)), month.rem_euclid(12));
    let first = first_day(year, month);
    let length = first_day(year, month.saturating_add(1)).saturating_sub(first);
    let day = first.saturating_add(of_month.min(length.saturating_sub(1)));
    day.saturating_mul(DAY_MS).saturating_add(time)
}

/// The year, the month from 0 and the day from 0 of a day since 1970.
fn date(day: i64) -> (i64, i64, i64) {
    // No year is longer than 366 days: the guess is never too late.
    let mut year = day.div_euclid(366).saturating_add(1970);
    while first_day(year.saturating_add(1), 0) <= day {
        year = year.saturating_add(1);
    }
    let is_begun = |month: &i64| first_day(year, *month) <= day;
    let month = (0..12).take_while(is_begun).last().unwrap_or(0);
    (year, month, day.saturating_sub(first_day(year, month)))
}

/// The first day of a month, since 1970. Month 12 is January of the next year.
fn first_day(year: i64, month: i64) -> i64 {
    let (year, month) = (year.saturating_add(month.div_euclid(12)), month.rem_euclid(12));
    let before = year.saturating_sub(1);
    let leap_days = before.div_euclid(4).saturating_sub(before.div_euclid(100)).saturating_add(before.div_euclid(400));
    // There were 719,162 days before 1970.
    let of_years = before.saturating_mul(365).saturating_add(leap_days).saturating_sub(719_162);
    let is_leap = year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0);
    let lengths = [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let of_months = lengths.iter().zip(0..month).map(|(length, _)| *length).fold(0_i64, i64::saturating_add);
    of_years.saturating_add(of_months)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_later_is_the_same_day_or_the_last_of_a_shorter_month() {
        let at = |day: i64| day * DAY_MS + 36_000_000;
        // 1970-01-31, 1970-02-28, 1970-03-31.
        assert_eq!([0, 1, 2].map(|months| months_later(at(30), months)), [at(30), at(58), at(89)]);
        // 2024-02-29, 2025-02-28, 2028-02-29.
        assert_eq!([0, 12, 48].map(|months| months_later(at(19_782), months)), [at(19_782), at(20_147), at(21_243)]);
        // 2026-03-25 and 2026-12-25, 2027-01-25.
        assert_eq!([9, 10].map(|months| months_later(at(20_537), months)), [at(20_812), at(20_843)]);
    }
}
