//! Possibility: whether numbers of a length exist.

use crate::NumberReason;

/// Whether national numbers of this length exist under the calling code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", ringup_derive::data(serde), serde(rename_all = "snake_case"))]
pub enum Possibility {
    /// Such numbers exist.
    Possible,
    /// Complete for local calls only: the area code is missing.
    LocalOnly,
    /// Every number is longer.
    TooShort,
    /// Every number is shorter.
    TooLong,
    /// Shorter and longer numbers exist, but none of this length.
    InvalidLength,
}

impl Possibility {
    /// Why a number of this length is invalid. `None` if the length is right.
    #[must_use]
    pub const fn reason(self) -> Option<NumberReason> {
        match self {
            Self::Possible => None,
            Self::LocalOnly => Some(NumberReason::LocalOnly),
            Self::TooShort => Some(NumberReason::TooShort),
            Self::TooLong => Some(NumberReason::TooLong),
            Self::InvalidLength => Some(NumberReason::InvalidLength),
        }
    }
}
