//! The stock: all numbers for sale, found by number, by inventory id or by country, and the fixture numbers. All worlds of a
//! process share it, until one offers or withdraws a number.

use std::collections::{BTreeMap, HashMap};

use ringup_core::{Country, E164, InventoryId, OfferedNumber, Selector};

/// All numbers for sale, and the fixture numbers.
#[derive(Clone, Debug, Default)]
pub struct Stock {
    // Nothing stands where a number was withdrawn.
    numbers: Vec<Option<StockNumber>>,
    by_number: HashMap<E164, usize>,
    by_name: HashMap<(&'static str, InventoryId), usize>,
    by_country: BTreeMap<(&'static str, Country), Vec<usize>>,
    // For accounts that begin with numbers. No search finds these.
    fixtures: BTreeMap<&'static str, Vec<usize>>,
}

/// A number, and the dialect that sells it.
#[derive(Clone, Debug)]
pub struct StockNumber {
    /// The dialect.
    pub dialect: &'static str,
    /// The number as it is offered.
    pub offer: OfferedNumber,
    /// Whether it is a fixture number, which is not for sale.
    pub is_fixture: bool,
}

/// Why a number is not offered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NotOffered {
    /// Another dialect sells it, or it is kept for accounts that begin with numbers.
    SoldElsewhere,
    /// It is offered under another inventory id.
    OtherId,
    /// The inventory id is another number's.
    IdTaken,
    /// It is held or reserved.
    Taken,
}

impl Stock {
    /// Adds a dialect's numbers. A number exists once: if another dialect sells it already, it stays there.
    pub fn add(&mut self, dialect: &'static str, offers: Vec<OfferedNumber>) {
        for offer in offers {
            let (name, country) = ((dialect, offer.inventory_id.clone()), (dialect, offer.country));
            if let Some(place) = self.put(StockNumber { dialect, offer, is_fixture: false }) {
                self.by_name.insert(name, place);
                self.by_country.entry(country).or_default().push(place);
            }
        }
    }

    /// Adds fixture numbers, which are not for sale.
    pub fn add_fixtures(&mut self, dialect: &'static str, offers: Vec<OfferedNumber>) {
        for offer in offers {
            if let Some(place) = self.put(StockNumber { dialect, offer, is_fixture: true }) {
                self.fixtures.entry(dialect).or_default().push(place);
            }
        }
    }

    /// Adds a number. `None` if it exists already.
    fn put(&mut self, number: StockNumber) -> Option<usize> {
        let place = self.numbers.len();
        if self.by_number.contains_key(&number.offer.number) {
            return None;
        }
        self.by_number.insert(number.offer.number, place);
        self.numbers.push(Some(number));
        Some(place)
    }

    fn at(&self, place: usize) -> Option<&StockNumber> {
        self.numbers.get(place)?.as_ref()
    }

    /// Offers a number, or offers it anew with other properties; its inventory id stays.
    ///
    /// # Errors
    /// Another dialect sells it, it is a fixture number, or one of the two belongs to another number.
    pub fn offer(&mut self, dialect: &'static str, offer: OfferedNumber) -> Result<(), NotOffered> {
        let (number, name) = (offer.number, (dialect, offer.inventory_id.clone()));
        let named = self.by_name.get(&name).copied();
        let Some(place) = self.by_number.get(&number).copied() else {
            if named.is_some() {
                return Err(NotOffered::IdTaken);
            }
            self.add(dialect, vec![offer]);
            return Ok(());
        };
        if self.at(place).is_none_or(|known| known.dialect != dialect || known.is_fixture) {
            return Err(NotOffered::SoldElsewhere);
        }
        if named != Some(place) {
            return Err(NotOffered::OtherId);
        }
        // Its country follows from the number, so that it stays in its list.
        if let Some(known) = self.numbers.get_mut(place) {
            *known = Some(StockNumber { dialect, offer, is_fixture: false });
        }
        Ok(())
    }

    /// Takes a number from the shelf. Whether there was one.
    pub fn withdraw(&mut self, number: E164) -> bool {
        let place = self.by_number.remove(&number);
        let known = place.and_then(|place| self.numbers.get_mut(place)).and_then(Option::take);
        if let Some(known) = &known {
            self.by_name.remove(&(known.dialect, known.offer.inventory_id.clone()));
        }
        known.is_some()
    }

    /// All numbers, dialect after dialect.
    pub fn numbers(&self) -> impl Iterator<Item = &StockNumber> {
        self.numbers.iter().flatten()
    }

    /// The number, if it can be sold at all.
    #[must_use]
    pub fn find(&self, number: E164) -> Option<&StockNumber> {
        self.at(*self.by_number.get(&number)?)
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
        let found = places.into_iter().filter_map(|place| self.at(place));
        let sold = move |found: &&StockNumber| found.dialect == dialect && !found.is_fixture;
        found.filter(sold).map(|found| &found.offer).filter(move |offer| selector.fits(offer))
    }

    /// The fixture numbers of a dialect that a selector means, free or not. `None` if the dialect has none.
    pub fn fixtures<'a>(
        &'a self,
        dialect: &'static str,
        selector: &'a Selector,
    ) -> Option<impl Iterator<Item = &'a OfferedNumber>> {
        let places = self.fixtures.get(dialect)?;
        let fixture = places.iter().filter_map(|place| self.at(*place)).map(|fixture| &fixture.offer);
        Some(fixture.filter(move |offer| selector.fits(offer)))
    }
}
