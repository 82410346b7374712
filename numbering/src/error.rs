//! Why a text is not a number: one error for all that reads numbers.

use core::fmt;

use crate::NumberReason;

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NumberError {
    /// Nothing was typed.
    Empty,
    /// A character has no meaning in a number.
    InvalidCharacter {
        /// Its position, in characters from zero.
        at: u32,
    },
    /// The characters are those of numbers, their order is not.
    NotANumber,
    /// The `phone-context` of a `tel:` URI is neither a number nor a domain.
    InvalidContext,
    /// It says no calling code, and no known country was given to read it by.
    MissingCallingCode,
    /// No calling code begins like this: none begins with zero, for one.
    UnknownCallingCode,
    /// After the `+` or the prefix for calls abroad, hardly anything comes.
    TooShortAfterPrefix,
    /// Fewer digits than any number has.
    TooShort,
    /// More digits than any number has.
    TooLong,
}

impl NumberError {
    /// A stable name for it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.reason().name()
    }

    /// The same without its particulars.
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
