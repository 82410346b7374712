//! The ground floor: time, money, identifiers and the words that every floor above uses.

pub mod pointer;
pub mod words;

pub(crate) mod billing_kind;
pub(crate) mod calendar;
pub(crate) mod canonical;
pub(crate) mod diagnostic;
pub(crate) mod display;
pub(crate) mod hex;
pub(crate) mod id;
pub(crate) mod kyc;
pub(crate) mod map;
pub(crate) mod money;
pub(crate) mod names;
pub(crate) mod percent;
pub mod read;
pub(crate) mod role;
pub(crate) mod time_zone;
pub(crate) mod timestamp;
pub(crate) mod window;
pub mod write;

/// The largest integer that is the same number in JSON and JavaScript: 2⁵³ − 1.
pub(crate) const INTEGER_MAX: i64 = 9_007_199_254_740_991;
