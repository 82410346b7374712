//! `ringup number`: lines of numbers in, one JSON object a line out.

use std::io::{BufRead, BufWriter, Write};

use ringup_numbering::{Country, NumberFormat, NumberReason, PhoneNumber};
use serde::Serialize;

/// What is said about one line; null where it does not apply.
#[derive(Serialize)]
pub struct NumberLine<'a> {
    input: &'a str,
    valid: bool,
    possible: bool,
    e164: Option<String>,
    country: Option<Country>,
    #[serde(rename = "type")]
    kind: Option<&'static str>,
    national: Option<String>,
    international: Option<String>,
    /// Why it is not valid.
    reason: Option<NumberReason>,
}

/// Answers every line; what is no number is an answer too.
///
/// # Errors
/// Reading or writing failed.
pub fn answer_lines(mut input: impl BufRead, output: impl Write, default: Option<Country>) -> std::io::Result<()> {
    let (mut output, mut bytes) = (BufWriter::new(output), Vec::new());
    while 0 < input.read_until(b'\n', &mut bytes)? {
        // What is not UTF-8 is no number; it gets its answer like any other line.
        let text = String::from_utf8_lossy(&bytes);
        let line = text.strip_suffix('\n').unwrap_or(&text);
        let line = line.strip_suffix('\r').unwrap_or(line);
        serde_json::to_writer(&mut output, &NumberLine::of(line, default))?;
        output.write_all(b"\n")?;
        bytes.clear();
    }
    output.flush()
}

impl<'a> NumberLine<'a> {
    /// What is said about this text.
    #[must_use]
    pub fn of(input: &'a str, default: Option<Country>) -> Self {
        match PhoneNumber::parse(input, default) {
            Ok(number) => Self {
                input,
                valid: number.is_valid(),
                possible: number.is_possible(),
                e164: Some(number.format(NumberFormat::E164)),
                country: number.country(),
                kind: Some(number.kind().map_or("unknown", ringup_core::NumberKind::name)),
                national: Some(number.format(NumberFormat::National)),
                international: Some(number.format(NumberFormat::International)),
                reason: number.reason(),
            },
            Err(error) => Self {
                input,
                valid: false,
                possible: false,
                e164: None,
                country: None,
                kind: None,
                national: None,
                international: None,
                reason: Some(error.reason()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_its_answer() {
        let input = b"+41 44 668 18 00\r\n\xff\xfe\n\n044 668 18 00";
        let mut output = Vec::new();
        answer_lines(&input[..], &mut output, "CH".parse().ok()).unwrap();
        let lines: Vec<serde_json::Value> =
            String::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        // libphonenumber's own example.
        assert_eq!(lines[0]["e164"], "+41446681800");
        assert_eq!((&lines[0]["type"], &lines[0]["national"]), (&"fixed_line".into(), &"044 668 18 00".into()));
        assert_eq!((&lines[1]["valid"], &lines[1]["e164"]), (&false.into(), &serde_json::Value::Null));
        assert_eq!(lines[2]["reason"], "empty");
        assert_eq!(lines[3]["e164"], "+41446681800");
    }
}
