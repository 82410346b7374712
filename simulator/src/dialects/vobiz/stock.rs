//! The numbers that the world begins with, each with its own prices.

use ringup_core::NumberType::{Local, Mobile};
use ringup_core::{Capabilities, E164, Money, OfferedNumber, OfferedPrice};

use crate::kit::blocks::{Block, NANP, mix, named};
use crate::kit::uuid;

/// The document's own number, under the document's own id.
const DOCUMENTED: (&str, &str) = ("+919876543210", "aabbccdd-1234-5678-90ab-cdef12345678");

const BLOCKS: &[Block] = &[
    Block::new("IN", "Karnataka", Local, "+9180", "24", 8, 50),
    Block::new("IN", "Maharashtra", Local, "+9122", "24", 8, 50),
    Block::new("IN", "Delhi", Local, "+9111", "24", 8, 50),
    Block::new("IN", "Tamil Nadu", Local, "+9144", "24", 8, 40),
    Block::new("IN", "Telangana", Local, "+9140", "24", 8, 40),
    Block::new("IN", "West Bengal", Local, "+9133", "24", 8, 30),
    Block::new("IN", "Gujarat", Local, "+9179", "24", 8, 30),
    Block::new("US", "New York", Local, "+1646", NANP, 7, 30),
    Block::new("US", "California", Local, "+1628", NANP, 7, 30),
    Block::new("US", "Texas", Local, "+1737", NANP, 7, 30),
];

/// The block out of which accounts are opened that hold a number already: one for each.
const HELD: Block = Block::new("US", "Florida", Local, "+1786", NANP, 7, 200);

/// The number that the `index`th such account holds.
pub(super) fn held(index: usize) -> Option<E164> {
    HELD.number(index)
}

/// What numbers cost, in minor units: setup and month. A number's own price is one of its country's.
const RUPEES: [(i64, i64); 4] = [(10_000, 100), (0, 30_000), (25_000, 50_000), (50_000, 79_950)];
const DOLLARS: [(i64, i64); 4] = [(0, 100), (100, 115), (250, 200), (0, 350)];

pub(super) fn numbers() -> Vec<OfferedNumber> {
    BLOCKS.iter().chain([&HELD]).flat_map(offers).chain(documented()).collect()
}

fn documented() -> Option<OfferedNumber> {
    let (number, id) = DOCUMENTED;
    Some(OfferedNumber {
        number: number.parse().ok()?,
        inventory_id: id.parse().ok()?,
        country: "IN".parse().ok()?,
        region: "Karnataka".into(),
        number_type: Mobile,
        capabilities: Capabilities { voice: true, ..Capabilities::default() },
        prices: vec![price((10_000, 100), "INR")?, price((0, 100), "USD")?],
        minimum_commitment_months: 0,
    })
}

fn offers(block: &Block) -> Vec<OfferedNumber> {
    block.numbers().filter_map(|number| offer(block, number)).collect()
}

/// What distinguishes a number from its neighbours follows from its digits.
fn offer(block: &Block, number: E164) -> Option<OfferedNumber> {
    let text = number.to_string();
    let noise = mix(named(&text));
    let indian = block.country == "IN";
    let (own, currency) = if indian { (RUPEES, "INR") } else { (DOLLARS, "USD") };
    let mut prices = vec![price(*nth(&own, noise)?, currency)?];
    // Every third Indian number can be paid in dollars as well.
    if indian && (noise >> 8).is_multiple_of(3) {
        prices.push(price(*nth(&DOLLARS, noise >> 16)?, "USD")?);
    }
    Some(OfferedNumber {
        number,
        inventory_id: uuid::of_text(&text).parse().ok()?,
        country: block.country()?,
        region: block.region.into(),
        number_type: block.number_type,
        capabilities: Capabilities { voice: true, sms: !indian, mms: !indian, fax: (noise >> 24).is_multiple_of(5) },
        prices,
        minimum_commitment_months: *nth(&[0, 0, 0, 3], noise >> 32)?,
    })
}

fn nth<T>(choices: &[T], noise: u64) -> Option<&T> {
    let index = noise.checked_rem(u64::try_from(choices.len()).ok()?)?;
    choices.get(usize::try_from(index).ok()?)
}

fn price((setup, month): (i64, i64), currency: &str) -> Option<OfferedPrice> {
    let money = |minor_units| Money::new(minor_units, currency.parse().ok()?).ok();
    Some(OfferedPrice { setup_fee: money(setup)?, monthly_fee: money(month)?, yearly_fee: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_number_costs_what_the_document_says() {
        let stock = numbers();
        let wanted: usize = BLOCKS.iter().chain([&HELD]).map(|block| block.count).sum();
        assert_eq!(stock.len(), wanted + 1, "a block is too small for its count");
        let documented = stock.iter().find(|offer| offer.number.to_string() == DOCUMENTED.0).unwrap();
        let prices: Vec<String> =
            documented.prices.iter().map(|price| format!("{} + {}", price.setup_fee, price.monthly_fee)).collect();
        assert_eq!(prices, ["100.00 INR + 1.00 INR", "0.00 USD + 1.00 USD"]);
    }
}
