//! The price list: what the numbers of a country cost by the month.

use std::collections::BTreeSet;

use ringup_core::{Country, Money, NumberType};
use serde_json::json;

use super::page::Asked;
use super::translate::country_name;
use super::wire::{CountryPrices, NumberPrice, PricedCountry};
use super::{SHOP, status};
use crate::http::Response;
use crate::kit::json::to_json;
use crate::kit::routes::Call;
use crate::retailer::Session;

/// `/v1/PhoneNumbers/Countries`
pub(super) fn countries(call: &Call<'_>, session: &Session<'_>) -> Response {
    let codes: BTreeSet<Country> = SHOP.rate_card().rates.iter().map(|rate| rate.country).collect();
    let asked = Asked::of(call.request);
    let (part, total) = (asked.part(), codes.len());
    let all = codes.into_iter().map(|code| PricedCountry {
        country: country_name(code),
        iso_country: code.to_string(),
        url: url(code, session),
    });
    let path = base(session);
    let at = |page: usize| asked.address(page, &path, call.request);
    let meta = json!({
        "first_page_url": at(0),
        "key": "countries",
        "next_page_url": part.has_more(total).then(|| at(asked.page.saturating_add(1))),
        "page": asked.page,
        "page_size": asked.size,
        "previous_page_url": asked.page.checked_sub(1).map(at),
        "url": at(asked.page),
    });
    Response::json(200, json!({ "countries": to_json(part.of(all)), "meta": meta }))
}

/// `/v1/PhoneNumbers/Countries/{country}`
pub(super) fn country(call: &Call<'_>, session: &Session<'_>) -> Response {
    let code = call.named("country").to_ascii_uppercase().parse::<Country>().ok();
    let Some(code) = code else { return status::not_found(&call.request.path) };
    let rates = SHOP.rate_card().rates.iter().filter(|rate| rate.country == code);
    let prices: Vec<NumberPrice> = rates
        .filter_map(|rate| {
            let price = price(rate.monthly_fee);
            let number_type = named(rate.number_type?);
            Some(NumberPrice { number_type, base_price: price.clone(), current_price: price })
        })
        .collect();
    if prices.is_empty() {
        return status::not_found(&call.request.path);
    }
    Response::json(
        200,
        to_json(CountryPrices {
            country: country_name(code),
            iso_country: code.to_string(),
            phone_number_prices: prices,
            price_unit: SHOP.policy().default_currency.to_string(),
            url: url(code, session),
        }),
    )
}

fn base(session: &Session<'_>) -> String {
    format!("{}/twilio/v1/PhoneNumbers/Countries", session.public_url())
}

fn url(country: Country, session: &Session<'_>) -> String {
    format!("{}/{country}", base(session))
}

const fn named(number_type: NumberType) -> &'static str {
    match number_type {
        NumberType::Local => "local",
        NumberType::Mobile => "mobile",
        NumberType::National => "national",
        NumberType::TollFree => "toll free",
    }
}

/// An amount in dollars and cents: `1.15`.
fn price(fee: Money) -> String {
    fee.to_string().split(' ').next().unwrap_or_default().to_owned()
}
