//! `tel:` URIs with a context (RFC 3966): `tel:253-0000;phone-context=+1-650`.

use alloc::vec::Vec;

use super::super::digits::digit;
use super::typed::split;
use crate::NumberError;

/// The number that a text with a context means. `None` if it has no context.
pub(super) fn number(text: &[char]) -> Result<Option<Vec<char>>, NumberError> {
    let Some((before, after)) = split(text, ";phone-context=") else { return Ok(None) };
    let context = split(after, ";").map_or(after, |(context, _)| context);
    let global = is_global(context);
    if !global && !is_domain(context) {
        return Err(NumberError::InvalidContext);
    }
    let subscriber = split(before, "tel:").map_or(before, |(_, number)| number);
    // A domain says nothing about the number.
    Ok(Some(if global { [context, subscriber].concat() } else { subscriber.to_vec() }))
}

/// Whether it is a `+`, digits and visual separators.
fn is_global(context: &[char]) -> bool {
    let ['+', rest @ ..] = context else { return false };
    let separator = |letter: &char| matches!(letter, '-' | '.' | '(' | ')');
    rest.iter().all(|letter| separator(letter) || digit(*letter).is_some())
        && rest.iter().any(|letter| digit(*letter).is_some())
}

/// Whether it is labels of letters, digits and inner dashes, the last beginning with a letter.
fn is_domain(context: &[char]) -> bool {
    let context = if let [inner @ .., '.'] = context { inner } else { context };
    let alphanumeric = |letter: &char| letter.is_ascii_alphabetic() || digit(*letter).is_some();
    let is_label = |label: &[char]| {
        label.first().is_some_and(alphanumeric)
            && label.last().is_some_and(alphanumeric)
            && label.iter().all(|letter| *letter == '-' || alphanumeric(letter))
    };
    let mut labels = context.split(|letter| *letter == '.');
    let last = labels.next_back().unwrap_or_default();
    labels.all(is_label) && is_label(last) && last.first().is_some_and(char::is_ascii_alphabetic)
}
