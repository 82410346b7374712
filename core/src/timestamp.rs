//! Instants: milliseconds since the Unix epoch in UTC, always given by somebody, never read from a clock.

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
///
/// Kept within ±(2⁵³ − 1), so that it is the same number in JSON and JavaScript; arithmetic stops at those ends.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Timestamp(#[cfg_attr(feature = "describe", ts(type = "number"))] i64);

impl Timestamp {
    /// The latest instant that can be named.
    pub const MAX: Self = Self(crate::INTEGER_MAX);

    /// The instant so many milliseconds after the epoch, moved into the range that can be named.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        if millis > crate::INTEGER_MAX {
            Self(crate::INTEGER_MAX)
        } else if millis < -crate::INTEGER_MAX {
            Self(-crate::INTEGER_MAX)
        } else {
            Self(millis)
        }
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// The instant so many milliseconds later.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self::from_millis(self.0.saturating_add(millis))
    }

    /// The instant so many seconds later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: u32) -> Self {
        // Lossless: `i64::from` is not yet const.
        #[expect(clippy::as_conversions, reason = "u32 always fits in i64")]
        let seconds = seconds as i64;
        self.plus_millis(seconds.saturating_mul(1000))
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Timestamp {
    /// Refuses what JavaScript would read as another number; moving it would change what somebody has said.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let millis = i64::deserialize(deserializer)?;
        let at = Self::from_millis(millis);
        if at.0 == millis {
            Ok(at)
        } else {
            Err(serde::de::Error::custom("an instant is within 9007199254740991 milliseconds of the epoch"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_stops_at_the_ends() {
        assert_eq!(Timestamp::MAX.plus_millis(1), Timestamp::MAX);
        assert_eq!(Timestamp::from_millis(i64::MIN).as_millis(), -9_007_199_254_740_991);
        assert_eq!(Timestamp::from_millis(5).plus_seconds(600).as_millis(), 600_005);
    }
}
