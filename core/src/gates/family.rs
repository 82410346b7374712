//! Families: the ten kinds of refusal, by what the customer can do about it.

use crate::base::timestamp::Timestamp;

/// The kind of a refusal. A wire maps the ten kinds, and names single codes only where it treats them differently.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Family {
    /// The request cannot be parsed or is incomplete. The client corrects it.
    Malformed,
    /// The actor may not do this. An actor who may can do it.
    Forbidden,
    /// The request names something unknown. The client names something else, or searches first.
    NotFound,
    /// The account has reached a limit, or is not allowed this at all. The customer releases numbers, or changes plan
    /// or billing.
    NotEntitled,
    /// A verification is missing. The customer submits documents, or waits for the decision.
    Unverified,
    /// Too soon after something else. The same request may be sent later, or confirmed.
    TooSoon {
        /// The first instant at which it is no longer too soon.
        ends_at: Timestamp,
    },
    /// The request contradicts an earlier one, or the number. The client resolves the contradiction.
    Conflict,
    /// The number is not for sale, or not in this way. The client asks for another.
    Unavailable,
    /// The customer cannot pay, or the balance is too low. The customer adds a payment method or money.
    Unpaid,
    /// The price or the quote differs from what was seen. The customer looks again and accepts.
    Changed,
}

impl Family {
    /// The name, without the instant: `too_soon`.
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
