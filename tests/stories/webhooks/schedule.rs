//! Without a socket: who is told what, when it is sent again, and when it is given up.

use std::collections::BTreeSet;

use ringup_simulator::world::AttemptOutcome;
use serde_json::{Value, json};

use crate::stories::stage::Stage;

#[test]
fn only_who_asks_for_an_event_hears_of_it() {
    let mut stage = Stage::new();
    stage.buy();
    assert_eq!(stage.deliveries(), Vec::<Value>::new());
    stage.listen(&["whatsapp.number.activated"]);
    stage.listen(&["whatsapp.number.released"]);
    let number = stage.buy();
    let (status, _) = stage.send("DELETE", &format!("/zernio/api/v1/phone-numbers/{number}"), &Value::Null);
    assert_eq!(status, 200);
    let deliveries = stage.deliveries();
    let events: Vec<&Value> = deliveries.iter().map(|delivery| &delivery["event"]).collect();
    assert_eq!(events, ["whatsapp.number.released", "whatsapp.number.activated"]);
    assert_eq!(stage.post(200), 2);
}

#[test]
fn an_event_that_is_never_sent_cannot_be_listened_to() {
    let mut stage = Stage::new();
    let body =
        json!({ "account": "zernio-ready", "url": "http://localhost:9/", "events": ["whatsapp.number.released", "*"] });
    let (status, answer) = stage.send("POST", "/_sim/webhooks/endpoints", &body);
    let answer = &answer["error"];
    assert_eq!((status, &answer["path"]), (422, &json!("/events/1")), "{answer}");
    assert!(answer["help"].as_str().unwrap().contains("whatsapp.number.activated"), "{answer}");
}

#[test]
fn suspended_and_working_again() {
    let mut stage = Stage::new();
    stage.listen(&["whatsapp.number.suspended", "whatsapp.number.reactivated"]);
    let number = stage.buy();
    let (suspend, reactivate) =
        (format!("/_sim/numbers/{number}/suspend"), format!("/_sim/numbers/{number}/reactivate"));
    let status = |stage: &mut Stage| {
        let got = stage.ok("GET", &format!("/zernio/api/v1/phone-numbers/{number}"), Value::Null);
        got["phoneNumber"]["status"].clone()
    };
    stage.ok("POST", &suspend, Value::Null);
    assert_eq!(stage.send("POST", &suspend, &Value::Null).0, 409);
    assert_eq!(status(&mut stage), "suspended");
    stage.ok("POST", &reactivate, Value::Null);
    assert_eq!(stage.send("POST", &reactivate, &Value::Null).0, 409);
    assert_eq!(status(&mut stage), "active");
    let bodies: Vec<Value> =
        stage.deliveries().iter().map(|it| serde_json::from_str(it["body"].as_str().unwrap()).unwrap()).collect();
    assert_eq!(bodies[1]["event"], "whatsapp.number.suspended");
    assert_eq!(bodies[1]["reason"], "payment_failed");
    assert_eq!(bodies[0]["event"], "whatsapp.number.reactivated");
    assert_ne!(bodies[0]["id"], bodies[1]["id"]);
}

#[test]
fn after_the_seventh_attempt_it_is_given_up_until_somebody_sends_it_again() {
    let mut stage = Stage::new();
    stage.listen(&["whatsapp.number.activated"]);
    stage.buy();
    assert_eq!(stage.post(500), 1);
    for seconds in [10, 100, 1_000, 10_000, 86_400, 86_400] {
        stage.advance(seconds - 1);
        assert_eq!(stage.post(500), 0);
        stage.advance(1);
        assert_eq!(stage.post(500), 1);
    }
    assert_eq!((&stage.deliveries()[0]["status"], stage.deliveries().len()), (&json!("failed"), 1));
    stage.advance(1_000_000);
    assert_eq!(stage.post(500), 0);
    let replay = format!("/_sim/webhooks/deliveries/{}/replay", stage.deliveries()[0]["id"].as_str().unwrap());
    assert_eq!(stage.ok("POST", &replay, Value::Null)["status"], "pending");
    assert_eq!(stage.post(204), 1);
    let delivery = &stage.deliveries()[0];
    assert_eq!((&delivery["status"], delivery["attempts"].as_array().unwrap().len()), (&json!("delivered"), 8));
}

