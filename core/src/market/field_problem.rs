//! Field problems: what is wrong with a field of a request, as a code and its figures, with the English sentence.

use alloc::string::String;
use core::fmt;

use crate::base::id::{IDENTIFIER_LENGTH_MAX, IdentifierError};
use ringup_derive::data;
use ringup_numbering::{Country, NumberError, NumberReason, Possibility};

/// The longest area code of any numbering plan, in digits.
pub(crate) const AREA_CODE_LENGTH_MAX: u32 = 7;

/// The longest name of a region, in characters.
pub(crate) const REGION_LENGTH_MAX: u32 = 100;

/// What is wrong with a field of a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "code", rename_all = "snake_case", deny_unknown_fields)]
pub enum FieldProblem {
    /// A required field is absent.
    Missing,
    /// The identifier is too long.
    IdentifierTooLong {
        /// The longest identifier, in characters.
        length_max: u32,
    },
    /// A character of the identifier is not visible ASCII, or is `/`.
    IdentifierCharacter {
        /// The index of the character, from 0.
        at: u32,
    },
    /// Not two letters of ISO 3166-1.
    NotACountry,
    /// Not a telephone number.
    NotANumber {
        /// Why it is not one.
        reason: NumberReason,
        /// The index of a character that no number contains, from 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        at: Option<u32>,
    },
    /// The number has an extension, and only whole numbers are sold.
    HasExtension,
    /// By the numbering plan the number is of another country than the request says.
    OfAnotherCountry {
        /// The country in the request.
        asked: Country,
        /// The country of the number.
        found: Country,
    },
    /// Not an area code.
    NotAnAreaCode {
        /// The longest area code, in digits.
        length_max: u32,
    },
    /// Not `+` and 7 to 15 digits or `*`.
    NotAPattern,
    /// Not a number type.
    NotANumberType,
    /// Not the name of a region.
    NotARegion {
        /// The longest name, in characters.
        length_max: u32,
    },
    /// Not a currency of ISO 4217.
    NotACurrency,
}

impl FieldProblem {
    /// Writes the sentence about a field with the text `typed`.
    pub(crate) fn write(self, f: &mut fmt::Formatter<'_>, field: &str, typed: &str) -> fmt::Result {
        let no = |f: &mut fmt::Formatter<'_>, why: fmt::Arguments<'_>| write!(f, "`{typed}` cannot be read: {why}");
        match self {
            Self::Missing if field == "holder" => f.write_str("name the holder of the number"),
            Self::Missing if field == "price_seen" => {
                f.write_str("name at least one figure of the price, or leave it out")
            }
            Self::Missing => f.write_str("fill it in"),
            Self::IdentifierTooLong { length_max } => {
                no(f, format_args!("an identifier has at most {length_max} characters"))
            }
            Self::IdentifierCharacter { at } => {
                let place = at.saturating_add(1);
                let expected = "an identifier has visible ASCII characters other than `/`";
                no(f, format_args!("{expected}; character {place} is another"))
            }
            Self::NotACountry => no(f, format_args!("a country is two letters of ISO 3166-1, such as `US`")),
            Self::NotANumber { at: Some(at), .. } => no(f, format_args!("{}", NumberError::InvalidCharacter { at })),
            Self::NotANumber { reason, at: None } => no(f, format_args!("{reason}")),
            Self::HasExtension => {
                write!(f, "`{typed}` has an extension, and only whole numbers are sold: leave it out")
            }
            Self::OfAnotherCountry { asked, found } => {
                write!(f, "`{typed}` belongs to {found}, not to {asked}; correct one of the two")
            }
            Self::NotAnAreaCode { length_max } => {
                no(f, format_args!("an area code is 1 to {length_max} digits, such as `415`"))
            }
            Self::NotAPattern => {
                let expected = "a pattern is `+` and 7 to 15 digits, with `*` for each that is open";
                no(f, format_args!("{expected}, such as `+1415555****`"))
            }
            Self::NotANumberType => {
                no(f, format_args!("a type of number is `local`, `mobile`, `national` or `toll_free`"))
            }
            Self::NotARegion { length_max } => no(
                f,
                format_args!("the name of a region has at most {length_max} characters, and no control characters"),
            ),
            Self::NotACurrency => no(
                f,
                format_args!("no such currency code in ISO 4217; three capital letters such as `USD` are expected"),
            ),
        }
    }
}

impl From<IdentifierError> for FieldProblem {
    fn from(error: IdentifierError) -> Self {
        match error {
            IdentifierError::Empty => Self::Missing,
            IdentifierError::TooLong => Self::IdentifierTooLong { length_max: IDENTIFIER_LENGTH_MAX },
            // Every character before it is ASCII, so the byte index is the character index.
            IdentifierError::InvalidCharacter { at } => {
                Self::IdentifierCharacter { at: u32::try_from(at).unwrap_or(u32::MAX) }
            }
        }
    }
}

impl From<NumberError> for FieldProblem {
    fn from(error: NumberError) -> Self {
        let at = if let NumberError::InvalidCharacter { at } = error { Some(at) } else { None };
        Self::NotANumber { reason: error.reason(), at }
    }
}

/// The problem of a number whose length does not exist under its calling code.
pub(super) fn wrong_length(possibility: Possibility) -> Option<FieldProblem> {
    possibility.reason().map(|reason| FieldProblem::NotANumber { reason, at: None })
}

/// At most the first 40 characters of a field.
pub(super) fn shortened(text: &str) -> String {
    let mut start: String = text.chars().take(40).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}
