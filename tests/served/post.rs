//! Over real sockets: the server sends, a small server on loopback receives.

use std::thread;
use std::time::{Duration, Instant};

use ringup_simulator::dialect::ScenarioRequest;
use serde_json::{Value, json};

use crate::receiver::{Manner, Received, Receiver};
use crate::server::Server;

const SECRET: &str = "a secret, ä";

const NUMBER_EVENTS: [&str; 3] = ["whatsapp.number.activated", "whatsapp.number.suspended", "whatsapp.number.released"];

struct PostServer(Server);

impl PostServer {
    fn new() -> Self {
        Self(Server::start())
    }

    fn send(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let headers = [("Authorization".to_owned(), "Bearer sk_sim_ready".to_owned())].into();
        self.0.send(&ScenarioRequest {
            method: method.into(),
            path: path.into(),
            headers,
            body,
            ..ScenarioRequest::default()
        })
    }

    fn ok(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(method, path, body);
        assert!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        answer
    }

    fn listen(&self, url: &str) -> String {
        let body = json!({ "name": "mine", "url": url, "secret": SECRET, "events": NUMBER_EVENTS });
        let created = self.ok("POST", "/zernio/api/v1/webhooks/settings", body);
        created["webhook"]["_id"].as_str().unwrap().into()
    }

    fn buy(&self) -> Value {
        let body = json!({ "profileId": "profile_abc123", "allowMultiple": true });
        self.ok("POST", "/zernio/api/v1/whatsapp/phone-numbers/purchase", body)["phoneNumber"].clone()
    }

    fn advance(&self, seconds: u64) {
        self.ok("POST", "/_sim/clock/advance", json!({ "seconds": seconds }));
    }

    fn fault(&self, fault: &str) {
        self.ok("POST", "/_sim/faults", json!({ "fault": fault, "action": "webhook" }));
    }

