//! Names in mistakes: lists of them, and which one was meant.

use alloc::{format, string::String, vec, vec::Vec};

use super::Names;

/// What to do about a name that is none of these.
pub(super) fn instead_of(name: &str, names: &Names) -> String {
    let nearest = names.clone().map(|known| (distance(name, known), known)).min();
    match nearest {
        Some((distance, known)) if distance.saturating_mul(3) <= known.len() => format!("did you mean `{known}`?"),
        Some(_) => {
            let mut list = String::from("name one of ");
            for (nth, name) in names.clone().enumerate() {
                // Several variants may have a field of one name.
                if names.clone().take(nth).all(|earlier| earlier != name) {
                    list.push_str(if nth == 0 { "`" } else { ", `" });
                    list.push_str(name);
                    list.push('`');
                }
            }
            list
        }
        None => String::from("leave it out"),
    }
}

/// How many characters are to be put in, left out, or written otherwise, to make one name the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = vec![0];
    row.extend(other.bytes().zip(1_usize..).map(|(_, length)| length));
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

/// A text within a message: what cannot be seen is escaped, as Rust writes it.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::new();
    for character in text.chars() {
        match character {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            '"' | '\'' | '\\' => {
                shown.push('\\');
                shown.push(character);
            }
            '\0'..' ' | '\u{7f}'..'\u{a0}' => shown.extend(character.escape_unicode()),
            _ => shown.push(character),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use ringup_derive::names;

    use super::*;

    #[test]
    fn the_distance_of_two_names_is_known() {
        for (one, other, expected) in [("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("same", "same", 0)] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn a_near_name_is_suggested_and_others_are_listed() {
        assert_eq!(instead_of("velocty", &names!["billing", "velocity"]), "did you mean `velocity`?");
        assert_eq!(instead_of("x", &names!["billing", "velocity"]), "name one of `billing`, `velocity`");
        assert_eq!(instead_of("x", &names!["billing", "velocity", "billing"]), "name one of `billing`, `velocity`");
        assert_eq!(instead_of("x", &names![]), "leave it out");
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        let text = "a\n\r\t\u{1b}\u{85}\"'\\\u{e9}";
        assert_eq!(shown(text), text.escape_debug().collect::<String>());
    }
}
