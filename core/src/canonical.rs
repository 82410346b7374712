//! The canonical encoding: JSON as RFC 8785 (JCS) writes it. Equal values are equal bytes, on every machine.
//!
//! Names stand in the order of their characters, nothing stands between the signs, and text is escaped only where JSON must.
//! Of numbers there are integers alone, so that nothing has to be rounded. Anybody can make it again from the JSON: with a
//! JCS library of any language.

use alloc::{format, string::String, string::ToString, vec::Vec};
use core::fmt;

use serde::ser::{self, Serialize};

/// The canonical encoding of a value.
///
/// # Errors
/// The value holds what these types never do: a fraction, bytes, or a map whose keys are no text.
pub(crate) fn encoded(value: &impl Serialize) -> Result<String, NotCanonical> {
    value.serialize(Encoder)
}

/// Why a value has no canonical encoding.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct NotCanonical(String);

/// Writes one value.
#[derive(Clone, Copy)]
struct Encoder;

/// Writes the values of a list.
struct List {
    values: Vec<String>,
    /// The variant whose content it is.
    variant: Option<&'static str>,
}

/// Writes the members of an object.
struct Object {
    /// Name and value, each as it will stand there.
    members: Vec<(String, String)>,
    /// The name whose value comes next.
    name: Option<String>,
    /// The variant whose content it is.
    variant: Option<&'static str>,
}

fn text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\u{8}' => quoted.push_str("\\b"),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            '\u{c}' => quoted.push_str("\\f"),
            '\r' => quoted.push_str("\\r"),
            control if control < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

fn null() -> String {
    "null".into()
}

fn within(variant: Option<&'static str>, content: String) -> String {
    match variant {
        Some(variant) => format!("{{{}:{content}}}", text(variant)),
        None => content,
    }
}

impl List {
    const fn of(variant: Option<&'static str>) -> Self {
        Self { values: Vec::new(), variant }
    }

    fn push(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), NotCanonical> {
        self.values.push(value.serialize(Encoder)?);
        Ok(())
    }

    fn end(self) -> String {
        within(self.variant, format!("[{}]", self.values.join(",")))
    }
}

impl Object {
    const fn of(variant: Option<&'static str>) -> Self {
        Self { members: Vec::new(), name: None, variant }
    }

    fn push(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), NotCanonical> {
        self.members.push((name.into(), value.serialize(Encoder)?));
        Ok(())
    }

    fn end(mut self) -> String {
        // RFC 8785 3.2.3: by UTF-16 code units.
        self.members.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
        let members: Vec<String> = self.members.iter().map(|(name, value)| format!("{}:{value}", text(name))).collect();
        within(self.variant, format!("{{{}}}", members.join(",")))
    }
}

/// The whole numbers: each is written in its digits.
macro_rules! integers {
    ($($name:ident: $integer:ty),+) => {$(
        fn $name(self, value: $integer) -> Result<String, NotCanonical> {
            Ok(value.to_string())
        }
    )+};
}

impl ser::Serializer for Encoder {
    type Ok = String;
    type Error = NotCanonical;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = List;
    type SerializeMap = Object;
    type SerializeStruct = Object;
    type SerializeStructVariant = Object;

