//! Parts of a number, as searches and lists name them.

/// The most places of a pattern.
const PLACES_MAX: usize = 16;

/// A part of a number: digits, letters of a telephone's keys, `*` for any digit; a `+` is the number's begin.
pub(super) struct Pattern {
    places: Vec<Option<u8>>,
    from_begin: bool,
}

impl Pattern {
    /// Reads a pattern of `places_min` places or more.
    pub(super) fn parse(text: &str, places_min: usize) -> Option<Self> {
        let digits = text.strip_prefix('+');
        let from_begin = digits.is_some();
        let places: Option<Vec<Option<u8>>> = digits.unwrap_or(text).bytes().map(place).collect();
        let places = places.filter(|places| (places_min..=PLACES_MAX).contains(&places.len()))?;
        Some(Self { places, from_begin })
    }

    /// Whether a number in E.164 has this part.
    pub(super) fn fits(&self, number: &str) -> bool {
        let digits = number.trim_start_matches('+').as_bytes();
        let here = |window: &[u8]| {
            window.iter().zip(&self.places).all(|(digit, place)| place.is_none_or(|wanted| wanted == *digit))
        };
        let mut windows = digits.windows(self.places.len().max(1));
        match (self.places.is_empty(), self.from_begin) {
            (true, _) => true,
            (false, true) => windows.next().is_some_and(here),
            (false, false) => windows.any(here),
        }
    }
}

/// One place of a pattern: `None` outside if it is no such place, inside if it is any digit.
const fn place(byte: u8) -> Option<Option<u8>> {
    Some(Some(match byte.to_ascii_lowercase() {
        b'*' => return Some(None),
        digit @ b'0'..=b'9' => digit,
        b'a'..=b'c' => b'2',
        b'd'..=b'f' => b'3',
        b'g'..=b'i' => b'4',
        b'j'..=b'l' => b'5',
        b'm'..=b'o' => b'6',
        b'p'..=b's' => b'7',
        b't'..=b'v' => b'8',
        b'w'..=b'z' => b'9',
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_digits_letters_and_stars_anywhere_in_the_number() {
        for (pattern, expected) in [
            ("808", true),
            ("1571", true),
            ("+1808", true),
            ("8**925", true),
            // The letters of 9251.
            ("WAK1", true),
            ("1808925****", true),
            ("", true),
            ("+", true),
            ("+808", false),
            ("571*", false),
            ("180892515710", false),
        ] {
            assert_eq!(Pattern::parse(pattern, 0).unwrap().fits("+18089251571"), expected, "{pattern}");
        }
        for none in ["1", "+1", "8-8", "12345678901234567", "\u{fc}1"] {
            assert!(Pattern::parse(none, 2).is_none(), "{none}");
        }
    }
}
