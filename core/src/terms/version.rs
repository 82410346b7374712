//! The version of the shop that a quote or a purchase was made under.

use alloc::string::String;
use ringup_derive::data;

/// The version of the shop that a quote or a purchase was made under.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct ShopVersion {
    /// `policy.id` of the shop.
    pub policy: String,
    /// `policy.version` of the shop.
    pub policy_version: String,
    /// `rate_card.version` of the shop.
    pub rate_card_version: String,
}
