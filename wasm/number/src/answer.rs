//! The answer about a text, as one integer.

use ringup_numbering::{Country, NumberError, NumberKind, NumberReason, PhoneNumber, plan_has};

/// The bits, from the lowest:
///
/// | bits | |
/// |---|---|
/// | 4 | the type, from one in the order of [`NumberKind::ALL`]; zero: not valid |
/// | 4 | the reason, from one in the order of [`NumberReason::ALL`]; zero: valid |
/// | 1 | possible |
/// | 1 | a number was read |
/// | 10 | its calling code; if none was read, the position of the character that has no meaning |
/// | 10 | the letters of its country, five bits each, `A` is one; zero: none |
///
/// It is a small integer also in engines that reserve one bit of 32.
#[must_use]
pub fn answer(text: &str, country: u32) -> u32 {
    bits(parse(text, country))
}

/// The number, or why the text is not one.
pub(crate) fn parse(text: &str, country: u32) -> Result<PhoneNumber, NotRead> {
    PhoneNumber::parse(text, default(country).map_err(NotRead::Country)?).map_err(NotRead::Text)
}

/// Why there is no number.
pub(crate) enum NotRead {
    /// The country is unknown.
    Country(NumberReason),
    /// The text is not a number.
    Text(NumberError),
}

/// The answer as an integer.
pub(crate) fn bits(parsed: Result<PhoneNumber, NotRead>) -> u32 {
    match parsed {
        Ok(number) => {
            let country = number.country().map_or(0, letters);
            let possible = u32::from(number.is_possible());
            number.kind().map_or(0, kind_bits)
                | number.reason().map_or(0, reason_bits)
                | possible << 8
                | 1 << 9
                | u32::from(number.calling_code()) << 10
                | country << 20
        }
        Err(NotRead::Text(NumberError::InvalidCharacter { at })) => {
            reason_bits(NumberReason::InvalidCharacter) | at << 10
        }
        Err(NotRead::Text(error)) => reason_bits(error.reason()),
        Err(NotRead::Country(reason)) => reason_bits(reason),
    }
}

/// The country as JavaScript gives it: its letters as two bytes; zero: none was given.
pub(crate) fn default(country: u32) -> Result<Option<Country>, NumberReason> {
    if country == 0 {
        return Ok(None);
    }
    let [0, 0, letters @ ..] = country.to_be_bytes() else { return Err(NumberReason::UnknownCountry) };
    let country = core::str::from_utf8(&letters).ok().and_then(|letters| letters.parse().ok());
    country.filter(|country| plan_has(*country)).map(Some).ok_or(NumberReason::UnknownCountry)
}

fn kind_bits(kind: NumberKind) -> u32 {
    (1..).zip(NumberKind::ALL).find(|(_, known)| *known == kind).map_or(0, |(place, _)| place)
}

fn reason_bits(reason: NumberReason) -> u32 {
    (1..).zip(NumberReason::ALL).find(|(_, known)| *known == reason).map_or(0, |(place, _)| place << 4)
}

fn letters(country: Country) -> u32 {
    country.letters().into_iter().fold(0, |letters, letter| letters << 5 | u32::from(letter.wrapping_sub(b'A' - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const US: u32 = 0x5553;

    #[test]
    fn a_number_is_answered_in_one_integer() {
        let san_francisco = answer("(415) 555-2671", US);
        assert_eq!(san_francisco & 15, 3, "fixed_line_or_mobile");
        assert_eq!(san_francisco >> 4 & 15, 0, "no reason");
        assert_eq!(san_francisco >> 8 & 3, 3, "possible, and read");
        assert_eq!(san_francisco >> 10 & 1023, 1);
        assert_eq!(san_francisco >> 20, 21 << 5 | 19);
    }

    #[test]
    fn what_is_no_number_says_why_and_where() {
        let reason = |text, country| {
            let bits = answer(text, country);
            let place = usize::try_from(bits >> 4 & 15).unwrap_or_default();
            (NumberReason::ALL.get(place.wrapping_sub(1)).map(|reason| reason.name()), bits >> 10)
        };
        assert_eq!(reason("12€34", US), (Some("invalid_character"), 2));
        assert_eq!(reason("", 0), (Some("empty"), 0));
        assert_eq!(reason("4155552671", 0), (Some("missing_calling_code"), 0));
        for nowhere in [1, 0x5858, 0x554b, 0x0001_5553, u32::MAX] {
            assert_eq!(reason("+14155552671", nowhere), (Some("unknown_country"), 0), "{nowhere:x}");
        }
    }
}
