//! The version of the terms that a quote or a purchase was made under.

use alloc::string::String;

/// The version of the rules and prices that a quote or a purchase was made under.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct ShopVersion {
    /// The policy's id.
    pub policy: String,
    /// The policy's version.
    pub policy_version: String,
    /// The rate card's version.
    pub rate_card_version: String,
}
