//! Vantax's own words. Members stand in the order in which the documents print them.

use serde::{Deserialize, Serialize};

use crate::kit::json::non_null;

/// The body of a purchase. Fields that are not named here are passed over.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct PurchaseBody {
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) sub_account_id: Option<String>,
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) country: Option<String>,
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) area_code: Option<String>,
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) number_pattern: Option<String>,
}

/// The body of `POST …/phone-numbers/{id}/assign`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AgentBody {
    #[serde(deserialize_with = "non_null")]
    pub(super) agent_id: Option<String>,
}

/// The body of `POST …/agents/{id}/phone-numbers`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PhoneNumberBody {
    #[serde(deserialize_with = "non_null")]
    pub(super) phone_number_id: Option<String>,
}

/// What was done, and to what.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Done<T> {
    pub(super) success: bool,
    pub(super) message: String,
    pub(super) data: T,
}

/// What was done, where nothing is left of it.
#[derive(Debug, Serialize)]
pub(super) struct Gone {
    pub(super) success: bool,
    pub(super) message: &'static str,
}

/// One page of a list.
#[derive(Debug, Serialize)]
pub(super) struct Page<T> {
    pub(super) success: bool,
    pub(super) data: Vec<T>,
    pub(super) pagination: Pagination,
}

/// Where in a list a page stands.
#[derive(Debug, Serialize)]
pub(super) struct Pagination {
    pub(super) total: usize,
    pub(super) limit: usize,
    pub(super) has_more: bool,
    /// The id to go on after, where there is more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next_cursor: Option<String>,
}

/// A number of a sub-account.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct PhoneNumber {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) country: String,
    pub(super) source: String,
    pub(super) agent_id: Option<String>,
    pub(super) sub_account_id: String,
    pub(super) capabilities: CapabilitySet,
    pub(super) created_at: String,
}

/// What a number can do.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(super) struct CapabilitySet {
    pub(super) voice: bool,
    pub(super) sms: bool,
}

/// A number as its agent sees it.
#[derive(Debug, Serialize)]
pub(super) struct AgentNumber {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) agent_id: String,
    pub(super) source: &'static str,
}

/// A number that its agent has no longer.
#[derive(Debug, Serialize)]
pub(super) struct FreedNumber {
    pub(super) id: String,
    pub(super) agent_id: Option<String>,
}

/// Every error; a validation error names its fields as well.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct ErrorBody {
    pub(super) success: bool,
    pub(super) message: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) errors: Vec<FieldError>,
}

/// What is wrong with one field.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct FieldError {
    pub(super) field: String,
    pub(super) message: String,
}