    integers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    );

    fn serialize_bool(self, value: bool) -> Result<String, NotCanonical> {
        Ok(value.to_string())
    }

    fn serialize_f32(self, _: f32) -> Result<String, NotCanonical> {
        Err(NotCanonical("a fraction has no canonical encoding".into()))
    }

    fn serialize_f64(self, _: f64) -> Result<String, NotCanonical> {
        Err(NotCanonical("a fraction has no canonical encoding".into()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<String, NotCanonical> {
        Err(NotCanonical("bytes have no canonical encoding".into()))
    }

    fn serialize_char(self, value: char) -> Result<String, NotCanonical> {
        Ok(text(value.encode_utf8(&mut [0; 4])))
    }

    fn serialize_str(self, value: &str) -> Result<String, NotCanonical> {
        Ok(text(value))
    }

    fn serialize_none(self) -> Result<String, NotCanonical> {
        Ok(null())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<String, NotCanonical> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<String, NotCanonical> {
        Ok(null())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<String, NotCanonical> {
        Ok(null())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<String, NotCanonical> {
        Ok(text(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<String, NotCanonical> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<String, NotCanonical> {
        Ok(within(Some(variant), value.serialize(self)?))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List, NotCanonical> {
        Ok(List::of(None))
    }

    fn serialize_tuple(self, _: usize) -> Result<List, NotCanonical> {
        Ok(List::of(None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List, NotCanonical> {
        Ok(List::of(None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List, NotCanonical> {
        Ok(List::of(Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object, NotCanonical> {
        Ok(Object::of(None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object, NotCanonical> {
        Ok(Object::of(None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Object, NotCanonical> {
        Ok(Object::of(Some(variant)))
    }
}

/// The four kinds of list differ in the names of their methods.
macro_rules! lists {
    ($($kind:ident: $method:ident),+) => {$(
        impl ser::$kind for List {
            type Ok = String;
            type Error = NotCanonical;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotCanonical> {
                self.push(value)
            }

            fn end(self) -> Result<String, NotCanonical> {
                Ok(self.end())
            }
        }
    )+};
}

lists!(
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
);

/// So do the two kinds of object whose names are known.
macro_rules! objects {
    ($($kind:ident),+) => {$(
        impl ser::$kind for Object {
            type Ok = String;
            type Error = NotCanonical;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), NotCanonical> {
                self.push(name, value)
            }

            fn end(self) -> Result<String, NotCanonical> {
                Ok(self.end())
            }
        }
    )+};
}

objects!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Object {
    type Ok = String;
    type Error = NotCanonical;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), NotCanonical> {
        let quoted = name.serialize(Encoder)?;
        // The order is that of the names as they are, not as they are written: these are both.
        let plain = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let plain = plain.filter(|name| !name.contains('\\'));
        self.name = Some(plain.ok_or_else(|| NotCanonical("a name is text that needs no escape".into()))?.into());
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotCanonical> {
        let name = self.name.take().ok_or_else(|| NotCanonical("a value without a name".into()))?;
        self.push(&name, value)
    }

    fn end(self) -> Result<String, NotCanonical> {
        Ok(self.end())
    }
}

impl fmt::Display for NotCanonical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for NotCanonical {}

impl ser::Error for NotCanonical {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn names_are_sorted_and_nothing_stands_between_the_signs() {
        let value =
            json!({ "b": [1, -2, true, null], "a": { "z": "", "B": [] }, "aa": {}, "": 9_007_199_254_740_991_i64 });
        assert_eq!(
            encoded(&value).unwrap(),
            r#"{"":9007199254740991,"a":{"B":[],"z":""},"aa":{},"b":[1,-2,true,null]}"#
        );
    }

    /// The order of RFC 8785 3.2.3 and the escapes of its 3.2.2.2.
    #[test]
    fn names_and_texts_are_as_the_standard_prints_them() {
        let value = json!({
            "\u{20ac}": "Euro Sign", "\u{1f600}": "Smiley", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "\u{f6}": "Latin Small Letter O With Diaeresis", "1": "One"
        });
        let written = encoded(&value).unwrap();
        let places = ["One", "Latin", "Euro", "Smiley", "Hebrew"].map(|word| written.find(word).unwrap());
        assert!(places.is_sorted(), "{written}");
        let escapes = "\u{20ac}$\u{f}\nA'B\"\\\\\"/";
        assert_eq!(encoded(&escapes).unwrap(), "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    }

    #[test]
    fn what_it_writes_is_the_json_of_the_same_value() {
        let quote = json!({ "a": [{ "b": { "c": "d\t\u{7f}" } }], "e": 0 });
        assert_eq!(serde_json::from_str::<Value>(&encoded(&quote).unwrap()).unwrap(), quote);
    }

    #[test]
    fn fractions_have_no_encoding() {
        assert!(encoded(&1.5).is_err());
        assert!(encoded(&json!({ "a\\b": 1 })).is_err());
    }
}
