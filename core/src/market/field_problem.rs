//! What is wrong with a field of a request: codes and parts, and their English beside them.

use alloc::string::String;
use core::fmt;

use crate::base::id::{IDENTIFIER_LENGTH_MAX, IdentifierError};
use ringup_derive::data;
use ringup_numbering::{Country, NumberError, NumberReason, Possibility};

/// The longest area code that any numbering plan uses, in digits.
pub(crate) const AREA_CODE_LENGTH_MAX: u32 = 7;

/// What is wrong with a field of a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "code", rename_all = "snake_case", deny_unknown_fields)]
pub enum FieldProblem {
    /// Nothing was typed, and something must be.
    Missing,
    /// An identifier has too many characters.
    IdentifierTooLong {
        /// The most characters that one has.
        length_max: u32,
    },
    /// An identifier has a character that none has: it is not visible ASCII, or it is `/`.
    IdentifierCharacter {
        /// Its position, in characters from zero.
        at: u32,
    },
    /// A country is two letters of ISO 3166-1.
    NotACountry,
    /// It is no telephone number.
    NotANumber {
        /// Why.
        reason: NumberReason,
        /// The position of a character that has no meaning, in characters from zero.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        at: Option<u32>,
    },
    /// An extension was written behind the number, and only whole numbers are sold.
    HasExtension,
    /// The number is of another country than the request says, by the numbering plan.
    OfAnotherCountry {
        /// What the request says.
        asked: Country,
        /// What the number is.
        found: Country,
    },
    /// An area code is a few digits.
    NotAnAreaCode {
        /// The most digits that one has.
        length_max: u32,
    },
    /// A pattern is `+` and 7 to 15 digits, some of them open.
    NotAPattern,
    /// There is no such type of number.
    NotANumberType,
    /// ISO 4217 has no such currency.
    NotACurrency,
}

impl FieldProblem {
    /// Writes its sentence about a field, in which this was typed.
    pub(crate) fn write(self, f: &mut fmt::Formatter<'_>, field: &str, typed: &str) -> fmt::Result {
        let no = |f: &mut fmt::Formatter<'_>, why: fmt::Arguments<'_>| write!(f, "`{typed}` cannot be read: {why}");
        match self {
            Self::Missing if field == "holder" => f.write_str("name who is to hold the number"),
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
            // Every character before it is ASCII, and so a byte.
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

/// What is wrong with a number whose length its calling code does not have.
pub(super) const fn wrong_length(possibility: Possibility) -> Option<FieldProblem> {
    let reason = match possibility {
        Possibility::Possible => return None,
        Possibility::LocalOnly => NumberReason::LocalOnly,
        Possibility::TooShort => NumberReason::TooShort,
        Possibility::TooLong => NumberReason::TooLong,
        Possibility::InvalidLength => NumberReason::InvalidLength,
    };
    Some(FieldProblem::NotANumber { reason, at: None })
}

/// The beginning of what was typed: enough to recognize it by.
pub(super) fn shortened(text: &str) -> String {
    let mut start: String = text.chars().take(40).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}
