//! From an account's events to the messages for its endpoints.

use ringup_core::AccountId;

use super::Retailer;
use crate::webhooks::{Destination, EventContext, Message, WebhookEvent, Webhooks};
use crate::world::chance::draw;
use crate::world::{Delivery, DeliveryId, DeliveryStatus, Endpoint, EndpointId};

impl Retailer {
    /// Queues the messages for an event that the core does not have.
    pub fn notify(&mut self, account: &AccountId, event: &WebhookEvent) {
        let count = self.world.deliveries_ever(account);
        let entropy = draw(self.world.seed(), &format!("notice/{account}"), count);
        self.notify_with(account, entropy, event);
    }

    /// Queues the messages for a stored event.
    pub(super) fn notify_of_stored(&mut self, account: &AccountId, seq: u64, event: &WebhookEvent) {
        let entropy = draw(self.world.seed(), &format!("event/{account}"), seq);
        self.notify_with(account, entropy, event);
    }

    fn notify_with(&mut self, account: &AccountId, entropy: u128, event: &WebhookEvent) {
        let Some((webhooks, messages)) = self.messages(account, entropy, event) else { return };
        let hears = |endpoint: &&Endpoint, event: &str| {
            let wanted = &endpoint.settings.events;
            endpoint.settings.is_active && wanted.iter().any(|wanted| webhooks.subscribes_to(wanted, event))
        };
        let endpoints = self.world.endpoints_of(account);
        let deliveries: Vec<Delivery> = messages
            .iter()
            .flat_map(|message| {
                let hearing = endpoints.iter().copied().filter(|endpoint| hears(endpoint, &message.event));
                hearing.map(|endpoint| self.delivery(endpoint, message, false)).collect::<Vec<_>>()
            })
            .collect();
        for delivery in deliveries {
            self.world.post(delivery);
        }
    }

    /// Queues a test message, independent of the subscription. `None` if there is no such endpoint.
    pub fn test_endpoint(&mut self, id: &EndpointId) -> Option<DeliveryId> {
        let account = self.world.endpoint(id)?.account.clone();
        let count = self.world.deliveries_ever(&account);
        let entropy = draw(self.world.seed(), &format!("notice/{account}"), count);
        let (_, messages) = self.messages(&account, entropy, &WebhookEvent::Tested)?;
        let delivery = self.delivery(self.world.endpoint(id)?, messages.first()?, true);
        let sent = delivery.id.clone();
        self.world.post(delivery);
        Some(sent)
    }

    /// The dialect's messages for an event, if the account has endpoints.
    fn messages(
        &self,
        account: &AccountId,
        entropy: u128,
        event: &WebhookEvent,
    ) -> Option<(&'static dyn Webhooks, Vec<Message>)> {
        if self.world.endpoints_of(account).is_empty() {
            return None;
        }
        let customer = self.customers.get(account)?;
        let webhooks = customer.system.webhooks?;
        let case = event.case().and_then(|case| self.world.case(case));
        let context = EventContext { entropy, at: self.world.now(), account: &customer.account, case, event };
        Some((webhooks, webhooks.messages(&context)))
    }

    fn delivery(&self, endpoint: &Endpoint, message: &Message, once: bool) -> Delivery {
        let name = format!("delivery/{}/{}/{}", endpoint.id, message.event, message.id);
        let now = self.world.now();
        let status = match Destination::parse(&endpoint.settings.url) {
            Ok(_) => DeliveryStatus::Pending { due_at: now, failed: 0 },
            Err(reason) => DeliveryStatus::NotSent { reason },
        };
        let (body, content_type) = message.body.encode();
        Delivery {
            id: DeliveryId::from(format!("dlv_{:032x}", draw(self.world.seed(), &name, 0))),
            account: endpoint.account.clone(),
            endpoint: endpoint.id.clone(),
            message: message.id.clone(),
            event: message.event.clone(),
            body,
            content_type,
            created_at: now,
            once,
            status,
            attempts: Vec::new(),
            place: 0,
        }
    }
}
