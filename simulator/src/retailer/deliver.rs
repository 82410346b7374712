//! Deliveries: which messages are due, and the result of each attempt. The caller owns the sockets.

use std::collections::{BTreeMap, BTreeSet};

use super::Retailer;
use crate::fault::{Exchange, FaultAction};
use crate::http::FORM;
use crate::webhooks::{self, Destination, SignatureInput};
use crate::world::{Attempt, AttemptOutcome, Delivery, DeliveryId, DeliveryStatus, EndpointId, Secret};

/// An HTTP request that sends one message.
#[derive(Clone, Debug)]
pub struct DeliveryRequest {
    /// The delivery.
    pub delivery: DeliveryId,
    /// The endpoint.
    pub endpoint: EndpointId,
    /// The endpoint's address.
    pub destination: Destination,
    /// The headers, the content type among them.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
    /// How often it is sent: twice under the fault `duplicate`.
    pub copies: u32,
    // Whether a fault loses the reply.
    reply_is_lost: bool,
}

impl Retailer {
    /// The due messages: at most one per endpoint that is not busy, so that each endpoint gets them in order.
    pub fn due_requests(&mut self, busy: &BTreeSet<EndpointId>) -> Vec<DeliveryRequest> {
        let mut busy = busy.clone();
        let mut requests = Vec::new();
        while !self.is_off() {
            let due = self.world.due_deliveries().into_iter().find(|delivery| !busy.contains(&delivery.endpoint));
            let Some(due) = due.cloned() else { break };
            // If nothing is sent, the record says why, and the endpoint's next message follows.
            if let Some(request) = self.delivery_request(&due) {
                busy.insert(request.endpoint.clone());
                requests.push(request);
            }
        }
        requests
    }

    fn delivery_request(&mut self, due: &Delivery) -> Option<DeliveryRequest> {
        let address = self.address(due);
        let (destination, url, headers) = match address {
            Ok(address) => address,
            Err(reason) => {
                self.world.delivery_mut(&due.id)?.status = DeliveryStatus::NotSent { reason };
                return None;
            }
        };
        let dialect = self.customers.get(&due.account)?.system.id;
        let exchange = Exchange { dialect, account: &due.account, action: webhooks::ACTION };
        let action = self.faults.judge(exchange);
        self.faults.step(exchange);
        let attempt = |outcome| Attempt { at: self.world.now(), url: url.clone(), headers: headers.clone(), outcome };
        match action {
            FaultAction::Refuse => {
                let refused = AttemptOutcome::Answered { code: 503, answer: "refused by a fault".into(), took_ms: 0 };
                let attempt = attempt(refused);
                self.note(&due.id, attempt);
                None
            }
            FaultAction::LoseRequest => {
                let attempt = attempt(AttemptOutcome::Unanswered { reason: "a fault has lost the request".into() });
                self.note(&due.id, attempt);
                None
            }
            FaultAction::Pass | FaultAction::LoseReply | FaultAction::Duplicate => Some(DeliveryRequest {
                delivery: due.id.clone(),
                endpoint: due.endpoint.clone(),
                destination,
                headers,
                body: due.body.clone(),
                copies: if action == FaultAction::Duplicate { 2 } else { 1 },
                reply_is_lost: action == FaultAction::LoseReply,
            }),
        }
    }

    /// Where a message goes, and with which headers; or why it does not.
    fn address(&self, due: &Delivery) -> Result<(Destination, String, BTreeMap<String, String>), String> {
        let endpoint = self.world.endpoint(&due.endpoint).ok_or("the endpoint was removed")?;
        let settings = &endpoint.settings;
        if !settings.is_active && !due.once {
            return Err("the endpoint is switched off".into());
        }
        let webhooks = self.customers.get(&due.account).and_then(|customer| customer.system.webhooks);
        let webhooks = webhooks.ok_or("this system sends no messages")?;
        let destination = Destination::parse(&settings.url)?;
        let form = due.content_type == FORM;
        let parameters = form.then(|| form_urlencoded::parse(due.body.as_bytes()).into_owned().collect::<Vec<_>>());
        let input = SignatureInput {
            id: &due.message,
            event: &due.event,
            url: &settings.url,
            body: &due.body,
            parameters: parameters.as_deref().unwrap_or_default(),
            secret: settings.secret.as_ref().map(|Secret(secret)| secret.as_str()),
            at: self.world.now(),
        };
        let mut headers = settings.headers.clone();
        headers.insert("Content-Type".into(), due.content_type.into());
        headers.extend(webhooks.headers(&input));
        Ok((destination, settings.url.clone(), headers))
    }

    /// Records the result of an attempt.
    pub fn delivered(&mut self, request: &DeliveryRequest, outcome: AttemptOutcome) {
        let outcome = match request.reply_is_lost {
            true => AttemptOutcome::Unanswered { reason: "a fault has lost the reply".into() },
            false => outcome,
        };
        let url = self.world.endpoint(&request.endpoint).map(|endpoint| endpoint.settings.url.clone());
        let url = url.unwrap_or_else(|| format!("http://{}{}", request.destination.host, request.destination.path));
        let attempt = Attempt { at: self.world.now(), url, headers: request.headers.clone(), outcome };
        self.note(&request.delivery, attempt);
    }

    /// Records an attempt, with its effect on the delivery and the endpoint.
    fn note(&mut self, id: &DeliveryId, attempt: Attempt) {
        let (now, taken) = (self.world.now(), attempt.outcome.is_taken());
        let Some(delivery) = self.world.delivery(id) else { return };
        let DeliveryStatus::Pending { failed, .. } = delivery.status else { return };
        let (endpoint, once) = (delivery.endpoint.clone(), delivery.once);
        let customer = self.customers.get(&delivery.account);
        let Some(webhooks) = customer.and_then(|customer| customer.system.webhooks) else { return };
        let delay = usize::try_from(failed).ok().and_then(|failed| webhooks.delays_s().get(failed)).filter(|_| !once);
        let status = match (taken, delay) {
            (true, _) => DeliveryStatus::Delivered { at: now },
            (false, Some(delay_s)) => {
                DeliveryStatus::Pending { due_at: now.plus_seconds(*delay_s), failed: failed.saturating_add(1) }
            }
            (false, None) => DeliveryStatus::Failed { at: now },
        };
        let given_up = matches!(status, DeliveryStatus::Failed { .. });
        if let Some(delivery) = self.world.delivery_mut(id) {
            delivery.attempts.push(attempt);
            delivery.status = status;
        }
        let Some(endpoint) = self.world.endpoint_mut(&endpoint) else { return };
        if taken {
            (endpoint.failures, endpoint.last_delivered_at) = (0, Some(now));
        } else if given_up && !once {
            endpoint.failures = endpoint.failures.saturating_add(1);
            if webhooks.failures_max().is_some_and(|max| max <= endpoint.failures) {
                endpoint.settings.is_active = false;
            }
        }
    }

    /// Makes a delivery pending again, in any status. `None` if there is no such delivery; a destination that is not allowed stays `not_sent`.
    pub fn replay(&mut self, id: &DeliveryId) -> Option<&Delivery> {
        let now = self.world.now();
        let address = self.address(self.world.delivery(id)?);
        let delivery = self.world.delivery_mut(id)?;
        delivery.status = match address {
            Ok(_) => DeliveryStatus::Pending { due_at: now, failed: 0 },
            Err(reason) => DeliveryStatus::NotSent { reason },
        };
        Some(delivery)
    }
}
