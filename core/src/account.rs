//! The account as a quote reads it: how it stands, and the keys that it remembers.

pub(crate) mod counts;
pub(crate) mod key;
pub(crate) mod standing;
pub(crate) mod verification;
pub(crate) mod windows;
