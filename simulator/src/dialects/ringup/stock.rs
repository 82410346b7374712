//! The numbers that the world begins with. The rate card's prices hold, but in Germany, where each number has two of its own.

use ringup_core::NumberType::{Local, Mobile, National, TollFree};
use ringup_core::{E164, Money, OfferedNumber, OfferedPrice};

use super::SHOP;
use crate::kit::blocks::{ANY, Block, NANP};

/// The contract's own number.
const DOCUMENTED: &str = "+16175550100";

/// Country, region, type, what each number begins with, the digits that may come next, how many follow, how many numbers.
const BLOCKS: &[Block] = &[
    Block::new("US", "Boston", Local, "+1617338", ANY, 4, 60),
    Block::new("US", "New York", Local, "+1917300", ANY, 4, 30),
    Block::new("US", "Portland", Local, "+1503808", ANY, 4, 40),
    Block::new("US", "Atlanta", Local, "+1404410", ANY, 4, 40),
    Block::new("US", "", TollFree, "+1833500", ANY, 4, 30),
    Block::new("CA", "Calgary", Local, "+1403910", ANY, 4, 30),
    Block::new("CA", "Québec", Local, "+1418800", ANY, 4, 20),
    Block::new("GB", "Bristol", Local, "+44117930", ANY, 4, 25),
    Block::new("GB", "", Mobile, "+447520", ANY, 6, 20),
    Block::new("GB", "", National, "+44333240", ANY, 4, 15),
    Block::new("GB", "", TollFree, "+44800320", ANY, 4, 15),
    Block::new("IE", "Cork", Local, "+35321420", ANY, 4, 15),
    Block::new("NL", "Rotterdam", Local, "+3110", "2478", 7, 15),
    Block::new("DE", "Köln", Local, "+49221", "234567", 7, 25),
    Block::new("FR", "Marseille", Local, "+33491", ANY, 6, 15),
    Block::new("SG", "", National, "+653158", ANY, 4, 10),
];

/// The block out of which accounts are opened that hold numbers already: enough for more than a thousand of them.
const FIXTURES: Block = Block::new("US", "Raleigh", Local, "+1919", NANP, 7, 3000);

/// What a German number costs, in minor units, setup and month: in euros as the rate card says, or in dollars.
const GERMAN: [(i64, i64, &str); 2] = [(500, 300, "EUR"), (600, 350, "USD")];

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
    let country = block.country()?;
    let rate = SHOP.rate_card().rate(country, Some(block.number_type), Some(number))?;
    let own = GERMAN.iter().filter(|_| block.country == "DE");
    Some(OfferedNumber {
        number,
        inventory_id: format!("inv_{}", number.digits()).parse().ok()?,
        country,
        region: block.region.into(),
        number_type: block.number_type,
        capabilities: rate.capabilities,
        prices: own.filter_map(|(setup, month, currency)| price(*setup, *month, currency)).collect(),
        minimum_commitment_months: rate.minimum_commitment_months,
    })
}

fn price(setup: i64, month: i64, currency: &str) -> Option<OfferedPrice> {
    let money = |minor_units| Money::new(minor_units, currency.parse().ok()?).ok();
    Some(OfferedPrice { setup_fee: money(setup)?, monthly_fee: money(month)?, yearly_fee: None })
}

#[cfg(test)]
mod tests {
    use ringup_numbering::{NumberKind, PhoneNumber};

    use super::*;

    #[test]
    fn the_stock_is_sold_and_spread() {
        let stock = numbers();
        let wanted: usize = BLOCKS.iter().map(|block| block.count).sum();
        assert_eq!(stock.len(), wanted + 1, "a block is too small for its count");
        assert_eq!(fixtures().len(), FIXTURES.count, "the block is too small for its count");
        assert_eq!(stock[0].number.to_string(), DOCUMENTED);
    }

    #[test]
    fn every_number_is_valid_of_its_country_and_of_its_type() {
        for offer in numbers().iter().chain(&fixtures()) {
            let number = PhoneNumber::parse(&offer.number.to_string(), None).unwrap();
            assert_eq!(number.country(), Some(offer.country), "{}", offer.number);
            let kind = number.kind().unwrap_or_else(|| panic!("{} is not valid", offer.number));
            let fits = match offer.number_type {
                Local => matches!(kind, NumberKind::FixedLine | NumberKind::FixedLineOrMobile),
                Mobile => kind == NumberKind::Mobile,
                National => matches!(kind, NumberKind::Uan | NumberKind::Voip | NumberKind::FixedLine),
                TollFree => kind == NumberKind::TollFree,
            };
            assert!(fits, "{} is {kind:?}", offer.number);
        }
    }

    #[test]
    fn a_german_number_s_first_price_is_the_rate_card_s() {
        let german = numbers().into_iter().find(|offer| offer.country.to_string() == "DE").unwrap();
        let rate = SHOP.rate_card().rate(german.country, None, None).unwrap();
        assert_eq!(
            german.prices[0],
            OfferedPrice { setup_fee: rate.setup_fee, monthly_fee: rate.monthly_fee, yearly_fee: rate.yearly_fee }
        );
        assert_eq!(german.prices.len(), 2);
    }
}
