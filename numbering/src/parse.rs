//! Parsing: finds the calling code and removes prefixes.

mod context;
mod extension;
mod typed;

use super::digits::Digits;
use super::phone_number::{PhoneNumber, possibility};
use super::plan::{NATIONAL_DIGITS_MAX, NATIONAL_DIGITS_MIN, PLAN, Region};
use crate::{Country, NumberError, Possibility};
use typed::Typed;

/// More digits than any number has with all its prefixes. Further digits are dropped; the number is too long anyway.
type Dialled = Digits<48>;

impl PhoneNumber {
    /// Reads a number as people type it, like libphonenumber: spaces, brackets and dashes, digits of other scripts,
    /// prefixes for international calls, `tel:` URIs, extensions, and letters for digits.
    ///
    /// Without a default country the text must have a `+` and the calling code.
    ///
    /// # Errors
    /// The text is not a number. A number that parses may still be invalid: see [`PhoneNumber::is_valid`].
    pub fn parse(text: &str, default: Option<Country>) -> Result<Self, NumberError> {
        let typed = typed::read(text)?;
        interpret(&typed, default)
    }
}

fn interpret(typed: &Typed, default: Option<Country>) -> Result<PhoneNumber, NumberError> {
    let default = default.and_then(|country| PLAN.region_named(country));
    let digits = typed.digits.as_slice();
    let (region, national) = match (default, typed.plus) {
        (None, false) => return Err(NumberError::MissingCallingCode),
        (default, true) => abroad(digits, default)?,
        (Some(default), false) => match dialled_from(digits, &default)? {
            Some((code, national)) => (main_region(code)?, national),
            None => (default, Stripped::Slice(digits)),
        },
    };
    let national = national.as_slice();
    if national.len() < NATIONAL_DIGITS_MIN {
        return Err(NumberError::TooShort);
    }
    let stripped = strip_national_prefix(national, &region);
    let national = match possibility(&region, stripped.as_slice().len()) {
        // Without its prefix the number would be incomplete, so it was not a prefix.
        Possibility::TooShort | Possibility::LocalOnly | Possibility::InvalidLength => national,
        Possibility::Possible | Possibility::TooLong => stripped.as_slice(),
    };
    match national.len() {
        0..NATIONAL_DIGITS_MIN => Err(NumberError::TooShort),
        NATIONAL_DIGITS_MIN..=NATIONAL_DIGITS_MAX => {
            Ok(PhoneNumber::new(region.code, Digits::from_slice(national), typed.extension))
        }
        _ => Err(NumberError::TooLong),
    }
}

/// The calling code after a `+`. If there is none, the `+` may be a mistake.
fn abroad<'a>(digits: &'a [u8], default: Option<Region>) -> Result<(Region, Stripped<'a>), NumberError> {
    match split_code(digits) {
        Ok((code, national)) => Ok((main_region(code)?, Stripped::Slice(national))),
        Err(NumberError::UnknownCallingCode) => {
            let default = default.ok_or(NumberError::UnknownCallingCode)?;
            let found = dialled_from(digits, &default)?.ok_or(NumberError::UnknownCallingCode)?;
            Ok((main_region(found.0)?, found.1))
        }
        Err(error) => Err(error),
    }
}

/// The calling code of digits without `+`: after a prefix for international calls, or if the number is valid only with
/// it.
fn dialled_from<'a>(digits: &'a [u8], region: &Region) -> Result<Option<(u8, Stripped<'a>)>, NumberError> {
    if let Some(prefix) = PLAN.prefix(region.abroad, digits) {
        let rest = digits.get(prefix.digits..).unwrap_or_default();
        // No calling code begins with zero.
        if rest.first() != Some(&0) {
            let (code, national) = split_code(rest)?;
            return Ok(Some((code, Stripped::Slice(national))));
        }
    }
    let Some(code) = PLAN.code(region.code) else { return Ok(None) };
    let Some(rest) = PLAN.split_code(digits).filter(|split| split.0 == region.code).map(|split| split.1) else {
        return Ok(None);
    };
    let national = strip_national_prefix(rest, region);
    let fits = |digits: &[u8]| PLAN.listing(&code, digits).fits(region);
    let only_with_code = !fits(digits) && fits(national.as_slice());
    let too_long_without = possibility(region, digits.len()) == Possibility::TooLong;
    Ok((only_with_code || too_long_without).then_some((region.code, national)))
}

fn split_code(digits: &[u8]) -> Result<(u8, &[u8]), NumberError> {
    if digits.len() <= NATIONAL_DIGITS_MIN {
        return Err(NumberError::TooShortAfterPrefix);
    }
    PLAN.split_code(digits).ok_or(NumberError::UnknownCallingCode)
}

fn main_region(code: u8) -> Result<Region, NumberError> {
    PLAN.code(code).and_then(|code| PLAN.region_of(&code, 0)).ok_or(NumberError::UnknownCallingCode)
}

/// The digits after a prefix.
enum Stripped<'a> {
    Slice(&'a [u8]),
    Rewritten(Dialled),
}

impl Stripped<'_> {
    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Slice(digits) => digits,
            Self::Rewritten(digits) => digits.as_slice(),
        }
    }
}

/// Removes the national prefix, or replaces it as the country's rule says.
fn strip_national_prefix<'a>(digits: &'a [u8], region: &Region) -> Stripped<'a> {
    let Some(prefix) = PLAN.prefix(region.prefix, digits) else { return Stripped::Slice(digits) };
    let rest = digits.get(prefix.digits..).unwrap_or_default();
    let stripped = match prefix.kept {
        None => Stripped::Slice(rest),
        Some((start, length)) => {
            let mut rewritten = Dialled::new();
            PLAN.string(region.inserted).iter().for_each(|letter| rewritten.push(letter.wrapping_sub(b'0')));
            digits.iter().skip(start).take(length).chain(rest).for_each(|digit| rewritten.push(*digit));
            Stripped::Rewritten(rewritten)
        }
    };
    let fits = |digits: &[u8]| PLAN.code(region.code).is_some_and(|code| PLAN.listing(&code, digits).fits(region));
    // A number that fits with its prefix and not without it has no prefix.
    if !fits(stripped.as_slice()) && fits(digits) { Stripped::Slice(digits) } else { stripped }
}
