//! The stock: every number that can be sold, found by number, by name or by country. Shared by all worlds of a process.

use std::collections::{BTreeMap, HashMap};

use ringup_core::{Country, E164, InventoryId, OfferedNumber, Selector};

use super::national;

/// Every number that can be sold.
#[derive(Clone, Debug, Default)]
pub struct Stock {
    numbers: Vec<StockNumber>,
    by_number: HashMap<E164, usize>,
    by_name: HashMap<(&'static str, InventoryId), usize>,
    by_country: BTreeMap<(&'static str, Country), Vec<usize>>,
}

/// A number, and the dialect that sells it.
#[derive(Clone, Debug)]
pub struct StockNumber {
    /// The dialect.
    pub dialect: &'static str,
    /// The number as it is offered.
    pub offer: OfferedNumber,
}

impl Stock {
    /// Takes in a dialect's numbers. A number that another dialect sells already stays there: it exists only once.
    pub fn add(&mut self, dialect: &'static str, offers: Vec<OfferedNumber>) {
        for offer in offers {
            if self.by_number.contains_key(&offer.number) {
                continue;
            }
            let place = self.numbers.len();
            self.by_number.insert(offer.number, place);
            self.by_name.insert((dialect, offer.inventory_id.clone()), place);
            self.by_country.entry((dialect, offer.country)).or_default().push(place);
            self.numbers.push(StockNumber { dialect, offer });
        }
    }

    /// All numbers, dialect after dialect.
    pub fn numbers(&self) -> impl Iterator<Item = &StockNumber> {
        self.numbers.iter()
    }

    /// The number, if it can be sold at all.
    #[must_use]
    pub fn find(&self, number: E164) -> Option<&StockNumber> {
        self.by_number.get(&number).and_then(|place| self.numbers.get(*place))
    }

    /// The numbers of a dialect that a selector means, free or not.
    pub fn matching<'a>(
        &'a self,
        dialect: &'static str,
        selector: &'a Selector,
    ) -> impl Iterator<Item = &'a OfferedNumber> {
        let one = |place: Option<&usize>| place.copied().into_iter().collect::<Vec<usize>>();
        let all = |country: &Country| self.by_country.get(&(dialect, *country)).cloned().unwrap_or_default();
        let places = match selector {
            Selector::Any { country } | Selector::AreaCode { country, .. } | Selector::Pattern { country, .. } => {
                all(country)
            }
            Selector::Exact { number } => one(self.by_number.get(number)),
            Selector::Inventory { inventory_id } => one(self.by_name.get(&(dialect, inventory_id.clone()))),
        };
        let found = places.into_iter().filter_map(|place| self.numbers.get(place));
        found.filter(move |found| found.dialect == dialect && fits(selector, &found.offer)).map(|found| &found.offer)
    }
}

fn fits(selector: &Selector, offer: &OfferedNumber) -> bool {
    match selector {
        Selector::Any { country } => offer.country == *country,
        Selector::Exact { number } => offer.number == *number,
        Selector::Inventory { inventory_id } => offer.inventory_id == *inventory_id,
        Selector::AreaCode { country, area_code } => {
            offer.country == *country && national(offer.number).starts_with(area_code)
        }
        Selector::Pattern { country, pattern } => offer.country == *country && pattern.matches(offer.number),
    }
}
