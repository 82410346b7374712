//! UUIDs, as several systems write their ids.

use ::uuid::{Builder, Uuid};

/// Whose names our UUIDs follow from.
const NAMESPACE: Uuid = Uuid::from_u128(0x8f3b_61d2_5c0e_4a97_b1d4_27e0_9a6c_f358);

/// A random UUID out of this entropy.
pub fn of_entropy(entropy: u128) -> String {
    Builder::from_random_bytes(entropy.to_be_bytes()).into_uuid().to_string()
}

/// A UUID that follows from a text.
pub fn of_text(text: &str) -> String {
    Uuid::new_v5(&NAMESPACE, text.as_bytes()).to_string()
}

/// Whether a text is a UUID as it is usually written.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_uuid_is_one() {
        for (text, version) in
            [(of_entropy(0), "4"), (of_entropy(u128::MAX), "4"), (of_text(""), "5"), (of_text("x"), "5")]
        {
            assert!(is_uuid(&text), "{text}");
            // RFC 9562: the version, and the variant that it describes.
            assert!(&text[14..15] == version && matches!(&text[19..20], "8" | "9" | "a" | "b"), "{text}");
        }
        assert_eq!(of_entropy(0), "00000000-0000-4000-8000-000000000000");
        assert_eq!(of_entropy(u128::MAX), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_ne!(of_text("x"), of_text("y"));
    }

    #[test]
    fn only_the_usual_way_to_write_it_counts() {
        for (text, expected) in [
            ("0b7c1e52-6f0d-4c39-9a55-8d1f4b2c7e61", true),
            ("0B7C1E52-6F0D-4C39-9A55-8D1F4B2C7E61", true),
            ("0b7c1e526f0d4c399a558d1f4b2c7e61", false),
            ("{0b7c1e52-6f0d-4c39-9a55-8d1f4b2c7e61}", false),
            ("0b7c1e52-6f0d-4c39-9a55-8d1f4b2c7e6g", false),
            ("inv_ng_12345", false),
            ("", false),
        ] {
            assert_eq!(is_uuid(text), expected, "{text}");
        }
    }
}