    /// The last delivery, as soon as so many attempts were made.
    fn delivery(&self, attempts: usize) -> Value {
        let begun = Instant::now();
        loop {
            let last = self.ok("GET", "/_sim/webhooks/deliveries", Value::Null)[0].clone();
            if last["attempts"].as_array().is_some_and(|made| made.len() == attempts) {
                return last;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "{last}");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

fn ids(received: &[Received]) -> Vec<Value> {
    received.iter().map(|received| received.json()["id"].clone()).collect()
}

#[test]
fn a_message_to_the_simulator_itself_is_not_sent() {
    let server = PostServer::new();
    server.listen(&format!("http://{}/_sim/reset", server.0.address()));
    server.buy();
    let attempt = &server.delivery(1)["attempts"][0];
    assert!(attempt.to_string().contains("is the simulator itself"), "{attempt}");
    // Nobody has reset it.
    assert_eq!(server.ok("GET", "/_sim/webhooks/endpoints", Value::Null).as_array().map(Vec::len), Some(1));
}

#[test]
fn a_customer_is_told_that_a_number_was_bought_and_given_back_in_order_and_signed() {
    let (server, receiver) = (PostServer::new(), Receiver::start(&[]));
    server.listen(&receiver.url());
    let number = server.buy();
    let id = number["id"].as_str().unwrap();
    server.ok("DELETE", &format!("/zernio/api/v1/phone-numbers/{id}"), Value::Null);
    let received = receiver.wait(2);
    let events = ["whatsapp.number.activated", "whatsapp.number.released"];
    for (received, event) in received.iter().zip(events) {
        assert_eq!(received.line, "POST /hooks?to=me HTTP/1.1");
        assert_eq!(received.headers["content-type"], "application/json");
        for vendor in ["zernio", "late"] {
            assert!(received.is_signed(&format!("x-{vendor}-signature"), SECRET));
            assert_eq!(received.headers[&format!("x-{vendor}-event")], event);
            assert_eq!(received.headers[&format!("x-{vendor}-event-id")], received.json()["id"]);
        }
        assert!(!received.is_signed("x-zernio-signature", "another secret"));
    }
    let said = json!({
        "id": received[0].json()["id"],
        "event": "whatsapp.number.activated",
        "number": {
            "id": id, "phoneNumber": number["phoneNumber"], "country": "US", "profileId": "profile_abc123",
        },
        "timestamp": "2026-03-25T10:00:00Z",
    });
    assert_eq!(received[0].json(), said);
    assert_eq!(received[1].json()["reason"], "user_requested");
    assert_eq!(server.delivery(1)["status"], "delivered");
    let logs = server.ok("GET", "/zernio/api/v1/webhooks/logs?event=whatsapp.number.activated", Value::Null);
    let log = &logs["logs"][0];
    assert_eq!(
        (&log["status"], &log["statusCode"], &log["attemptNumber"]),
        (&json!("success"), &json!(200), &json!(1))
    );
    assert_eq!((&log["requestPayload"], &log["responseBody"]), (&said, &json!("thank")));
    assert_eq!(logs["pagination"]["total"], 1);
}

#[test]
fn what_is_not_taken_is_sent_again_when_its_time_has_come() {
    let manners = [Manner::Answer(500), Manner::HangUp, Manner::Answer(302)];
    let (server, receiver) = (PostServer::new(), Receiver::start(&manners));
    server.listen(&receiver.url());
    server.buy();
    assert_eq!(server.delivery(1)["status"], "pending");
    for (count, seconds) in [(2, 10), (3, 100), (4, 1000)] {
        server.advance(seconds - 1);
        receiver.wait(count - 1);
        server.advance(1);
        receiver.wait(count);
        server.delivery(count);
    }
    let (last, received) = (server.delivery(4), receiver.wait(4));
    assert_eq!(last["status"], "delivered");
    let outcomes: Vec<&Value> = last["attempts"].as_array().unwrap().iter().map(|made| &made["outcome"]).collect();
    assert_eq!(outcomes, ["answered", "unanswered", "answered", "answered"]);
    assert!(received.iter().all(|other| (&other.headers, &other.body) == (&received[0].headers, &received[0].body)));
}

#[test]
fn faults_meet_messages_too() {
    for (fault, arrive_at_once, then, arrive_in_all) in [
        ("lose_request", 0, "pending", 1),
        ("refuse", 0, "pending", 1),
        ("lose_reply", 1, "pending", 2),
        ("duplicate", 2, "delivered", 2),
    ] {
        let (server, receiver) = (PostServer::new(), Receiver::start(&[]));
        server.listen(&receiver.url());
        server.fault(fault);
        server.buy();
        assert_eq!(server.delivery(1)["status"], then, "{fault}");
        receiver.wait(arrive_at_once);
        server.advance(10);
        let received = receiver.wait(arrive_in_all);
        assert!(ids(&received).windows(2).all(|pair| pair[0] == pair[1]), "{fault}");
        assert_eq!(server.delivery(if then == "pending" { 2 } else { 1 })["status"], "delivered", "{fault}");
    }
}

#[test]
fn an_endpoint_that_does_not_answer_holds_up_nobody_else() {
    let (server, receiver) = (PostServer::new(), Receiver::start(&[]));
    let slow = Receiver::start(&[Manner::Silence]);
    server.listen(&slow.url());
    server.listen(&receiver.url());
    server.buy();
    server.buy();
    // It gets its second message when it has had its time with the first, and the other one has both by then.
    let (both, second) = (receiver.wait(2), slow.wait(2));
    assert!(both[1].arrived_at < second[1].arrived_at);
    // The oldest comes last.
    let pending = server.ok("GET", "/_sim/webhooks/deliveries?status=pending", Value::Null);
    let first = pending.as_array().unwrap().last().unwrap();
    assert_eq!(first["attempts"][0]["reason"], "no answer within 5 s", "{pending:#}");
}

#[test]
fn nothing_is_sent_to_another_machine() {
    let server = PostServer::new();
    for (url, why) in [
        ("http://example.com/hooks", "loopback"),
        ("http://192.0.2.1/hooks", "loopback"),
        ("https://127.0.0.1/hooks", "https"),
        ("http://127.0.0.1@192.0.2.1/", "loopback"),
    ] {
        let id = server.listen(url);
        server.buy();
        let last = server.delivery(0);
        assert_eq!(last["status"], "not_sent", "{url}: {last}");
        assert!(last["reason"].as_str().unwrap().contains(why), "{url}: {last}");
        let replay = format!("/_sim/webhooks/deliveries/{}/replay", last["id"].as_str().unwrap());
        assert_eq!(server.send("POST", &replay, Value::Null).0, 409, "{url}");
        let test = server.send("POST", "/zernio/api/v1/webhooks/test", json!({ "webhookId": id }));
        assert_eq!(test, (500, json!({ "success": false, "message": "Test webhook failed" })), "{url}");
        server.ok("DELETE", &format!("/zernio/api/v1/webhooks/settings?id={id}"), Value::Null);
    }
}

#[test]
fn a_test_arrives_whatever_the_endpoint_wants_to_hear_and_once() {
    let (server, receiver) = (PostServer::new(), Receiver::start(&[Manner::Answer(500)]));
    let id = server.listen(&receiver.url());
    let (status, answer) = server.send("POST", "/zernio/api/v1/webhooks/test", json!({ "webhookId": id }));
    assert_eq!((status, &answer["message"]), (200, &json!("Test webhook sent successfully")));
    let received = receiver.wait(1);
    assert_eq!(received[0].headers["x-zernio-event"], "webhook.test");
    assert_eq!(received[0].json()["message"], "This is a test webhook from Zernio");
    assert!(received[0].is_signed("x-zernio-signature", SECRET));
    assert_eq!(server.delivery(1)["status"], "failed");
    server.advance(86_400);
    receiver.wait(1);
}
