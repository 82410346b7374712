//! Zernio's own words, as the OpenAPI document of 2026-06-16 spells them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::kit::json::non_null;

/// The body of a purchase. Fields that are not named here are passed over.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct PurchaseBody {
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) profile_id: Option<String>,
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) country: Option<String>,
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) phone_number: Option<String>,
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) area_code: Option<String>,
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) number_type: Option<String>,
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) wants_sms: Option<bool>,
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) purchase_intent_id: Option<String>,
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) allow_multiple: Option<bool>,
}

/// The four answers to a purchase that are no errors.
#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub(super) enum PurchaseAnswer {
    #[serde(rename_all = "camelCase")]
    Checkout { message: String, checkout_url: String },
    #[serde(rename_all = "camelCase")]
    Bought { message: String, phone_number: BoughtNumber },
    #[serde(rename_all = "camelCase")]
    Replay { status: String, number_id: String, phone_number: String },
    #[serde(rename_all = "camelCase")]
    Kyc { status: String, country: String, kyc_url: String },
}

/// A number as a purchase answers it.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BoughtNumber {
    pub(super) id: String,
    pub(super) phone_number: String,
    pub(super) status: String,
    pub(super) country: String,
    pub(super) provisioned_at: String,
    pub(super) meta_preverified_id: String,
    pub(super) meta_verification_status: String,
}

/// Every error.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct ErrorBody {
    pub(super) error: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) details: Option<Value>,
}

/// `GET …/phone-numbers`
#[derive(Debug, Serialize)]
pub(super) struct NumberList {
    pub(super) numbers: Vec<ListedNumber>,
    pub(super) connected: Vec<Value>,
    pub(super) sandbox: Value,
}

/// A number in the list, where its id is called `_id`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListedNumber {
    #[serde(rename = "_id")]
    pub(super) id: String,
    pub(super) phone_number: String,
    pub(super) country: String,
    pub(super) status: &'static str,
    pub(super) registrant_name: Option<String>,
    pub(super) telnyx_order_id: Value,
    pub(super) monthly_cents: i64,
    pub(super) profile_id: ProfileReference,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) provisioned_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) meta_preverified_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) meta_verification_status: Option<&'static str>,
    pub(super) onfido_verification_url: Option<String>,
    pub(super) end_user_first_name: Option<String>,
    pub(super) end_user_last_name: Option<String>,
    pub(super) regulatory_decline_reason: Option<String>,
    pub(super) created_at: String,
}

/// The profile of a number in the list.
#[derive(Debug, Serialize)]
pub(super) struct ProfileReference {
    #[serde(rename = "_id")]
    pub(super) id: String,
    pub(super) name: String,
}

/// `GET …/phone-numbers/{id}`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SingleNumber {
    pub(super) id: String,
    pub(super) phone_number: String,
    pub(super) status: &'static str,
    pub(super) country: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) meta_preverified_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) meta_verification_status: Option<&'static str>,
    pub(super) onfido_verification_url: Option<String>,
    pub(super) end_user_first_name: Option<String>,
    pub(super) end_user_last_name: Option<String>,
    pub(super) regulatory_decline_reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) provisioned_at: Option<String>,
}

/// The number in the answer to a release.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReleasedNumber {
    pub(super) id: String,
    pub(super) phone_number: String,
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) released_at: Option<String>,
}

/// `GET …/phone-numbers/countries`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListedCountry {
    pub(super) code: String,
    pub(super) tier: u8,
    pub(super) monthly_cents: i64,
    pub(super) needs_kyc: bool,
    pub(super) outbound_calling_available: bool,
}

/// `GET …/phone-numbers/available`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Available {
    pub(super) country: String,
    pub(super) number_type: &'static str,
    pub(super) numbers: Vec<AvailableNumber>,
}

/// A number that could be bought.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AvailableNumber {
    pub(super) phone_number: String,
}

/// `GET …/phone-numbers/availability`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Availability {
    pub(super) country: String,
    pub(super) number_type: &'static str,
    pub(super) available: bool,
    pub(super) address_constraint: &'static str,
    pub(super) areas: Vec<String>,
}

/// A profile, the holder of numbers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Profile {
    #[serde(rename = "_id")]
    pub(super) id: String,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    pub(super) color: String,
    pub(super) is_default: bool,
}
