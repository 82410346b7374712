//! Webhooks as records: the endpoints that customers have registered, and what was or is to be sent to them.

use std::collections::BTreeMap;
use std::fmt;

use ringup_core::{AccountId, Timestamp};
use serde::{Deserialize, Serialize};

use super::World;

/// An endpoint's name, in its dialect's style.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct EndpointId(String);

/// A delivery's name.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct DeliveryId(String);

/// Where a customer wants to hear of what happens.
#[derive(Clone, Debug, Serialize)]
pub struct Endpoint {
    /// Its name.
    pub id: EndpointId,
    /// Whose it is.
    pub account: AccountId,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// What the customer has set.
    #[serde(flatten)]
    pub settings: EndpointSettings,
    /// How many messages in a row were given up.
    pub failures: u32,
    /// When a message was last taken.
    pub last_delivered_at: Option<Timestamp>,
    /// Whether the customer has removed it.
    pub removed: bool,
    // Its place among all endpoints.
    #[serde(skip)]
    place: usize,
}

/// What a customer sets of an endpoint.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EndpointSettings {
    /// What a person calls it.
    pub name: String,
    /// Where messages go.
    pub url: String,
    /// What messages are signed with; without it they are not signed.
    #[serde(skip)]
    pub secret: Option<Secret>,
    /// The events that it hears of, in the dialect's words.
    pub events: Vec<String>,
    /// Headers that go with each message.
    pub headers: BTreeMap<String, String>,
    /// Whether it is switched on.
    pub is_active: bool,
}

/// A text that is not shown.
#[derive(Clone, Default, Deserialize, Eq, PartialEq)]
#[serde(transparent)]
pub struct Secret(pub String);

/// A message for one endpoint, with every attempt to send it.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// Its name.
    pub id: DeliveryId,
    /// Whose it is.
    pub account: AccountId,
    /// Where it goes.
    pub endpoint: EndpointId,
    /// The message's name: the same for all endpoints and attempts.
    pub message: String,
    /// The event's name, in the dialect's words.
    pub event: String,
    /// The body, as it is sent.
    pub body: String,
    /// What the body is.
    #[serde(skip)]
    pub content_type: &'static str,
    /// When it was made.
    pub created_at: Timestamp,
    /// Whether it is given up after one attempt.
    pub once: bool,
    /// How it stands.
    #[serde(flatten)]
    pub status: DeliveryStatus,
    /// Every attempt so far.
    pub attempts: Vec<Attempt>,
    // Its place among all deliveries.
    #[serde(skip)]
    pub(crate) place: usize,
}

/// How a delivery stands.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum DeliveryStatus {
    /// It is to be sent.
    Pending {
        /// Not before.
        due_at: Timestamp,
        /// How many attempts have failed since it was made or replayed.
        failed: u32,
    },
    /// The endpoint has taken it.
    Delivered {
        /// When.
        at: Timestamp,
    },
    /// It is given up.
    Failed {
        /// When.
        at: Timestamp,
    },
    /// It is not sent at all.
    NotSent {
        /// Why.
        reason: String,
    },
}

/// One attempt to send a message.
#[derive(Clone, Debug, Serialize)]
pub struct Attempt {
    /// When it was made.
    pub at: Timestamp,
    /// Where to.
    pub url: String,
    /// The headers that went with it.
    pub headers: BTreeMap<String, String>,
    /// How it ended.
    #[serde(flatten)]
    pub outcome: AttemptOutcome,
}

/// How an attempt ended.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum AttemptOutcome {
    /// The endpoint has answered.
    Answered {
        /// The status of the answer.
        code: u16,
        /// Its body, or the beginning of it.
        answer: String,
        /// How long that took, in real time.
        took_ms: u64,
    },
    /// Nobody knows whether it has arrived.
    Unanswered {
        /// Why.
        reason: String,
    },
}

