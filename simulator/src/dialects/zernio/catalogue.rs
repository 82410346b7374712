//! What is for sale: countries, available numbers, availability.

use ringup_core::shop::Rate;
use ringup_core::{Country, NumberType, OfferedNumber, Selector, Shop};
use serde_json::json;

use super::translate::number_type;
use super::wire::{Availability, Available, AvailableNumber, ListedCountry};
use super::{status, stock};
use crate::http::{Request, Response};
use crate::kit::json::to_json;
use crate::retailer::Session;

const LIMIT_DEFAULT: usize = 20;
const LIMIT_MAX: usize = 100;

/// The countries on sale, cheapest first.
pub(super) fn countries(shop: &Shop) -> Response {
    let tier_min = tier_min(shop);
    let mut rates: Vec<&Rate> = shop.rate_card().rates.iter().collect();
    rates.sort_by_key(|rate| rate.monthly_fee.minor_units());
    let countries: Vec<ListedCountry> = rates
        .into_iter()
        .map(|rate| ListedCountry {
            code: rate.country.to_string(),
            tier: rate.kyc_tier,
            monthly_cents: rate.monthly_fee.minor_units(),
            needs_kyc: tier_min <= rate.kyc_tier,
            outbound_calling_available: rate.capabilities.voice,
        })
        .collect();
    Response::json(200, json!({ "countries": to_json(countries) }))
}

/// The lowest tier that needs KYC; above every tier where none does.
pub(super) fn tier_min(shop: &Shop) -> u8 {
    shop.policy().kyc.as_ref().map_or(u8::MAX, |kyc| kyc.tier_min)
}

/// The country of a request and its rate; the answer if nothing is sold there.
fn sold<'a>(request: &Request, shop: &'a Shop, default: Option<&str>) -> Result<(Country, &'a Rate), Response> {
    let typed = request.query("country").filter(|typed| !typed.is_empty());
    let Some(typed) = typed.or_else(|| default.map(str::to_owned)) else {
        return Err(status::bad_request("country is required", json!({ "field": "country" })));
    };
    let country = typed.parse().map_err(|_| status::country_not_available(&typed))?;
    let rate = shop.rate_card().rate(country, None, None).ok_or_else(|| status::country_not_available(&typed))?;
    Ok((country, rate))
}

/// The type that a country's numbers have unless another one is asked for.
pub(super) fn usual_type(free: &[OfferedNumber], country: Country) -> NumberType {
    let seen = free.first().map(|offer| offer.number_type);
    seen.or_else(|| stock::number_type(country)).unwrap_or(NumberType::Local)
}

pub(super) fn available(request: &Request, session: &Session<'_>, shop: &Shop) -> Response {
    let (country, _) = match sold(request, shop, Some("US")) {
        Ok(sold) => sold,
        Err(refusal) => return refusal,
    };
    let either = |one, other| request.query(one).or_else(|| request.query(other)).filter(|text| !text.is_empty());
    let free = session.search(Some(&Selector::any(country, None)));
    let kind = either("numberType", "type").unwrap_or_else(|| number_type(usual_type(&free, country)).to_owned());
    let Some(kind) = KINDS.into_iter().find(|known| **known == *kind) else {
        return status::bad_request("Invalid numberType", json!({ "numberType": kind }));
    };
    let prefix = either("areaCode", "prefix").unwrap_or_default();
    let contains = request.query("contains").unwrap_or_default();
    let locality = request.query("locality").filter(|text| !text.is_empty());
    let limit = request.query("limit").and_then(|text| text.parse().ok()).unwrap_or(LIMIT_DEFAULT).min(LIMIT_MAX);
    let fits = |offer: &&OfferedNumber| {
        let digits = offer.number.digits().to_string();
        number_type(offer.number_type) == kind
            && offer.number.national_digits().starts_with(&prefix)
            && digits.contains(&contains)
            && locality.as_ref().is_none_or(|locality| offer.region.eq_ignore_ascii_case(locality))
    };
    let numbers = free.iter().filter(fits).take(limit);
    let numbers = numbers.map(|offer| AvailableNumber { phone_number: offer.number.to_string() }).collect();
    Response::json(200, to_json(Available { country: country.to_string(), number_type: kind, numbers }))
}

const KINDS: [&str; 4] = ["local", "mobile", "national", "toll_free"];

/// The areas in which there are numbers.
pub(super) fn areas(free: &[OfferedNumber]) -> Vec<String> {
    let mut areas: Vec<String> = free.iter().map(|offer| offer.region.clone()).collect();
    areas.retain(|area| !area.is_empty());
    areas.sort_unstable();
    areas.dedup();
    areas
}

pub(super) fn availability(request: &Request, session: &Session<'_>, shop: &Shop) -> Response {
    let (country, rate) = match sold(request, shop, None) {
        Ok(sold) => sold,
        Err(refusal) => return refusal,
    };
    let free = session.search(Some(&Selector::any(country, None)));
    let regulated = tier_min(shop) <= rate.kyc_tier;
    let areas = if regulated { areas(&free) } else { Vec::new() };
    let address_constraint = match (regulated, areas.is_empty()) {
        (false, _) => "none",
        (true, true) => "country",
        (true, false) => "geo",
    };
    let number_type = number_type(usual_type(&free, country));
    let available = !free.is_empty();
    let answer = Availability { country: country.to_string(), number_type, available, address_constraint, areas };
    Response::json(200, to_json(answer))
}
