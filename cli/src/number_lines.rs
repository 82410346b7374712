//! `ringup number`: lines of numbers in, one JSON object a line out.

use std::io::{BufRead, BufWriter, Read, Write};

use ringup_numbering::{Country, NumberFormat, NumberReason, PhoneNumber};
use serde::Serialize;

/// The longest line that is read, in bytes. Nobody's number is near it: libphonenumber reads 250 characters.
pub const LINE_BYTES_MAX: u64 = 4096;

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

/// Answers every line; what is no number is an answer too. A line of more than [`LINE_BYTES_MAX`] bytes is `too_long`, and its
/// `input` is what was read of it.
///
/// # Errors
/// Reading or writing failed.
pub fn answer_lines(mut input: impl BufRead, output: impl Write, default: Option<Country>) -> std::io::Result<()> {
    let (mut output, mut bytes) = (BufWriter::new(output), Vec::new());
    while 0 < input.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut bytes)? {
        let is_cut = !bytes.ends_with(b"\n") && skip_line(&mut input)?;
        // What is not UTF-8 is no number; it gets its answer like any other line.
        let text = String::from_utf8_lossy(&bytes);
        let line = text.strip_suffix('\n').unwrap_or(&text);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let answer =
            if is_cut { NumberLine::refused(line, NumberReason::TooLong) } else { NumberLine::of(line, default) };
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
        bytes.clear();
    }
    output.flush()
}

/// Skips the rest of a line; whether anything was left of it.
fn skip_line(input: &mut impl BufRead) -> std::io::Result<bool> {
    let mut is_longer = false;
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        is_longer |= end.unwrap_or(buffer.len()) != 0;
        let (read, is_over) =
            (end.map_or(buffer.len(), |end| end.saturating_add(1)), end.is_some() || buffer.is_empty());
        input.consume(read);
        if is_over {
            return Ok(is_longer);
        }
    }
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
            Err(error) => Self::refused(input, error.reason()),
        }
    }

    /// What is said about a text that is no number.
    const fn refused(input: &'a str, reason: NumberReason) -> Self {
        Self {
            input,
            valid: false,
            possible: false,
            e164: None,
            country: None,
            kind: None,
            national: None,
            international: None,
            reason: Some(reason),
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

    #[test]
    fn a_line_without_end_is_answered_and_not_kept() {
        let max = usize::try_from(LINE_BYTES_MAX).unwrap();
        let ones = std::io::BufReader::new(std::io::repeat(b'1').take(20_000_000));
        let mut output = Vec::new();
        answer_lines(ones.chain(&b"\n+41 44 668 18 00\n"[..]), &mut output, None).unwrap();
        let lines: Vec<serde_json::Value> =
            String::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!((&lines[0]["reason"], lines[0]["input"].as_str().unwrap().len()), (&"too_long".into(), max));
        assert_eq!((lines.len(), &lines[1]["e164"]), (2, &"+41446681800".into()));
        // Of the longest line that is read, nothing is left over.
        let longest = [&vec![b'1'; max][..], b"\n+41446681800\n"].concat();
        let mut output = Vec::new();
        answer_lines(&longest[..], &mut output, None).unwrap();
        assert!(String::from_utf8(output).unwrap().lines().nth(1).unwrap().contains("\"e164\":\"+41446681800\""));
    }
}
