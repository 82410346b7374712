//! UUIDs, as several systems write their ids.

use ::uuid::Builder;

use super::generated::{mix, named};

/// A random UUID out of this entropy.
pub(super) fn of_entropy(entropy: u128) -> String {
    Builder::from_random_bytes(entropy.to_be_bytes()).into_uuid().to_string()
}

/// A UUID that follows from a text.
pub(super) fn of_text(text: &str) -> String {
    let seed = named(text);
    of_entropy(u128::from(mix(seed)) << 64 | u128::from(mix(!seed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_uuid_is_one() {
        for text in [of_entropy(0), of_entropy(u128::MAX), of_text(""), of_text("x")] {
            // RFC 9562: version 4, and the variant that it describes.
            assert!(&text[14..15] == "4" && matches!(&text[19..20], "8" | "9" | "a" | "b"), "{text}");
        }
        assert_eq!(of_entropy(0), "00000000-0000-4000-8000-000000000000");
        assert_eq!(of_entropy(u128::MAX), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_ne!(of_text("x"), of_text("y"));
    }
}
