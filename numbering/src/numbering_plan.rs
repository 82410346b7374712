//! The numbering plan as an argument, and the absence of one.

use core::fmt;

use crate::{Country, E164, Existence, NumberError, NumberKind, NumberShape, Possibility};

/// A numbering plan: what is known of telephone numbers.
///
/// An answer is `None` without a plan. The caller then waits for one and guesses nothing.
pub trait NumberingPlan: fmt::Debug + Sync {
    /// Reads a number as people write it: with separators, in digits of any script, as a `tel:` URI, or in national
    /// digits if a default country is given. The number may be invalid.
    fn read(&self, text: &str, default: Option<Country>) -> Option<Result<ReadNumber, NumberError>>;

    /// Whether the country has valid numbers of the shape.
    fn existence(&self, shape: NumberShape<'_>, country: Country) -> Option<Existence>;
}

/// A number, and what the plan says about it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ReadNumber {
    /// The number without its extension: the same for every way to write it.
    pub number: E164,
    /// Whether the text had an extension.
    pub has_extension: bool,
    /// Whether numbers of this length exist under the calling code.
    pub possibility: Possibility,
    /// The country of the number. `None` if it is unknown, or has no country, such as +800.
    pub country: Option<Country>,
    /// The kind of the number. `None` if it is invalid.
    pub kind: Option<NumberKind>,
}

/// No plan: every answer is `None`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct NoNumberingPlan;

impl NumberingPlan for NoNumberingPlan {
    fn read(&self, _: &str, _: Option<Country>) -> Option<Result<ReadNumber, NumberError>> {
        None
    }

    fn existence(&self, _: NumberShape<'_>, _: Country) -> Option<Existence> {
        None
    }
}
