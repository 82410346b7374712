//! JSON as carriers read and write it: objects with strict types, instants as text, amounts in major units.

use jiff::fmt::strtime;
use ringup_core::{DiagnosticCode, Money, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Number, Value};

use crate::reader::{self, Wrong};
use crate::unreadable;

/// Why a body cannot be read.
pub struct Unreadable {
    /// The member with the wrong type; `None` if the body is not an object.
    pub member: Option<String>,
    /// What is wrong.
    pub reason: String,
}

/// Reads a body that must be an object; unknown fields are ignored.
pub fn read_object<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unreadable> {
    let no_object = |reason| Unreadable { member: None, reason };
    let sent = unreadable::json(body).map_err(no_object)?;
    if !sent.is_object() {
        return Err(no_object(format!("expected an object, found {}", reader::described(&sent))));
    }
    reader::read(&sent).map_err(Unreadable::from)
}

impl From<Wrong> for Unreadable {
    fn from(wrong: Wrong) -> Self {
        let reason = wrong.reason().to_owned();
        // What is missing is wrong with what it is missing in.
        let is_missing = wrong.diagnostic.code == DiagnosticCode::MemberMissing;
        let member = if is_missing { wrong.holder() } else { wrong.member() };
        Self { member, reason }
    }
}

/// Reads a value.
pub fn read<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// For a field that may be absent but not null: the documents give its type without "or null".
pub fn non_null<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A wire type as JSON, which cannot fail.
pub fn to_json<T: Serialize>(wire: T) -> Value {
    serde_json::to_value(wire).unwrap_or_default()
}

/// An instant as RFC 3339 in UTC, to the second: `2026-03-25T10:00:00Z`.
pub fn instant(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or_default();
    strtime::format("%Y-%m-%dT%H:%M:%SZ", at).unwrap_or_default()
}

/// An amount in major units, to the minor unit: 10000 paise are `100`, 115 cents are `1.15`.
pub fn amount(money: Money) -> Number {
    // The currency's own way to print its decimals, without its code; no fraction is ever computed.
    let printed = money.to_string();
    let digits = printed.split(' ').next().unwrap_or_default();
    let digits = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    digits.parse().unwrap_or_else(|_| Number::from(0))
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::*;

    #[test]
    fn amounts_are_integers_where_they_are_whole() {
        let money = |units, currency: &str| Money::new(units, currency.parse().unwrap()).unwrap();
        let shown = [(10_000, "INR"), (0, "USD"), (115, "USD"), (150, "USD"), (100, "JPY"), (-5, "USD"), (1, "KWD")]
            .map(|(units, currency)| amount(money(units, currency)).to_string());
        assert_eq!(shown, ["100", "0", "1.15", "1.5", "100", "-0.05", "0.001"]);
    }

    #[test]
    fn instants_are_to_the_second() {
        assert_eq!(instant(Timestamp::from_millis(1_774_432_800_999)), "2026-03-25T10:00:00Z");
    }

    #[test]
    fn only_an_object_is_an_object() {
        for (text, expected) in [
            ("", "the body is empty"),
            ("[]", "expected an object, found a list"),
            ("null", "expected an object, found null"),
            ("\"x\"", "expected an object, found the text `x`"),
            ("{", "the body ends before it is complete"),
            ("{} {}", "the body is not JSON: something follows its end at line 1, column 4"),
        ] {
            let refused = read_object::<Map<String, Value>>(text.as_bytes()).err().map(|unreadable| unreadable.reason);
            assert_eq!(refused.as_deref(), Some(expected), "{text}");
        }
    }
}
