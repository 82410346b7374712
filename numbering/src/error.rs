//! Errors: why a text is not a number, for every function that reads one.

use core::fmt;

use crate::NumberReason;

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NumberError {
    /// The text is empty.
    Empty,
    /// A character that no number contains.
    InvalidCharacter {
        /// The index of the character, from 0.
        at: u32,
    },
    /// Only characters of numbers, in an order that no number has.
    NotANumber,
    /// The `phone-context` of a `tel:` URI is neither a number nor a domain.
    InvalidContext,
    /// No calling code in the text, and no known country was given.
    MissingCallingCode,
    /// No calling code begins with these digits. None begins with zero.
    UnknownCallingCode,
    /// Too few digits after the `+` or the prefix for international calls.
    TooShortAfterPrefix,
    /// Fewer digits than any number has.
    TooShort,
    /// More digits than any number has.
    TooLong,
}

impl NumberError {
    /// The stable name: `too_short`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.reason().name()
    }

    /// The reason without its figures.
    #[must_use]
    pub const fn reason(self) -> NumberReason {
        match self {
            Self::Empty => NumberReason::Empty,
            Self::InvalidCharacter { .. } => NumberReason::InvalidCharacter,
            Self::NotANumber => NumberReason::NotANumber,
            Self::InvalidContext => NumberReason::InvalidContext,
            Self::MissingCallingCode => NumberReason::MissingCallingCode,
            Self::UnknownCallingCode => NumberReason::UnknownCallingCode,
            Self::TooShortAfterPrefix => NumberReason::TooShortAfterPrefix,
            Self::TooShort => NumberReason::TooShort,
            Self::TooLong => NumberReason::TooLong,
        }
    }
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidCharacter { at } => write!(f, "character {at} has no meaning in a number"),
            Self::Empty
            | Self::NotANumber
            | Self::InvalidContext
            | Self::MissingCallingCode
            | Self::UnknownCallingCode
            | Self::TooShortAfterPrefix
            | Self::TooShort
            | Self::TooLong => self.reason().fmt(f),
        }
    }
}

impl core::error::Error for NumberError {}
