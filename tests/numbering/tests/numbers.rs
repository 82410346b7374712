//! Numbers as people type them: what is read, what is said about it, and that nothing whatever makes it panic.

use proptest::prelude::*;
use ringup_numbering::{AsYouType, Country, NumberError, NumberFormat, NumberKind, PhoneNumber, Possibility};

fn parse(country: &str, text: &str) -> Result<PhoneNumber, NumberError> {
    PhoneNumber::parse(text, country.parse().ok())
}

#[test]
fn what_people_type_is_read() {
    for (country, typed, number) in [
        ("", "+44 20 7183 8750", "+442071838750"),
        ("GB", "020 7183 8750", "+442071838750"),
        ("GB", "00 1 (415) 555-0142", "+14155550142"),
        ("US", "011 44 20 7183 8750", "+442071838750"),
        ("US", "1-800-FLOWERS", "+18003569377"),
        ("", "＋４４２０７１８３８７５０", "+442071838750"),
        ("EG", "٠١٠٠ ١٢٣ ٤٥٦٧", "+201001234567"),
        ("", "tel:7183-8750;phone-context=+44-20", "+442071838750"),
        ("AR", "0343 15 555 1212", "+5493435551212"),
        ("AG", "4641234", "+12684641234"),
    ] {
        let read = parse(country, typed).map(|number| number.format(NumberFormat::E164));
        assert_eq!(read.as_deref(), Ok(number), "{typed}");
    }
}

#[test]
fn what_is_no_number_says_why() {
    use NumberError::*;
    for (country, typed, why) in [
        ("US", "", Empty),
        ("US", "  ", Empty),
        ("US", "12€34", InvalidCharacter { at: 2 }),
        ("US", "1", TooShort),
        ("", "4155550142", MissingCallingCode),
        ("ZZ", "4155550142", MissingCallingCode),
        ("", "+999 1234567", UnknownCallingCode),
        ("GB", "00 1", TooShortAfterPrefix),
        ("US", "011 44", TooShortAfterPrefix),
        ("GB", "020718387502071838750", TooLong),
        ("GB", "2071838750;phone-context=+", InvalidContext),
        ("GB", &"1".repeat(251), TooLong),
    ] {
        assert_eq!(parse(country, typed).map(|_| ()), Err(why), "{typed}");
    }
}

#[test]
fn a_number_is_written_in_four_ways() {
    let number = parse("GB", "020 7183 8750 ext. 12").unwrap();
    assert_eq!(number.format(NumberFormat::E164), "+442071838750");
    assert_eq!(number.format(NumberFormat::International), "+44 20 7183 8750 x12");
    assert_eq!(number.format(NumberFormat::National), "020 7183 8750 x12");
    assert_eq!(number.format(NumberFormat::Rfc3966), "tel:+44-20-7183-8750;ext=12");
    assert_eq!(number.e164().map(|number| number.to_string()).as_deref(), Some("+442071838750"));
}

#[test]
fn a_shared_calling_code_is_told_apart() {
    for (number, country, kind) in [
        ("+1 415 555 2671", "US", NumberKind::FixedLineOrMobile),
        ("+1 604 555 2671", "CA", NumberKind::FixedLineOrMobile),
        ("+1 868 291 1234", "TT", NumberKind::Mobile),
        ("+7 771 000 9998", "KZ", NumberKind::Mobile),
        ("+44 1481 960 194", "GG", NumberKind::FixedLine),
        ("+39 06 698 12345", "VA", NumberKind::FixedLine),
        ("+61 8 9164 1234", "CX", NumberKind::FixedLine),
    ] {
        let read = parse("", number).unwrap();
        assert_eq!(read.country(), country.parse().ok(), "{number}");
        assert_eq!(read.kind(), Some(kind), "{number}");
    }
    let service = parse("", "+800 1234 5678").unwrap();
    assert_eq!((service.is_valid(), service.country()), (true, None));
}

