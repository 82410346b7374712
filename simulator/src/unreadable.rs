//! Why a text cannot be read, in the words of somebody who wrote JSON: serde's messages speak to those who write Rust.

use serde_json::error::Category;
use serde_json::{Error, Value};

/// Reads a body as JSON.
///
/// # Errors
/// What is wrong with it.
pub fn json(body: &[u8]) -> Result<Value, String> {
    let text = std::str::from_utf8(body).map_err(|_| "the body is not UTF-8".to_owned())?;
    serde_json::from_str(text).map_err(|error| syntax_of("the body", text, &error))
}

/// What is wrong with a text of that name that is no JSON.
#[must_use]
pub fn syntax_of(name: &str, text: &str, error: &Error) -> String {
    if text.trim().is_empty() {
        return format!("{name} is empty");
    }
    match error.classify() {
        Category::Eof => format!("{name} ends before it is complete"),
        Category::Syntax | Category::Io | Category::Data => {
            let message = error.to_string();
            // serde_json puts the place at the end of its words.
            let words = message.split(" at line ").next().unwrap_or_default();
            format!("{name} is not JSON: {} at line {}, column {}", mistake(words), error.line(), error.column())
        }
    }
}

/// A mistake in the text.
fn mistake(words: &str) -> String {
    match words {
        "expected value" | "expected ident" | "invalid number" => "what stands there is no value".into(),
        "trailing characters" => "something follows its end".into(),
        "trailing comma" => "a comma too many".into(),
        "key must be a string" => "a name is not in double quotes".into(),
        "control character (\\u0000-\\u001F) found while parsing a string" => "a tab or a line break in a text".into(),
        "invalid escape" => "what follows the backslash has no meaning".into(),
        "number out of range" => "a number is too large".into(),
        "recursion limit exceeded" => "it is nested too deep".into(),
        words => match words.strip_prefix("expected ") {
            Some(sign) => format!("{sign} is missing"),
            None => words.into(),
        },
    }
}

/// What is wrong with a value that has another type or shape than wanted.
#[must_use]
pub fn value(message: &str) -> String {
    let quoted = |start: &str| message.strip_prefix(start)?.split_once('`');
    if let Some((name, _)) = quoted("missing field `") {
        return format!("the field `{name}` is missing");
    }
    if let Some((name, _)) = quoted("duplicate field `") {
        return format!("the field `{name}` is given twice");
    }
    if let Some((name, rest)) = quoted("unknown field `") {
        return format!("there is no field `{name}`{}", known(rest));
    }
    if let Some((name, rest)) = quoted("unknown variant `") {
        return format!("`{name}` is none of the possible values{}", known(rest));
    }
    let types = ["invalid type: ", "invalid value: "].iter().find_map(|start| message.strip_prefix(start));
    match types.and_then(|types| types.rsplit_once(", expected ")) {
        Some((found, wanted)) => format!("expected {}, found {}", expected(wanted), found_there(found)),
        None => message.into(),
    }
}

/// What serde lists after a name that it does not know.
fn known(rest: &str) -> String {
    let list = [", expected one of ", ", expected "].iter().find_map(|start| rest.strip_prefix(start));
    list.map(|list| format!("; known: {}", list.replace("` or `", "`, `"))).unwrap_or_default()
}

fn expected(rust: &str) -> String {
    let whole = "a whole number";
    match rust {
        "u8" => format!("{whole} from 0 to {}", u8::MAX),
        "u16" => format!("{whole} from 0 to {}", u16::MAX),
        "u32" => format!("{whole} from 0 to {}", u32::MAX),
        "u64" | "usize" => format!("{whole} from 0"),
        "i8" | "i16" | "i32" | "i64" | "isize" => whole.into(),
        "f32" | "f64" => "a number".into(),
        "a string" | "a borrowed string" | "string or map" | "a character" => "a text".into(),
        "a boolean" => "`true` or `false`".into(),
        "a sequence" => "a list".into(),
        "a map" => "an object".into(),
        "unit" => "null".into(),
        _ if ["struct ", "enum ", "variant ", "internally tagged ", "adjacently tagged ", "map with "]
            .iter()
            .any(|start| rust.starts_with(start)) =>
        {
            "an object".into()
        }
        words => words.into(),
    }
}

fn found_there(rust: &str) -> String {
    let quoted = |start: &str, end: char| rust.strip_prefix(start)?.strip_suffix(end);
    let number = quoted("integer `", '`').or_else(|| quoted("floating point `", '`'));
    match (number, quoted("boolean `", '`'), quoted("string \"", '"'), rust) {
        (Some(number), ..) => format!("the number `{number}`"),
        (_, Some(boolean), ..) => format!("`{boolean}`"),
        (_, _, Some(text), _) => format!("the text `{text}`"),
        (.., "sequence") => "a list".into(),
        (.., "map") => "an object".into(),
        (.., "null" | "unit value" | "Option value") => "null".into(),
        (.., words) => words.into(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

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
            let error = serde_json::from_value::<Sample>(sent).unwrap_err();
            assert_eq!(value(&error.to_string()), expected, "{text}");
        }
        let unknown = serde_json::from_str::<Sample>(r#"{"x":1}"#).unwrap_err().to_string();
        assert!(value(&unknown).starts_with("there is no field `x`; known: `text`, `count`"), "{}", value(&unknown));
        assert_eq!(value("missing field `money`"), "the field `money` is missing");
        assert_eq!(value("duplicate field `money`"), "the field `money` is given twice");
        assert_eq!(value("a currency has three letters"), "a currency has three letters");
    }

    #[test]
    fn a_text_that_is_no_json_is_told_where() {
        for (text, expected) in [
            (" ", "the body is empty"),
            ("{\"a\":", "the body ends before it is complete"),
            ("{a:1}", "the body is not JSON: a name is not in double quotes at line 1, column 2"),
            ("{\"a\" 1}", "the body is not JSON: `:` is missing at line 1, column 6"),
            ("{\"a\":1,}", "the body is not JSON: a comma too many at line 1, column 8"),
            ("{} {}", "the body is not JSON: something follows its end at line 1, column 4"),
            ("hello", "the body is not JSON: what stands there is no value at line 1, column 1"),
        ] {
            assert_eq!(json(text.as_bytes()).unwrap_err(), expected, "{text}");
        }
        assert_eq!(json(b"\"\xff\"").unwrap_err(), "the body is not UTF-8");
    }
}
