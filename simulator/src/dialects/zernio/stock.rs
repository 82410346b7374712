//! The numbers that the world begins with. They carry no price of their own: the rate card's holds.

use ringup_core::NumberType::{Local, Mobile};
use ringup_core::{Capabilities, Country, NumberType, OfferedNumber};

use crate::kit::blocks::Block;

const fn block(
    country: &'static str,
    region: &'static str,
    number_type: NumberType,
    prefix: &'static str,
    next: &'static str,
    digits: u32,
    count: usize,
) -> Block {
    Block { country, region, number_type, prefix, next, digits, count }
}

const NANP: &str = "23456789";

/// Country, region, type, what each number begins with, the digits that may come next, how many follow, how many numbers.
const BLOCKS: &[Block] = &[
    block("US", "San Francisco", Local, "+1415", NANP, 7, 40),
    block("US", "New York", Local, "+1212", NANP, 7, 40),
    block("US", "Los Angeles", Local, "+1213", NANP, 7, 30),
    block("US", "Austin", Local, "+1512", NANP, 7, 30),
    block("US", "Seattle", Local, "+1206", NANP, 7, 30),
    block("US", "Chicago", Local, "+1312", NANP, 7, 30),
    block("US", "Miami", Local, "+1305", NANP, 7, 30),
    block("CA", "Toronto", Local, "+1416", NANP, 7, 30),
    block("CA", "Vancouver", Local, "+1604", NANP, 7, 20),
    block("VI", "", Local, "+134077", "0123456789", 5, 12),
    block("PR", "San Juan", Local, "+1787", "27", 7, 20),
    block("NL", "", Mobile, "+316", "12345", 8, 25),
    block("IL", "", Mobile, "+97254", "23456", 7, 20),
    block("LV", "", Mobile, "+3712", "0689", 7, 15),
    block("IS", "", Mobile, "+35469", "0123456789", 5, 10),
    block("DE", "Berlin", Local, "+4930", "23456789", 8, 15),
    block("DE", "Hamburg", Local, "+4940", "23456789", 7, 10),
    block("GB", "", Mobile, "+4474", "0123456789", 8, 15),
    block("FR", "Paris", Local, "+331", "48", 8, 12),
    block("ES", "Madrid", Local, "+3491", "234567", 7, 12),
    block("PT", "Lisboa", Local, "+35121", "23", 7, 8),
    block("CH", "Zürich", Local, "+4144", "23456", 7, 8),
    block("SG", "", Local, "+656", "2345678", 7, 8),
    block("AU", "", Mobile, "+614", "0123456", 8, 8),
];

/// The block out of which accounts are opened that hold numbers already: enough for more than a thousand of them.
const KEPT: Block = block("US", "Denver", Local, "+1303", NANP, 7, 4000);

pub(super) fn kept() -> Vec<OfferedNumber> {
    offers(&KEPT)
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
        assert_eq!(kept().len(), KEPT.count, "the block is too small for its count");
        let card = super::super::SHOP.rate_card();
        assert!(stock.iter().chain(&kept()).all(|offer| card.rate(offer.country, None, None).is_some()));
    }
}
