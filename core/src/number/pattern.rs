//! Patterns of numbers: `+1415555****`, each `*` standing for one digit.

use alloc::collections::BTreeSet;
use alloc::string::String;

use super::E164;
use super::plan::{Listing, PLAN, State};
use crate::Country;

/// A number with some digits left open.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[cfg_attr(feature = "describe", schemars(with = "String"), ts(type = "string"))]
// `+`, then 7 to 15 of `0`–`9` and `*`.
pub struct NumberPattern(String);

/// Why a text is not a pattern.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PatternError;

impl NumberPattern {
    /// Whether it means at least one valid number, of the country if one is given.
    ///
    /// All numbers that it means are walked at once, so a star costs no more than a digit.
    #[must_use]
    pub fn can_match(&self, country: Option<Country>) -> bool {
        let digits = self.0.get(1..).unwrap_or_default();
        let wanted = country.map(|country| PLAN.region_named(country));
        PLAN.codes().any(|code| {
            let number = match wanted {
                None => None,
                Some(Some(region)) => match PLAN.place(&code, &region) {
                    Some(number) => Some(number),
                    None => return false,
                },
                Some(None) => return false,
            };
            let calling_code = alloc::format!("{}", code.calling_code);
            let Some((head, national)) = digits.split_at_checked(calling_code.len()) else { return false };
            if !head.bytes().zip(calling_code.bytes()).all(|(wanted, found)| wanted == b'*' || wanted == found) {
                return false;
            }
            ends(code.listing, national).into_iter().any(|end| {
                let Listing { region, kind, .. } = PLAN.listing_at(end);
                kind != 0 && number.is_none_or(|number| number == region)
            })
        })
    }

    /// Whether the number is one that the pattern means.
    #[must_use]
    pub fn matches(&self, number: E164) -> bool {
        let number = String::from(number);
        number.len() == self.0.len()
            && self.0.bytes().zip(number.bytes()).all(|(wanted, found)| wanted == b'*' || wanted == found)
    }
}

/// Every state in which a number that the pattern means may end.
fn ends(start: State, pattern: &str) -> BTreeSet<State> {
    let mut states = BTreeSet::from([start]);
    for wanted in pattern.bytes() {
        let digits = match wanted {
            b'*' => 0..=9,
            digit => digit.wrapping_sub(b'0')..=digit.wrapping_sub(b'0'),
        };
        let next = |state: State| digits.clone().map(move |digit| PLAN.step(state, digit));
        states = states.into_iter().flat_map(next).collect();
    }
    states
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
        let can_match =
            |pattern: &str, country: &str| pattern.parse::<NumberPattern>().unwrap().can_match(country.parse().ok());
        for (pattern, country, possible) in [
            ("+1415555****", "US", true),
            ("+1415555****", "", true),
            ("+1415555****", "CA", false),
            ("+1604*******", "CA", true),
            ("+1**********", "JM", true),
            ("+1415055****", "US", false),
            ("+1415555***", "US", false),
            ("+4474********", "GB", true),
            ("+***********", "FR", true),
            ("+33*********", "DE", false),
            ("+1415555****", "ZZ", false),
        ] {
            assert_eq!(can_match(pattern, country), possible, "{pattern} {country}");
        }
        for wrong in ["", "1415555****", "+1415", "+1415555***x"] {
            assert_eq!(wrong.parse::<NumberPattern>(), Err(PatternError), "{wrong}");
        }
    }
}
