//! Number types: local, mobile, national, toll-free.

use ringup_derive::data;

/// The type of a number, as carriers sell it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum NumberType {
    /// A geographic number, such as one of a city.
    Local,
    /// A number of the mobile range.
    Mobile,
    /// A number of the whole country, without a place.
    National,
    /// The called party pays for the call.
    TollFree,
}

impl NumberType {
    /// Every type, in the order of declaration.
    pub const ALL: [Self; 4] = [Self::Local, Self::Mobile, Self::National, Self::TollFree];

    /// The name before a noun: `toll-free`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Mobile => "mobile",
            Self::National => "national",
            Self::TollFree => "toll-free",
        }
    }

    /// The stable name in Rust, JSON and TypeScript: `toll_free`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Mobile => "mobile",
            Self::National => "national",
            Self::TollFree => "toll_free",
        }
    }
}

impl core::str::FromStr for NumberType {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, &'static str> {
        let named = Self::ALL.into_iter().find(|kind| kind.name() == text);
        named.ok_or("a type of number is `local`, `mobile`, `national` or `toll_free`")
    }
}
