//! `tel:` URIs with a context (RFC 3966): `tel:253-0000;phone-context=+1-650`.

use alloc::string::String;

use super::super::digits::digit;
use super::super::phone_number::PhoneNumberError;

const CONTEXT: &str = ";phone-context=";
const SCHEME: &str = "tel:";

/// The number that a text with a context means; none where it has none.
pub(super) fn number(text: &str) -> Result<Option<String>, PhoneNumberError> {
    let Some((before, after)) = text.split_once(CONTEXT) else { return Ok(None) };
    let context = after.split_once(';').map_or(after, |(context, _)| context);
    let global = is_global(context);
    if !global && !is_domain(context) {
        return Err(PhoneNumberError::InvalidContext);
    }
    // A domain says nothing about the number.
    let mut number = String::from(if global { context } else { "" });
    let scheme = text.find(SCHEME).and_then(|at| at.checked_add(SCHEME.len()));
    number.push_str(before.get(scheme.unwrap_or(0)..).unwrap_or_default());
    Ok(Some(number))
}

/// A `+`, digits and visual separators.
fn is_global(context: &str) -> bool {
    let Some(rest) = context.strip_prefix('+') else { return false };
    let separator = |letter: char| matches!(letter, '-' | '.' | '(' | ')');
    rest.chars().all(|letter| separator(letter) || digit(letter).is_some())
        && rest.chars().any(|letter| digit(letter).is_some())
}

/// Labels of letters, digits and inner dashes; the last one begins with a letter.
fn is_domain(context: &str) -> bool {
    let context = context.strip_suffix('.').unwrap_or(context);
    let alphanumeric = |letter: char| letter.is_ascii_alphabetic() || digit(letter).is_some();
    let is_label = |label: &str| {
        label.starts_with(alphanumeric)
            && label.ends_with(alphanumeric)
            && label.chars().all(|letter| letter == '-' || alphanumeric(letter))
    };
    let last = context.rsplit('.').next().unwrap_or_default();
    context.split('.').all(is_label) && last.starts_with(|letter: char| letter.is_ascii_alphabetic())
}