impl World {
    /// Registers an endpoint. One name is one endpoint.
    pub fn register_endpoint(&mut self, id: &EndpointId, account: &AccountId, settings: EndpointSettings) {
        let (registered_at, place) = (self.now(), self.endpoints.len());
        self.endpoints.entry(id.clone()).or_insert_with(|| Endpoint {
            id: id.clone(),
            account: account.clone(),
            registered_at,
            settings,
            failures: 0,
            last_delivered_at: None,
            removed: false,
            place,
        });
    }

    /// All endpoints that an account has not removed, in the order in which it registered them.
    #[must_use]
    pub fn endpoints_of(&self, account: &AccountId) -> Vec<&Endpoint> {
        let own = self.endpoints.values().filter(|endpoint| endpoint.account == *account && !endpoint.removed);
        let mut own: Vec<&Endpoint> = own.collect();
        own.sort_by_key(|endpoint| endpoint.place);
        own
    }

    /// How many endpoints an account has ever registered.
    pub(crate) fn endpoints_ever(&self, account: &AccountId) -> u64 {
        let own = self.endpoints.values().filter(|endpoint| endpoint.account == *account);
        u64::try_from(own.count()).unwrap_or(u64::MAX)
    }

    /// An endpoint that is not removed.
    #[must_use]
    pub fn endpoint(&self, id: &EndpointId) -> Option<&Endpoint> {
        self.endpoints.get(id).filter(|endpoint| !endpoint.removed)
    }

    /// An endpoint that is not removed, to be changed.
    pub(crate) fn endpoint_mut(&mut self, id: &EndpointId) -> Option<&mut Endpoint> {
        self.endpoints.get_mut(id).filter(|endpoint| !endpoint.removed)
    }

    /// Notes a message that is to be sent. One name is one delivery.
    pub(crate) fn post(&mut self, delivery: Delivery) {
        let place = self.deliveries.len();
        self.deliveries.entry(delivery.id.clone()).or_insert(Delivery { place, ..delivery });
    }

    /// All deliveries, in the order in which they were made.
    #[must_use]
    pub fn deliveries(&self) -> Vec<&Delivery> {
        let mut all: Vec<&Delivery> = self.deliveries.values().collect();
        all.sort_by_key(|delivery| delivery.place);
        all
    }

    /// How many deliveries an account ever had.
    pub(crate) fn deliveries_ever(&self, account: &AccountId) -> u64 {
        let own = self.deliveries.values().filter(|delivery| delivery.account == *account);
        u64::try_from(own.count()).unwrap_or(u64::MAX)
    }

    /// A delivery.
    #[must_use]
    pub fn delivery(&self, id: &DeliveryId) -> Option<&Delivery> {
        self.deliveries.get(id)
    }

    /// A delivery, to be changed.
    pub(crate) fn delivery_mut(&mut self, id: &DeliveryId) -> Option<&mut Delivery> {
        self.deliveries.get_mut(id)
    }

    /// The deliveries that are due, those that wait longest first.
    pub(crate) fn due_deliveries(&self) -> Vec<&Delivery> {
        let now = self.now();
        let due_at = |delivery: &Delivery| match delivery.status {
            DeliveryStatus::Pending { due_at, .. } => Some(due_at),
            DeliveryStatus::Delivered { .. } | DeliveryStatus::Failed { .. } | DeliveryStatus::NotSent { .. } => None,
        };
        let is_due = |delivery: &&Delivery| due_at(delivery).is_some_and(|due| due <= now);
        let mut due: Vec<&Delivery> = self.deliveries.values().filter(is_due).collect();
        due.sort_by_key(|delivery| (due_at(delivery), delivery.place));
        due
    }
}

impl AttemptOutcome {
    /// Whether the endpoint has taken the message.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        match self {
            Self::Answered { code, .. } => (200..300).contains(code),
            Self::Unanswered { .. } => false,
        }
    }
}

impl EndpointId {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for EndpointId {
    fn from(name: String) -> Self {
        Self(name)
    }
}

impl From<String> for DeliveryId {
    fn from(name: String) -> Self {
        Self(name)
    }
}

impl fmt::Display for EndpointId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}
