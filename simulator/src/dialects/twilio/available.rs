//! What is for sale: the countries, and a search within one for a type of number.

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::{Capabilities, Country, NumberType, OfferedNumber, Selector};
use serde_json::json;

use super::page::Asked;
use super::pattern::Pattern;
use super::translate::{API_VERSION, available, country_name, place};
use super::visit::Visit;
use super::wire::AvailableCountry;
use super::{SHOP, status, stock};
use crate::http::{Request, Response};
use crate::kit::json::to_json;
use crate::kit::routes::Call;
use crate::retailer::Session;

/// What a parameter needs that this stock does not know.
const NOT_IMITATED: [&str; 6] = ["NearNumber", "NearLatLong", "Distance", "InPostalCode", "InRateCenter", "InLata"];

/// The least number of characters in `Contains`.
const CONTAINS_MIN: usize = 2;

/// `…/AvailablePhoneNumbers.json`
pub(super) fn countries(visit: &Visit) -> Response {
    let codes: BTreeSet<Country> = SHOP.rate_card().rates.iter().map(|rate| rate.country).collect();
    let countries: Vec<AvailableCountry> = codes.into_iter().map(|code| shown(code, visit)).collect();
    Response::json(200, json!({ "countries": to_json(countries), "uri": format!("{}.json", base(visit)) }))
}

/// `…/AvailablePhoneNumbers/{country}.json`
pub(super) fn country(call: &Call<'_>, visit: &Visit) -> Response {
    match sold(call, None) {
        Ok(country) => Response::json(200, to_json(shown(country, visit))),
        Err(refusal) => refusal,
    }
}

/// `…/AvailablePhoneNumbers/{country}/Local.json`, and the other types.
pub(super) fn search(call: &Call<'_>, number_type: NumberType, visit: &Visit, session: &Session<'_>) -> Response {
    let filter = sold(call, Some(number_type)).and_then(|country| Filter::of(call.request, country, number_type));
    let filter = match filter {
        Ok(filter) => filter,
        Err(refusal) => return refusal,
    };
    let found = session.search(Some(&filter.selector));
    let found = found.iter().filter(|offer| filter.fits(offer)).map(available);
    let found = Asked::of(call.request).part().of(found);
    let country = call.named("country").to_ascii_uppercase();
    let uri = format!("{}/{country}/{}.json", base(visit), resource(number_type));
    Response::json(200, json!({ "available_phone_numbers": to_json(found), "uri": uri }))
}

/// The types as resources.
pub(super) const fn resource(number_type: NumberType) -> &'static str {
    match number_type {
        NumberType::Local => "Local",
        NumberType::Mobile => "Mobile",
        NumberType::National => "National",
        NumberType::TollFree => "TollFree",
    }
}

/// The types as members.
const fn member(number_type: NumberType) -> &'static str {
    match number_type {
        NumberType::Local => "local",
        NumberType::Mobile => "mobile",
        NumberType::National => "national",
        NumberType::TollFree => "toll_free",
    }
}

fn base(visit: &Visit) -> String {
    format!("/{API_VERSION}/Accounts/{}/AvailablePhoneNumbers", visit.account)
}

/// The country in the path, if it is sold.
fn sold(call: &Call<'_>, number_type: Option<NumberType>) -> Result<Country, Response> {
    let country = call.named("country").to_ascii_uppercase().parse().ok();
    let sells = |country: &Country| {
        let of_country = SHOP.rate_card().rates.iter().filter(|rate| rate.country == *country);
        of_country.into_iter().any(|rate| number_type.is_none() || rate.number_type == number_type)
    };
    country.filter(sells).ok_or_else(|| status::not_found(&call.request.path))
}

fn shown(country: Country, visit: &Visit) -> AvailableCountry {
    let base = base(visit);
    let of_country = SHOP.rate_card().rates.iter().filter(|rate| rate.country == country);
    let types = of_country.filter_map(|rate| rate.number_type);
    let uris: BTreeMap<&str, String> =
        types.map(|it| (member(it), format!("{base}/{country}/{}.json", resource(it)))).collect();
    AvailableCountry {
        country_code: country.to_string(),
        country: country_name(country),
        uri: format!("{base}/{country}.json"),
        beta: false,
        subresource_uris: uris,
    }
}

/// What a search asks for.
struct Filter {
    selector: Selector,
    area_code: Option<String>,
    contains: Option<Pattern>,
    region: Option<String>,
    locality: Option<String>,
    /// The address requirements that a number must not have.
    excluded: Vec<&'static str>,
}

impl Filter {
    fn of(request: &Request, country: Country, number_type: NumberType) -> Result<Self, Response> {
        let typed = |name: &str| request.query(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        if let Some(name) = NOT_IMITATED.into_iter().find(|name| typed(name).is_some()) {
            return Err(status::bad_request(&format!("{name} is not imitated")));
        }
        let is_on = |name: &str| typed(name).is_some_and(|text| text.eq_ignore_ascii_case("true"));
        let capabilities = Capabilities {
            voice: is_on("VoiceEnabled"),
            sms: is_on("SmsEnabled"),
            mms: is_on("MmsEnabled"),
            fax: is_on("FaxEnabled"),
        };
        let area_code = typed("AreaCode");
        if area_code.as_ref().is_some_and(|code| code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_digit())) {
            return Err(status::area_code_invalid());
        }
        let contains = match typed("Contains").map(|text| Pattern::parse(&text, CONTAINS_MIN)) {
            Some(None) => return Err(status::bad_request("Contains must have 2 to 16 digits, letters or `*`")),
            Some(pattern) => pattern,
            None => None,
        };
        let all = is_on("ExcludeAllAddressRequired");
        let excluded = [
            ("any", all),
            ("local", all || is_on("ExcludeLocalAddressRequired")),
            ("foreign", all || is_on("ExcludeForeignAddressRequired")),
        ];
        Ok(Self {
            selector: Selector::Any { country, number_type: Some(number_type), capabilities, region: None },
            area_code,
            contains,
            region: typed("InRegion"),
            locality: typed("InLocality"),
            excluded: excluded.into_iter().filter(|(_, is_excluded)| *is_excluded).map(|(name, _)| name).collect(),
        })
    }

    fn fits(&self, offer: &OfferedNumber) -> bool {
        let (locality, region) = place(&offer.region);
        let is_at = |wanted: &Option<String>, found: Option<String>| {
            wanted.as_ref().is_none_or(|wanted| found.is_some_and(|found| found.eq_ignore_ascii_case(wanted)))
        };
        self.area_code.as_ref().is_none_or(|code| offer.number.national_digits().starts_with(code))
            && self.contains.as_ref().is_none_or(|contains| contains.fits(&offer.number.to_string()))
            && is_at(&self.region, region)
            && is_at(&self.locality, locality)
            && !self.excluded.contains(&stock::address_requirements(offer.country, offer.number_type))
    }
}
