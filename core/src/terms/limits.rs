//! Limits: how many numbers, how fast and for how much. A policy limits every customer, a plan its own; the lower limit
//! applies.

use alloc::{format, vec::Vec};

use crate::base::map::Map;

use crate::base::calendar::CalendarPeriod;
use crate::base::diagnostic::Diagnostic;
use crate::base::money::Money;
use crate::terms::country;
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::Country;

/// Limits. One that is absent does not apply.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Numbers held or pending, in total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub numbers: Option<u32>,
    /// Numbers held or pending in each of these countries.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub by_country: Map<Country, u32>,
    /// Numbers held or pending in each country that `by_country` does not name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub each_country: Option<u32>,
    /// Numbers held or pending of each of these types.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub by_type: Map<NumberType, u32>,
    /// Numbers held or pending of each holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub each_holder: Option<u32>,
    /// Amounts due at purchases in a calendar period. At most one limit per currency and period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub spend: Vec<SpendLimit>,
    /// Purchases in a calendar day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub purchases_a_day: Option<u32>,
}

/// A limit on the amounts due at purchases, in one currency and period.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct SpendLimit {
    /// The largest sum of the amounts due.
    pub amount: Money,
    /// The period that the sum is over.
    pub period: CalendarPeriod,
}

impl Limits {
    pub(crate) fn is_empty(&self) -> bool {
        self.numbers.is_none()
            && self.each_country.is_none()
            && self.each_holder.is_none()
            && self.spend.is_empty()
            && self.purchases_a_day.is_none()
            && self.by_country.is_empty()
            && self.by_type.is_empty()
    }

    /// The mistakes in the limits. `place` is the pointer to them.
    pub(crate) fn mistakes(&self, place: &str, holder_required: bool) -> Vec<Diagnostic> {
        let mut mistakes = Vec::new();
        if self.each_holder.is_some() && !holder_required {
            let message = "a purchase without a holder would bypass `each_holder`";
            let help = "set `holder_required` in the policy to `true`, or remove the limit";
            mistakes.push(Diagnostic::parts(format!("{place}/each_holder"), message, help));
        }
        let countries = self.by_country.keys();
        let places = countries.map(|country| (format!("{place}/by_country/{country}"), *country));
        mistakes.extend(places.filter_map(|(place, country)| country::mistake(&place, country)));
        for (index, SpendLimit { amount, period }) in self.spend.iter().enumerate() {
            let place = format!("{place}/spend/{index}");
            if amount.minor_units() < 0 {
                let message = format!("a limit must not be negative: {amount}");
                let help = "write 0 or more minor units, or remove the limit";
                mistakes.push(Diagnostic::value(format!("{place}/amount"), message, help));
            }
            let is_same = |other: &SpendLimit| other.period == *period && other.amount.currency() == amount.currency();
            if self.spend.iter().take(index).any(is_same) {
                let message = format!("a limit in {} {} is already listed", amount.currency(), period.title());
                mistakes.push(Diagnostic::parts(
                    place,
                    message,
                    "keep one limit for each currency and period: the lower",
                ));
            }
        }
        mistakes
    }

    /// The limit of a country: its own, or `each_country`.
    pub(crate) fn of_country(&self, country: Country) -> Option<u32> {
        self.by_country.get(&country).copied().or(self.each_country)
    }

    /// Whether a limit depends on the number's country.
    pub(crate) fn asks_for_country(&self) -> bool {
        self.each_country.is_some() || !self.by_country.is_empty()
    }
}
