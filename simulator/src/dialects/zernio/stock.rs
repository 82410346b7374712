//! The numbers that the world begins with. They carry no price of their own: the rate card's holds.

use ringup_core::NumberType::{Local, Mobile};
use ringup_core::{Capabilities, Country, NumberType, OfferedNumber};

use crate::kit::blocks::{ANY, Block, NANP};

/// Country, region, type, what each number begins with, the digits that may come next, how many follow, how many numbers.
const BLOCKS: &[Block] = &[
    Block::new("US", "San Francisco", Local, "+1415", NANP, 7, 40),
    Block::new("US", "New York", Local, "+1212", NANP, 7, 40),
    Block::new("US", "Los Angeles", Local, "+1213", NANP, 7, 30),
    Block::new("US", "Austin", Local, "+1512", NANP, 7, 30),
    Block::new("US", "Seattle", Local, "+1206", NANP, 7, 30),
    Block::new("US", "Chicago", Local, "+1312", NANP, 7, 30),
    Block::new("US", "Miami", Local, "+1305", NANP, 7, 30),
    Block::new("CA", "Toronto", Local, "+1416", NANP, 7, 30),
    Block::new("CA", "Vancouver", Local, "+1604", NANP, 7, 20),
    Block::new("VI", "", Local, "+134077", ANY, 5, 12),
    Block::new("PR", "San Juan", Local, "+1787", "27", 7, 20),
    Block::new("NL", "", Mobile, "+316", "12345", 8, 25),
    Block::new("IL", "", Mobile, "+97254", "23456", 7, 20),
    Block::new("LV", "", Mobile, "+3712", "0689", 7, 15),
    Block::new("IS", "", Mobile, "+35469", ANY, 5, 10),
    Block::new("DE", "Berlin", Local, "+4930", NANP, 8, 15),
    Block::new("DE", "Hamburg", Local, "+4940", NANP, 7, 10),
    Block::new("GB", "", Mobile, "+4474", ANY, 8, 15),
    Block::new("FR", "Paris", Local, "+331", "48", 8, 12),
    Block::new("ES", "Madrid", Local, "+3491", "234567", 7, 12),
    Block::new("PT", "Lisboa", Local, "+35121", "23", 7, 8),
    Block::new("CH", "Zürich", Local, "+4144", "23456", 7, 8),
    Block::new("SG", "", Local, "+656", "2345678", 7, 8),
    Block::new("AU", "", Mobile, "+614", "0123456", 8, 8),
];

/// The block out of which accounts are opened that hold numbers already: enough for more than a thousand of them.
const FIXTURES: Block = Block::new("US", "Denver", Local, "+1303", NANP, 7, 4000);

pub(super) fn fixtures() -> Vec<OfferedNumber> {
    offers(&FIXTURES)
}

pub(super) fn numbers() -> Vec<OfferedNumber> {
    BLOCKS.iter().flat_map(offers).collect()
}

fn offers(block: &Block) -> Vec<OfferedNumber> {
    let Some(country) = block.country() else { return Vec::new() };
    let texts = matches!(block.country, "US" | "CA");
    let numbers = block.numbers().filter_map(|number| {
        Some(OfferedNumber {
            number,
            inventory_id: format!("did_{}", number.digits()).parse().ok()?,
            country,
            region: block.region.into(),
            number_type: block.number_type,
            capabilities: Capabilities { voice: true, sms: texts, ..Capabilities::default() },
            prices: Vec::new(),
            minimum_commitment_months: 0,
        })
    });
    numbers.collect()
}

/// The type of number that is sold in a country.
pub(super) fn number_type(country: Country) -> Option<NumberType> {
    BLOCKS.iter().find(|block| block.country() == Some(country)).map(|block| block.number_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stock_is_sold_and_spread() {
        let stock = numbers();
        let wanted: usize = BLOCKS.iter().map(|block| block.count).sum();
        assert_eq!(stock.len(), wanted, "a block is too small for its count");
        assert_eq!(fixtures().len(), FIXTURES.count, "the block is too small for its count");
        let card = super::super::SHOP.rate_card();
        assert!(stock.iter().chain(&fixtures()).all(|offer| card.rate(offer.country, None, None).is_some()));
    }
}
