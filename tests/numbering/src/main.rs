//! Answers the oracle's questions (`compare.py`): one line in, one line out, fields apart by tabs.
//!
//! `P`, country and text ask for everything about a number; `T` for what is shown while it is typed; `E` for what a
//! country has of the shapes that a national number of its own has.

use std::io::{BufRead, BufWriter, Write};

use ringup_numbering::{
    AsYouType, Country, Existence, NumberFormat, NumberKind, NumberPattern, NumberShape, NumberingPlan, PhoneNumber,
    Possibility, WorldPlan,
};

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
            "E" => writeln!(output, "{}", shapes(text, country))?,
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

/// The first shape of the number that the country is said not to have. The text is a calling code, a dash and national
/// digits.
fn shapes(text: &str, country: Option<Country>) -> String {
    let (Some(country), Some((calling_code, national))) = (country, text.split_once('-')) else {
        return "what?".into();
    };
    let has = |shape: NumberShape<'_>| matches!(WorldPlan.existence(shape, country), Some(Existence::Exists(_)));
    let denied = (1..=national.len()).find_map(|length| {
        let (begin, rest) = national.split_at(length);
        let text = format!("+{calling_code}{begin}{}", "*".repeat(rest.len()));
        // A pattern has as few and as many digits as E.164 allows.
        let fits = text.parse::<NumberPattern>().map_or(true, |pattern| has(NumberShape::Pattern(&pattern)));
        (!has(NumberShape::AreaCode(begin)) || !fits).then_some(text)
    });
    denied.unwrap_or_else(|| "has all".into())
}
