//! Reasons: why a text is not a valid number, as one stable word.

use core::fmt;

/// Why a text is not a valid number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", ringup_derive::data(serde), serde(rename_all = "snake_case"))]
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

impl fmt::Display for NumberReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "no number was given",
            Self::InvalidCharacter => "a character has no meaning in a number",
            Self::NotANumber => "these characters do not make a number",
            Self::InvalidContext => "the `phone-context` is neither a number nor a domain",
            Self::UnknownCountry => "the numbering plan does not know the country",
            Self::MissingCallingCode => {
                "the number must begin with `+` and the country calling code, or a country must be given"
            }
            Self::UnknownCallingCode => "no country calling code begins like this",
            Self::TooShortAfterPrefix => "after the international prefix the number is too short",
            Self::TooShort => "the number is too short",
            Self::TooLong => "the number is too long",
            Self::InvalidLength => "the number has too few or too many digits",
            Self::LocalOnly => "the area code is missing",
            Self::InvalidForCountry => "the country has no such number",
        })
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
