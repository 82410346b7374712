//! The numbers that the world begins with. They carry no price of their own: the rate card's holds.

use ringup_core::NumberType::{Local, Mobile, TollFree};
use ringup_core::{Capabilities, Country, E164, NumberType, OfferedNumber};

use crate::kit::blocks::{ANY, Block, mix, named};

/// The numbers that the documents print, and whether they do text messages.
const DOCUMENTED: [(&str, bool); 2] = [("+14155551234", true), ("+14155555678", false)];

/// Country, region, type, what each number begins with, how many digits follow, how many numbers.
const BLOCKS: &[Block] = &[
    Block::new("US", "San Francisco", Local, "+1415602", ANY, 4, 30),
    Block::new("US", "New York", Local, "+191745", ANY, 5, 30),
    Block::new("US", "Los Angeles", Local, "+131047", ANY, 5, 30),
    Block::new("US", "Dallas", Local, "+146953", ANY, 5, 25),
    Block::new("US", "Boston", Local, "+161786", ANY, 5, 25),
    Block::new("US", "Portland", Local, "+150348", ANY, 5, 25),
    Block::new("US", "", TollFree, "+184436", ANY, 5, 12),
    Block::new("CA", "Toronto", Local, "+164735", ANY, 5, 25),
    Block::new("CA", "Montreal", Local, "+151483", ANY, 5, 20),
    Block::new("GB", "London", Local, "+4420376", ANY, 5, 20),
    Block::new("GB", "", Mobile, "+447398", ANY, 6, 15),
    Block::new("DE", "Frankfurt", Local, "+496924", ANY, 6, 15),
    Block::new("DE", "Munich", Local, "+498921", ANY, 6, 15),
    Block::new("DE", "", Mobile, "+4915792", ANY, 6, 15),
    Block::new("NL", "Amsterdam", Local, "+31202", ANY, 6, 15),
    Block::new("NL", "Rotterdam", Local, "+31102", ANY, 6, 10),
    Block::new("AU", "Sydney", Local, "+612917", ANY, 5, 12),
    Block::new("AU", "", Mobile, "+614858", ANY, 5, 12),
    Block::new("IL", "Tel Aviv", Local, "+97236", ANY, 6, 12),
    Block::new("PL", "Warsaw", Local, "+48222", ANY, 6, 12),
    Block::new("PL", "", Mobile, "+48732", ANY, 6, 12),
    Block::new("FI", "", Mobile, "+3584573", ANY, 6, 15),
    Block::new("DK", "", Mobile, "+453140", ANY, 4, 15),
    Block::new("IT", "Rome", Local, "+390694", ANY, 6, 12),
    Block::new("IT", "Milan", Local, "+390294", ANY, 6, 12),
];

/// The block out of which accounts are opened that hold a number already: nobody can buy them.
const FIXTURES: Block = Block::new("US", "Phoenix", Local, "+160248", ANY, 5, 2000);

/// Where an address is needed before a number works. Nothing here checks one.
const ADDRESS_REQUIREMENTS: [(&str, &str); 6] =
    [("DE", "local"), ("IT", "local"), ("PL", "local"), ("NL", "local"), ("DK", "foreign"), ("AU", "inventory")];

pub(super) fn numbers() -> Vec<OfferedNumber> {
    documented().chain(BLOCKS.iter().flat_map(offers)).collect()
}

pub(super) fn fixtures() -> Vec<OfferedNumber> {
    offers(&FIXTURES)
}

/// The number that the `index`th account holds that begins with one.
pub(super) fn held(index: usize) -> Option<E164> {
    FIXTURES.number(index)
}

/// What address a number needs: `none`, `local`, `foreign` or `inventory`.
pub(super) fn address_requirements(country: Country) -> &'static str {
    let country = country.to_string();
    ADDRESS_REQUIREMENTS.iter().find(|(known, _)| *known == country).map_or("none", |(_, needed)| needed)
}

fn documented() -> impl Iterator<Item = OfferedNumber> {
    DOCUMENTED.into_iter().filter_map(|(number, sms)| {
        let block = BLOCKS.first()?;
        offer(block, number.parse().ok()?, sms)
    })
}

fn offers(block: &Block) -> Vec<OfferedNumber> {
    let numbers = block.numbers();
    numbers.filter_map(|number| offer(block, number, does_texts(block, number))).collect()
}

fn offer(block: &Block, number: E164, sms: bool) -> Option<OfferedNumber> {
    Some(OfferedNumber {
        number,
        inventory_id: format!("did_{}", number.digits()).parse().ok()?,
        country: block.country()?,
        region: block.region.into(),
        number_type: block.number_type,
        capabilities: Capabilities { voice: true, sms, ..Capabilities::default() },
        prices: Vec::new(),
        minimum_commitment_months: 0,
    })
}

/// Mobile numbers do, and three of four local ones in North America.
fn does_texts(block: &Block, number: E164) -> bool {
    match (block.number_type, block.country) {
        (Mobile, _) => true,
        (Local, "US" | "CA") => !mix(named(&number.to_string())).is_multiple_of(4),
        (Local | TollFree | NumberType::National, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use ringup_numbering::{NumberKind, PhoneNumber};

    use super::*;

    #[test]
    fn the_stock_is_sold_and_as_large_as_its_blocks_say() {
        let stock = numbers();
        let wanted: usize = BLOCKS.iter().map(|block| block.count).sum();
        assert_eq!(stock.len(), wanted + DOCUMENTED.len(), "a block is too small for its count");
        assert_eq!(fixtures().len(), FIXTURES.count, "the block is too small for its count");
        let card = super::super::SHOP.rate_card();
        assert!(stock.iter().chain(&fixtures()).all(|offer| card.rate(offer.country, None, None).is_some()));
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
            assert!(number.kind().is_some_and(|kind| kinds.contains(&kind)), "{}", offer.inventory_id);
            assert_eq!(number.country(), Some(offer.country), "{}", offer.inventory_id);
        }
    }
}
