//! The bridge between Twilio's words and ours.

use jiff::fmt::strtime;
use ringup_core::{
    Capabilities, Country, E164, HeldNumber, HolderId, NumberType, OfferedNumber, PurchaseRequest, Timestamp,
};
use ringup_numbering::{NumberFormat, PhoneNumber};

use super::settings::{ADDRESS_SID, BUNDLE_SID};
use super::stock;
use super::wire::{AvailablePhoneNumber, CapabilitySet, IncomingPhoneNumber, PurchaseForm, SearchCapabilities};
use crate::retailer::Settings;

/// The version of the API, which is the first segment of its paths.
pub(super) const API_VERSION: &str = "2010-04-01";

/// The calling code of North America.
const NORTH_AMERICA: &str = "+1";

/// The countries of the rate card, as people know them.
const COUNTRIES: [(&str, &str); 7] = [
    ("AU", "Australia"),
    ("CA", "Canada"),
    ("DE", "Germany"),
    ("DK", "Denmark"),
    ("GB", "United Kingdom"),
    ("SE", "Sweden"),
    ("US", "United States"),
];

impl From<&PurchaseRequest> for PurchaseForm {
    fn from(request: &PurchaseRequest) -> Self {
        let typed = |field: &Option<String>| field.clone().filter(|text| !text.is_empty());
        Self { phone_number: typed(&request.number), area_code: typed(&request.area_code) }
    }
}

/// The request for exactly this number.
pub(super) fn exact(holder: &str, number: &str) -> PurchaseRequest {
    PurchaseRequest { holder: Some(holder.into()), number: Some(number.into()), ..PurchaseRequest::default() }
}

/// The request for any number of an area code; none unless it is one of the United States or Canada.
pub(super) fn of_area(holder: &str, area_code: &str) -> Option<PurchaseRequest> {
    let country = country_of_area(area_code)?;
    Some(PurchaseRequest {
        holder: Some(holder.into()),
        country: Some(country.to_string()),
        area_code: Some(area_code.into()),
        ..PurchaseRequest::default()
    })
}

/// Whose area code this is. What belongs to all of North America is taken for the United States'.
fn country_of_area(area_code: &str) -> Option<Country> {
    let is_code = area_code.len() == 3 && area_code.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_code.then(|| PhoneNumber::parse(&format!("{NORTH_AMERICA}{area_code}2345678"), None).ok())??;
    number.kind()?;
    let country = number.country().or_else(|| "US".parse().ok())?;
    matches!(country.to_string().as_str(), "US" | "CA").then_some(country)
}

/// The country's name; its code where no number of it is sold.
pub(super) fn country_name(country: Country) -> String {
    let code = country.to_string();
    COUNTRIES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| (*name).to_owned())
}

/// What the type of a number is called on the wire.
pub(super) const fn kind(number_type: NumberType) -> &'static str {
    match number_type {
        NumberType::Local => "local",
        NumberType::Mobile => "mobile",
        NumberType::National => "national",
        NumberType::TollFree => "tollfree",
    }
}

/// A number as it is called while nobody has given it a name: `(808) 925-5327` in North America, else E.164.
pub(super) fn friendly_name(number: E164) -> String {
    let text = number.to_string();
    let national = || Some(PhoneNumber::parse(&text, None).ok()?.format(NumberFormat::National));
    let shown = if text.starts_with(NORTH_AMERICA) { national() } else { None };
    shown.unwrap_or(text)
}

/// An instant as RFC 2822 has it: `Thu, 30 Jul 2015 23:19:04 +0000`.
pub(super) fn date(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or_default();
    strtime::format("%a, %d %b %Y %H:%M:%S +0000", at).unwrap_or_default()
}

const fn capabilities(ours: Capabilities) -> CapabilitySet {
    let Capabilities { voice, sms, mms, fax } = ours;
    CapabilitySet { voice, sms, mms, fax }
}

/// A number as a search shows it.
pub(super) fn available(offer: &OfferedNumber) -> AvailablePhoneNumber {
    let Capabilities { voice, sms, mms, .. } = offer.capabilities;
    let (locality, region) = place(&offer.region);
    AvailablePhoneNumber {
        friendly_name: friendly_name(offer.number),
        phone_number: offer.number.to_string(),
        lata: None,
        locality,
        rate_center: None,
        latitude: None,
        longitude: None,
        region,
        postal_code: None,
        iso_country: offer.country.to_string(),
        address_requirements: stock::address_requirements(offer.country, offer.number_type),
        beta: false,
        capabilities: SearchCapabilities { voice, sms, mms },
    }
}

