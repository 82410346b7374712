//! Ids in the systems' styles, each out of entropy or of a text.

use ringup_core::PurchaseId;

use super::blocks::{mix, named};

/// A purchase's name.
#[expect(clippy::expect_used, reason = "a test opens accounts and buys in every dialect")]
pub fn purchase(text: &str) -> PurchaseId {
    text.parse().expect("letters, digits and dashes are an identifier")
}

/// 24 hexadecimal digits out of the lowest 96 bits, as MongoDB prints its ids.
pub fn hex_24(entropy: u128) -> String {
    format!("{:024x}", entropy & ((1 << 96) - 1))
}

/// 24 hexadecimal digits that follow from a text.
pub fn hex_24_of(text: &str) -> String {
    let seed = named(text);
    format!("{:016x}{:08x}", mix(seed), mix(seed ^ 1) >> 32)
}

/// 32 hexadecimal digits that follow from a text.
pub fn hex_32_of(text: &str) -> String {
    let seed = named(text);
    format!("{:016x}{:016x}", mix(seed), mix(seed ^ 1))
}

/// Which account of its situation a tag names: `ready-3` the fourth, `ready` the first.
pub fn place(tag: &str) -> usize {
    tag.rsplit('-').next().and_then(|last| last.parse().ok()).unwrap_or(0)
}
