//! Kros's own words. What the seed names is written in snake case, but for the four members that only camel case has been
//! seen of; either is read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::kit::json::non_null;

/// The body of a purchase. Fields that are not named here are passed over.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct PurchaseBody {
    /// The API flow.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) inventory_id: Option<String>,
    /// The dashboard flow, with the next two.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) e164: Option<String>,
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) country: Option<String>,
    #[serde(rename = "type", deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) number_type: Option<String>,
    /// Null: none.
    #[serde(rename = "endpointId", alias = "endpoint_id", skip_serializing_if = "Option::is_none")]
    pub(super) endpoint: Option<String>,
    #[serde(
        rename = "totalCostCents",
        alias = "total_cost_cents",
        deserialize_with = "non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) total_cost_cents: Option<i64>,
    #[serde(
        rename = "setupCostCents",
        alias = "setup_cost_cents",
        deserialize_with = "non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) setup_cost_cents: Option<i64>,
    #[serde(
        rename = "monthlyCostCents",
        alias = "monthly_cost_cents",
        deserialize_with = "non_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) monthly_cost_cents: Option<i64>,
    #[serde(alias = "allowInbound", deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) allow_inbound: Option<bool>,
    #[serde(alias = "allowOutbound", deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) allow_outbound: Option<bool>,
}

/// The body of a routing update.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct UpdateBody {
    /// Null: calls go nowhere any more.
    #[serde(rename = "endpointId", alias = "endpoint_id", deserialize_with = "non_null")]
    pub(super) endpoint: Option<Option<String>>,
    #[serde(alias = "allowInbound", deserialize_with = "non_null")]
    pub(super) allow_inbound: Option<bool>,
    #[serde(alias = "allowOutbound", deserialize_with = "non_null")]
    pub(super) allow_outbound: Option<bool>,
}

/// A number of an organization.
#[derive(Debug, Serialize)]
pub(super) struct PhoneNumber {
    pub(super) id: String,
    pub(super) e164: String,
    pub(super) country: String,
    #[serde(rename = "type")]
    pub(super) number_type: &'static str,
    pub(super) status: &'static str,
    pub(super) endpoint_id: Option<String>,
    pub(super) allow_inbound: bool,
    pub(super) allow_outbound: bool,
    pub(super) sip_uri: String,
    pub(super) organization_id: String,
    pub(super) created_at: String,
    pub(super) updated_at: String,
    /// In the details only, and there for owners and admins only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sip_credentials: Option<SipCredentials>,
}

/// How a telephone signs in to a number.
#[derive(Debug, Serialize)]
pub(super) struct SipCredentials {
    pub(super) username: String,
    pub(super) password: String,
    pub(super) domain: &'static str,
}

/// A number that could be bought.
#[derive(Debug, Serialize)]
pub(super) struct InventoryNumber {
    pub(super) id: String,
    pub(super) e164: String,
    pub(super) country: String,
    #[serde(rename = "type")]
    pub(super) number_type: &'static str,
    pub(super) setup_cost_cents: i64,
    pub(super) monthly_cost_cents: i64,
    pub(super) total_cost_cents: i64,
}

/// A part of a list.
#[derive(Debug, Serialize)]
pub(super) struct Page<T> {
    pub(super) phone_numbers: Vec<T>,
    pub(super) total: usize,
    pub(super) limit: usize,
    pub(super) offset: usize,
}

/// The answer to a hard delete.
#[derive(Debug, Serialize)]
pub(super) struct Deleted {
    pub(super) message: &'static str,
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

/// The costs that a client sent and that are others: what was sent, and what holds.
pub(super) type CostDifferences = BTreeMap<&'static str, CostDifference>;

/// One of them.
#[derive(Debug, Serialize)]
pub(super) struct CostDifference {
    pub(super) sent: i64,
    pub(super) current: i64,
}