#[test]
fn an_endpoint_that_takes_nothing_is_switched_off_and_can_be_switched_on_again() {
    let mut stage = Stage::new();
    let endpoint = stage.listen(&["whatsapp.number.suspended"]);
    let number = stage.buy();
    for _ in 0..10 {
        stage.ok("POST", &format!("/_sim/numbers/{number}/suspend"), Value::Null);
        stage.ok("POST", &format!("/_sim/numbers/{number}/reactivate"), Value::Null);
    }
    let shown = |stage: &mut Stage| {
        let listed = stage.ok("GET", "/zernio/api/v1/webhooks/settings", Value::Null);
        (listed["webhooks"][0]["isActive"].clone(), listed["webhooks"][0]["failureCount"].clone())
    };
    for _ in 0..6 {
        assert_eq!(stage.post(500), 10);
        stage.advance(86_400);
    }
    assert_eq!(shown(&mut stage), (json!(true), json!(0)));
    stage.post(500);
    assert_eq!(shown(&mut stage), (json!(false), json!(10)));
    // A disabled endpoint gets nothing.
    stage.ok("POST", &format!("/_sim/numbers/{number}/suspend"), Value::Null);
    assert_eq!((stage.deliveries().len(), stage.post(200)), (10, 0));
    stage.ok("PUT", "/zernio/api/v1/webhooks/settings", json!({ "_id": endpoint, "isActive": true }));
    assert_eq!(shown(&mut stage), (json!(true), json!(0)));
}

#[test]
fn a_removed_endpoint_gets_nothing_more() {
    let mut stage = Stage::new();
    let endpoint = stage.listen(&["whatsapp.number.activated"]);
    stage.buy();
    stage.ok("DELETE", &format!("/_sim/webhooks/endpoints/{endpoint}"), Value::Null);
    assert_eq!(stage.post(200), 0);
    let delivery = &stage.deliveries()[0];
    assert_eq!((&delivery["status"], &delivery["reason"]), (&json!("not_sent"), &json!("the endpoint was removed")));
}

#[test]
fn the_same_world_sends_the_same_messages_and_hears_nothing_of_an_earlier_one() {
    let run = |stage: &mut Stage| {
        stage.listen(&["whatsapp.number.activated"]);
        stage.buy();
        stage.deliveries()
    };
    let mut stage = Stage::new();
    let first = run(&mut stage);
    let due = stage.0.due_deliveries(&BTreeSet::new()).remove(0);
    stage.ok("POST", "/_sim/reset", Value::Null);
    assert_eq!(run(&mut stage), first);
    stage.0.sent(&due, AttemptOutcome::Unanswered { reason: "late".into() });
    assert_eq!(stage.deliveries(), first);
}

#[test]
fn one_endpoint_gets_one_message_at_a_time() {
    let mut stage = Stage::new();
    stage.listen(&["whatsapp.number.activated"]);
    stage.listen(&["whatsapp.number.activated"]);
    stage.buy();
    stage.buy();
    let due = stage.0.due_deliveries(&BTreeSet::new());
    assert_eq!(due.len(), 2);
    let busy = due.iter().map(|due| due.request.endpoint.clone()).collect();
    assert!(stage.0.due_deliveries(&busy).is_empty());
    assert_ne!(due[0].request.endpoint, due[1].request.endpoint);
}

#[test]
fn what_cannot_be_is_refused_and_secrets_are_not_shown() {
    let mut stage = Stage::new();
    let refused = |stage: &mut Stage, method: &str, path: &str, body: Value| {
        let (status, answer) = stage.send(method, path, &body);
        assert!(answer["error"]["message"].as_str().is_some_and(|message| !message.is_empty()), "{answer}");
        status
    };
    let endpoint =
        |account: &str, headers: Value| json!({ "account": account, "url": "http://[::1]/", "headers": headers });
    for (method, path, body, expected) in [
        ("POST", "/_sim/webhooks/endpoints", endpoint("nobody", json!({})), 404),
        ("POST", "/_sim/webhooks/endpoints", endpoint("vobiz-ready", json!({})), 422),
        ("POST", "/_sim/webhooks/endpoints", endpoint("zernio-ready", json!({ "Host": "x" })), 422),
        ("POST", "/_sim/webhooks/endpoints", endpoint("zernio-ready", json!({ "X": "a\r\nY: b" })), 422),
        ("POST", "/_sim/webhooks/endpoints", Value::Null, 422),
        ("DELETE", "/_sim/webhooks/endpoints/x", Value::Null, 404),
        ("POST", "/_sim/webhooks/deliveries/x/replay", Value::Null, 404),
        ("GET", "/_sim/webhooks/deliveries?status=x", Value::Null, 422),
        ("GET", "/_sim/webhooks/deliveries?account=x", Value::Null, 404),
        ("POST", "/_sim/numbers/x/suspend", Value::Null, 404),
        ("POST", "/_sim/faults", json!({ "fault": "refuse", "action": "webhooks" }), 422),
    ] {
        assert_eq!(refused(&mut stage, method, path, body), expected, "{method} {path}");
    }
    stage.listen(&["whatsapp.number.activated"]);
    let listed = stage.ok("GET", "/_sim/webhooks/endpoints?account=zernio-ready", Value::Null);
    assert_eq!((listed.as_array().unwrap().len(), listed[0].get("secret")), (1, None));
    assert!(!format!("{:?}", stage.0.retailer().world).contains("\"s\""));
}
