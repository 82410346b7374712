//! The numbers that the world begins with. They carry no price of their own: the rate card's holds.

use ringup_core::NumberType::{Local, Mobile, TollFree};
use ringup_core::{Country, E164, NumberType, OfferedNumber};

use super::SHOP;
use crate::kit::blocks::{ANY, Block, NANP};

/// The numbers of the examples in the OpenAPI document: one that is for sale, and one that somebody has bought.
const DOCUMENTED: [&str; 2] = ["+18089251571", "+18089255327"];

/// Country, place, type, what each number begins with, the digits that may come next, how many follow, how many numbers.
/// A place in North America is a city and its region.
const BLOCKS: &[Block] = &[
    Block::new("US", "Hilo, HI", Local, "+1808925", ANY, 4, 30),
    Block::new("US", "Oakland, CA", Local, "+1510", NANP, 7, 40),
    Block::new("US", "Tucson, AZ", Local, "+1520", NANP, 7, 40),
    Block::new("US", "Cleveland, OH", Local, "+1216", NANP, 7, 40),
    Block::new("US", "Tampa, FL", Local, "+1813", NANP, 7, 40),
    Block::new("US", "", TollFree, "+1877", NANP, 7, 30),
    Block::new("CA", "Halifax, NS", Local, "+1902", NANP, 7, 30),
    Block::new("CA", "Winnipeg, MB", Local, "+1204", NANP, 7, 30),
    Block::new("GB", "Leeds", Local, "+44113", "2", 7, 20),
    Block::new("GB", "", Mobile, "+44779", "12345", 7, 15),
    Block::new("GB", "", TollFree, "+44808", "1", 7, 15),
    Block::new("DE", "Stuttgart", Local, "+49711", "2345", 7, 20),
    Block::new("AU", "Brisbane", Local, "+61730", ANY, 6, 15),
    Block::new("AU", "", Mobile, "+61480", "0123", 6, 15),
    Block::new("SE", "Stockholm", Local, "+468", "5", 8, 20),
    Block::new("SE", "", Mobile, "+4676", "012345", 7, 15),
    Block::new("DK", "", Mobile, "+4528", ANY, 6, 15),
];

/// The block out of which accounts are opened that hold a number already: nobody can buy them.
const FIXTURES: Block = Block::new("US", "Omaha, NE", Local, "+1402", NANP, 7, 3000);

/// Which address a number needs, by country and type; any other number needs none.
const ADDRESS_REQUIREMENTS: [(&str, NumberType, &str); 5] = [
    ("GB", Local, "any"),
    ("GB", Mobile, "any"),
    ("DE", Local, "local"),
    ("AU", Local, "local"),
    ("AU", Mobile, "any"),
];

pub(super) fn numbers() -> Vec<OfferedNumber> {
    documented().chain(BLOCKS.iter().flat_map(offers)).collect()
}

pub(super) fn fixtures() -> Vec<OfferedNumber> {
    offers(&FIXTURES).collect()
}

/// The number that the `index`th account holds that begins with one.
pub(super) fn held(index: usize) -> Option<E164> {
    FIXTURES.number(index)
}

/// Which address a number needs: `none`, `any`, `local` (within its country) or `foreign`.
pub(super) fn address_requirements(country: Country, number_type: NumberType) -> &'static str {
    let country = country.to_string();
    let fits = |known: &str, of: NumberType| known == country && of == number_type;
    ADDRESS_REQUIREMENTS.iter().find(|(known, of, _)| fits(known, *of)).map_or("none", |(_, _, needed)| needed)
}

fn documented() -> impl Iterator<Item = OfferedNumber> {
    let block = BLOCKS.first().copied();
    DOCUMENTED.into_iter().filter_map(move |number| {
        let mut offer = offer(&block?, number.parse().ok()?)?;
        // As the examples have them.
        offer.capabilities.sms = false;
        Some(offer)
    })
}

fn offers(block: &Block) -> impl Iterator<Item = OfferedNumber> + use<'_> {
    let printed = |number: &E164| !DOCUMENTED.contains(&number.to_string().as_str());
    block.numbers().filter(printed).filter_map(|number| offer(block, number))
}

fn offer(block: &Block, number: E164) -> Option<OfferedNumber> {
    let country = block.country()?;
    let rate = SHOP.rate_card().rate(country, Some(block.number_type), Some(number))?;
    Some(OfferedNumber {
        number,
        inventory_id: format!("tn_{}", number.digits()).parse().ok()?,
        country,
        region: block.region.into(),
        number_type: block.number_type,
        capabilities: rate.capabilities,
        prices: Vec::new(),
        minimum_commitment_months: 0,
    })
}

#[cfg(test)]
mod tests {
    use ringup_numbering::{NumberKind, PhoneNumber};

    use super::*;

    #[test]
    fn the_stock_is_as_large_as_its_blocks_say() {
        let stock = numbers();
        let wanted: usize = BLOCKS.iter().map(|block| block.count).sum();
        assert_eq!(stock.len(), wanted + DOCUMENTED.len(), "a block is too small for its count");
        assert_eq!(fixtures().len(), FIXTURES.count, "the block is too small for its count");
    }

    #[test]
    fn the_numbering_plan_knows_every_number_as_what_it_is_sold_for() {
        for offer in numbers().iter().chain(&fixtures()) {
            let number = PhoneNumber::parse(&offer.number.to_string(), None).unwrap();
            let kinds = match offer.number_type {
                Local => [NumberKind::FixedLine, NumberKind::FixedLineOrMobile],
                Mobile => [NumberKind::Mobile, NumberKind::FixedLineOrMobile],
                TollFree | NumberType::National => [NumberKind::TollFree; 2],
            };
            assert!(number.kind().is_some_and(|kind| kinds.contains(&kind)), "{} {:?}", offer.number, number.kind());
            let country = number.country();
            // A toll-free number of North America belongs to no single country.
            assert!(country == Some(offer.country) || offer.number_type == TollFree, "{} {country:?}", offer.number);
        }
    }

    #[test]
    fn every_type_that_the_rate_card_sells_is_in_stock() {
        let stock = numbers();
        for rate in &SHOP.rate_card().rates {
            let fits =
                |offer: &&OfferedNumber| offer.country == rate.country && Some(offer.number_type) == rate.number_type;
            assert!(stock.iter().any(|offer| fits(&offer)), "{} {:?}", rate.country, rate.number_type);
        }
    }
}
