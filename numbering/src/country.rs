//! Countries by their ISO 3166-1 alpha-2 code.

use alloc::string::String;

/// A country, by its two-letter code. Any two letters are accepted; the rate card says where numbers are sold.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(
    feature = "serde",
    ringup_derive::data(serde),
    serde(try_from = "String", into = "String"),
    schemars(with = "String"),
    ts(type = "string")
)]
// Two capital ASCII letters.
pub struct Country([u8; 2]);

/// The text is not two ASCII letters.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CountryError;

/// A text that is not a country's code as documents write it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CountryCodeError {
    /// It is not two ASCII letters.
    NotTwoLetters,
    /// Its letters are not capital ones.
    NotCapital {
        /// The country that is meant.
        meant: Country,
    },
}

impl Country {
    /// Two capital letters, such as `US`.
    #[must_use]
    pub const fn letters(self) -> [u8; 2] {
        self.0
    }

    /// `None` if these are not two capital letters.
    #[cfg(feature = "plan")]
    pub(super) fn from_letters(letters: [u8; 2]) -> Option<Self> {
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }
}

impl core::str::FromStr for Country {
    type Err = CountryError;
    /// Reads two letters, upper or lower case.
    fn from_str(text: &str) -> Result<Self, CountryError> {
        match *text.as_bytes() {
            [first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
                Ok(Self([first.to_ascii_uppercase(), second.to_ascii_uppercase()]))
            }
            _ => Err(CountryError),
        }
    }
}

impl TryFrom<String> for Country {
    type Error = CountryCodeError;
    /// Reads two capital letters, as documents write them: the names of an object's members must not be equal by case.
    fn try_from(text: String) -> Result<Self, CountryCodeError> {
        let country: Self = text.parse().map_err(|CountryError| CountryCodeError::NotTwoLetters)?;
        if *text.as_bytes() == country.0 { Ok(country) } else { Err(CountryCodeError::NotCapital { meant: country }) }
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        alloc::format!("{country}")
    }
}

impl core::fmt::Display for Country {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let [first, second] = self.0;
        write!(f, "{}{}", char::from(first), char::from(second))
    }
}

impl core::fmt::Display for CountryError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a country is two letters of ISO 3166-1, such as `US`")
    }
}

impl core::error::Error for CountryError {}

impl core::fmt::Display for CountryCodeError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NotTwoLetters => CountryError.fmt(f),
            Self::NotCapital { meant } => {
                write!(f, "a country is written in capital letters: did you mean `{meant}`?")
            }
        }
    }
}

impl core::error::Error for CountryCodeError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_country_is_two_letters() {
        assert_eq!("us".parse::<Country>(), "US".parse::<Country>());
        for wrong in ["", "U", "USA", "U1", "ß", "日"] {
            assert_eq!(wrong.parse::<Country>(), Err(CountryError), "{wrong}");
            assert_eq!(Country::try_from(wrong.to_string()), Err(CountryCodeError::NotTwoLetters), "{wrong}");
        }
    }

    #[test]
    fn a_document_writes_a_country_in_capital_letters() {
        let meant: Country = "US".parse().unwrap();
        assert_eq!(Country::try_from("US".to_string()), Ok(meant));
        for small in ["us", "Us", "uS"] {
            let refused = Country::try_from(small.to_string()).unwrap_err();
            assert_eq!(refused, CountryCodeError::NotCapital { meant });
            assert!(refused.to_string().ends_with("did you mean `US`?"));
        }
    }
}
