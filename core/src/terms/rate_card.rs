//! The rate card: prices as versioned data. The most specific entry applies.
//!
//! Every price is made in one order: the entry's fees, the volume tier's monthly fee, proration of the first period,
//! the plan's included numbers, discounts one after the other, the supplement to the minimum charge, taxes on what
//! remains. A card with none of these makes prices of two lines.

mod discount;
mod proration;
mod rate;
mod tax;
mod tier;

use alloc::{format, string::String, vec::Vec};

use crate::base::map::Map;

pub use discount::{Discount, DiscountBase, DiscountOff};
pub use proration::{Proration, ProrationBasis};
pub use rate::{OtherFee, Rate};
pub use tax::{Tax, TaxKind, TaxRounding};
pub use tier::Tier;

use crate::base::diagnostic::Diagnostic;
use crate::base::money::{Currency, Decimals, Money};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::terms::capabilities::Capabilities;
use crate::terms::number_type::NumberType;
use crate::terms::plan::Plan;
use ringup_derive::data;
use ringup_numbering::{Country, E164};

/// The most decimals that an amount is written with.
const EXPONENT_MAX: u8 = 9;

/// Prices by country, type, prefix, region and capability, with discounts and taxes.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct RateCard {
    /// The version. A purchase keeps the version it was accepted under.
    pub version: String,
    /// The longest lifetime of a quote, in seconds; at least 1. A quote expires sooner if its price changes sooner.
    pub quote_lifetime_s: u32,
    /// Decimals of a currency where they differ from ISO 4217. They apply to every amount in that currency: of the
    /// card, the policy, the plans, the offers and the customer.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub exponents: Map<Currency, u8>,
    /// The entries. Empty if every offer carries its own price.
    pub rates: Vec<Rate>,
    /// How a first period is charged up to the customer's billing day. Absent: each number's periods begin at its
    /// purchase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub proration: Option<Proration>,
    /// The discounts, in order. Each is taken off what the ones before it left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub discounts: Vec<Discount>,
    /// The least amount of a charge, with its taxes, in each currency: an amount due now or a recurring fee that is less,
    /// and not zero, is raised by a supplement. Payment providers take no less.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub minimum_charges: Vec<Money>,
    /// The taxes, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub taxes: Vec<Tax>,
}

/// What is known of a number whose price is looked up. An entry with a condition on something unknown does not match.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RateQuery<'a> {
    pub(crate) country: Country,
    pub(crate) number_type: Option<NumberType>,
    pub(crate) number: Option<E164>,
    pub(crate) capabilities: Capabilities,
    pub(crate) region: Option<&'a str>,
    pub(crate) at: Timestamp,
}

impl RateQuery<'_> {
    /// Any number of a country and type.
    pub(crate) const fn of_country(country: Country, number_type: Option<NumberType>, at: Timestamp) -> Self {
        Self { country, number_type, number: None, capabilities: Capabilities::NONE, region: None, at }
    }
}

impl RateCard {
    /// The most specific entry for a number of this country. Entries with capabilities, a region or dates are skipped.
    #[must_use]
    pub fn rate(&self, country: Country, number_type: Option<NumberType>, number: Option<E164>) -> Option<&Rate> {
        let always = self.rates.iter().filter(|rate| rate.effective().is_always());
        let at = Timestamp::from_millis(0);
        most_specific(always, &RateQuery { number, ..RateQuery::of_country(country, number_type, at) })
    }

    /// The most specific entry in effect.
    pub(crate) fn rate_of(&self, query: &RateQuery<'_>) -> Option<&Rate> {
        most_specific(self.rates.iter(), query)
    }

    /// Whether an entry in effect sells a number of this country and type; of any type if `None`.
    pub(crate) fn sells(&self, country: Country, number_type: Option<NumberType>, at: Timestamp) -> bool {
        self.rate_of(&RateQuery::of_country(country, number_type, at)).is_some()
    }

    /// The highest regulatory tier among the entries in effect for this country and type. It is what an unknown number
    /// may need.
    pub(crate) fn highest_tier(&self, country: Country, number_type: Option<NumberType>, at: Timestamp) -> u8 {
        let is_of_type =
            |rate: &&Rate| number_type.is_none() || rate.number_type.is_none() || rate.number_type == number_type;
        let of_country = self.rates.iter().filter(|rate| rate.country == country && rate.effective().contains(at));
        of_country.filter(is_of_type).map(|rate| rate.kyc_tier).max().unwrap_or(0)
    }

