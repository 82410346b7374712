//! Sondos's own words. Members stand in the order in which the documents print them.

use serde::{Deserialize, Serialize};
use serde_json::Number;

use crate::kit::json::non_null;

/// The body of a purchase. Fields that are not named here are passed over.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct PurchaseBody {
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) phone_number: Option<String>,
}

/// The body of a rename; `nickname` null: the nickname is taken away.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RenameBody {
    #[serde(deserialize_with = "non_null")]
    pub(super) nickname: Option<Option<String>>,
}

/// A list, or one thing.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Data<T> {
    pub(super) data: T,
}

/// What was done, and to what.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Done<T> {
    pub(super) message: String,
    pub(super) data: T,
}

/// A number that a search found.
#[derive(Debug, Serialize)]
pub(super) struct AvailableNumber {
    pub(super) phone_number: String,
    pub(super) phone_number_formatted: String,
    pub(super) country_code: String,
    pub(super) price: Number,
    pub(super) stripe_price_id: String,
    pub(super) address_requirements: &'static str,
    pub(super) sms_capable: bool,
}

/// A number that was just bought.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct BoughtNumber {
    pub(super) id: u64,
    pub(super) phone_number: String,
    pub(super) country_code: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) sms_capable: bool,
}

/// A number of an account, as its lists show it.
#[derive(Debug, Serialize)]
pub(super) struct ListedNumber {
    pub(super) id: u64,
    pub(super) phone_number: String,
    pub(super) nickname: Option<String>,
    pub(super) country_code: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) type_label: &'static str,
    pub(super) sms_capable: bool,
    pub(super) region: &'static str,
    pub(super) has_active_subscription: bool,
    pub(super) created_at: String,
}

/// A number that was just renamed.
#[derive(Debug, Serialize)]
pub(super) struct RenamedNumber {
    pub(super) id: u64,
    pub(super) phone_number: String,
    pub(super) nickname: Option<String>,
    pub(super) country_code: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
}

/// A number, as those see it who give it to an assistant.
#[derive(Debug, Serialize)]
pub(super) struct AssignableNumber {
    pub(super) id: u64,
    pub(super) phone_number: String,
    pub(super) country_code: String,
    pub(super) type_label: &'static str,
    pub(super) is_available: bool,
}

/// `GET /user/me`
#[derive(Debug, Serialize)]
pub(super) struct User {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) total_balance: Number,
}

/// An error of the endpoint.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct ErrorBody {
    pub(super) error: String,
}
