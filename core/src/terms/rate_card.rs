//! The rate card: what numbers cost, as versioned data; the most specific entry wins.
//!
//! A price is made in one order, whatever the card: the entry's fees, the tier's fee in place of the recurring one, the part
//! of the first period that is left, the plan's included numbers, the discounts one after another, and the taxes on what
//! remains. A card that says nothing of these has prices of two lines.

mod discount;
mod proration;
mod rate;
mod tax;
mod tier;

use alloc::{collections::BTreeMap, format, string::String, vec::Vec};

pub(crate) use discount::WHOLE_BASIS_POINTS;
pub use discount::{Discount, DiscountBase, DiscountOff};
pub use proration::{Proration, ProrationBasis};
pub use rate::{OtherFee, Rate};
pub use tax::{Tax, TaxKind, TaxRounding};
pub use tier::Tier;

use crate::base::diagnostic::Diagnostic;
use crate::base::money::{Currency, Decimals};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::terms::capabilities::Capabilities;
use crate::terms::number_type::NumberType;
use crate::terms::plan::Plan;
use ringup_derive::data;
use ringup_numbering::{Country, E164};

/// The most decimals that an amount can be written with.
const EXPONENT_MAX: u8 = 9;

/// Prices by country, type, prefix and capability, and what is taken off them and added to them.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct RateCard {
    /// Its version; a purchase keeps the one that it was accepted under.
    pub version: String,
    /// How long a quote made from it holds, in seconds, if nothing of its price changes sooner; at least one.
    pub quote_lifetime_s: u32,
    /// How many decimals amounts have, where it is not as many as ISO 4217 says. All amounts in that currency are meant: the
    /// card's, the policy's and the plans', the offers' and the customer's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub exponents: BTreeMap<Currency, u8>,
    /// Its entries. Empty where every number carries its own price.
    pub rates: Vec<Rate>,
    /// How the first period is charged up to the customer's billing day; absent: every number has periods of its own, from
    /// its purchase on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub proration: Option<Proration>,
    /// What is taken off, in this order, each from what the ones before it have left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub discounts: Vec<Discount>,
    /// The taxes, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub taxes: Vec<Tax>,
}

/// What is known of a number whose price is sought. An entry that asks for more than is known does not match.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sought {
    pub(crate) country: Country,
    pub(crate) number_type: Option<NumberType>,
    pub(crate) number: Option<E164>,
    pub(crate) capabilities: Option<Capabilities>,
    pub(crate) at: Timestamp,
}

impl RateCard {
    /// The most specific entry for a number of this country, among those that ask for no capability and have no dates.
    #[must_use]
    pub fn rate(&self, country: Country, number_type: Option<NumberType>, number: Option<E164>) -> Option<&Rate> {
        let always = self.rates.iter().filter(|rate| rate.effective().is_always());
        let at = Timestamp::from_millis(0);
        most_specific(always, &Sought { country, number_type, number, capabilities: None, at })
    }

    /// The most specific entry in effect for what is known of a number.
    pub(crate) fn rate_of(&self, sought: &Sought) -> Option<&Rate> {
        most_specific(self.rates.iter(), sought)
    }

    /// Whether there is an entry in effect for any number of a country and type, or for the country whatever the type.
    pub(crate) fn sells(&self, country: Country, number_type: Option<NumberType>, at: Timestamp) -> bool {
        self.rate_of(&Sought { country, number_type, number: None, capabilities: None, at }).is_some()
    }

    /// The highest regulatory tier of the entries in effect that a number of a country and type may come under: what it may
    /// need while nobody knows which number it is.
    pub(crate) fn highest_tier(&self, country: Country, number_type: Option<NumberType>, at: Timestamp) -> u8 {
        let is_of_type =
            |rate: &&Rate| number_type.is_none() || rate.number_type.is_none() || rate.number_type == number_type;
        let of_country = self.rates.iter().filter(|rate| rate.country == country && rate.effective().contains(at));
        of_country.filter(is_of_type).map(|rate| rate.kyc_tier).max().unwrap_or(0)
    }

    /// When the next entry, discount or tax begins or ends after an instant.
    pub(crate) fn next_change(&self, country: Country, at: Timestamp) -> Option<Timestamp> {
        self.changes(country, at).min()
    }

    /// When entries, discounts and taxes begin or end after an instant: of each, what comes next.
    pub(crate) fn changes(&self, country: Country, at: Timestamp) -> impl Iterator<Item = Timestamp> {
        let rates = self.rates.iter().filter(move |rate| rate.country == country).map(Rate::effective);
        let discounts = self.discounts.iter().map(Discount::effective);
        let taxes = self.taxes.iter().map(Tax::effective);
        rates.chain(discounts).chain(taxes).filter_map(move |effective| effective.next_change(at))
    }

    /// The countries of its entries, each once, in its order.
    pub(crate) fn countries(&self) -> Vec<Country> {
        let mut countries = Vec::new();
        for rate in &self.rates {
            if !countries.contains(&rate.country) {
                countries.push(rate.country);
            }
        }
        countries
    }

    /// How amounts are written.
    #[must_use]
    pub const fn decimals(&self) -> Decimals<'_> {
        Decimals::of_card(&self.exponents)
    }
}

fn most_specific<'a>(rates: impl Iterator<Item = &'a Rate>, sought: &Sought) -> Option<&'a Rate> {
    let text = sought.number.map(String::from);
    rates.filter(|rate| rate.matches(sought, text.as_deref())).max_by_key(|rate| rate.specificity())
}

/// The mistakes of the card.
pub(crate) fn mistakes(card: &RateCard, plans: &[Plan]) -> Vec<Diagnostic> {
    let too_long = card.exponents.iter().filter(|(_, exponent)| EXPONENT_MAX < **exponent);
    let exponents = too_long.map(|(currency, exponent)| {
        let message = format!("amounts have at most {EXPONENT_MAX} decimals, and not {exponent}");
        let help = format!("write 0 to {EXPONENT_MAX}");
        Diagnostic::value(format!("/rate_card/exponents/{currency}"), message, help)
    });
    let no_time = (card.quote_lifetime_s == 0).then(|| {
        let message = "`quote_lifetime_s` must be at least 1";
        Diagnostic::value("/rate_card/quote_lifetime_s", message, "write 1 or more seconds, such as 900")
    });
    let entries = no_time.into_iter().chain(exponents).chain(rate::mistakes(&card.rates));
    entries.chain(discount::mistakes(&card.discounts, plans)).chain(tax::mistakes(&card.taxes)).collect()
}

/// What is wrong with the dates of a part of the card, where it stands.
fn dates_mistake(effective: Window, place: &str) -> Option<Diagnostic> {
    if !effective.is_empty() {
        return None;
    }
    let (from, until) = (effective.begins().as_millis(), effective.ends().as_millis());
    let message = format!("it ends at {until} before it begins at {from}");
    let help = "write a later instant: the first one at which it holds no more, in milliseconds since 1970";
    Some(Diagnostic::parts(format!("{place}/effective_until"), message, help))
}
