//! What can be bought.

use std::fmt::Display;
use std::str::FromStr;

use ringup_core::{Capabilities, Country, E164, NumberPattern, NumberType, OfferedNumber, Selector};

use super::page::Asked;
use super::{SHOP, status, translate};
use crate::http::{Request, Response};
use crate::retailer::Session;

/// What is looked for. Each part narrows the others.
struct Search {
    country: Option<Country>,
    number_type: Option<NumberType>,
    capabilities: Capabilities,
    region: Option<String>,
    area_code: Option<String>,
    pattern: Option<NumberPattern>,
    number: Option<E164>,
}

pub(super) fn list(request: &Request, session: &Session<'_>) -> Response {
    let (search, asked) = match (Search::read(request), Asked::<u64>::read(request)) {
        (Ok(search), Ok(asked)) => (search, asked),
        (Err(refusal), _) | (_, Err(refusal)) => return refusal,
    };
    let mut found = session.search(search.selector().as_ref());
    found.retain(|offer| search.fits(offer));
    found.sort_by_key(|offer| offer.number.digits());
    asked.of(found.iter().map(|offer| (offer.number.digits(), translate::available(offer, &SHOP))))
}

impl Search {
    fn read(request: &Request) -> Result<Self, Response> {
        let search = Self {
            country: parameter(request, "country")?,
            number_type: parameter(request, "number_type")?,
            capabilities: capabilities(request)?,
            region: request.query("region").filter(|text| !text.is_empty()),
            area_code: request.query("area_code").filter(|text| !text.is_empty()),
            pattern: numeric(request, "pattern")?,
            number: numeric(request, "number")?,
        };
        let Some(area_code) = &search.area_code else { return Ok(search) };
        if !(area_code.len() <= 7 && area_code.bytes().all(|byte| byte.is_ascii_digit())) {
            return Err(status::bad_query("area_code", "an area code is 1 to 7 digits, such as `617`"));
        }
        if search.country.is_none() {
            return Err(status::bad_query("country", "an area code belongs to a country"));
        }
        Ok(search)
    }

    /// The narrowest way to search the inventory; what is left is for [`Self::fits`].
    fn selector(&self) -> Option<Selector> {
        if let Some(number) = self.number {
            return Some(Selector::Exact { number });
        }
        let (country, number_type) = (self.country?, self.number_type);
        Some(match &self.area_code {
            Some(area_code) => Selector::of_area_code(country, area_code.clone(), number_type),
            None => Selector::any(country, number_type),
        })
    }

    fn fits(&self, offer: &OfferedNumber) -> bool {
        self.country.is_none_or(|country| country == offer.country)
            && self.number_type.is_none_or(|number_type| number_type == offer.number_type)
            && offer.capabilities.include(self.capabilities)
            && self.region.as_ref().is_none_or(|region| offer.is_of_region(region))
            && self.pattern.as_ref().is_none_or(|pattern| pattern.matches(offer.number))
    }
}

fn parameter<T: FromStr<Err: Display>>(request: &Request, name: &str) -> Result<Option<T>, Response> {
    let text = request.query(name).filter(|text| !text.is_empty());
    let read = text.map(|text| text.parse::<T>()).transpose();
    read.map_err(|error| status::bad_query(name, error.to_string()))
}

/// A list of capabilities, such as `voice,sms`.
fn capabilities(request: &Request) -> Result<Capabilities, Response> {
    let mut wanted = Capabilities::default();
    for name in
        request.query("capabilities").unwrap_or_default().split(',').map(str::trim).filter(|name| !name.is_empty())
    {
        match name {
            "voice" => wanted.voice = true,
            "sms" => wanted.sms = true,
            "mms" => wanted.mms = true,
            "fax" => wanted.fax = true,
            _ => {
                let message = format!("`{name}` is no capability: write some of voice, sms, mms and fax, with commas");
                return Err(status::bad_query("capabilities", message));
            }
        }
    }
    Ok(wanted)
}

/// The same for what begins with a plus: a raw one in a query is a space to most servers.
fn numeric<T: FromStr<Err: Display>>(request: &Request, name: &str) -> Result<Option<T>, Response> {
    let text = request.query(name).filter(|text| !text.is_empty()).map(|text| text.replacen(' ', "+", 1));
    let read = text.map(|text| text.parse::<T>()).transpose();
    read.map_err(|error| status::bad_query(name, error.to_string()))
}
