//! Reading: a JSON value or a form becomes a type, or a diagnostic.

mod parts;
mod words;
mod wrong;

pub use words::described;
pub use wrong::Wrong;

use ringup_core::DiagnosticCode;
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use parts::{Items, Members, Variant};
use words::whole_number;

/// Reads a JSON value.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Wrong> {
    T::deserialize(Reader { value, is_form: false })
}

/// Reads a form's members: all of its values are texts, and a member that is given several times is a list.
pub(crate) fn read_form<T: DeserializeOwned>(members: &Value) -> Result<T, Wrong> {
    T::deserialize(Reader { value: members, is_form: true })
}

/// A value that is being read.
#[derive(Clone, Copy)]
struct Reader<'a> {
    value: &'a Value,
    is_form: bool,
}

impl<'a> Reader<'a> {
    const fn of(self, value: &'a Value) -> Self {
        Self { value, ..self }
    }

    fn wrong(self, wanted: &str) -> Wrong {
        Wrong::of_type(DiagnosticCode::WrongType, &described(self.value), wanted)
    }

    /// The whole number that stands there.
    fn figure(self) -> Option<i128> {
        match self.value {
            Value::Number(number) => number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)),
            Value::String(text) if self.is_form => text.parse().ok(),
            Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }
}

/// Reads whole numbers of these types, each by its visitor.
macro_rules! whole_numbers {
    ($($read:ident, $visit:ident, $type:ty, $wanted:expr;)*) => {$(
        fn $read<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            match self.figure().and_then(|figure| <$type>::try_from(figure).ok()) {
                Some(figure) => visitor.$visit(figure),
                None => Err(self.wrong(&$wanted)),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Wrong;

    whole_numbers! {
        deserialize_u8, visit_u8, u8, whole_number(Some(u8::MAX.into()));
        deserialize_u16, visit_u16, u16, whole_number(Some(u16::MAX.into()));
        deserialize_u32, visit_u32, u32, whole_number(Some(u32::MAX.into()));
        deserialize_u64, visit_u64, u64, whole_number(None);
        deserialize_i8, visit_i8, i8, "a whole number";
        deserialize_i16, visit_i16, i16, "a whole number";
        deserialize_i32, visit_i32, i32, "a whole number";
        deserialize_i64, visit_i64, i64, "a whole number";
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), ..) => visitor.visit_u64(number),
                (None, Some(number), _) => visitor.visit_i64(number),
                (None, None, number) => visitor.visit_f64(number.unwrap_or_default()),
            },
            Value::String(text) => visitor.visit_str(text),
            Value::Array(items) => visitor.visit_seq(Items { reader: self, items: items.iter().enumerate() }),
            Value::Object(members) => visitor.visit_map(Members { reader: self, members: members.iter(), next: None }),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let written = || self.value.as_str().filter(|_| self.is_form)?.parse().ok();
        match self.value.as_bool().or_else(written) {
            Some(value) => visitor.visit_bool(value),
            None => Err(self.wrong("`true` or `false`")),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.value.is_number() { self.deserialize_any(visitor) } else { Err(self.wrong("a number")) }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.value.as_str().map_or_else(|| Err(self.wrong("a text")), |text| visitor.visit_str(text))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        // A form has no null: of what is not a text, an empty one says that it is absent.
        let is_text = std::any::type_name::<V::Value>().ends_with("String>");
        let is_absent = self.value.is_null() || (self.is_form && !is_text && *self.value == "");
        if is_absent { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.is_form && !self.value.is_array() {
            let one = std::slice::from_ref(self.value);
            return visitor.visit_seq(Items { reader: self, items: one.iter().enumerate() });
        }
        if self.value.is_array() { self.deserialize_any(visitor) } else { Err(self.wrong("a list")) }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.value.is_object() { self.deserialize_any(visitor) } else { Err(self.wrong("an object")) }
    }

    // A derived type would read a list as well, field by field; an object is written by names.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        match self.value {
            Value::String(name) => visitor.visit_enum(name.as_str().into_deserializer()),
            Value::Object(members) => match (members.iter().next(), members.len()) {
                (Some((name, value)), 1) => visitor.visit_enum(Variant { name, reader: self.of(value) }),
                _ => Err(self.wrong("an object with one member")),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => Err(self.wrong("a text")),
        }
    }

    forward_to_deserialize_any! {
        i128 u128 bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use ringup_core::{CustomerTerms, Money, PurchaseRequest, ShopData, policies};
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the reading is looked at")]
    struct Sample {
        text: Option<String>,
        count: Option<u32>,
        seed: Option<u64>,
        units: Option<i64>,
        late: Option<bool>,
        list: Option<Vec<u8>>,
        inner: Option<Box<Sample>>,
        kind: Option<Kind>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        One,
        Other,
    }

    #[test]
    fn a_wrong_value_is_said_without_rust() {
        for (text, expected) in [
            (r#"{"text":[]}"#, "expected a text, found a list"),
            (r#"{"text":5}"#, "expected a text, found the number `5`"),
            (r#"{"count":-1}"#, "expected a whole number from 0 to 4294967295, found the number `-1`"),
            (r#"{"seed":"x"}"#, "expected a whole number from 0, found the text `x`"),
            (r#"{"units":1.5}"#, "expected a whole number, found the number `1.5`"),
            (r#"{"late":{}}"#, "expected `true` or `false`, found an object"),
            (r#"{"list":true}"#, "expected a list, found `true`"),
            (r#"{"inner":1}"#, "expected an object, found the number `1`"),
            (r#"{"kind":"x"}"#, "`x` is none of the possible values; known: `one`, `other`"),
            (r#"{"kind":1}"#, "expected a text, found the number `1`"),
        ] {
            let sent: Value = serde_json::from_str(text).unwrap();
            let wrong = read::<Sample>(&sent).unwrap_err();
            assert_eq!(wrong.reason(), expected, "{text}");
        }
        let unknown = read::<Sample>(&json!({ "x": 1 })).unwrap_err();
        assert!(unknown.reason().starts_with("there is no field `x`; known: `text`, `count`"), "{}", unknown.reason());
    }

    #[test]
    fn a_mistake_is_told_by_its_kind_and_place() {
        use DiagnosticCode::{MemberMissing, MemberUnknown, ValueInvalid, WrongType};
        let euro = |currency: &str| json!({ "list": [], "inner": { "units": 1, "kind": currency } });
        for (sent, code, path, member) in [
            (json!([]), WrongType, "", None),
            (json!({ "list": [1, -1] }), WrongType, "/list/1", Some("list[1]")),
            (
                json!({ "inner": { "inner": { "x/y": 1 } } }),
                MemberUnknown,
                "/inner/inner/x~1y",
                Some("inner.inner.x/y"),
            ),
            (euro("two"), ValueInvalid, "/inner/kind", Some("inner.kind")),
        ] {
            let wrong = read::<Sample>(&sent).unwrap_err();
            assert_eq!((wrong.diagnostic.code, wrong.diagnostic.path.as_str()), (code, path), "{sent}");
            assert_eq!(wrong.member().as_deref(), member);
        }
        let wrong = read::<Money>(&json!({ "currency": "USD" })).unwrap_err();
        assert_eq!((wrong.diagnostic.code, wrong.diagnostic.path.as_str()), (MemberMissing, "/minor_units"));
        let wrong = read::<Money>(&json!({ "currency": "EURO", "minor_units": 1 })).unwrap_err();
        assert_eq!((wrong.diagnostic.code, wrong.diagnostic.path.as_str()), (ValueInvalid, "/currency"));
    }

    #[test]
    fn what_serde_json_reads_is_read_alike() {
        for (_, json) in policies::ALL {
            let value: Value = serde_json::from_str(json).unwrap();
            assert_eq!(read::<ShopData>(&value).unwrap(), serde_json::from_value(value).unwrap());
        }
        let terms = json!({ "billing": "prepaid", "holders": ["a"], "kyc": {}, "plan": null });
        assert_eq!(read::<CustomerTerms>(&terms).ok(), serde_json::from_value(terms).ok());
        let request = json!({ "country": "US", "confirm_additional": true });
        assert_eq!(read::<PurchaseRequest>(&request).ok(), serde_json::from_value(request).ok());
    }
}
