//! The shipped policies: JSON of [`crate::ShopData`], one file per system.

/// Zernio: the shop chooses the number; checkout, subscription or usage billing; idempotency key and velocity guard.
pub const ZERNIO: &str = include_str!("../policies/zernio.json");

/// Vobiz: the client chooses from an inventory; the wallet of the master account pays.
pub const VOBIZ: &str = include_str!("../policies/vobiz.json");

/// Vantax: the shop chooses by area code or pattern; the first month is charged at the provisioning.
pub const VANTAX: &str = include_str!("../policies/vantax.json");

/// Kros: the client chooses from an inventory; the wallet of the organization pays; KYC per organization.
pub const KROS: &str = include_str!("../policies/kros.json");

/// Sondos: the client chooses from a search; a card on file pays per month, and a release takes effect at its end.
pub const SONDOS: &str = include_str!("../policies/sondos.json");

/// Twilio: the client names a number or an area code; the balance of the parent account pays, and no call takes a key.
pub const TWILIO: &str = include_str!("../policies/twilio.json");

/// Ringup's own: every selector, every payment method, and a required idempotency key.
pub const RINGUP: &str = include_str!("../policies/ringup.json");

/// Every policy, with its id.
pub const ALL: [(&str, &str); 7] = [
    ("zernio", ZERNIO),
    ("vobiz", VOBIZ),
    ("vantax", VANTAX),
    ("kros", KROS),
    ("sondos", SONDOS),
    ("twilio", TWILIO),
    ("ringup", RINGUP),
];

/// The idempotency rules of well-known APIs: what stands at `idempotency` of a policy, each with its name.
/// `policies/SOURCES.md` says where each figure is from.
pub const IDEMPOTENCY: [(&str, &str); 4] = [
    ("stripe_v1", include_str!("../policies/idempotency/stripe_v1.json")),
    ("stripe_v2", include_str!("../policies/idempotency/stripe_v2.json")),
    ("ietf_draft", include_str!("../policies/idempotency/ietf_draft.json")),
    ("agentic_commerce", include_str!("../policies/idempotency/agentic_commerce.json")),
];
