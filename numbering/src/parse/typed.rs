//! Typed text, reduced to its digits: what is skipped, what ends a number, what is refused.

use alloc::vec::Vec;

use super::super::digits::{Digits, digit};
use super::{Dialled, context, extension};
use crate::NumberError;

/// The digits of a text.
pub(super) struct Typed {
    /// Whether a `+` came before them.
    pub(super) plus: bool,
    pub(super) digits: Dialled,
    pub(super) extension: Digits<20>,
}

/// Longer texts are refused unread.
const CHARACTERS_MAX: usize = 250;

/// Fewer digits are a number only when nothing follows them.
const DIGITS_MIN: usize = 3;

pub(super) fn read(text: &str) -> Result<Typed, NumberError> {
    match plain(text) {
        Some(typed) => Ok(typed),
        None => thorough(text),
    }
}

/// The fast path: an optional `+`, digits and separators. `None` for any other text.
fn plain(text: &str) -> Option<Typed> {
    let (mut plus, mut digits, mut count) = (false, Dialled::new(), 0usize);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                digits.push(byte.wrapping_sub(b'0'));
                count = count.wrapping_add(1);
            }
            b' ' | b'-' | b'(' | b')' | b'.' => {}
            b'+' if !plus && count == 0 => plus = true,
            _ => return None,
        }
    }
    let readable = count >= DIGITS_MIN && text.len() <= CHARACTERS_MAX;
    readable.then_some(Typed { plus, digits, extension: Digits::new() })
}

fn thorough(text: &str) -> Result<Typed, NumberError> {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() > CHARACTERS_MAX {
        return Err(NumberError::TooLong);
    }
    let number = match context::number(&characters)? {
        Some(number) => number,
        None => extract(&characters).to_vec(),
    };
    let number = match split(&number, ";isub=") {
        Some((number, _)) if !number.is_empty() => number,
        _ => &number,
    };
    if !is_viable(number) {
        return Err(why_not(&characters));
    }
    let (number, extension) = extension::split(number);
    let plus = number.first().is_some_and(|first| is_plus(*first));
    Ok(Typed { plus, digits: dial(number), extension })
}

/// From the first digit or `+` to the last letter, digit or `#`, without a second number.
fn extract(text: &[char]) -> &[char] {
    let start = text.iter().position(|letter| is_plus(*letter) || digit(*letter).is_some());
    let text = start.and_then(|start| text.get(start..)).unwrap_or_default();
    let end = text.iter().rposition(|letter| *letter == '#' || letter.is_alphanumeric());
    let text = end.and_then(|end| text.get(..=end)).unwrap_or_default();
    // `(530) 583-6985 x302/x2303` is two numbers.
    let second = (0..text.len()).find(|at| match text.get(*at..) {
        Some(['/' | '\\', rest @ ..]) => rest.iter().find(|letter| **letter != ' ') == Some(&'x'),
        _ => false,
    });
    second.and_then(|second| text.get(..second)).unwrap_or(text)
}

/// The text before and after the first `wanted`. On characters rather than `str`, whose search would add more code to a
/// small module than all of parsing.
pub(super) fn split<'a>(text: &'a [char], wanted: &str) -> Option<(&'a [char], &'a [char])> {
    (0..text.len()).find_map(|at| {
        let (before, mut rest) = text.split_at_checked(at)?;
        for letter in wanted.chars() {
            rest = rest.split_first().filter(|(first, _)| **first == letter)?.1;
        }
        Some((before, rest))
    })
}

/// Whether the text looks like a number: at least three digits with punctuation between them and letters at most after;
/// or two digits alone.
pub(super) fn is_viable(text: &[char]) -> bool {
    if let [first, second] = text
        && digit(*first).is_some()
        && digit(*second).is_some()
    {
        return true;
    }
    let start = text.iter().position(|letter| !is_plus(*letter)).unwrap_or(text.len());
    let rest = text.get(start..).unwrap_or_default();
    let mut digits = 0usize;
    for (at, letter) in rest.iter().enumerate() {
        if digit(*letter).is_some() {
            digits = digits.saturating_add(1);
        } else if digits < DIGITS_MIN && !is_punctuation(*letter) {
            return false;
        } else if !is_punctuation(*letter) && !letter.is_ascii_alphabetic() {
            // The rest, or a part that begins earlier, must be an extension.
            return extension::ends(rest, |start| start <= at && has_digits(rest.get(..start).unwrap_or_default()));
        }
    }
    digits >= DIGITS_MIN
}

fn has_digits(text: &[char]) -> bool {
    text.iter().filter(|letter| digit(**letter).is_some()).count() >= DIGITS_MIN
}

/// The digits. Letters are read by the keypad if there are at least three.
fn dial(text: &[char]) -> Dialled {
    let letters = text.iter().filter(|letter| letter.is_ascii_alphabetic()).count();
    let mut digits = Dialled::new();
    for letter in text {
        let read = if letters >= 3 { on_keypad(*letter) } else { digit(*letter) };
        if let Some(digit) = read {
            digits.push(digit);
        }
    }
    digits
}

fn on_keypad(letter: char) -> Option<u8> {
    match letter.to_ascii_uppercase() {
        'A'..='C' => Some(2),
        'D'..='F' => Some(3),
        'G'..='I' => Some(4),
        'J'..='L' => Some(5),
        'M'..='O' => Some(6),
        'P'..='S' => Some(7),
        'T'..='V' => Some(8),
        'W'..='Z' => Some(9),
        // As in libphonenumber: digits of other scripts are skipped among letters.
        '0'..='9' => digit(letter),
        _ => None,
    }
}

pub(super) const fn is_plus(letter: char) -> bool {
    matches!(letter, '+' | '\u{ff0b}')
}

/// Whether it may be between digits. Some countries dial the star, and `x` stands for a carrier code.
const fn is_punctuation(letter: char) -> bool {
    matches!(
        letter,
        '-' | 'x' | 'X' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff0d}'..='\u{ff0f}' | ' '
            | '\u{a0}' | '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{3000}' | '(' | ')' | '\u{ff08}' | '\u{ff09}'
            | '\u{ff3b}' | '\u{ff3d}' | '.' | '[' | ']' | '/' | '~' | '\u{2053}' | '\u{223c}' | '\u{ff5e}' | '*'
    )
}

/// The most precise reason why a text is not a number.
fn why_not(text: &[char]) -> NumberError {
    if text.iter().all(|letter| letter.is_whitespace()) {
        return NumberError::Empty;
    }
    let allowed = |letter: &char| {
        is_plus(*letter) || is_punctuation(*letter) || digit(*letter).is_some() || letter.is_whitespace()
    };
    match (0..).zip(text).find(|(_, letter)| !allowed(letter)) {
        Some((at, _)) => NumberError::InvalidCharacter { at },
        None if has_digits(text) => NumberError::NotANumber,
        None => NumberError::TooShort,
    }
}
