//! A simulation without a server, as the account `zernio-ready` and the control plane see it.

use std::collections::BTreeSet;

use ringup_simulator::http::{Body, Request};
use ringup_simulator::world::AttemptOutcome;
use ringup_simulator::{Config, Simulation};
use serde_json::{Value, json};

/// A world, and the few requests that stories are told in.
pub(crate) struct Stage(pub(crate) Simulation);

impl Stage {
    pub(crate) fn new() -> Self {
        Self(Simulation::new(Config::default()))
    }

    pub(crate) fn send(&mut self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        self.send_as(method, path, &[("authorization", "Bearer sk_sim_ready".to_owned())], body)
    }

    pub(crate) fn send_as(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, String)],
        body: &Value,
    ) -> (u16, Value) {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let body = if body.is_null() { Vec::new() } else { body.to_string().into() };
        let response = self.0.handle(&Request { method: method.into(), path: path.into(), headers, body });
        let body = if let Body::Json(body) = response.body { body } else { Value::Null };
        (response.status, body)
    }

    pub(crate) fn ok(&mut self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(method, path, &body);
        assert!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        answer
    }

    pub(crate) fn listen(&mut self, events: &[&str]) -> String {
        let body = json!({ "account": "zernio-ready", "url": "http://localhost:9/", "secret": "s", "events": events });
        self.ok("POST", "/_sim/webhooks/endpoints", body)["id"].as_str().unwrap().into()
    }

    pub(crate) fn listen_to_all(&mut self) {
        let body = json!({ "account": "zernio-ready", "url": "http://localhost:9/", "secret": "s" });
        self.ok("POST", "/_sim/webhooks/endpoints", body);
    }

    pub(crate) fn buy(&mut self) -> String {
        let body = json!({ "profileId": "profile_abc123", "allowMultiple": true });
        let bought = self.ok("POST", "/zernio/api/v1/whatsapp/phone-numbers/purchase", body);
        bought["phoneNumber"]["id"].as_str().unwrap().into()
    }

    pub(crate) fn deliveries(&mut self) -> Vec<Value> {
        self.ok("GET", "/_sim/webhooks/deliveries", Value::Null).as_array().unwrap().clone()
    }

    /// Sends everything that is due, to endpoints that all answer so; how many messages went out.
    pub(crate) fn post(&mut self, code: u16) -> usize {
        let mut count = 0;
        loop {
            let due = self.0.due_deliveries(&BTreeSet::new());
            if due.is_empty() {
                return count;
            }
            for due in due {
                count += 1;
                self.0.sent(&due, AttemptOutcome::Answered { code, answer: String::new(), took_ms: 1 });
            }
        }
    }

    pub(crate) fn advance(&mut self, seconds: u64) {
        self.ok("POST", "/_sim/clock/advance", json!({ "seconds": seconds }));
    }
}
