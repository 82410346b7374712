//! The canonical encoding: JSON by RFC 8785 (JCS). Equal values give equal bytes on every machine.
//!
//! Members are sorted by name, there is no white space, and text is escaped only where JSON requires it. All numbers
//! are integers, so nothing is rounded. A JCS library of any language makes the same bytes from the JSON.

use alloc::{borrow::Cow, format, string::String, string::ToString, vec::Vec};
use core::fmt::{self, Write};

use serde::ser::{self, Serialize};

/// The canonical encoding of a value.
///
/// # Errors
/// The value holds what no type of this crate has: a fraction, bytes, or a map whose keys are not text.
pub(crate) fn encoded(value: &impl Serialize) -> Result<String, NotCanonical> {
    let mut out = String::new();
    value.serialize(Encoder { out: &mut out })?;
    Ok(out)
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct NotCanonical(String);

/// Appends one value to the buffer.
struct Encoder<'a> {
    out: &'a mut String,
}

/// Appends the values of a list.
struct List<'a> {
    out: &'a mut String,
    is_empty: bool,
    /// The closing bracket or brackets.
    close: &'static str,
}

/// Appends the members of an object in the order they come, and sorts them when it closes.
struct Object<'a> {
    out: &'a mut String,
    /// Where the members begin in the buffer.
    begin: usize,
    members: Vec<Member>,
    /// The closing bracket or brackets.
    close: &'static str,
}

/// A member in the buffer.
struct Member {
    name: Cow<'static, str>,
    /// Where the value ends in the buffer.
    end: usize,
}

/// Appends a text in quotes.
pub(super) fn text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
}

impl<'a> Encoder<'a> {
    fn list(mut self, variant: Option<&'static str>) -> List<'a> {
        let close = self.open(variant, "]", "]}");
        self.out.push('[');
        List { out: self.out, is_empty: true, close }
    }

    fn object(mut self, variant: Option<&'static str>) -> Object<'a> {
        let close = self.open(variant, "}", "}}");
        self.out.push('{');
        let begin = self.out.len();
        Object { out: self.out, begin, members: Vec::new(), close }
    }

    /// Opens the object around a variant's content and returns what closes it.
    fn open(&mut self, variant: Option<&'static str>, plain: &'static str, within: &'static str) -> &'static str {
        let Some(variant) = variant else { return plain };
        self.out.push('{');
        text(self.out, variant);
        self.out.push(':');
        within
    }
}

impl List<'_> {
    fn push(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), NotCanonical> {
        if !self.is_empty {
            self.out.push(',');
        }
        self.is_empty = false;
        value.serialize(Encoder { out: self.out })
    }

    fn close(self) {
        self.out.push_str(self.close);
    }
}

impl Object<'_> {
    fn name(&mut self, name: Cow<'static, str>) {
        text(self.out, &name);
        self.out.push(':');
        self.members.push(Member { name, end: 0 });
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), NotCanonical> {
        value.serialize(Encoder { out: self.out })?;
        let member = self.members.last_mut().ok_or_else(|| NotCanonical("a value without a name".into()))?;
        member.end = self.out.len();
        Ok(())
    }

    fn close(self) {
        let written = self.out.split_off(self.begin);
        let mut begin = self.begin;
        let mut members: Vec<(&str, &str)> = Vec::with_capacity(self.members.len());
        for Member { name, end } in &self.members {
            let place = begin.saturating_sub(self.begin)..end.saturating_sub(self.begin);
            members.push((name, written.get(place).unwrap_or_default()));
            begin = *end;
        }
        // RFC 8785 3.2.3: by UTF-16 code units.
        members.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
        for (index, (_, member)) in members.into_iter().enumerate() {
            if 0 < index {
                self.out.push(',');
            }
            self.out.push_str(member);
        }
        self.out.push_str(self.close);
    }
}

/// Integers are written in decimal.
macro_rules! integers {
    ($($name:ident: $integer:ty),+) => {$(
        fn $name(self, value: $integer) -> Result<(), NotCanonical> {
            write!(self.out, "{value}").map_err(ser::Error::custom)
        }
    )+};
}

impl<'a> ser::Serializer for Encoder<'a> {
    type Ok = ();
    type Error = NotCanonical;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = List<'a>;
    type SerializeTupleVariant = List<'a>;
    type SerializeMap = Object<'a>;
    type SerializeStruct = Object<'a>;
    type SerializeStructVariant = Object<'a>;

