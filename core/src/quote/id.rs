//! The id of a quote: a hash of its content, 64 characters.
//!
//! The id is not a signature: the holder of a quote can compute it. It is SHA-256, in hexadecimal, over the quote's
//! JSON in the canonical form of RFC 8785, so any language can compute it.

use sha2::{Digest, Sha256};

use super::Quote;
use crate::base::canonical::encoded;
use crate::base::hex::hex;
use crate::base::id::QuoteId;

/// # Example
///
/// A server sends the quote as JSON, and a page lists the blocked gates.
///
/// ```
/// use ringup_core::{GateStatus, Quote};
///
/// let quote: Quote = serde_json::from_str(
///     r#"{
///         "shop": { "policy": "harbour", "policy_version": "1", "rate_card_version": "2026-01" },
///         "quoted_at": 1774432800000,
///         "expires_at": 1774433700000,
///         "acceptable": false,
///         "selector": { "kind": "any", "country": "NL" },
///         "item": null,
///         "payment": "wallet",
///         "price": null,
///         "fixes": [{ "gate": "velocity", "remedy": "confirm_additional" }],
///         "fixes_suffice": true,
///         "gates": [{
///             "gate": "velocity",
///             "status": "blocked",
///             "rejection": {
///                 "code": "velocity_exceeded",
///                 "last_accepted_at": 1774432790000,
///                 "ends_at": 1774432850000
///             },
///             "fixes": [{ "remedy": "confirm_additional" }],
///             "opened_by_earlier": false
///         }]
///     }"#,
/// )?;
/// let GateStatus::Blocked { rejection, .. } = &quote.gates[0].status else { panic!() };
/// assert_eq!(rejection.code(), "velocity_exceeded");
/// assert!(rejection.is_transient());
/// assert!(quote.fixes_suffice);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Quote {
    /// The id, computed from the content: equal quotes have equal ids on every machine.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a quote holds integers and text alone")]
    pub fn id(&self) -> QuoteId {
        QuoteId::of_canonical(encoded(self).expect("integers and text have a canonical encoding").as_bytes())
    }
}

impl QuoteId {
    /// The id of a quote, from the bytes of its canonical JSON (RFC 8785).
    #[must_use]
    #[expect(clippy::expect_used, reason = "64 digits are an identifier")]
    pub fn of_canonical(json: &[u8]) -> Self {
        hex(&Sha256::digest(json)).parse().expect("64 digits are an identifier")
    }
}
