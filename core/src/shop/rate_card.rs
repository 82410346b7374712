//! The rate card: what numbers cost, as versioned data; the most specific entry wins.

use alloc::{format, string::String, vec::Vec};

use super::ShopError;
use crate::{Country, E164, Money};

/// Prices by country, type and prefix.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct RateCard {
    /// Its version; a purchase keeps the one that it was accepted under.
    pub version: String,
    /// How long a quote made from it holds, in seconds.
    pub quote_lifetime_s: u32,
    /// Its entries. Empty where every number carries its own price.
    pub rates: Vec<Rate>,
}

/// One entry: what it matches, then what that costs.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Rate {
    /// Numbers of this country.
    pub country: Country,
    /// Only numbers of this type; absent: any.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub number_type: Option<NumberType>,
    /// Only numbers that begin so, such as `+1415`; absent: any.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub prefix: Option<String>,
    /// The non-recurring charge.
    pub setup_fee: Money,
    /// The recurring charge, a month.
    pub monthly_fee: Money,
    /// How many months must be paid at the least.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub minimum_commitment_months: u32,
    /// The regulatory tier: the higher, the more the holder must prove.
    pub kyc_tier: u8,
    /// What the number can do.
    pub capabilities: Capabilities,
}

/// The kinds of number that carriers sell.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
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

/// What a number can do.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Capabilities {
    /// Calls.
    pub voice: bool,
    /// Text messages.
    pub sms: bool,
    /// Multimedia messages.
    pub mms: bool,
    /// Faxes.
    pub fax: bool,
}

impl NumberType {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Local, Self::Mobile, Self::National, Self::TollFree];

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

impl RateCard {
    /// The most specific entry for a number of this country: a prefix outweighs a type, a longer prefix a shorter one.
    #[must_use]
    pub fn rate(&self, country: Country, number_type: Option<NumberType>, number: Option<E164>) -> Option<&Rate> {
        let text = number.map(String::from);
        let fits = |rate: &&Rate| {
            rate.country == country
                && (rate.number_type.is_none() || rate.number_type == number_type)
                && rate.prefix.as_ref().is_none_or(|prefix| text.as_ref().is_some_and(|text| text.starts_with(prefix)))
        };
        self.rates.iter().filter(fits).max_by_key(|rate| specificity(rate))
    }
}

fn specificity(rate: &Rate) -> (usize, bool) {
    (rate.prefix.as_ref().map_or(0, String::len), rate.number_type.is_some())
}

pub(super) fn check(card: &RateCard) -> Result<(), ShopError> {
    for (index, rate) in card.rates.iter().enumerate() {
        let field = |name: &str| format!("/rate_card/rates/{index}/{name}");
        if rate.setup_fee.minor_units() < 0 || rate.monthly_fee.minor_units() < 0 {
            return Err(ShopError::new(field("monthly_fee"), "a fee must not be negative"));
        }
        if rate.setup_fee.currency() != rate.monthly_fee.currency() {
            return Err(ShopError::new(field("setup_fee"), "the setup fee and the monthly fee must share a currency"));
        }
        if rate.prefix.as_ref().is_some_and(|prefix| !prefix.starts_with('+')) {
            return Err(ShopError::new(field("prefix"), "a prefix begins with `+` and the country calling code"));
        }
        let twin = |other: &Rate| {
            (other.country, other.number_type, &other.prefix) == (rate.country, rate.number_type, &rate.prefix)
        };
        if card.rates.iter().take(index).any(twin) {
            return Err(ShopError::new(field("country"), "an earlier entry matches the same numbers; remove one"));
        }
    }
    Ok(())
}
