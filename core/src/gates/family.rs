//! Families: the ten kinds of refusal, by what the customer can do about it.

use crate::base::timestamp::Timestamp;

/// What kind of refusal it is: whoever writes a wire maps the ten, and by name only what that wire treats differently.
///
/// The customer acts on all of them.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Family {
    /// The request cannot be read, or does not say enough. Whoever wrote it corrects it.
    Malformed,
    /// Whoever asks may not do it. Somebody who may does it.
    Forbidden,
    /// Something that the request names is not known here. The request names something else, or looks for it first.
    NotFound,
    /// The account has used up what it may have, or never may. It releases something, or changes its plan or billing.
    NotEntitled,
    /// The account must be verified first. Somebody submits papers, or waits for the regulator.
    Unverified,
    /// It is too soon after something else. The same request can be sent again later, or confirmed.
    TooSoon {
        /// When it is too soon no longer.
        ends_at: Timestamp,
    },
    /// The request contradicts an earlier one, or what the number is. It is sent again without the contradiction.
    Conflict,
    /// What is wanted is not for sale, or not in that way. The request asks for something else.
    Unavailable,
    /// There is no way to pay, or not enough money. Somebody adds some.
    Unpaid,
    /// The price or the quote is not the one that was seen. The customer looks again and accepts.
    Changed,
}

impl Family {
    /// Its name, the same whenever it ends.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::NotEntitled => "not_entitled",
            Self::Unverified => "unverified",
            Self::TooSoon { .. } => "too_soon",
            Self::Conflict => "conflict",
            Self::Unavailable => "unavailable",
            Self::Unpaid => "unpaid",
            Self::Changed => "changed",
        }
    }
}
