//! The numbers that the world begins with. They carry no price of their own: the rate card's holds.

use ringup_core::NumberType::{Local, TollFree};
use ringup_core::{Capabilities, E164, OfferedNumber};

use crate::kit::blocks::{ANY, Block, NANP};

/// The document's own number. It stands first, so that a search of its area code finds it first.
const DOCUMENTED: &str = "+14155550142";

/// Country, region, type, what each number begins with, the digits that may come next, how many follow, how many numbers.
const BLOCKS: &[Block] = &[
    // The document's pattern `+1415555****` means more than one number.
    Block::new("US", "San Francisco", Local, "+141555501", "56789", 2, 20),
    Block::new("US", "San Francisco", Local, "+1415683", ANY, 4, 40),
    Block::new("US", "New York", Local, "+1212367", ANY, 4, 30),
    Block::new("US", "Chicago", Local, "+1312809", ANY, 4, 30),
    Block::new("US", "Boston", Local, "+1617863", ANY, 4, 30),
    Block::new("US", "Seattle", Local, "+1206687", ANY, 4, 20),
    Block::new("US", "Austin", Local, "+1512643", ANY, 4, 20),
    Block::new("US", "", TollFree, "+1888672", ANY, 4, 20),
    Block::new("CA", "Toronto", Local, "+1647372", ANY, 4, 25),
    Block::new("CA", "Montréal", Local, "+1514700", ANY, 4, 20),
    Block::new("GB", "London", Local, "+442038", ANY, 6, 25),
    Block::new("GB", "Manchester", Local, "+44161850", ANY, 4, 15),
    Block::new("IE", "Dublin", Local, "+3531", "25689", 7, 12),
    Block::new("AU", "Sydney", Local, "+61280", ANY, 6, 15),
    Block::new("DE", "Frankfurt am Main", Local, "+4969", NANP, 8, 15),
    Block::new("FR", "Lyon", Local, "+33478", ANY, 6, 12),
    Block::new("NL", "Amsterdam", Local, "+3120", NANP, 7, 12),
];

/// The area code out of which accounts are opened that hold numbers already: enough for more than a thousand of them.
pub(super) const KEPT_AREA_CODE: &str = "720";

const FIXTURES: Block = Block::new("US", "Denver", Local, "+1720", NANP, 7, 3000);

pub(super) fn fixtures() -> Vec<OfferedNumber> {
    offers(&FIXTURES).collect()
}

pub(super) fn numbers() -> Vec<OfferedNumber> {
    documented().into_iter().chain(BLOCKS.iter().flat_map(offers)).collect()
}

fn documented() -> Option<OfferedNumber> {
    offer(BLOCKS.first()?, DOCUMENTED.parse().ok()?)
}

fn offers(block: &Block) -> impl Iterator<Item = OfferedNumber> + use<'_> {
    block.numbers().filter_map(|number| offer(block, number))
}

fn offer(block: &Block, number: E164) -> Option<OfferedNumber> {
    let texts = matches!(block.country, "US" | "CA");
    Some(OfferedNumber {
        number,
        inventory_id: format!("did_{}", number.digits()).parse().ok()?,
        country: block.country()?,
        region: block.region.into(),
        number_type: block.number_type,
        capabilities: Capabilities { voice: true, sms: texts, ..Capabilities::default() },
        prices: Vec::new(),
        minimum_commitment_months: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stock_is_sold_and_spread() {
        let stock = numbers();
        let wanted: usize = BLOCKS.iter().map(|block| block.count).sum();
        assert_eq!(stock.len(), wanted + 1, "a block is too small for its count");
        assert_eq!(fixtures().len(), FIXTURES.count, "the block is too small for its count");
        let card = super::super::SHOP.rate_card();
        for offer in stock.iter().chain(&fixtures()) {
            let rate = card.rate(offer.country, Some(offer.number_type), Some(offer.number)).unwrap();
            assert_eq!(rate.capabilities, offer.capabilities, "{}", offer.number);
        }
    }

    #[test]
    fn the_documented_number_is_found_first() {
        let stock = numbers();
        let first = |start: &str| stock.iter().map(|offer| offer.number.to_string()).find(|it| it.starts_with(start));
        assert_eq!([first("+1415"), first("+1415555")], [Some(DOCUMENTED.into()), Some(DOCUMENTED.into())]);
    }
}
