//! Counts: numbers held or pending, in total, by country and by type.

use crate::base::map::Map;

use crate::account::standing::InFlight;
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::Country;

/// Numbers, counted. Those of an uncounted holder are in the counts of the holder only.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data(undescribed)]
#[serde(default, deny_unknown_fields)]
pub struct Counts {
    /// Numbers in total.
    pub total: u32,
    /// Numbers per country.
    pub by_country: Map<Country, u32>,
    /// Numbers per type.
    pub by_type: Map<NumberType, u32>,
    /// Numbers whose type is not known yet.
    pub untyped: u32,
}

impl Counts {
    /// Counts one number more.
    pub(crate) fn add(&mut self, country: Option<Country>, number_type: Option<NumberType>) {
        self.change(country, number_type, |count| *count = count.saturating_add(1));
    }

    /// Counts one number less.
    pub(crate) fn remove(&mut self, country: Option<Country>, number_type: Option<NumberType>) {
        self.change(country, number_type, |count| *count = count.saturating_sub(1));
        self.by_country.retain(|_, count| 0 < *count);
        self.by_type.retain(|_, count| 0 < *count);
    }

    pub(crate) fn add_pending(&mut self, purchase: &InFlight) {
        self.add(purchase.country, purchase.number_type);
    }

    pub(crate) fn remove_pending(&mut self, purchase: &InFlight) {
        self.remove(purchase.country, purchase.number_type);
    }

    /// Adds what another count has.
    pub(crate) fn add_all(&mut self, other: &Self) {
        self.merge(other, u32::saturating_add);
    }

    /// Takes away what another count has.
    pub(crate) fn remove_all(&mut self, other: &Self) {
        self.merge(other, u32::saturating_sub);
        self.by_country.retain(|_, count| 0 < *count);
        self.by_type.retain(|_, count| 0 < *count);
    }

    fn change(&mut self, country: Option<Country>, number_type: Option<NumberType>, change: impl Fn(&mut u32)) {
        change(&mut self.total);
        if let Some(country) = country {
            self.by_country.change(country, &change);
        }
        match number_type {
            Some(number_type) => self.by_type.change(number_type, &change),
            None => change(&mut self.untyped),
        }
    }

    fn merge(&mut self, other: &Self, join: impl Fn(u32, u32) -> u32) {
        self.total = join(self.total, other.total);
        self.untyped = join(self.untyped, other.untyped);
        for (country, count) in &other.by_country {
            self.by_country.change(*country, |own| *own = join(*own, *count));
        }
        for (number_type, count) in &other.by_type {
            self.by_type.change(*number_type, |own| *own = join(*own, *count));
        }
    }
}
