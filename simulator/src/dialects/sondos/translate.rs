//! The bridge between Sondos's words and ours.

use jiff::fmt::strtime;
use ringup_core::{Country, E164, HeldNumber, HeldStatus, NumberType, OfferedNumber, PurchaseRequest, Shop, Timestamp};
use ringup_numbering::{NumberFormat, PhoneNumber};

use super::stock;
use super::wire::{AssignableNumber, AvailableNumber, BoughtNumber, ListedNumber, PurchaseBody, RenamedNumber};
use crate::kit::blocks::{mix, named};
use crate::kit::json::amount;

/// The type that every number has which was bought here.
const NORMAL: &str = "normal";

/// The id of the price that the documents print, for ordinary numbers of the US.
const DOCUMENTED_PRICE: &str = "price_1PkA4dBXoZOzqQuAsvGvVJTZ";

impl From<PurchaseBody> for PurchaseRequest {
    fn from(body: PurchaseBody) -> Self {
        Self { number: body.phone_number, ..Self::default() }
    }
}

impl From<&PurchaseRequest> for PurchaseBody {
    fn from(request: &PurchaseRequest) -> Self {
        Self { phone_number: request.number.clone().filter(|text| !text.is_empty()) }
    }
}

/// A number as a search shows it: at the rate card's price.
pub(super) fn available(offer: &OfferedNumber, shop: &Shop) -> Option<AvailableNumber> {
    let rate = shop.rate_card().rate(offer.country, Some(offer.number_type), Some(offer.number))?;
    Some(AvailableNumber {
        phone_number: offer.number.to_string(),
        phone_number_formatted: formatted(offer.number),
        country_code: offer.country.to_string(),
        price: amount(rate.monthly_fee),
        stripe_price_id: price_id(offer.country, rate.number_type),
        address_requirements: stock::address_requirements(offer.country),
        sms_capable: offer.capabilities.sms,
    })
}

/// `+1 415-555-1234`
fn formatted(number: E164) -> String {
    let text = number.to_string();
    PhoneNumber::parse(&text, None).map_or(text, |number| number.format(NumberFormat::International))
}

/// The payment provider's name for the price of a country, or of one of its types.
fn price_id(country: Country, number_type: Option<NumberType>) -> String {
    const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let name = format!("{country} {number_type:?}");
    if name == "US None" {
        return DOCUMENTED_PRICE.into();
    }
    let drawn = (0..24_u64).map(|place| mix(named(&name) ^ place)).filter_map(|noise| {
        let letter = usize::try_from(noise.checked_rem(62)?).ok()?;
        LETTERS.get(letter).copied().map(char::from)
    });
    format!("price_{}", drawn.collect::<String>())
}

/// Whether its subscription goes on. A release cancels it, and the number stays until the period's end.
pub(super) const fn is_active(status: &HeldStatus) -> bool {
    match status {
        HeldStatus::Active => true,
        HeldStatus::Scheduled { .. }
        | HeldStatus::CoolingDown { .. }
        | HeldStatus::EndingCharges { .. }
        | HeldStatus::Releasing { .. }
        | HeldStatus::Released { .. } => false,
    }
}

pub(super) fn bought(id: u64, held: &HeldNumber) -> BoughtNumber {
    BoughtNumber {
        id,
        phone_number: held.number.to_string(),
        country_code: held.country.to_string(),
        kind: NORMAL.into(),
        sms_capable: held.capabilities.sms,
    }
}

pub(super) fn listed(id: u64, held: &HeldNumber, nickname: Option<String>) -> ListedNumber {
    ListedNumber {
        id,
        phone_number: held.number.to_string(),
        nickname,
        country_code: held.country.to_string(),
        kind: NORMAL,
        type_label: "Dedicated Number",
        sms_capable: held.capabilities.sms,
        region: "us1",
        has_active_subscription: is_active(&held.status),
        created_at: created_at(held.activated_at),
    }
}

pub(super) fn renamed(id: u64, held: &HeldNumber, nickname: Option<String>) -> RenamedNumber {
    RenamedNumber {
        id,
        phone_number: held.number.to_string(),
        nickname,
        country_code: held.country.to_string(),
        kind: NORMAL,
    }
}

pub(super) fn assignable(id: u64, held: &HeldNumber) -> AssignableNumber {
    AssignableNumber {
        id,
        phone_number: held.number.to_string(),
        country_code: held.country.to_string(),
        type_label: "Normal",
        is_available: is_active(&held.status),
    }
}

/// An instant to the microsecond: `2025-01-07T10:30:00.000000Z`.
fn created_at(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or_default();
    strtime::format("%Y-%m-%dT%H:%M:%S%.6fZ", at).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_documents_print_is_written_so() {
        assert_eq!(created_at(Timestamp::from_millis(1_736_245_800_000)), "2025-01-07T10:30:00.000000Z");
        assert_eq!(formatted("+14155551234".parse().unwrap()), "+1 415-555-1234");
    }

    #[test]
    fn every_price_has_an_id_of_its_own_in_the_documents_style() {
        let rates = &super::super::SHOP.rate_card().rates;
        let mut ids: Vec<String> = rates.iter().map(|rate| price_id(rate.country, rate.number_type)).collect();
        assert!(ids.iter().all(|id| id.len() == DOCUMENTED_PRICE.len() && id.starts_with("price_")), "{ids:?}");
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), rates.len());
    }
}
