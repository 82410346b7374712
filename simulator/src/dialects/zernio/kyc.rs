//! KYC: what a regulator wants to know before a number of tier 3 or 4 is ordered, submitted and submitted again.

mod address;
mod form;
mod page;
mod remediation;
mod submission;

use ringup_core::{AccountId, Country, NumberType, Selector};
use serde_json::json;

pub(super) use address::validate;
pub(super) use form::form;
pub(super) use page::{identify, identity, send, show};
pub(super) use remediation::{flagged, remediate, reply};
pub(super) use submission::{DOCUMENT_BYTES_MAX, submit, upload};

use super::{SHOP, catalogue, status};
use crate::http::Response;
use crate::retailer::Session;

/// Who completes KYC at a page: for which profile, and which waiting purchase.
pub(super) struct Applicant<'a> {
    pub(super) account: &'a AccountId,
    pub(super) profile: &'a str,
    pub(super) key: Option<&'a str>,
}

/// Where a customer completes KYC.
pub(super) fn url(public_url: &str, country: Country, applicant: &Applicant<'_>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("account", applicant.account.as_str()).append_pair("profileId", applicant.profile);
    if let Some(key) = applicant.key {
        query.append_pair("purchaseIntentId", key);
    }
    let query = query.finish();
    format!("{public_url}/zernio/api/kyc/{country}?{query}")
}

/// A country whose regulator asks: its tier, the type of its numbers, and where an address must be.
struct Regulated {
    country: Country,
    tier: u8,
    number_type: NumberType,
    areas: Vec<String>,
}

/// Reads the country of a KYC call; the answer if there is no KYC for it.
fn regulated(typed: &str, session: &Session<'_>) -> Result<Regulated, Response> {
    if typed.trim().is_empty() {
        return Err(status::bad_request("country is required", json!({ "field": "country" })));
    }
    let not_available = || status::country_not_available(typed);
    let country: Country = typed.parse().map_err(|_| not_available())?;
    let rate = SHOP.rate_card().rate(country, None, None).ok_or_else(not_available)?;
    if rate.kyc_tier < catalogue::tier_min(&SHOP) {
        let details = json!({ "country": country.to_string() });
        return Err(status::bad_request("KYC is not required for this country", details));
    }
    let free = session.search(Some(&Selector::any(country, None)));
    let number_type = catalogue::usual_type(&free, country);
    Ok(Regulated { country, tier: rate.kyc_tier, number_type, areas: catalogue::areas(&free) })
}
