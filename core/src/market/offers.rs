//! Offers: facts from outside, each with the instants at which it was seen and expires.

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

/// What searches have found. Empty means that nobody has looked, not that there is nothing.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct Offers {
    /// The searches that were made.
    #[ts(optional, as = "Option<_>")]
    pub searches: Vec<Search>,
}

/// One search and its outcome.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// What was asked for.
    pub selector: Selector,
    /// When it was answered.
    pub seen_at: Timestamp,
    /// From when on the answer counts no more.
    pub expires_at: Timestamp,
    /// What was found; empty: there is none.
    pub numbers: Vec<OfferedNumber>,
}

/// A number that can be bought.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct OfferedNumber {
    /// The number.
    pub number: E164,
    /// Its name in the inventory.
    pub inventory_id: InventoryId,
    /// Its country.
    pub country: Country,
    /// Its region, as the carrier names it.
    #[serde(default)]
    pub region: String,
    /// Its type.
    pub number_type: NumberType,
    /// What it can do.
    pub capabilities: Capabilities,
    /// Its own prices, the number's own currency first; empty: the rate card's hold. An own price takes the place of the
    /// entry's setup fee, recurring fee, tiers and commitment. What the entry says else holds for the number, too: the other
    /// fees in the price's currency, which are passed on whatever the number costs, and the regulatory tier; without an entry
    /// there are none, and the tier is the highest of the country's entries, or 0. Discounts, taxes, proration and included numbers are as for any number.
    #[serde(default)]
    pub prices: Vec<OfferedPrice>,
    /// How many months must be paid at the least. Where the rate card prices the number, the longer of the two counts.
    #[serde(default)]
    pub minimum_commitment_months: u32,
}

/// A price that a number carries itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct OfferedPrice {
    /// The non-recurring charge.
    pub setup_fee: Money,
    /// The recurring charge, a month; in the same currency, or the price is passed over. Nought for a number that is paid by
    /// the year: a price that is paid both ways is passed over, too.
    pub monthly_fee: Money,
    /// The recurring charge, a year; absent: the number is paid by the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub yearly_fee: Option<Money>,
}

/// # Example
///
/// ```
/// use ringup_core::{Offers, Search, Selector, Timestamp};
///
/// // A search that found nothing says that there is no such number; no search says nothing.
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
    /// The answer to a search that still counts, the newest if there are several.
    #[must_use]
    pub fn find(&self, selector: &Selector, now: Timestamp) -> Option<&Search> {
        self.searches
            .iter()
            .filter(|search| search.selector == *selector && search.counts().contains(now))
            .max_by_key(|search| search.seen_at)
    }
}

impl Offers {
    /// The newest answer that still counts to any search that has returned this number.
    pub(crate) fn find_number(&self, number: E164, now: Timestamp) -> Option<&Search> {
        self.searches
            .iter()
            .filter(|search| search.counts().contains(now))
            .filter(|search| search.numbers.iter().any(|offer| offer.number == number))
            .max_by_key(|search| search.seen_at)
    }
}

impl Search {
    /// How long its answer counts.
    pub(crate) const fn counts(&self) -> Window {
        Window::between(self.seen_at, self.expires_at)
    }
}

impl OfferedNumber {
    /// The price in this currency; without one, in the number's own.
    #[must_use]
    pub fn price(&self, currency: Option<Currency>) -> Option<&OfferedPrice> {
        self.prices
            .iter()
            .filter(|price| price.is_coherent())
            .find(|price| currency.is_none_or(|currency| currency == price.monthly_fee.currency()))
    }
}

impl OfferedNumber {
    /// The currencies that it has a price of its own in, each once.
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
            // A number is paid by the month or by the year, also where the year costs nothing.
            && (self.monthly_fee.is_zero() || self.yearly_fee.is_none())
    }
}

#[cfg(test)]
impl OfferedNumber {
    /// A number that the rate card prices.
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
