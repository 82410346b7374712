//! The numbering plan as an argument: what may be asked of one, and the plan that is none.

use core::fmt;

use crate::{Country, E164, NumberError, NumberKind, NumberPattern, Possibility};

/// What is known of the telephone numbers of the world.
///
/// Each answer is `None` where there is no plan to ask: the caller then waits for one, and guesses nothing.
pub trait NumberingPlan: fmt::Debug + Sync {
    /// Reads a number as people write it: with separators, in digits of any script, as a `tel:` URI, or in national digits
    /// where a default country is given. What is read need not be a valid number.
    fn read(&self, text: &str, default: Option<Country>) -> Option<Result<ReadNumber, NumberError>>;

    /// Whether a country has a valid number that the pattern means.
    fn can_match(&self, pattern: &NumberPattern, country: Country) -> Option<bool>;
}

/// A number that a plan has read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ReadNumber {
    /// The number, without its extension. Equal for all ways of writing it.
    pub number: E164,
    /// An extension was written behind it.
    pub has_extension: bool,
    /// Whether numbers of its calling code have this length.
    pub possibility: Possibility,
    /// The country that has it; none where its digits do not say, or no country has it, as for +800.
    pub country: Option<Country>,
    /// What it is for; none where the plan has no such number.
    pub kind: Option<NumberKind>,
}

/// No plan: nothing is known.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct NoNumberingPlan;

impl NumberingPlan for NoNumberingPlan {
    fn read(&self, _: &str, _: Option<Country>) -> Option<Result<ReadNumber, NumberError>> {
        None
    }

    fn can_match(&self, _: &NumberPattern, _: Country) -> Option<bool> {
        None
    }
}
