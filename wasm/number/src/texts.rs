//! The text answers about a number.

use alloc::string::String;

use ringup_numbering::{
    AsYouType, NumberFormat, NumberKind, NumberPattern, NumberReason, PhoneNumber, plan_countries, plan_version,
};

use crate::answer::{bits, default, parse};

/// A text of more characters is shown unchanged.
const TYPED_CHARACTERS_MAX: usize = 250;

/// The facts of the plan, a line each: the types, the reasons, the countries, the version of the plan.
#[must_use]
pub fn facts() -> String {
    let mut text = String::new();
    let mut line = |words: &mut dyn Iterator<Item = &str>| {
        for (at, word) in words.enumerate() {
            text.push_str(if at == 0 { "" } else { " " });
            text.push_str(word);
        }
        text.push('\n');
    };
    line(&mut NumberKind::ALL.iter().map(|kind| kind.name()));
    line(&mut NumberReason::ALL.iter().map(|reason| reason.name()));
    line(&mut core::iter::once(plan_version()));
    for country in plan_countries() {
        text.extend(country.letters().map(char::from));
    }
    text
}

/// The whole answer about a text: [`answer`] and, if it is a number, its formats, a line each: E.164, national, international,
/// as a URI, and its extension.
#[must_use]
pub fn read(text: &str, country: u32) -> (u32, String) {
    let parsed = parse(text, country);
    let mut lines = String::new();
    if let Ok(number) = &parsed {
        lines.reserve(160);
        for format in [NumberFormat::E164, NumberFormat::National, NumberFormat::International, NumberFormat::Rfc3966] {
            lines.push_str(&number.format(format));
            lines.push('\n');
        }
        lines.push_str(&number.extension().unwrap_or_default());
    }
    (bits(parsed), lines)
}

/// The text as it is shown while typed. `None`: unchanged.
#[must_use]
pub fn shown(text: &str, country: u32) -> Option<String> {
    if text.chars().count() > TYPED_CHARACTERS_MAX {
        return None;
    }
    let mut typing = AsYouType::new(default(country).ok().flatten());
    for character in text.chars() {
        typing.push(character);
    }
    Some(typing.text().into())
}

/// The example of a country and a type, by its place from one.
#[must_use]
pub fn example(country: u32, kind: usize) -> Option<String> {
    let kind = NumberKind::ALL.get(kind.checked_sub(1)?)?;
    let example = PhoneNumber::example(default(country).ok()??, *kind)?;
    Some(example.format(NumberFormat::E164))
}

/// Whether a pattern such as `+1415555****` can mean a valid number, of the country if one is given.
#[must_use]
pub fn can_match(pattern: &str, country: u32) -> bool {
    let Ok(country) = default(country) else { return false };
    pattern.parse::<NumberPattern>().is_ok_and(|pattern| pattern.can_match(country))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GB: u32 = 0x4742;

    #[test]
    fn a_number_is_written_in_every_way() {
        let (bits, lines) = read("020 7183 8750 ext 12", GB);
        let expected = "+442071838750\n020 7183 8750 x12\n+44 20 7183 8750 x12\ntel:+44-20-7183-8750;ext=12\n12";
        assert_eq!((bits, lines.as_str()), (crate::answer("020 7183 8750", GB), expected));
        assert_eq!(read("hello", GB), (crate::answer("hello", GB), String::new()));
        assert_eq!(read("+44", 0x5858).1, "");
    }

    #[test]
    fn a_text_is_shown_as_it_would_be_typed() {
        assert_eq!(shown("02071838", GB).as_deref(), Some("020 7183 8"));
        assert!(shown(&"0".repeat(250), GB).is_some_and(|shown| 250 <= shown.len()));
        assert_eq!(shown(&"0".repeat(251), GB), None);
    }

    #[test]
    fn examples_and_patterns_are_of_a_country() {
        assert_eq!(example(GB, 2).as_deref(), Some("+447400123456"));
        assert_eq!((example(GB, 0), example(GB, 12), example(0x5858, 2)), (None, None, None));
        assert!(can_match("+447400******", GB) && can_match("+447400******", 0));
        assert!(!can_match("+447400******", 0x5553) && !can_match("+44", GB) && !can_match("+447400******", 0x5858));
    }

    #[test]
    fn the_facts_fit_where_they_are_handed_over() {
        let facts = facts();
        assert_eq!(facts.lines().count(), 4);
        assert!(facts.is_ascii() && facts.len() < 2048, "{} bytes", facts.len());
    }
}
