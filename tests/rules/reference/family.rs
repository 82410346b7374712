//! The ten families: what their customer does, and what they are called on other wires.

use ringup_core::{Family, Timestamp};

/// The ten, in the order in which they are declared.
pub const ALL: [Family; 10] = [
    Family::Malformed,
    Family::Forbidden,
    Family::NotFound,
    Family::NotEntitled,
    Family::Unverified,
    Family::TooSoon { ends_at: Timestamp::MAX },
    Family::Conflict,
    Family::Unavailable,
    Family::Unpaid,
    Family::Changed,
];

/// Severity in the sense of the Universal Commerce Protocol.
pub const fn severity(family: Family) -> &'static str {
    match family {
        Family::Malformed | Family::NotFound | Family::TooSoon { .. } | Family::Conflict | Family::Unavailable => {
            "recoverable"
        }
        Family::Unverified | Family::Unpaid => "requires_buyer_input",
        Family::Forbidden | Family::NotEntitled | Family::Changed => "requires_buyer_review",
    }
}

/// The HTTP status for a wire that documents none. RFC 9110, section 15.5; 429 is RFC 6585, with `Retry-After`.
pub const fn status(family: Family) -> u16 {
    match family {
        Family::Malformed => 400,
        Family::Unpaid => 402,
        Family::Forbidden | Family::NotEntitled | Family::Unverified => 403,
        Family::NotFound => 404,
        Family::Conflict | Family::Unavailable | Family::Changed => 409,
        Family::TooSoon { .. } => 429,
    }
}

/// What its customer can do.
pub const fn remedy(family: Family) -> &'static str {
    match family {
        Family::Malformed => "correct the request",
        Family::Forbidden => "let an actor ask who may",
        Family::NotFound => "name something else, or search for it first",
        Family::NotEntitled => "release a number, or change the plan or the billing",
        Family::Unverified => "submit documents, or wait for the regulator",
        Family::TooSoon { .. } => "send the same request after the instant that it names, or confirm it",
        Family::Conflict => "send it again without the contradiction, or under a fresh key",
        Family::Unavailable => "ask for another number",
        Family::Unpaid => "add a payment method or money",
        Family::Changed => "look at the difference and accept it",
    }
}
