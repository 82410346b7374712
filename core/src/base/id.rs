//! Identifiers: one type per kind, so that two cannot be swapped by mistake.

use ringup_derive::data;

/// Declares identifier types. Each is 1 to 128 visible ASCII characters without `/`, chosen by the host. Its copies share one
/// text: standings, events and records are full of them.
macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[data]
        #[serde(try_from = "alloc::string::String", into = "alloc::string::String")]
        #[read(instead = "Self::unread()")]
        #[schemars(with = "alloc::string::String")]
        #[ts(type = "string")]
        pub struct $name(alloc::sync::Arc<str>);

        impl $name {
            /// In the place of a text that is no identifier, within a document that is not read.
            pub(crate) fn unread() -> Self {
                Self(alloc::sync::Arc::default())
            }

            /// The identifier, unchanged.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl core::str::FromStr for $name {
            type Err = IdentifierError;
            fn from_str(text: &str) -> Result<Self, IdentifierError> {
                check(text).map(|()| Self(text.into()))
            }
        }

        impl TryFrom<alloc::string::String> for $name {
            type Error = IdentifierError;
            fn try_from(text: alloc::string::String) -> Result<Self, IdentifierError> {
                check(&text).map(|()| Self(text.into()))
            }
        }

        impl From<$name> for alloc::string::String {
            fn from(id: $name) -> Self {
                (*id.0).into()
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

identifiers! {
    /// The account that pays. Decisions about one account are made one after the other.
    AccountId,
    /// The holder of a number within an account: a profile, a sub-account, a user.
    HolderId,
    /// One purchase, and the number it bought. The host draws it at random.
    PurchaseId,
    /// A command that moves money or closes a review. The host draws it at random; a repeat of the command has the same one.
    CommandId,
    /// A checkout session at the payment provider.
    CheckoutId,
    /// What was submitted for a verification, in the host's store of personal data.
    PapersId,
    /// A plan of the shop.
    PlanId,
    /// An offered number in the carrier's inventory.
    InventoryId,
    /// A quote. The id is a hash of the content: equal quotes have equal ids.
    QuoteId,
}

/// The most characters of an identifier.
pub(crate) const IDENTIFIER_LENGTH_MAX: u32 = 128;

/// Why a text is not an identifier.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum IdentifierError {
    /// The text is empty.
    Empty,
    /// The text has more than 128 characters.
    TooLong,
    /// A character is not visible ASCII, or is `/`, which separates the parts of an effect's id.
    InvalidCharacter {
        /// The byte index of the character, from 0.
        at: usize,
    },
}

impl core::fmt::Display for IdentifierError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Empty => f.write_str("an identifier must not be empty"),
            Self::TooLong => write!(f, "an identifier has at most {IDENTIFIER_LENGTH_MAX} characters"),
            Self::InvalidCharacter { at } => {
                write!(
                    f,
                    "an identifier has visible ASCII characters other than `/`; character {} is another",
                    at.saturating_add(1)
                )
            }
        }
    }
}

impl core::error::Error for IdentifierError {}

fn check(text: &str) -> Result<(), IdentifierError> {
    if text.is_empty() {
        return Err(IdentifierError::Empty);
    }
    if let Some(at) = text.bytes().position(|byte| !byte.is_ascii_graphic() || byte == b'/') {
        return Err(IdentifierError::InvalidCharacter { at });
    }
    if usize::try_from(IDENTIFIER_LENGTH_MAX).is_ok_and(|most| most < text.len()) {
        return Err(IdentifierError::TooLong);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn an_identifier_has_1_to_128_visible_characters_without_a_slash() {
        let read = |text: &str| text.parse::<PurchaseId>().map(|id| id.to_string());
        for text in ["k", "!", "~", &"k".repeat(128)] {
            assert_eq!(read(text).as_deref(), Ok(text));
        }
        assert_eq!(read(""), Err(IdentifierError::Empty));
        assert_eq!(read(&"k".repeat(129)), Err(IdentifierError::TooLong));
        for text in ["kk/", "kk ", "kk\u{7f}", "kk\u{e9}"] {
            assert_eq!(read(text), Err(IdentifierError::InvalidCharacter { at: 2 }), "{text:?}");
        }
    }
}
