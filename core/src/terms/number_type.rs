//! The kinds of number that carriers sell.

use ringup_derive::data;

/// The kinds of number that carriers sell.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum NumberType {
    /// Belongs to a place.
    Local,
    /// Belongs to a mobile network.
    Mobile,
    /// Belongs to a country, but to no place in it.
    National,
    /// Free to the caller.
    TollFree,
}

impl NumberType {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Local, Self::Mobile, Self::National, Self::TollFree];

    /// What a person calls it, before a noun: `toll-free`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Mobile => "mobile",
            Self::National => "national",
            Self::TollFree => "toll-free",
        }
    }

    /// Its stable name, the same in Rust, JSON and TypeScript.
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
