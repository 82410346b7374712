//! Reasons: why a text is not a valid number, as one stable word.

use super::{PhoneNumber, PhoneNumberError, Possibility};

/// Why a text is not a valid number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", ringup_derive::data, serde(rename_all = "snake_case"))]
pub enum NumberReason {
    /// The text is empty.
    Empty,
    /// A character that no number contains.
    InvalidCharacter,
    /// Only characters of numbers, in an order that no number has.
    NotANumber,
    /// The `phone-context` of a `tel:` URI is neither a number nor a domain.
    InvalidContext,
    /// The country given for numbers without a calling code is not in the plan.
    UnknownCountry,
    /// No calling code in the text, and no country was given.
    MissingCallingCode,
    /// No calling code begins with these digits.
    UnknownCallingCode,
    /// Too few digits after the `+` or the prefix for international calls.
    TooShortAfterPrefix,
    /// Every number is longer.
    TooShort,
    /// Every number is shorter.
    TooLong,
    /// Shorter and longer numbers exist, but none of this length.
    InvalidLength,
    /// Complete for local calls only: the area code is missing.
    LocalOnly,
    /// The length is right, but the country has no such number.
    InvalidForCountry,
}

impl NumberReason {
    /// Every reason, in the order of declaration.
    pub const ALL: [Self; 13] = [
        Self::Empty,
        Self::InvalidCharacter,
        Self::NotANumber,
        Self::InvalidContext,
        Self::UnknownCountry,
        Self::MissingCallingCode,
        Self::UnknownCallingCode,
        Self::TooShortAfterPrefix,
        Self::TooShort,
        Self::TooLong,
        Self::InvalidLength,
        Self::LocalOnly,
        Self::InvalidForCountry,
    ];

    /// The stable name: `too_short`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::InvalidCharacter => "invalid_character",
            Self::NotANumber => "not_a_number",
            Self::InvalidContext => "invalid_context",
            Self::UnknownCountry => "unknown_country",
            Self::MissingCallingCode => "missing_calling_code",
            Self::UnknownCallingCode => "unknown_calling_code",
            Self::TooShortAfterPrefix => "too_short_after_prefix",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::InvalidLength => "invalid_length",
            Self::LocalOnly => "local_only",
            Self::InvalidForCountry => "invalid_for_country",
        }
    }
}

impl PhoneNumber {
    /// Why the number is invalid. `None` if it is valid.
    #[must_use]
    pub fn reason(&self) -> Option<NumberReason> {
        match self.possibility() {
            _ if self.is_valid() => None,
            Possibility::Possible => Some(NumberReason::InvalidForCountry),
            Possibility::LocalOnly => Some(NumberReason::LocalOnly),
            Possibility::TooShort => Some(NumberReason::TooShort),
            Possibility::TooLong => Some(NumberReason::TooLong),
            Possibility::InvalidLength => Some(NumberReason::InvalidLength),
        }
    }
}

impl PhoneNumberError {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_name_of_its_own() {
        for (at, reason) in NumberReason::ALL.into_iter().enumerate() {
            let same = |other: &NumberReason| other.name() == reason.name();
            assert_eq!(NumberReason::ALL.iter().position(same), Some(at), "{}", reason.name());
        }
    }
}
