//! The stock: every number that can be sold, found by number, by name or by country, and those that are kept back. Shared by all worlds of a process.

use std::collections::{BTreeMap, HashMap};

use ringup_core::{Country, E164, InventoryId, OfferedNumber, Selector};

/// Every number that can be sold.
#[derive(Clone, Debug, Default)]
pub struct Stock {
    numbers: Vec<StockNumber>,
    by_number: HashMap<E164, usize>,
    by_name: HashMap<(&'static str, InventoryId), usize>,
    by_country: BTreeMap<(&'static str, Country), Vec<usize>>,
    // No search finds these: accounts that hold numbers already are opened out of them.
    kept: BTreeMap<&'static str, Vec<usize>>,
}

/// A number, and the dialect that sells it.
#[derive(Clone, Debug)]
pub struct StockNumber {
    /// The dialect.
    pub dialect: &'static str,
    /// The number as it is offered.
    pub offer: OfferedNumber,
    /// Whether nobody can buy it.
    pub is_kept: bool,
}

impl Stock {
    /// Takes in a dialect's numbers. A number that another dialect sells already stays there: it exists only once.
    pub fn add(&mut self, dialect: &'static str, offers: Vec<OfferedNumber>) {
        for offer in offers {
            let (name, country) = ((dialect, offer.inventory_id.clone()), (dialect, offer.country));
            if let Some(place) = self.put(StockNumber { dialect, offer, is_kept: false }) {
                self.by_name.insert(name, place);
                self.by_country.entry(country).or_default().push(place);
            }
        }
    }

    /// Takes in numbers that nobody can buy.
    pub fn keep(&mut self, dialect: &'static str, offers: Vec<OfferedNumber>) {
        for offer in offers {
            if let Some(place) = self.put(StockNumber { dialect, offer, is_kept: true }) {
                self.kept.entry(dialect).or_default().push(place);
            }
        }
    }

    /// Puts a number in its place; none if it is there already.
    fn put(&mut self, number: StockNumber) -> Option<usize> {
        let place = self.numbers.len();
        if self.by_number.contains_key(&number.offer.number) {
            return None;
        }
        self.by_number.insert(number.offer.number, place);
        self.numbers.push(number);
        Some(place)
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
            Selector::Any { country, .. } | Selector::AreaCode { country, .. } | Selector::Pattern { country, .. } => {
                all(country)
            }
            Selector::Exact { number } => one(self.by_number.get(number)),
            Selector::Inventory { inventory_id } => one(self.by_name.get(&(dialect, inventory_id.clone()))),
        };
        let found = places.into_iter().filter_map(|place| self.numbers.get(place));
        let sold = move |found: &&StockNumber| found.dialect == dialect && !found.is_kept;
        found.filter(sold).map(|found| &found.offer).filter(move |offer| fits(selector, offer))
    }

    /// The kept numbers of a dialect that a selector means, free or not; none: the dialect keeps none back.
    pub fn kept<'a>(
        &'a self,
        dialect: &'static str,
        selector: &'a Selector,
    ) -> Option<impl Iterator<Item = &'a OfferedNumber>> {
        let places = self.kept.get(dialect)?;
        let kept = places.iter().filter_map(|place| self.numbers.get(*place)).map(|kept| &kept.offer);
        Some(kept.filter(move |offer| fits(selector, offer)))
    }
}

fn fits(selector: &Selector, offer: &OfferedNumber) -> bool {
    let typed = selector.number_type().is_none_or(|number_type| number_type == offer.number_type);
    typed
        && match selector {
            Selector::Any { country, .. } => offer.country == *country,
            Selector::Exact { number } => offer.number == *number,
            Selector::Inventory { inventory_id } => offer.inventory_id == *inventory_id,
            Selector::AreaCode { country, area_code, .. } => {
                offer.country == *country && offer.number.national_digits().starts_with(area_code)
            }
            Selector::Pattern { country, pattern, .. } => offer.country == *country && pattern.matches(offer.number),
        }
}
