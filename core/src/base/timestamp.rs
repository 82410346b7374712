//! Instants: milliseconds since the Unix epoch, in UTC. The caller gives them; no clock is read.

use crate::base::calendar::date;
use ringup_derive::data;

/// Milliseconds since 1970-01-01T00:00:00Z.
///
/// Within ±(2⁵³ − 1), so that JSON and JavaScript read the same number. Arithmetic saturates at these ends.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data(write)]
#[serde(transparent)]
pub struct Timestamp(#[ts(type = "number")] i64);

/// # Example
///
/// ```
/// use ringup_core::Timestamp;
///
/// let accepted_at = Timestamp::from_millis(1_774_432_800_000);
/// assert_eq!(accepted_at.to_string(), "2026-03-25T10:00:00Z");
///
/// // An end is the first instant after: at `ends_at` the window is over.
/// let ends_at = accepted_at.plus_seconds(600);
/// assert!(accepted_at < ends_at);
/// assert_eq!(ends_at.to_string(), "2026-03-25T10:10:00Z");
/// ```
impl Timestamp {
    /// The latest instant: 2⁵³ − 1 milliseconds after the epoch.
    pub const MAX: Self = Self(crate::base::INTEGER_MAX);

    /// The instant `millis` after the epoch, clamped to the range.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        if millis > crate::base::INTEGER_MAX {
            Self(crate::base::INTEGER_MAX)
        } else if millis < -crate::base::INTEGER_MAX {
            Self(-crate::base::INTEGER_MAX)
        } else {
            Self(millis)
        }
    }

    /// Refuses what JavaScript would read as another number; moving it would change what somebody has said.
    pub(crate) fn exactly(millis: i64) -> Result<Self, &'static str> {
        let at = Self::from_millis(millis);
        if at.0 == millis { Ok(at) } else { Err("an instant is within 9007199254740991 milliseconds of the epoch") }
    }

    /// Milliseconds since the epoch; negative before it.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// `millis` later; saturates.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self::from_millis(self.0.saturating_add(millis))
    }

    /// `seconds` later; saturates.
    #[must_use]
    pub const fn plus_seconds(self, seconds: u32) -> Self {
        // Lossless. `i64::from` is not const yet.
        #[expect(clippy::as_conversions, reason = "u32 always fits in i64")]
        let seconds = seconds as i64;
        self.plus_millis(seconds.saturating_mul(1000))
    }
}

impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::exactly(i64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl core::fmt::Display for Timestamp {
    /// RFC 3339 in UTC: `2026-03-25T10:00:00Z`, with milliseconds if they are not zero. A year outside 0 to 9999 has
    /// six digits and a sign, as in ISO 8601 and ECMAScript.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (year, month, day) = date(*self);
        match year {
            0..=9999 => write!(f, "{year:04}")?,
            _ => write!(f, "{year:+07}")?,
        }
        // No divisor is zero, and no Euclidean remainder is negative.
        let millis = self.0.rem_euclid(86_400_000);
        let (hour, minute) = (millis.div_euclid(3_600_000), millis.div_euclid(60_000).rem_euclid(60));
        let (second, millis) = (millis.div_euclid(1_000).rem_euclid(60), millis.rem_euclid(1_000));
        write!(f, "-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        if millis == 0 { f.write_str("Z") } else { write!(f, ".{millis:03}Z") }
    }
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::ToString};

    use super::*;

    #[test]
    fn arithmetic_stops_at_the_ends() {
        assert_eq!(Timestamp::MAX.plus_millis(1), Timestamp::MAX);
        assert_eq!(Timestamp::from_millis(i64::MIN).as_millis(), -9_007_199_254_740_991);
        assert_eq!(Timestamp::from_millis(5).plus_seconds(600).as_millis(), 600_005);
    }

    #[test]
    fn an_instant_is_written_as_jiff_writes_it() {
        let (first, last) = (jiff::Timestamp::MIN.as_millisecond(), jiff::Timestamp::MAX.as_second() * 1_000);
        let steps = (0..20_000).map(|step| first + (last - first) / 20_000 * step);
        // The first and last years of four digits, and whole seconds, which are written without milliseconds.
        let edges = [-62_167_219_200_001, -62_167_219_200_000, -1, 0, 1, 999, 1_000, 1_774_432_800_000, last];
        for millis in steps.chain(edges) {
            let instant = jiff::Timestamp::from_millisecond(millis).unwrap();
            let written = if millis % 1_000 == 0 { instant.to_string() } else { format!("{instant:.3}") };
            assert_eq!(Timestamp::from_millis(millis).to_string(), written);
        }
    }

    #[test]
    fn years_beyond_four_digits_are_those_of_ecmascript() {
        assert_eq!(Timestamp::MAX.to_string(), "+287396-10-12T08:59:00.991Z");
        assert_eq!(Timestamp::from_millis(8_640_000_000_000_000).to_string(), "+275760-09-13T00:00:00Z");
        assert_eq!(Timestamp::from_millis(-8_640_000_000_000_000).to_string(), "-271821-04-20T00:00:00Z");
    }
}
