//! Percentages: exact decimal fractions, for tax rates and discounts.

use core::fmt;

use ringup_derive::data;

/// The most decimals of a percentage.
const DECIMALS_MAX: usize = 6;

/// A part of a hundred as a decimal number with up to six decimals: `19`, `8.875`, `9.975`.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(try_from = "alloc::string::String", into = "alloc::string::String")]
#[read(instead = "Self::WHOLE")]
#[schemars(with = "alloc::string::String", example = "19")]
#[ts(type = "string")]
pub struct Percent {
    // Below 1000 percent.
    millionths: u32,
}

/// The text is not a percentage.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotAPercentage;

impl Percent {
    /// 100 %.
    pub(crate) const WHOLE: Self = Self { millionths: 100_000_000 };

    /// Millionths of a percent: 19 % are 19,000,000.
    #[must_use]
    pub const fn millionths(self) -> u32 {
        self.millionths
    }

    /// Whether it is more than zero and at most 100 %.
    pub(crate) const fn is_a_part(self) -> bool {
        0 < self.millionths && self.millionths <= Self::WHOLE.millionths
    }
}

impl core::str::FromStr for Percent {
    type Err = NotAPercentage;
    fn from_str(text: &str) -> Result<Self, NotAPercentage> {
        let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, decimals)| (whole, Some(decimals)));
        let is_number = |part: &str, length_max: usize| {
            (1..=length_max).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !is_number(whole, 3) || !decimals.is_none_or(|decimals| is_number(decimals, DECIMALS_MAX)) {
            return Err(NotAPercentage);
        }
        let digits = decimals.unwrap_or_default().bytes().chain(core::iter::repeat(b'0')).take(DECIMALS_MAX);
        let millionths = whole
            .bytes()
            .chain(digits)
            .fold(0_u32, |sum, digit| sum.saturating_mul(10).saturating_add(u32::from(digit.saturating_sub(b'0'))));
        Ok(Self { millionths })
    }
}

impl TryFrom<alloc::string::String> for Percent {
    type Error = NotAPercentage;
    fn try_from(text: alloc::string::String) -> Result<Self, NotAPercentage> {
        text.parse()
    }
}

impl From<Percent> for alloc::string::String {
    fn from(percent: Percent) -> Self {
        alloc::format!("{percent}")
    }
}

impl fmt::Display for Percent {
    /// Without zeros at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = (self.millionths.div_euclid(1_000_000), self.millionths.rem_euclid(1_000_000));
        if decimals == 0 {
            return write!(f, "{whole}");
        }
        f.write_str(alloc::format!("{whole}.{decimals:06}").trim_end_matches('0'))
    }
}

impl fmt::Debug for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} %")
    }
}

impl fmt::Display for NotAPercentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a percentage; digits with at most 6 decimals are expected, such as `19` or `8.875`")
    }
}

impl core::error::Error for NotAPercentage {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_percentage_is_exact_to_the_sixth_decimal() {
        for (text, millionths, written) in [
            ("19", 19_000_000, "19"),
            ("8.875", 8_875_000, "8.875"),
            ("9.9750", 9_975_000, "9.975"),
            ("0.000001", 1, "0.000001"),
            ("100.00", 100_000_000, "100"),
            ("007", 7_000_000, "7"),
            ("999.999999", 999_999_999, "999.999999"),
        ] {
            let read: Percent = text.parse().unwrap();
            assert_eq!((read.millionths(), read.to_string().as_str()), (millionths, written), "{text}");
            assert_eq!(read.to_string().parse(), Ok(read));
        }
    }

    #[test]
    fn anything_else_is_no_percentage() {
        for text in ["", ".", "19.", ".5", "1000", "1.0000001", "19%", "19 ", "-1", "+1", "1e1", "8,875", "1.2.3", "١"]
        {
            assert_eq!(text.parse::<Percent>(), Err(NotAPercentage), "{text}");
        }
    }

    #[test]
    fn a_part_is_more_than_nothing_and_at_most_the_whole() {
        let of = |millionths| Percent { millionths }.is_a_part();
        assert_eq!([0, 1, 100_000_000, 100_000_001].map(of), [false, true, true, false]);
    }
}
