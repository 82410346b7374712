//! The version of the terms that a quote or a purchase was made under.

use alloc::string::String;
use ringup_derive::data;

/// The version of the rules and prices that a quote or a purchase was made under.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct ShopVersion {
    /// The policy's id.
    pub policy: String,
    /// The policy's version.
    pub policy_version: String,
    /// The rate card's version.
    pub rate_card_version: String,
}
