//! The numbers that the world begins with. They carry no price of their own: the rate card's holds.

use ringup_core::NumberType::{Local, Mobile, TollFree};
use ringup_core::{Capabilities, E164, OfferedNumber};

use crate::kit::blocks::{ANY, Block, NANP};
use crate::kit::uuid;

/// The seed's own number, under an inventory id of ours: the seed prints none.
const DOCUMENTED: (&str, &str) = ("+2348012345678", "0b7c1e52-6f0d-4c39-9a55-8d1f4b2c7e61");

/// Country, type, what each number begins with, the digits that may come next, how many follow, how many numbers.
const BLOCKS: &[Block] = &[
    Block::new("NG", "", Mobile, "+234803", ANY, 7, 40),
    Block::new("NG", "", Mobile, "+234905", ANY, 7, 30),
    Block::new("NG", "", Local, "+234201", "27", 7, 25),
    Block::new("NG", "", TollFree, "+234800", ANY, 7, 10),
    Block::new("GH", "", Mobile, "+23324", ANY, 7, 30),
    Block::new("GH", "", Local, "+23330", "2", 7, 20),
    Block::new("KE", "", Mobile, "+2547", "012", 8, 30),
    Block::new("KE", "", Local, "+25420", "2358", 7, 20),
    Block::new("RW", "", Mobile, "+25078", ANY, 7, 25),
    Block::new("RW", "", Local, "+25025", ANY, 7, 12),
    Block::new("EG", "", Mobile, "+2010", "012", 8, 25),
    Block::new("EG", "", Local, "+202", "23", 8, 20),
    Block::new("AE", "", Mobile, "+97150", "2345678", 7, 25),
    Block::new("AE", "", Local, "+9714", "23", 7, 20),
    Block::new("AE", "", TollFree, "+971800", NANP, 6, 10),
    Block::new("US", "", Local, "+1470", NANP, 7, 35),
    Block::new("US", "", Local, "+1725", NANP, 7, 35),
    Block::new("US", "", TollFree, "+1833", NANP, 7, 20),
];

/// The block out of which accounts are opened that hold a number already: one for each.
const FIXTURES: Block = Block::new("GH", "", Mobile, "+23350", ANY, 7, 2000);

/// The number that the `index`th such account holds.
pub(super) fn held(index: usize) -> Option<E164> {
    FIXTURES.number(index)
}

pub(super) fn fixtures() -> Vec<OfferedNumber> {
    offers(&FIXTURES)
}

pub(super) fn numbers() -> Vec<OfferedNumber> {
    BLOCKS.iter().flat_map(offers).chain(documented()).collect()
}

fn documented() -> Option<OfferedNumber> {
    let (number, id) = DOCUMENTED;
    Some(OfferedNumber {
        number: number.parse().ok()?,
        inventory_id: id.parse().ok()?,
        country: "NG".parse().ok()?,
        region: String::new(),
        number_type: Mobile,
        capabilities: Capabilities { voice: true, sms: true, ..Capabilities::default() },
        prices: Vec::new(),
        minimum_commitment_months: 0,
    })
}

fn offers(block: &Block) -> Vec<OfferedNumber> {
    let Some(country) = block.country() else { return Vec::new() };
    let rate = super::SHOP.rate_card().rate(country, Some(block.number_type), None);
    let capabilities = rate.map(|rate| rate.capabilities).unwrap_or_default();
    let numbers = block.numbers().filter_map(|number| {
        Some(OfferedNumber {
            number,
            inventory_id: uuid::of_text(&format!("inventory {number}")).parse().ok()?,
            country,
            region: block.region.into(),
            number_type: block.number_type,
            capabilities,
            prices: Vec::new(),
            minimum_commitment_months: 0,
        })
    });
    numbers.collect()
}

#[cfg(test)]
mod tests {
    use super::super::translate;
    use super::*;

    #[test]
    fn the_stock_is_sold_in_every_country_that_kros_names() {
        let stock = numbers();
        let wanted: usize = BLOCKS.iter().map(|block| block.count).sum();
        assert_eq!(stock.len(), wanted + 1, "a block is too small for its count");
        assert_eq!(fixtures().len(), FIXTURES.count, "the block is too small for its count");
        let card = super::super::SHOP.rate_card();
        for offer in stock.iter().chain(&fixtures()) {
            let rate = card.rate(offer.country, Some(offer.number_type), Some(offer.number));
            assert!(rate.is_some_and(|rate| rate.capabilities == offer.capabilities), "{}", offer.number);
        }
        for country in ["NG", "GH", "KE", "RW", "EG", "AE", "US"] {
            assert!(stock.iter().any(|offer| offer.country.to_string() == country), "{country}");
        }
    }

    #[test]
    fn the_numbers_are_what_the_numbering_plan_says() {
        for offer in numbers().iter().chain(&fixtures()) {
            let found = translate::of_the_plan(&offer.number.to_string());
            let expected = (offer.country.to_string(), offer.number_type);
            assert_eq!(found.map(|(country, kind)| (country.to_string(), kind)), Some(expected), "{}", offer.number);
        }
    }
}
