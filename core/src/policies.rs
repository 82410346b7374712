//! The policies that come with the crate: JSON of [`crate::ShopData`], one file for each system.

/// Zernio: the system picks; checkout, subscription or usage billing; idempotency key and velocity guard.
pub const ZERNIO: &str = include_str!("../policies/zernio.json");

/// Vobiz: the caller picks from an inventory; a wallet that the master account keeps.
pub const VOBIZ: &str = include_str!("../policies/vobiz.json");

/// Vantax: the system picks by area code or pattern; the first month is charged when the number is provisioned.
pub const VANTAX: &str = include_str!("../policies/vantax.json");

/// Kros: the caller picks from an inventory; a wallet that the organization keeps, and its KYC.
pub const KROS: &str = include_str!("../policies/kros.json");

/// Sondos: the caller picks what a search has returned; a card on file that pays by the month, until a release at its end.
pub const SONDOS: &str = include_str!("../policies/sondos.json");

/// Ringup's own: every way to ask for a number, every way to pay, and a key for every purchase.
pub const RINGUP: &str = include_str!("../policies/ringup.json");

/// All of them, by id.
pub const ALL: [(&str, &str); 6] =
    [("zernio", ZERNIO), ("vobiz", VOBIZ), ("vantax", VANTAX), ("kros", KROS), ("sondos", SONDOS), ("ringup", RINGUP)];