#[test]
fn a_possible_number_need_not_be_valid() {
    for (number, valid, possibility) in [
        ("+14155552671", true, Possibility::Possible),
        ("+1 555 2671", false, Possibility::LocalOnly),
        ("+12155552671", true, Possibility::Possible),
        ("+12995552671", false, Possibility::Possible),
        ("+44123", false, Possibility::TooShort),
        ("+4412345678901", false, Possibility::TooLong),
        ("+354 1234 5678", false, Possibility::InvalidLength),
    ] {
        let read = parse("", number).unwrap();
        assert_eq!((read.is_valid(), read.possibility()), (valid, possibility), "{number}");
    }
}

#[test]
fn examples_are_valid() {
    let (mut examples, mut at_home) = (0, 0);
    for country in countries() {
        for kind in NumberKind::ALL {
            let Some(example) = PhoneNumber::example(country, kind) else { continue };
            examples += 1;
            assert!(example.is_valid(), "{country} {kind:?}");
            // Some are everybody's who shares a calling code; libphonenumber gives those to one of them.
            at_home += usize::from(example.country() == Some(country));
        }
    }
    assert!(examples > 1000 && at_home * 5 > examples * 4, "{examples} examples, {at_home} at home");
}

#[test]
fn a_number_takes_its_form_while_it_is_typed() {
    let mut typing = AsYouType::new("US".parse().ok());
    let shown: Vec<String> = "4155552671".chars().map(|digit| typing.push(digit).to_owned()).collect();
    let expected =
        ["4", "41", "415", "415-5", "415-55", "415-555", "415-5552", "(415) 555-26", "(415) 555-267", "(415) 555-2671"];
    assert_eq!(shown, expected);
    typing.clear();
    "+442071838750".chars().for_each(|digit| drop(typing.push(digit).to_owned()));
    assert_eq!(typing.text(), "+44 20 7183 8750");
}

#[test]
fn a_pasted_book_is_shown_as_it_is() {
    let mut typing = AsYouType::new("GB".parse().ok());
    let book = "00999".repeat(20_000);
    for digit in book.chars() {
        typing.push(digit);
    }
    assert!(typing.text() == book);
}

fn countries() -> impl Iterator<Item = Country> {
    let letters = || 'A'..='Z';
    letters().flat_map(move |first| letters().map(move |second| format!("{first}{second}").parse().unwrap()))
}

fn look_at_everything(number: &PhoneNumber) {
    let formats = [NumberFormat::E164, NumberFormat::International, NumberFormat::National, NumberFormat::Rfc3966];
    formats.iter().for_each(|format| assert!(!number.format(*format).is_empty()));
    let _ = (number.country(), number.kind(), number.possibility(), number.e164());
    if number.is_valid() {
        let again = parse("", &number.format(NumberFormat::E164)).map(|read| read.calling_code());
        assert_eq!(again, Ok(number.calling_code()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(country in "[A-Z]{2}|", text in ".{0,60}") {
        let _ = parse(&country, &text).map(|number| look_at_everything(&number));
        let mut typing = AsYouType::new(country.parse().ok());
        text.chars().for_each(|character| drop(typing.push(character).to_owned()));
    }

    #[test]
    fn no_text_like_a_number_panics(country in "[A-Z]{2}|", text in "[+＋]?[0-9٣ ().x/#,;:~extphon=\\-]{0,40}") {
        let _ = parse(&country, &text).map(|number| look_at_everything(&number));
        let mut typing = AsYouType::new(country.parse().ok());
        text.chars().for_each(|character| drop(typing.push(character).to_owned()));
    }

    #[test]
    fn typing_shows_every_digit_that_was_typed(country in "[A-Z]{2}", text in "[+]?[0-9]{0,25}") {
        let mut typing = AsYouType::new(country.parse().ok());
        for (at, digit) in text.char_indices() {
            let shown: String = typing.push(digit).chars().filter(|letter| !" -()./".contains(*letter)).collect();
            prop_assert_eq!(&shown, &text[..=at]);
        }
    }
}
