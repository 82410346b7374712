//! Patterns: `+1415555****`, where each `*` is one digit.

use alloc::string::String;

use super::E164;

/// An E.164 number in which `*` stands for any digit.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(
    feature = "serde",
    ringup_derive::data(serde),
    serde(try_from = "String", into = "String"),
    schemars(with = "String"),
    ts(type = "string")
)]
// `+`, then 7 to 15 of `0`–`9` and `*`.
pub struct NumberPattern(String);

/// The text is not a pattern.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PatternError;

impl NumberPattern {
    /// `+`, then 7 to 15 of `0`–`9` and `*`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the number matches.
    #[must_use]
    pub fn matches(&self, number: E164) -> bool {
        let number = String::from(number);
        number.len() == self.0.len()
            && self.0.bytes().zip(number.bytes()).all(|(wanted, found)| wanted == b'*' || wanted == found)
    }
}

impl core::str::FromStr for NumberPattern {
    type Err = PatternError;
    fn from_str(text: &str) -> Result<Self, PatternError> {
        let digits = text.strip_prefix('+').ok_or(PatternError)?;
        let fits = (7..=15).contains(&digits.len());
        if fits && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*') {
            Ok(Self(text.into()))
        } else {
            Err(PatternError)
        }
    }
}

impl TryFrom<String> for NumberPattern {
    type Error = PatternError;
    fn try_from(text: String) -> Result<Self, PatternError> {
        text.parse()
    }
}

impl From<NumberPattern> for String {
    fn from(pattern: NumberPattern) -> Self {
        pattern.0
    }
}

impl core::fmt::Display for NumberPattern {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::fmt::Display for PatternError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a pattern is `+` and 7 to 15 digits, with `*` for each that is open, such as `+1415555****`")
    }
}

impl core::error::Error for PatternError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_one_digit() {
        let pattern: NumberPattern = "+1415555****".parse().unwrap();
        assert!(pattern.matches("+14155550142".parse().unwrap()));
        assert!(!pattern.matches("+14165550142".parse().unwrap()));
        assert!(!pattern.matches("+141555501421".parse().unwrap()));
        for wrong in ["", "1415555****", "+1415", "+1415555***x"] {
            assert_eq!(wrong.parse::<NumberPattern>(), Err(PatternError), "{wrong}");
        }
    }
}