    /// The next instant after `at` at which an entry, discount or tax begins or ends.
    pub(crate) fn next_change(&self, country: Country, at: Timestamp) -> Option<Timestamp> {
        self.changes(country, at).min()
    }

    /// Each begin and end of an entry, discount or tax after `at`.
    pub(crate) fn changes(&self, country: Country, at: Timestamp) -> impl Iterator<Item = Timestamp> {
        let rates = self.rates.iter().filter(move |rate| rate.country == country).map(Rate::effective);
        let discounts = self.discounts.iter().map(Discount::effective);
        let taxes = self.taxes.iter().map(Tax::effective);
        rates.chain(discounts).chain(taxes).flat_map(move |effective| effective.changes_after(at))
    }

    /// The countries of the entries, each once, in the order of the card.
    pub(crate) fn countries(&self) -> Vec<Country> {
        let mut countries = Vec::new();
        for rate in &self.rates {
            if !countries.contains(&rate.country) {
                countries.push(rate.country);
            }
        }
        countries
    }

    /// The decimals of amounts, from `exponents` and ISO 4217.
    #[must_use]
    pub const fn decimals(&self) -> Decimals<'_> {
        Decimals::of_card(&self.exponents)
    }
}

fn most_specific<'a>(rates: impl Iterator<Item = &'a Rate>, query: &RateQuery<'_>) -> Option<&'a Rate> {
    let text = query.number.map(String::from);
    rates.filter(|rate| rate.matches(query, text.as_deref())).max_by_key(|rate| rate.specificity())
}

/// The mistakes in the card. Each points into `/rate_card`.
pub(crate) fn mistakes(card: &RateCard, plans: &[Plan]) -> Vec<Diagnostic> {
    let too_long = card.exponents.iter().filter(|(_, exponent)| EXPONENT_MAX < **exponent);
    let exponents = too_long.map(|(currency, exponent)| {
        let message = format!("an amount has at most {EXPONENT_MAX} decimals: {exponent}");
        let help = format!("write 0 to {EXPONENT_MAX}");
        Diagnostic::value(format!("/rate_card/exponents/{currency}"), message, help)
    });
    let no_time = (card.quote_lifetime_s == 0).then(|| {
        let message = "`quote_lifetime_s` must be at least 1";
        Diagnostic::value("/rate_card/quote_lifetime_s", message, "write 1 or more seconds, such as 900")
    });
    let entries = no_time.into_iter().chain(exponents).chain(rate::mistakes(&card.rates));
    let entries = entries.chain(discount::mistakes(&card.discounts, plans)).chain(minimum_mistakes(card));
    entries.chain(tax::mistakes(&card.taxes)).collect()
}

/// The mistakes in the minimum charges: one is not more than zero, or its currency has two.
fn minimum_mistakes(card: &RateCard) -> impl Iterator<Item = Diagnostic> {
    card.minimum_charges.iter().enumerate().flat_map(|(index, minimum)| {
        let place = format!("/rate_card/minimum_charges/{index}");
        let nothing = (minimum.minor_units() <= 0).then(|| {
            let message = format!("a minimum charge must be more than zero: {minimum}");
            Diagnostic::value(&*place, message, "write 1 or more minor units, or remove it")
        });
        let mut earlier = card.minimum_charges.iter().take(index);
        let twice = earlier.position(|other| other.currency() == minimum.currency()).map(|earlier| {
            let currency = minimum.currency();
            let message = format!("{currency} has a minimum charge already, at `/rate_card/minimum_charges/{earlier}`");
            Diagnostic::parts(&*place, message, "remove one")
        });
        nothing.into_iter().chain(twice)
    })
}

/// The mistake in the dates of a part of the card: the end is not after the begin.
fn dates_mistake(effective: Window, place: &str) -> Option<Diagnostic> {
    if !effective.is_empty() {
        return None;
    }
    let (from, until) = (effective.begins().as_millis(), effective.ends().as_millis());
    let message = format!("the end {until} is not after the begin {from}");
    let help = "write a later end, in milliseconds since 1970";
    Some(Diagnostic::parts(format!("{place}/effective_until"), message, help))
}