    integers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    );

    fn serialize_bool(self, value: bool) -> Result<(), NotCanonical> {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result<(), NotCanonical> {
        Err(NotCanonical("a fraction has no canonical encoding".into()))
    }

    fn serialize_f64(self, _: f64) -> Result<(), NotCanonical> {
        Err(NotCanonical("a fraction has no canonical encoding".into()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), NotCanonical> {
        Err(NotCanonical("bytes have no canonical encoding".into()))
    }

    fn serialize_char(self, value: char) -> Result<(), NotCanonical> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), NotCanonical> {
        text(self.out, value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), NotCanonical> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), NotCanonical> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), NotCanonical> {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), NotCanonical> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), NotCanonical> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), NotCanonical> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), NotCanonical> {
        let close = self.open(Some(variant), "", "}");
        value.serialize(Encoder { out: self.out })?;
        self.out.push_str(close);
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>, NotCanonical> {
        Ok(self.list(None))
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'a>, NotCanonical> {
        Ok(self.list(None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'a>, NotCanonical> {
        Ok(self.list(None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'a>, NotCanonical> {
        Ok(self.list(Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object<'a>, NotCanonical> {
        Ok(self.object(None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'a>, NotCanonical> {
        Ok(self.object(None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Object<'a>, NotCanonical> {
        Ok(self.object(Some(variant)))
    }
}

/// The four kinds of list differ in their methods' names.
macro_rules! lists {
    ($($kind:ident: $method:ident),+) => {$(
        impl ser::$kind for List<'_> {
            type Ok = ();
            type Error = NotCanonical;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotCanonical> {
                self.push(value)
            }

            fn end(self) -> Result<(), NotCanonical> {
                self.close();
                Ok(())
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

/// The two kinds of object with known names differ in the same way.
macro_rules! objects {
    ($($kind:ident),+) => {$(
        impl ser::$kind for Object<'_> {
            type Ok = ();
            type Error = NotCanonical;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), NotCanonical> {
                self.name(name.into());
                self.value(value)
            }

            fn end(self) -> Result<(), NotCanonical> {
                self.close();
                Ok(())
            }
        }
    )+};
}

objects!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Object<'_> {
    type Ok = ();
    type Error = NotCanonical;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), NotCanonical> {
        let quoted = encoded(&name)?;
        // Names are sorted unescaped. These names need no escape.
        let plain = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let plain = plain.filter(|name| !name.contains('\\'));
        let plain = plain.ok_or_else(|| NotCanonical("a name is text that needs no escape".into()))?;
        self.name(Cow::Owned(plain.into()));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotCanonical> {
        self.value(value)
    }

    fn end(self) -> Result<(), NotCanonical> {
        self.close();
        Ok(())
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
    /// Each form of serde's data model, with serde_json as the oracle: the names are in their order already.
    #[test]
    fn each_form_is_written_as_serde_json_writes_it() {
        #[derive(serde::Serialize)]
        enum Form {
            Unit,
            Newtype(u8),
            Tuple(i8, char),
            Struct { a: Option<u16>, b: bool },
        }
        #[derive(serde::Serialize)]
        struct Unit;
        #[derive(serde::Serialize)]
        struct Newtype(i32);
        #[derive(serde::Serialize)]
        struct Tuple(u32, &'static str);
        let value = (
            [Form::Unit, Form::Newtype(1), Form::Tuple(-2, 'é'), Form::Struct { a: Some(3), b: false }],
            (Unit, Newtype(-4), Tuple(5, "x")),
            [None, Some(6_u64)],
            (),
        );
        assert_eq!(encoded(&value).unwrap(), serde_json::to_string(&value).unwrap());
    }

    #[test]
    fn bytes_have_no_encoding() {
        struct Bytes;
        impl Serialize for Bytes {
            fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_bytes(&[1])
            }
        }
        assert!(encoded(&Bytes).is_err());
    }
}
