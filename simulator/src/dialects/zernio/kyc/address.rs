//! Postal addresses: whether one could be delivered to, and what to change.

use ringup_core::Selector;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{SHOP, catalogue};
use super::status;
use crate::http::{Request, Response};
use crate::kit::json::{non_null, read_object};
use crate::retailer::Session;

/// An address, in Telnyx's words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Address {
    #[serde(deserialize_with = "non_null")]
    country: Option<String>,
    #[serde(deserialize_with = "non_null")]
    country_code: Option<String>,
    #[serde(deserialize_with = "non_null")]
    pub(super) business_name: Option<String>,
    #[serde(deserialize_with = "non_null")]
    pub(super) first_name: Option<String>,
    #[serde(deserialize_with = "non_null")]
    pub(super) last_name: Option<String>,
    #[serde(deserialize_with = "non_null")]
    street_address: Option<String>,
    #[serde(deserialize_with = "non_null")]
    locality: Option<String>,
    #[serde(deserialize_with = "non_null")]
    administrative_area: Option<String>,
    #[serde(deserialize_with = "non_null")]
    postal_code: Option<String>,
}

/// What to change in an address.
struct Suggestion {
    field: &'static str,
    label: &'static str,
    value: String,
}

pub(in super::super) fn validate(request: &Request, session: &Session<'_>) -> Response {
    let address: Address = match read_object(&request.body) {
        Ok(address) => address,
        Err(unreadable) => return status::unreadable(unreadable),
    };
    if address.country.as_ref().is_none_or(|country| country.trim().is_empty()) {
        return status::bad_request("country is required", json!({ "field": "country" }));
    }
    let typed = address.country.clone().unwrap_or_default();
    let Ok(country) = typed.parse() else { return status::country_not_available(&typed) };
    if SHOP.rate_card().rate(country, None, None).is_none() {
        return status::country_not_available(&typed);
    }
    if let Some(field) = missing(&address) {
        return status::bad_request(format!("{field} is required"), json!({ "field": field }));
    }
    if address.administrative_area.as_ref().is_none_or(|area| area.trim().is_empty()) {
        return Response::json(200, json!({ "ok": true, "skipped": true }));
    }
    let areas = catalogue::areas(&session.search(Some(&Selector::any(country, None))));
    undeliverable(&address, &areas).unwrap_or_else(|| Response::json(200, json!({ "ok": true })))
}

/// The first part that every address has and this one lacks.
pub(super) fn missing(address: &Address) -> Option<&'static str> {
    let parts = [
        ("street_address", &address.street_address),
        ("locality", &address.locality),
        ("postal_code", &address.postal_code),
    ];
    let is_missing = |part: &Option<String>| part.as_ref().is_none_or(|text| text.trim().is_empty());
    parts.into_iter().find(|(_, part)| is_missing(part)).map(|(field, _)| field)
}

/// The answer to an address to which nobody could deliver.
pub(super) fn undeliverable(address: &Address, areas: &[String]) -> Option<Response> {
    let suggestion = suggestion(address, areas)?;
    let Suggestion { field, label, value } = suggestion;
    let suggestions: Value = json!([{ "field": field, "label": label, "value": value }]);
    Some(Response::json(
        400,
        json!({
            "error": format!("The address could not be validated: check {field}."),
            "type": "invalid_request_error",
            "code": "INVALID_FIELD_VALUE",
            "param": "address",
            "details": { "addressSuggestions": suggestions },
        }),
    ))
}

/// A street without a building number; a city that is its own province, in another one.
fn suggestion(address: &Address, areas: &[String]) -> Option<Suggestion> {
    let street = address.street_address.as_deref().unwrap_or_default();
    if !street.chars().any(char::is_numeric) {
        return Some(Suggestion { field: "street_address", label: "Street address", value: format!("{street} 1") });
    }
    let province = address.administrative_area.as_deref().filter(|area| !area.trim().is_empty())?;
    let city = areas.iter().find(|area| Some(area.as_str()) == address.locality.as_deref())?;
    (province != city).then(|| Suggestion {
        field: "administrative_area",
        label: "State / Province",
        value: city.clone(),
    })
}

impl Address {
    /// The country that it says to be in, if it says so.
    pub(super) fn in_country(&self) -> Option<&str> {
        self.country_code.as_deref()
    }

    /// Whose it is, if it says so.
    pub(super) fn addressee(&self) -> Option<String> {
        let person = [&self.first_name, &self.last_name].into_iter().flatten().map(String::as_str);
        let person = person.collect::<Vec<_>>().join(" ");
        self.business_name.clone().or(Some(person)).filter(|name| !name.trim().is_empty())
    }
}
