//! Extensions at the end of a number: `ext. 12`, `x12`, `доб 12`, `;ext=12`, `,,12`, `#12` and similar.

use super::super::digits::{Digits, digit};
use super::typed::is_viable;

/// The text before the extension, and the extension's digits.
pub(super) fn split(text: &[char]) -> (&[char], Digits<20>) {
    let Some(last) = Last::of(text) else { return (text, Digits::new()) };
    let Some(start) = (0..text.len()).find(|start| last.follows(text, *start)) else { return (text, Digits::new()) };
    let number = text.get(..start).unwrap_or_default();
    if !is_viable(number) {
        return (text, Digits::new());
    }
    let mut extension = Digits::new();
    let digits = text.iter().skip(last.start).take(last.digits);
    digits.filter_map(|letter| digit(*letter)).for_each(|digit| extension.push(digit));
    (number, extension)
}

/// Whether the text ends with an extension that starts at an index for which `place` holds.
pub(super) fn ends(text: &[char], place: impl Fn(usize) -> bool) -> bool {
    Last::of(text).is_some_and(|last| (0..text.len()).any(|start| place(start) && last.follows(text, start)))
}

/// The digits at the end of a text.
struct Last {
    start: usize,
    digits: usize,
    /// Whether a `#` follows them.
    hash: bool,
}

impl Last {
    fn of(text: &[char]) -> Option<Self> {
        let hash = text.last() == Some(&'#');
        let end = if hash { text.len().checked_sub(1)? } else { text.len() };
        let digits = text.get(..end)?.iter().rev().take_while(|letter| digit(**letter).is_some()).count();
        (digits > 0).then_some(Self { start: end.checked_sub(digits)?, digits, hash })
    }

    /// Whether the text from `start` to the digits marks an extension. A vague label is believed for few digits only.
    fn follows(&self, text: &[char], start: usize) -> bool {
        let Some(head) = text.get(start..self.start).filter(|head| !head.is_empty()) else { return false };
        let up_to = |digits: usize| self.digits <= digits;
        let rfc = !self.hash && up_to(20) && spells(head, ";ext=").is_some_and(<[char]>::is_empty);
        let labelled = skip(head, |letter| is_blank(letter) || letter == ',');
        let explicit = || explicit_label(labelled).is_some_and(is_filler);
        let vague = || vague_label(labelled).is_some_and(is_filler);
        let dialled = skip(head, is_blank);
        let automatic = || spells(dialled, ",,").or_else(|| spells(dialled, ";")).is_some_and(is_filler);
        let commas = || dialled.first() == Some(&',') && is_filler(skip(dialled, |letter| letter == ','));
        let american = || self.hash && head.iter().all(|letter| matches!(letter, '-' | ' '));
        rfc || up_to(20) && explicit()
            || up_to(9) && vague()
            || up_to(6) && american()
            || up_to(15) && automatic()
            || up_to(9) && commas()
    }
}

/// The text after `ext`, `extn`, `extension` or a shorter form, in full width and other languages.
fn explicit_label(text: &[char]) -> Option<&[char]> {
    let wide = spells(text, "\u{ff45}").unwrap_or(text);
    if let Some(rest) = spells(wide, "\u{ff58}\u{ff54}") {
        return Some(spells(rest, "\u{ff4e}").unwrap_or(rest));
    }
    let short = spells(text, "e").unwrap_or(text);
    if let Some(rest) = spells(short, "xt") {
        let rest = spells(rest, "ensi")
            .and_then(|rest| spells(rest, "o\u{301}").or_else(|| spells(rest, "o")).or_else(|| spells(rest, "\u{f3}")))
            .unwrap_or(rest);
        return Some(spells(rest, "n").unwrap_or(rest));
    }
    spells(text, "\u{434}\u{43e}\u{431}").or_else(|| spells(text, "anexo"))
}

fn vague_label(text: &[char]) -> Option<&[char]> {
    let labels = ["x", "\u{ff58}", "#", "\u{ff03}", "~", "\u{ff5e}", "int", "\u{ff49}\u{ff4e}\u{ff54}"];
    labels.iter().find_map(|label| spells(text, label))
}

/// Whether it fits between label and digits: a colon or full stop, then blanks, commas and dashes.
fn is_filler(text: &[char]) -> bool {
    let rest = match text {
        [':' | '.' | '\u{ff0e}', rest @ ..] => rest,
        _ => text,
    };
    rest.iter().all(|letter| is_blank(*letter) || matches!(letter, ',' | '-'))
}

const fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\t')
}

fn skip(text: &[char], passed: impl Fn(char) -> bool) -> &[char] {
    let end = text.iter().position(|letter| !passed(*letter)).unwrap_or(text.len());
    text.get(end..).unwrap_or_default()
}

/// The text after the word, in upper or lower case.
fn spells<'a>(text: &'a [char], word: &str) -> Option<&'a [char]> {
    let mut rest = text;
    for wanted in word.chars() {
        let (first, after) = rest.split_first()?;
        if small(*first) != wanted {
            return None;
        }
        rest = after;
    }
    Some(rest)
}

/// The lower case letter, in the scripts of the labels. Unicode's table would be ten times this file.
fn small(letter: char) -> char {
    let code = u32::from(letter);
    match letter {
        'A'..='Z' | '\u{410}'..='\u{42f}' | '\u{ff21}'..='\u{ff3a}' | '\u{d3}' => {
            code.checked_add(0x20).and_then(char::from_u32).unwrap_or(letter)
        }
        _ => letter,
    }
}
