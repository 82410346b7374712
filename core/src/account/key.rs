//! Idempotency keys: the name by which a repeat finds its first attempt.

use alloc::string::{String, ToString};
use core::fmt;
use ringup_derive::data;

use sha2::{Digest, Sha256};

use crate::base::canonical::encoded;
use crate::base::hex::hex;
use crate::base::id::{HolderId, PurchaseId};
use crate::base::money::Currency;
use crate::base::timestamp::Timestamp;
use crate::market::request::ParsedRequest;
use crate::terms::number_type::NumberType;

/// A key chosen by the client: at least one character, all of them printable ASCII, and no blank at either end. The draft of
/// the IETF for the header `Idempotency-Key` allows no others (a string of RFC 9651). With others, one text would be two
/// keys: `é` is written in two ways that look alike.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(transparent)]
pub struct IdempotencyKey(String);

/// What an account keeps of a key. It outlives the number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data(undescribed)]
#[serde(deny_unknown_fields)]
pub struct KeyRecord {
    /// The key.
    pub key: IdempotencyKey,
    /// The purchase made under the key.
    pub purchase: PurchaseId,
    /// A repeat must have this fingerprint.
    pub fingerprint: Fingerprint,
    /// From this instant the key is free again, if the purchase has ended. Absent: it is remembered as long as the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What becomes of a key if its purchase fails.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum FailedKey {
    /// It is free: the same request under it is a new attempt.
    #[default]
    Freed,
    /// It stays with the purchase: a repeat gets the failure. An expired checkout frees it all the same, for nothing was
    /// tried under it.
    Kept,
}

/// The first 128 bits of SHA-256, in hexadecimal, over the request fields that the policy names. No personal data is kept.
///
/// A fingerprint is compared with that of one earlier request under the same key of the same account. To be taken for its
/// repeat, another request must be a second preimage: one in 2¹²⁸. Two requests that collide, 2⁶⁴ tries to find, are both
/// of the customer who looks for them, who could as well send the first one again.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(transparent)]
pub struct Fingerprint(String);

/// The request fields that a fingerprint may cover.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum RequestField {
    /// The holder of the number.
    Holder,
    /// The selector: which number is wanted.
    Selector,
    /// The currency of the price.
    Currency,
    /// The country.
    Country,
    /// The type of number.
    NumberType,
    /// The capabilities that the number must have.
    Capabilities,
    /// The region of the number.
    Region,
    /// The price that the customer saw.
    PriceSeen,
    /// The quote that the purchase follows.
    QuoteSeen,
    /// Whether a second purchase within the velocity window is confirmed.
    ConfirmAdditional,
}

impl IdempotencyKey {
    /// `None` if the key is malformed or longer than `length_max` characters. Blanks around it are not part of it.
    pub(crate) fn read(text: &str, length_max: u32) -> Option<Self> {
        let text = text.trim();
        let is_printable = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
        let fits = !text.is_empty() && length(text) <= length_max && text.bytes().all(is_printable);
        fits.then(|| Self(text.into()))
    }

    /// The key as the client wrote it, without blanks around it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The length in characters, without blanks around them.
pub(crate) fn length(text: &str) -> u32 {
    u32::try_from(text.trim().chars().count()).unwrap_or(u32::MAX)
}

impl KeyRecord {
    /// Whether its time is over. The key is free then, if its purchase has ended.
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

impl Fingerprint {
    /// The fingerprint of a request over these fields. A request without a currency means the agreed one.
    pub(crate) fn of(request: &ParsedRequest<'_>, fields: &[RequestField], agreed: Currency) -> Self {
        let mut hash = Sha256::new();
        for field in fields {
            match field {
                RequestField::Holder => hash.update(request.holder.as_ref().map_or("", HolderId::as_str)),
                RequestField::Selector => {
                    let selector = request.selector.as_ref().map(ToString::to_string);
                    hash.update(selector.unwrap_or_default());
                }
                RequestField::Currency => hash.update(request.currency.unwrap_or(agreed).code()),
                RequestField::Country => {
                    hash.update(request.country.map(|country| country.to_string()).unwrap_or_default())
                }
                RequestField::NumberType => {
                    hash.update(request.number_type.map_or("", NumberType::name));
                }
                RequestField::Capabilities => {
                    request.typed.capabilities.names().for_each(|name| hash.update(name));
                }
                RequestField::Region => hash.update(request.region.as_deref().unwrap_or_default().to_lowercase()),
                RequestField::PriceSeen => hash.update(encoded(&request.typed.price_seen).unwrap_or_default()),
                RequestField::QuoteSeen => {
                    let quote = request.typed.quote_seen.as_ref();
                    hash.update(quote.map_or("", |quote| quote.id.as_str()));
                }
                RequestField::ConfirmAdditional => hash.update([u8::from(request.typed.confirm_additional)]),
            }
            // Each part ends with a byte that no part contains, so two different requests never give the same bytes.
            hash.update([0]);
        }
        let digest = hash.finalize();
        Self(hex(digest.first_chunk::<16>().map_or(&[][..], |half| half)))
    }
}

impl Fingerprint {
    /// The fingerprint of a command, by its parts.
    pub(crate) fn of_command(parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part);
            hash.update([0]);
        }
        Self(hex(&hash.finalize()))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
