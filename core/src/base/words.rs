//! Words: counts, lists and spans of time in a sentence.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt::Display;

/// The longest list that a sentence has. A longer one is in the data only.
pub const LISTED_MAX: usize = 5;

/// A count with its noun: `0 numbers`, `1 number`, `2 numbers`.
#[must_use]
pub fn counted(count: u32, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// A choice: `a, b or c`.
pub(crate) fn one_of(all: impl IntoIterator<Item = impl Display>) -> String {
    joined(all, "or")
}

/// An enumeration: `a, b and c`.
pub(crate) fn all_of(all: impl IntoIterator<Item = impl Display>) -> String {
    joined(all, "and")
}

fn joined(all: impl IntoIterator<Item = impl Display>, last_by: &str) -> String {
    let all: Vec<String> = all.into_iter().map(|one| one.to_string()).collect();
    match all.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {last_by} {last}", rest.join(", ")),
    }
}

/// The part after `choose one`: `: a or b`. Empty if the list is empty or too long.
pub(crate) fn to_choose_from(all: &[impl Display]) -> String {
    if all.is_empty() || LISTED_MAX < all.len() { String::new() } else { format!(": {}", one_of(all)) }
}

/// Each in backticks.
pub(crate) fn quoted(all: &[impl Display]) -> Vec<String> {
    all.iter().map(|one| format!("`{one}`")).collect()
}

/// A span of time in the largest unit that divides it: `30 days`, `90 seconds`.
#[must_use]
pub fn span(seconds: u32) -> String {
    let units = [(86_400, "day"), (3_600, "hour"), (60, "minute")];
    let is_whole = |length: u32| seconds != 0 && seconds.checked_rem(length) == Some(0);
    let (length, unit) = units.into_iter().find(|(length, _)| is_whole(*length)).unwrap_or((1, "second"));
    counted(seconds.checked_div(length).unwrap_or(seconds), unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_agrees_with_its_noun() {
        assert_eq!([0, 1, 2].map(|count| counted(count, "number")), ["0 numbers", "1 number", "2 numbers"]);
    }

    #[test]
    fn a_list_has_one_conjunction() {
        let lists: [&[&str]; 4] = [&[], &["a"], &["a", "b"], &["a", "b", "c"]];
        assert_eq!(lists.map(one_of), ["", "a", "a or b", "a, b or c"]);
        assert_eq!(lists.map(all_of), ["", "a", "a and b", "a, b and c"]);
        assert_eq!(to_choose_from(&quoted(&["a", "b"])), ": `a` or `b`");
        assert_eq!(to_choose_from(&["a"; 6]), "");
    }

    #[test]
    fn a_span_is_told_in_its_largest_whole_unit() {
        for (seconds, words) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (59, "59 seconds"),
            (60, "1 minute"),
            (90, "90 seconds"),
            (600, "10 minutes"),
            (3_600, "1 hour"),
            (86_400, "1 day"),
            (90_000, "25 hours"),
            (2_592_000, "30 days"),
            (u32::MAX, "4294967295 seconds"),
        ] {
            assert_eq!(span(seconds), words);
        }
    }
}
