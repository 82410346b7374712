//! Why a text is not JSON, in the words of somebody who wrote it. The only file that reads serde_json's sentences: it tells
//! what is wrong with a text in no other way.

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

#[cfg(test)]
mod tests {
    use super::*;

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
