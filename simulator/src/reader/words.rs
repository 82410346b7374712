//! Types and values in the words of somebody who wrote JSON.

use serde::de::Unexpected;
use serde_json::Value;

/// What serde calls a type of Rust, for somebody who wrote JSON. Only values that serde has put aside come here: the
/// members of what is flattened or told apart by a tag.
pub(super) fn in_words(rust: &str) -> String {
    match rust {
        "u8" => whole_number(Some(u8::MAX.into())),
        "u16" => whole_number(Some(u16::MAX.into())),
        "u32" => whole_number(Some(u32::MAX.into())),
        "u64" | "usize" => whole_number(None),
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number".into(),
        "f32" | "f64" => "a number".into(),
        "a string" | "a borrowed string" | "a character" => "a text".into(),
        "a boolean" => "`true` or `false`".into(),
        "a sequence" => "a list".into(),
        "unit" => "null".into(),
        _ if ["struct ", "enum ", "variant ", "internally tagged ", "adjacently tagged ", "a map", "map with "]
            .iter()
            .any(|start| rust.starts_with(start)) =>
        {
            "an object".into()
        }
        words => words.into(),
    }
}

/// From zero on, up to a largest one.
pub(super) fn whole_number(largest: Option<u64>) -> String {
    largest.map_or_else(|| "a whole number from 0".to_owned(), |largest| format!("a whole number from 0 to {largest}"))
}

pub(super) fn found_there(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(number) => format!("the number `{number}`"),
        Unexpected::Signed(number) => format!("the number `{number}`"),
        Unexpected::Float(number) => format!("the number `{number}`"),
        Unexpected::Char(letter) => format!("the text `{letter}`"),
        Unexpected::Str(text) => format!("the text `{text}`"),
        Unexpected::Seq | Unexpected::Bytes(_) => "a list".into(),
        Unexpected::Unit | Unexpected::Option => "null".into(),
        Unexpected::Map
        | Unexpected::NewtypeStruct
        | Unexpected::Enum
        | Unexpected::UnitVariant
        | Unexpected::NewtypeVariant
        | Unexpected::TupleVariant
        | Unexpected::StructVariant => "an object".into(),
        Unexpected::Other(words) => words.into(),
    }
}

/// What a value is, for a person: `the text "x"`, `a list`.
#[must_use]
pub fn described(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) => format!("the text `{text}`"),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}
