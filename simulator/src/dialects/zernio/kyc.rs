//! The page behind `kycUrl`. The forms themselves are not imitated yet; the page says so.

use ringup_core::Country;

use crate::http::{Request, Response};

/// Where a customer would complete KYC.
pub(super) fn url(public_url: &str, country: Country, profile: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("profileId", profile).finish();
    format!("{public_url}/zernio/api/kyc/{country}?{query}")
}

pub(super) fn page(request: &Request, country: &str) -> Response {
    let Ok(country) = country.parse::<Country>() else { return super::status::not_found() };
    if request.method != "GET" {
        return super::status::method_not_allowed();
    }
    Response::html(
        200,
        format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>KYC for {country}</title>\
             <h1>KYC for {country}</h1><p>Numbers of {country} are ordered once the holder's identity is verified. \
             This simulator shows where a customer would be sent, and has no forms to fill in yet.</p></html>"
        ),
    )
}
