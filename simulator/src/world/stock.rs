//! The stock: every number that can be sold, found by number, by name or by country. Shared by all worlds of a process.

use std::collections::{BTreeMap, HashMap};

use ringup_core::{Country, E164, InventoryId, OfferedNumber, Selector};

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

/// The number without its country calling code.
fn national(number: E164) -> String {
    let digits = number.digits().to_string();
    let mut pair = digits.chars();
    let length = match (pair.next(), pair.next()) {
        (Some('1' | '7'), _) => 1,
        // ITU-T E.164: the zones in which two digits are a code of their own, everything else has three.
        (Some('2'), Some('0' | '7'))
        | (Some('3'), Some('0' | '1' | '2' | '3' | '4' | '6' | '9'))
        | (Some('4'), Some('0' | '1' | '3' | '4' | '5' | '6' | '7' | '8' | '9'))
        | (Some('5'), Some('1'..='8'))
        | (Some('6'), Some('0'..='6'))
        | (Some('8'), Some('1' | '2' | '4' | '6'))
        | (Some('9'), Some('0'..='5' | '8')) => 2,
        _ => 3,
    };
    digits.chars().skip(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_its_calling_code() {
        for (number, expected) in
            [("+14155550100", "4155550100"), ("+919876543210", "9876543210"), ("+35312345678", "12345678")]
        {
            assert_eq!(national(number.parse().unwrap()), expected);
        }
    }
}
