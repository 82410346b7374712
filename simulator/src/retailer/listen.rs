//! Endpoints for the handlers of a dialect: register, change, remove, test, and list deliveries.

use std::collections::BTreeMap;

use ringup_core::AccountId;

use super::{Retailer, Session};
use crate::webhooks::WebhookEvent;
use crate::world::chance::draw;
use crate::world::{Delivery, DeliveryId, Endpoint, EndpointId, EndpointSettings};

/// Headers that a customer cannot set: those of every message and those of the connection.
const OWN_HEADERS: [&str; 6] = ["connection", "content-length", "content-type", "host", "transfer-encoding", "upgrade"];

impl Retailer {
    /// Registers an endpoint. `None` if the account's dialect has no webhooks.
    pub fn register_endpoint(&mut self, account: &AccountId, settings: EndpointSettings) -> Option<&Endpoint> {
        let webhooks = self.customers.get(account)?.system.webhooks?;
        let count = self.world.endpoints_ever(account);
        let id = webhooks.endpoint_id(draw(self.world.seed(), &format!("endpoint/{account}"), count));
        self.world.register_endpoint(&id, account, settings);
        self.world.endpoint(&id)
    }
}

impl Session<'_> {
    /// The account's endpoints, in the order in which they were registered.
    #[must_use]
    pub fn endpoints(&self, account: &AccountId) -> Vec<&Endpoint> {
        self.retailer.world.endpoints_of(account)
    }

    /// One of the account's endpoints.
    #[must_use]
    pub fn endpoint(&self, account: &AccountId, id: &EndpointId) -> Option<&Endpoint> {
        self.retailer.world.endpoint(id).filter(|endpoint| endpoint.account == *account)
    }

    /// Registers an endpoint. `None` if this dialect has no webhooks.
    pub fn register_endpoint(&mut self, account: &AccountId, settings: EndpointSettings) -> Option<&Endpoint> {
        self.retailer.register_endpoint(account, settings)
    }

    /// Changes one of the account's endpoints. One that is switched on begins without failures.
    pub fn change_endpoint(
        &mut self,
        account: &AccountId,
        id: &EndpointId,
        settings: EndpointSettings,
    ) -> Option<&Endpoint> {
        let endpoint = self.retailer.world.endpoint_mut(id).filter(|endpoint| endpoint.account == *account)?;
        if settings.is_active && !endpoint.settings.is_active {
            endpoint.failures = 0;
        }
        endpoint.settings = settings;
        Some(endpoint)
    }

    /// Removes one of the account's endpoints; whether there was one.
    pub fn remove_endpoint(&mut self, account: &AccountId, id: &EndpointId) -> bool {
        let own = self.retailer.world.endpoint_mut(id).filter(|endpoint| endpoint.account == *account);
        own.map(|endpoint| endpoint.removed = true).is_some()
    }

    /// Queues a test message for one of the account's endpoints.
    pub fn test_endpoint(&mut self, account: &AccountId, id: &EndpointId) -> Option<&Delivery> {
        self.endpoint(account, id)?;
        let sent = self.retailer.test_endpoint(id)?;
        self.retailer.world.delivery(&sent)
    }

    /// Queues the messages for an event that the core does not have.
    pub fn notify(&mut self, account: &AccountId, event: &WebhookEvent) {
        self.retailer.notify(account, event);
    }

    /// The deliveries of the account's endpoints, the oldest first.
    #[must_use]
    pub fn deliveries(&self, account: &AccountId) -> Vec<&Delivery> {
        let all = self.retailer.world.deliveries().into_iter();
        all.filter(|delivery| delivery.account == *account).collect()
    }

    /// Makes one of the account's deliveries pending again.
    pub fn replay(&mut self, account: &AccountId, id: &DeliveryId) -> Option<&Delivery> {
        self.retailer.world.delivery(id).filter(|delivery| delivery.account == *account)?;
        self.retailer.replay(id)
    }
}

impl EndpointSettings {
    /// The first header that a message cannot have.
    #[must_use]
    pub fn wrong_header(headers: &BTreeMap<String, String>) -> Option<&str> {
        use ::http::{HeaderName, HeaderValue};
        let is_wrong = |(name, value): &(&String, &String)| {
            let own = OWN_HEADERS.iter().any(|own| name.eq_ignore_ascii_case(own));
            own || HeaderName::try_from(name.as_str()).is_err() || HeaderValue::from_str(value).is_err()
        };
        headers.iter().find(is_wrong).map(|(name, _)| name.as_str())
    }
}
