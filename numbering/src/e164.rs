//! E.164: a number in the form of ITU-T E.164.

use alloc::string::String;

use crate::NumberError;

/// A number in the form of ITU-T E.164: country calling code and national number, 7 to 15 digits together.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(
    feature = "serde",
    ringup_derive::data(serde),
    serde(try_from = "String", into = "String"),
    schemars(with = "String"),
    ts(type = "string")
)]
// The first digit is never zero, so the integer keeps every digit.
pub struct E164(u64);

/// # Example
///
/// ```
/// use ringup_numbering::{E164, NumberError};
///
/// let number: E164 = "+1 (415) 555-0142".parse()?;
/// assert_eq!(number.to_string(), "+14155550142");
/// assert_eq!("4155550142".parse::<E164>(), Err(NumberError::MissingCallingCode));
/// # Ok::<(), NumberError>(())
/// ```
impl E164 {
    /// The digits without the `+`.
    #[must_use]
    pub const fn digits(self) -> u64 {
        self.0
    }
}

impl core::str::FromStr for E164 {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let mut number: u64 = 0;
        let mut digits: u32 = 0;
        let mut plus = false;
        for (character, at) in text.chars().zip(0..) {
            match character {
                '+' if !plus && digits == 0 => plus = true,
                ' ' | '-' | '.' | '(' | ')' | '\u{a0}' => {}
                _ => {
                    let digit = character.to_digit(10).ok_or(NumberError::InvalidCharacter { at })?;
                    if digits == 0 && !plus {
                        return Err(NumberError::MissingCallingCode);
                    }
                    if digits == 0 && digit == 0 {
                        return Err(NumberError::UnknownCallingCode);
                    }
                    digits = digits.saturating_add(1);
                    number = number.saturating_mul(10).saturating_add(u64::from(digit));
                }
            }
        }
        match digits {
            0 if !plus => Err(NumberError::Empty),
            0..=6 => Err(NumberError::TooShort),
            7..=15 => Ok(Self(number)),
            _ => Err(NumberError::TooLong),
        }
    }
}

impl TryFrom<String> for E164 {
    type Error = NumberError;
    fn try_from(text: String) -> Result<Self, NumberError> {
        text.parse()
    }
}

impl From<E164> for String {
    fn from(number: E164) -> Self {
        alloc::format!("{number}")
    }
}

impl core::fmt::Display for E164 {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl core::fmt::Debug for E164 {
    /// Redacted: a number may be personal data, and many people read logs.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("E164(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn separators_are_passed_over() {
        for text in ["+919876543210", "+91 98765 43210", "+91-98765-43210", " +(91) 9876.543210 "] {
            assert_eq!(text.parse::<E164>().map(|number| number.to_string()), Ok("+919876543210".into()), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_says_why() {
        use NumberError::*;
        for (text, problem) in [
            ("", Empty),
            ("  ", Empty),
            ("+", TooShort),
            ("919876543210", MissingCallingCode),
            ("+91987x", InvalidCharacter { at: 6 }),
            ("+91+9876543210", InvalidCharacter { at: 3 }),
            ("+0123456789", UnknownCallingCode),
            ("+123456", TooShort),
            ("+1234567890123456", TooLong),
            ("+12345678901234567890123456789012345678901234567890", TooLong),
        ] {
            assert_eq!(text.parse::<E164>(), Err(problem), "{text}");
        }
    }
}
