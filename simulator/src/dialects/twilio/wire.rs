//! Twilio's own words. Members stand in the order in which the OpenAPI document lists them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a purchase request says of the number: `PhoneNumber` and `AreaCode` of its form.
#[derive(Debug)]
pub(super) struct PurchaseForm {
    pub(super) phone_number: Option<String>,
    pub(super) area_code: Option<String>,
}

/// A number that an account has.
#[derive(Debug, Serialize)]
pub(super) struct IncomingPhoneNumber {
    pub(super) account_sid: String,
    pub(super) address_sid: Option<String>,
    pub(super) address_requirements: &'static str,
    pub(super) api_version: String,
    pub(super) beta: bool,
    pub(super) capabilities: CapabilitySet,
    pub(super) date_created: String,
    pub(super) date_updated: String,
    pub(super) friendly_name: String,
    pub(super) identity_sid: Option<String>,
    pub(super) phone_number: String,
    pub(super) origin: &'static str,
    pub(super) sid: String,
    pub(super) sms_application_sid: String,
    pub(super) sms_fallback_method: String,
    pub(super) sms_fallback_url: String,
    pub(super) sms_method: String,
    pub(super) sms_url: String,
    pub(super) status_callback: String,
    pub(super) status_callback_method: String,
    pub(super) trunk_sid: Option<String>,
    pub(super) uri: String,
    pub(super) voice_receive_mode: String,
    pub(super) voice_application_sid: String,
    pub(super) voice_caller_id_lookup: bool,
    pub(super) voice_fallback_method: String,
    pub(super) voice_fallback_url: Option<String>,
    pub(super) voice_method: String,
    pub(super) voice_url: Option<String>,
    pub(super) emergency_status: String,
    pub(super) emergency_address_sid: Option<String>,
    pub(super) emergency_address_status: &'static str,
    pub(super) bundle_sid: Option<String>,
    pub(super) status: &'static str,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
}

/// What a number can do.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct CapabilitySet {
    pub(super) voice: bool,
    pub(super) sms: bool,
    pub(super) mms: bool,
    pub(super) fax: bool,
}

/// A number that is for sale.
#[derive(Debug, Serialize)]
pub(super) struct AvailablePhoneNumber {
    pub(super) friendly_name: String,
    pub(super) phone_number: String,
    pub(super) lata: Option<String>,
    pub(super) locality: Option<String>,
    pub(super) rate_center: Option<String>,
    pub(super) latitude: Option<f64>,
    pub(super) longitude: Option<f64>,
    pub(super) region: Option<String>,
    pub(super) postal_code: Option<String>,
    pub(super) iso_country: String,
    pub(super) address_requirements: &'static str,
    pub(super) beta: bool,
    pub(super) capabilities: SearchCapabilities,
}

/// What a number for sale can do: the search says nothing about fax.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct SearchCapabilities {
    pub(super) voice: bool,
    pub(super) sms: bool,
    pub(super) mms: bool,
}

/// A country in which numbers are for sale.
#[derive(Debug, Serialize)]
pub(super) struct AvailableCountry {
    pub(super) country_code: String,
    pub(super) country: String,
    pub(super) uri: String,
    pub(super) beta: bool,
    pub(super) subresource_uris: BTreeMap<&'static str, String>,
}

/// An account or a subaccount.
#[derive(Debug, Serialize)]
pub(super) struct AccountInstance {
    pub(super) auth_token: String,
    pub(super) date_created: String,
    pub(super) date_updated: String,
    pub(super) friendly_name: String,
    pub(super) owner_account_sid: String,
    pub(super) sid: String,
    pub(super) status: &'static str,
    pub(super) subresource_uris: BTreeMap<&'static str, String>,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) uri: String,
}

/// `…/Balance.json`
#[derive(Debug, Serialize)]
pub(super) struct Balance {
    pub(super) account_sid: String,
    pub(super) balance: String,
    pub(super) currency: String,
}

/// An address of a customer.
#[derive(Debug, Serialize)]
pub(super) struct Address {
    pub(super) account_sid: String,
    pub(super) city: String,
    pub(super) customer_name: String,
    pub(super) date_created: String,
    pub(super) date_updated: String,
    pub(super) friendly_name: String,
    pub(super) iso_country: String,
    pub(super) postal_code: String,
    pub(super) region: String,
    pub(super) sid: String,
    pub(super) street: String,
    pub(super) uri: String,
    pub(super) emergency_enabled: bool,
    pub(super) validated: bool,
    pub(super) verified: bool,
    pub(super) street_secondary: Option<String>,
}

/// A country of the price list.
#[derive(Debug, Serialize)]
pub(super) struct PricedCountry {
    pub(super) country: String,
    pub(super) iso_country: String,
    pub(super) url: String,
}

/// What the numbers of a country cost.
#[derive(Debug, Serialize)]
pub(super) struct CountryPrices {
    pub(super) country: String,
    pub(super) iso_country: String,
    pub(super) phone_number_prices: Vec<NumberPrice>,
    pub(super) price_unit: String,
    pub(super) url: String,
}

/// What a type of number costs by the month.
#[derive(Debug, Serialize)]
pub(super) struct NumberPrice {
    pub(super) number_type: &'static str,
    pub(super) base_price: String,
    pub(super) current_price: String,
}

/// An error.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct ErrorBody {
    pub(super) code: u32,
    pub(super) message: String,
    pub(super) more_info: String,
    pub(super) status: u16,
}
