//! Names in mistakes: lists of them, and which one was meant.

use alloc::{format, string::String, vec::Vec};

/// What to do about a name that is none of these.
pub(super) fn instead_of(name: &str, names: &[&str]) -> String {
    let nearest = names.iter().map(|known| (distance(name, known), known)).min();
    match nearest {
        Some((distance, known)) if distance.saturating_mul(3) <= known.len() => format!("did you mean `{known}`?"),
        Some(_) => {
            // Several variants may have a field of one name.
            let is_first = |(nth, name): &(usize, &&str)| names.iter().take(*nth).all(|earlier| earlier != *name);
            let once: Vec<&str> = names.iter().enumerate().filter(is_first).map(|(_, name)| *name).collect();
            format!("name one of `{}`", once.join("`, `"))
        }
        None => String::from("leave it out"),
    }
}

/// How many characters are to be put in, left out, or written otherwise, to make one name the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (character, above) in one.bytes().zip(1_usize..) {
        let mut diagonal = core::mem::replace(row.first_mut().unwrap_or(&mut 0), above);
        let mut left = above;
        for (cell, wanted) in row.iter_mut().skip(1).zip(other.bytes()) {
            let exchanged = diagonal.saturating_add(usize::from(character != wanted));
            diagonal = *cell;
            left = left.min(*cell).saturating_add(1).min(exchanged);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_of_two_names_is_known() {
        for (one, other, expected) in [("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("same", "same", 0)] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn a_near_name_is_suggested_and_others_are_listed() {
        assert_eq!(instead_of("velocty", &["billing", "velocity"]), "did you mean `velocity`?");
        assert_eq!(instead_of("x", &["billing", "velocity"]), "name one of `billing`, `velocity`");
        assert_eq!(instead_of("x", &["billing", "velocity", "billing"]), "name one of `billing`, `velocity`");
        assert_eq!(instead_of("x", &[]), "leave it out");
    }
}
