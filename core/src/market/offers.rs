//! Offers: what searches found, each with the instants at which it was seen and expires.

use alloc::{string::String, vec::Vec};

use crate::base::id::InventoryId;
use crate::base::money::{Currency, Money};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::market::selector::Selector;
use crate::terms::capabilities::Capabilities;
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::{Country, E164};

/// What searches found. No search for a selector means that the answer is unknown, not that no number is for sale.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct Offers {
    /// The searches, in any order.
    #[ts(optional, as = "Option<_>")]
    pub searches: Vec<Search>,
}

/// A search and its result.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// What was searched for.
    pub selector: Selector,
    /// When the inventory answered.
    pub seen_at: Timestamp,
    /// The first instant at which the result no longer counts.
    pub expires_at: Timestamp,
    /// The numbers found. Empty: none is for sale.
    pub numbers: Vec<OfferedNumber>,
}

/// A number for sale, as the inventory describes it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct OfferedNumber {
    /// The number in E.164.
    pub number: E164,
    /// The id of the number in the inventory.
    pub inventory_id: InventoryId,
    /// The country of the number.
    pub country: Country,
    /// The region, as the carrier names it.
    #[serde(default)]
    pub region: String,
    /// The number type.
    pub number_type: NumberType,
    /// The capabilities of the number.
    pub capabilities: Capabilities,
    /// The number's own prices, its own currency first. Empty: the rate card prices the number.
    ///
    /// An own price replaces the rate's setup fee, recurring fee, volume tiers and commitment. The rate's other fees in
    /// the same currency and its regulatory tier still apply. Without a rate there are no other fees, and the tier is
    /// the highest among the country's rates, or 0. Discounts, taxes, proration and included numbers apply as for every
    /// number.
    #[serde(default)]
    pub prices: Vec<OfferedPrice>,
    /// The least number of months that must be paid. If the rate card prices the number, the longer commitment applies.
    #[serde(default)]
    pub minimum_commitment_months: u32,
}

/// A number's own price.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct OfferedPrice {
    /// The charge taken once.
    pub setup_fee: Money,
    /// The recurring charge per month, in the currency of the setup fee. Zero for a number that is paid by the year. A
    /// price with two currencies, or with both recurring charges, is ignored.
    pub monthly_fee: Money,
    /// The recurring charge per year. Absent: the number is paid by the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub yearly_fee: Option<Money>,
}

/// # Example
///
/// ```
/// use ringup_core::{Offers, Search, Selector, Timestamp};
///
/// // A search that found nothing says that the number is not for sale. Without a search nothing is known.
/// let now = Timestamp::from_millis(1_774_432_800_000);
/// let search = Search {
///     selector: Selector::Exact { number: "+14155550142".parse()? },
///     seen_at: now,
///     expires_at: now.plus_seconds(60),
///     numbers: vec![],
/// };
/// let offers = Offers { searches: vec![search] };
/// assert_ne!(offers, Offers::default());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Offers {
    /// The latest search for this selector that has not expired.
    #[must_use]
    pub fn find(&self, selector: &Selector, now: Timestamp) -> Option<&Search> {
        self.searches
            .iter()
            .filter(|search| search.selector == *selector && search.counts().contains(now))
            .max_by_key(|search| search.seen_at)
    }
}

impl Offers {
    /// The latest search of any selector that found this number and has not expired.
    pub(crate) fn find_number(&self, number: E164, now: Timestamp) -> Option<&Search> {
        self.searches
            .iter()
            .filter(|search| search.counts().contains(now))
            .filter(|search| search.numbers.iter().any(|offer| offer.number == number))
            .max_by_key(|search| search.seen_at)
    }
}

impl Search {
    /// The window in which the result counts.
    pub(crate) const fn counts(&self) -> Window {
        Window::between(self.seen_at, self.expires_at)
    }
}

impl OfferedNumber {
    /// Whether the carrier names its region so. The case of letters does not count.
    #[must_use]
    pub fn is_of_region(&self, region: &str) -> bool {
        self.region.to_lowercase() == region.to_lowercase()
    }

    /// The price in this currency, or the first price if it has none.
    #[must_use]
    pub fn price(&self, currency: Option<Currency>) -> Option<&OfferedPrice> {
        self.prices
            .iter()
            .filter(|price| price.is_coherent())
            .find(|price| currency.is_none_or(|currency| currency == price.monthly_fee.currency()))
    }
}

impl OfferedNumber {
    /// The currencies of its own prices, each once.
    pub(crate) fn currencies(&self) -> Vec<Currency> {
        let mut currencies = Vec::new();
        for price in self.prices.iter().filter(|price| price.is_coherent()) {
            let currency = price.monthly_fee.currency();
            if !currencies.contains(&currency) {
                currencies.push(currency);
            }
        }
        currencies
    }
}

impl OfferedPrice {
    fn is_coherent(&self) -> bool {
        let yearly = self.yearly_fee.unwrap_or(Money::zero(self.monthly_fee.currency()));
        let is_one_currency = [self.setup_fee, yearly].iter().all(|fee| fee.currency() == self.monthly_fee.currency());
        is_one_currency
            && [self.setup_fee, self.monthly_fee, yearly].iter().all(|fee| 0 <= fee.minor_units())
            // A number is paid by the month or by the year, even if the year is free.
            && (self.monthly_fee.is_zero() || self.yearly_fee.is_none())
    }
}

#[cfg(test)]
impl OfferedNumber {
    /// A number without its own price.
    pub(crate) fn sample() -> Self {
        Self {
            number: "+14045550100".parse().unwrap(),
            inventory_id: "inv-1".parse().unwrap(),
            country: "US".parse().unwrap(),
            region: "Atlanta".into(),
            number_type: NumberType::Local,
            capabilities: Capabilities::default(),
            prices: Vec::new(),
            minimum_commitment_months: 0,
        }
    }
}
