//! Answers the oracle's questions (`compare.py`): one line in, one line out, fields apart by tabs.
//!
//! `P`, country and text ask for everything about a number; `T` for what is shown while it is typed.

use std::io::{BufRead, BufWriter, Write};

use ringup_numbering::{AsYouType, Country, NumberFormat, NumberKind, PhoneNumber, Possibility};

fn main() -> std::io::Result<()> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut parts = line.splitn(3, '\t');
        let (question, country, text) =
            (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let country = country.parse().ok();
        match question {
            "P" => writeln!(output, "{}", everything(text, country))?,
            "T" => writeln!(output, "{}", typed(text, country))?,
            "." => output.flush()?,
            _ => writeln!(output, "what is `{question}`?")?,
        }
    }
    output.flush()
}

fn everything(text: &str, country: Option<Country>) -> String {
    let number = match PhoneNumber::parse(text, country) {
        Ok(number) => number,
        Err(error) => return format!("!{}", error.code()),
    };
    let possibility = match number.possibility() {
        Possibility::Possible => "0",
        Possibility::LocalOnly => "4",
        Possibility::TooShort => "2",
        Possibility::TooLong => "3",
        Possibility::InvalidLength => "5",
    };
    [
        number.format(NumberFormat::E164),
        number.extension().map(|extension| extension.to_string()).unwrap_or_default(),
        u8::from(number.is_valid()).to_string(),
        possibility.to_owned(),
        number.country().map(|country| country.to_string()).unwrap_or_default(),
        number.kind().map_or("unknown", NumberKind::name).to_owned(),
        number.format(NumberFormat::National),
        number.format(NumberFormat::International),
        number.format(NumberFormat::Rfc3966),
    ]
    .join("\t")
}

fn typed(text: &str, country: Option<Country>) -> String {
    let mut typing = AsYouType::new(country);
    text.chars().map(|character| typing.push(character).to_owned()).collect::<Vec<_>>().join("\t")
}
