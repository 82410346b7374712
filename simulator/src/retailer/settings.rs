//! What a customer sets about a number: nothing that a decision looks at.

use std::collections::BTreeMap;

use ringup_core::Timestamp;
use serde::Serialize;

/// The settings of one number. They can be made as soon as its purchase is accepted.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Settings {
    /// What the customer calls it.
    pub label: Option<String>,
    /// Where its calls go: an agent, an endpoint, an application.
    pub endpoint: Option<String>,
    /// Whether it may be called.
    pub inbound: bool,
    /// Whether it may call.
    pub outbound: bool,
    /// Whether the customer has taken it off the list of numbers.
    pub removed: bool,
    /// What else this system lets a customer set, by its own names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub more: BTreeMap<String, String>,
    /// When they were last made; the retailer takes note of that.
    pub changed_at: Option<Timestamp>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            label: None,
            endpoint: None,
            inbound: true,
            outbound: false,
            removed: false,
            more: BTreeMap::new(),
            changed_at: None,
        }
    }
}
