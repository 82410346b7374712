//! Whether a number has as many digits as numbers have.

/// Whether a national number of this length exists under its calling code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", ringup_derive::data(serde), serde(rename_all = "snake_case"))]
pub enum Possibility {
    /// It does.
    Possible,
    /// Only for calls nearby, without an area code.
    LocalOnly,
    /// All have more digits.
    TooShort,
    /// All have fewer digits.
    TooLong,
    /// Shorter and longer ones exist.
    InvalidLength,
}
