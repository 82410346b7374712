//! `ringup number`: lines of numbers in, one JSON object a line out.

use std::io::{BufRead, Write};

use ringup_core::{Country, NumberFormat, PhoneNumber, Possibility};
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
    reason: Option<&'static str>,
}

/// Answers every line; what is no number is an answer too.
///
/// # Errors
/// Reading or writing failed.
pub fn answer_lines(input: impl BufRead, mut output: impl Write, default: Option<Country>) -> std::io::Result<()> {
    for line in input.lines() {
        let line = line?;
        serde_json::to_writer(&mut output, &NumberLine::of(&line, default))?;
        output.write_all(b"\n")?;
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
                reason: flaw(&number),
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
                reason: Some(error.code()),
            },
        }
    }
}

fn flaw(number: &PhoneNumber) -> Option<&'static str> {
    match number.possibility() {
        _ if number.is_valid() => None,
        Possibility::Possible => Some("invalid_for_country"),
        Possibility::LocalOnly => Some("local_only"),
        Possibility::TooShort => Some("too_short"),
        Possibility::TooLong => Some("too_long"),
        Possibility::InvalidLength => Some("invalid_length"),
    }
}