/// A place of the stock: its city, and its region where it names one.
pub(super) fn place(region: &str) -> (Option<String>, Option<String>) {
    let named = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    match region.split_once(',') {
        Some((city, region)) => (named(city), named(region)),
        None => (named(region), None),
    }
}

pub(super) fn holder(held: &HeldNumber) -> String {
    held.holder.as_ref().map(HolderId::to_string).unwrap_or_default()
}

/// A number as it is shown, without its settings.
pub(super) struct Number {
    pub(super) account_sid: String,
    pub(super) sid: String,
    pub(super) number: E164,
    pub(super) number_type: NumberType,
    pub(super) address_requirements: &'static str,
    pub(super) capabilities: Capabilities,
    pub(super) created_at: Timestamp,
}

impl From<&HeldNumber> for Number {
    fn from(held: &HeldNumber) -> Self {
        Self {
            account_sid: holder(held),
            sid: held.purchase.to_string(),
            number: held.number,
            number_type: held.number_type,
            address_requirements: stock::address_requirements(held.country, held.number_type),
            capabilities: held.capabilities,
            created_at: held.activated_at,
        }
    }
}

/// A number as its account sees it.
pub(super) fn incoming(number: &Number, settings: &Settings) -> IncomingPhoneNumber {
    let Number { account_sid, sid, .. } = number;
    let set = |name: &str| settings.more.get(name).cloned();
    let text = |name: &str| set(name).unwrap_or_default();
    let or = |name: &str, usual: &str| set(name).unwrap_or_else(|| usual.to_owned());
    let emergency_address_sid = set("EmergencyAddressSid");
    IncomingPhoneNumber {
        address_sid: set(ADDRESS_SID),
        address_requirements: number.address_requirements,
        api_version: or("ApiVersion", API_VERSION),
        beta: false,
        capabilities: capabilities(number.capabilities),
        date_created: date(number.created_at),
        date_updated: date(settings.changed_at.unwrap_or(number.created_at)),
        friendly_name: settings.label.clone().unwrap_or_else(|| friendly_name(number.number)),
        identity_sid: set("IdentitySid"),
        phone_number: number.number.to_string(),
        origin: "twilio",
        sms_application_sid: text("SmsApplicationSid"),
        sms_fallback_method: or("SmsFallbackMethod", "POST"),
        sms_fallback_url: text("SmsFallbackUrl"),
        sms_method: or("SmsMethod", "POST"),
        sms_url: text("SmsUrl"),
        status_callback: text("StatusCallback"),
        status_callback_method: or("StatusCallbackMethod", "POST"),
        trunk_sid: set("TrunkSid"),
        uri: format!("/{API_VERSION}/Accounts/{account_sid}/IncomingPhoneNumbers/{sid}.json"),
        voice_receive_mode: or("VoiceReceiveMode", "voice"),
        voice_application_sid: text("VoiceApplicationSid"),
        voice_caller_id_lookup: set("VoiceCallerIdLookup").is_some_and(|text| text == "true"),
        voice_fallback_method: or("VoiceFallbackMethod", "POST"),
        voice_fallback_url: set("VoiceFallbackUrl"),
        voice_method: or("VoiceMethod", "POST"),
        voice_url: settings.endpoint.clone(),
        emergency_status: or("EmergencyStatus", "Active"),
        emergency_address_status: if emergency_address_sid.is_some() { "registered" } else { "unregistered" },
        emergency_address_sid,
        bundle_sid: set(BUNDLE_SID),
        status: "in-use",
        kind: kind(number.number_type),
        account_sid: account_sid.clone(),
        sid: sid.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_document_prints_is_written_so() {
        assert_eq!(date(Timestamp::from_millis(1_438_298_344_000)), "Thu, 30 Jul 2015 23:19:04 +0000");
        assert_eq!(friendly_name("+18089255327".parse().unwrap()), "(808) 925-5327");
        assert_eq!(friendly_name("+4620376543".parse().unwrap()), "+4620376543");
        assert_eq!(place("Hilo, HI"), (Some("Hilo".into()), Some("HI".into())));
        assert_eq!((place("Leeds").1, place("").0), (None, None));
    }

    #[test]
    fn an_area_code_is_one_of_the_united_states_or_canada() {
        let of = |area_code| country_of_area(area_code).map(|country| country.to_string());
        assert_eq!([of("510"), of("902"), of("877")].map(Option::unwrap), ["US", "CA", "US"]);
        // Jamaica, a code that nobody has, and what is none.
        for other in ["876", "999", "111", "51", "5100", "51a", ""] {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn every_country_of_the_rate_card_has_a_name() {
        let rates = &super::super::SHOP.rate_card().rates;
        assert!(rates.iter().all(|rate| country_name(rate.country).len() > 2));
    }
}
