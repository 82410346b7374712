//! Rules on the client's side: which requests they meet, what they say, and what the control plane refuses.

use serde_json::{Value, json};

use super::*;
use crate::{Config, Simulation};

const PURCHASE: &str = "/zernio/api/v1/phone-numbers/purchase";

fn send(simulation: &mut Simulation, method: &str, path: &str, sent: &Value) -> (u16, Value) {
    let response = simulation.handle(&Request::to(method, path).with_json(sent));
    match response.body {
        Body::Json(body) => (response.status, body),
        Body::Empty | Body::Html(_) => (response.status, Value::Null),
    }
}

fn world_with(fault: Value) -> Simulation {
    let mut simulation = Simulation::new(Config::default());
    let (status, told) = send(&mut simulation, "POST", "/_sim/faults", &fault);
    assert_eq!(status, 201, "{told}");
    simulation
}

fn key(simulation: &Simulation, situation: &str) -> String {
    let mut customers = simulation.retailer().customers.all();
    let found = customers.find(|it| it.system.id == "zernio" && it.situation.name == situation).unwrap();
    format!("Bearer {}", found.shown_credentials()["api_key"])
}

#[test]
fn a_rule_meets_the_requests_that_it_names_and_no_others() {
    let account = {
        let simulation = Simulation::new(Config::default());
        let mut customers = simulation.retailer().customers.all();
        let ready = customers.find(|it| it.system.id == "zernio" && it.situation.name == "ready").unwrap();
        ready.account.id().clone()
    };
    for (narrowed, meets) in [
        (json!({}), [true, true, true, true]),
        (json!({ "dialect": "zernio" }), [true, true, true, false]),
        (json!({ "method": "POST" }), [true, false, true, true]),
        (json!({ "path": PURCHASE }), [true, false, true, false]),
        (json!({ "path": "/zernio/api/v1/*" }), [true, true, true, false]),
        (json!({ "path": "/*" }), [true, true, true, true]),
        (json!({ "account": account }), [true, true, false, false]),
        (json!({ "dialect": "zernio", "method": "GET", "path": "/zernio/*" }), [false, true, false, false]),
    ] {
        let mut fault = json!({ "fault": "close" });
        fault.as_object_mut().unwrap().extend(narrowed.as_object().unwrap().clone());
        let simulation = world_with(fault.clone());
        let (ready, other) = (key(&simulation, "ready"), key(&simulation, "new"));
        let requests = [
            Request::to("POST", PURCHASE).with("authorization", &*ready),
            Request::to("GET", "/zernio/api/v1/phone-numbers?limit=1").with("authorization", &*ready),
            Request::to("POST", PURCHASE).with("authorization", &*other),
            Request::to("POST", "/vantax/v1/phone-numbers/purchase").with("authorization", &*ready),
        ];
        let met = requests.map(|request| simulation.clone().verdict(&request).is_some());
        assert_eq!(met, meets, "{fault}");
        // The control plane is never spoilt: with it one gets out of trouble.
        assert_eq!(simulation.clone().verdict(&Request::to("POST", "/_sim/reset")), None);
    }
}

#[test]
fn a_rule_lets_some_pass_meets_some_and_shows_its_hits() {
    let mut simulation = world_with(json!({ "fault": "close", "after": 2, "count": 3 }));
    let met: Vec<bool> = (0..7).map(|_| simulation.verdict(&Request::to("POST", PURCHASE)).is_some()).collect();
    assert_eq!(met, [false, false, true, true, true, false, false]);
    let (_, shown) = send(&mut simulation, "GET", "/_sim/faults", &Value::Null);
    assert_eq!((&shown[0]["side"], &shown[0]["hits"], &shown[0]["count"]), (&json!("client"), &json!(3), &json!(0)));
    send(&mut simulation, "DELETE", "/_sim/faults", &Value::Null);
    assert_eq!(send(&mut simulation, "GET", "/_sim/faults", &Value::Null).1, json!([]));
}

#[test]
fn a_share_of_requests_is_drawn_from_the_seed() {
    let drawn = |seed: u64| {
        let mut simulation = Simulation::new(Config { seed, ..Config::default() });
        let fault = json!({ "fault": "close", "percent": 25, "count": 10_000 });
        assert_eq!(send(&mut simulation, "POST", "/_sim/faults", &fault).0, 201);
        let request = Request::to("POST", PURCHASE);
        (0..2000).map(|_| simulation.verdict(&request).is_some()).collect::<Vec<bool>>()
    };
    let (one, again, other) = (drawn(1), drawn(1), drawn(2));
    assert_eq!(one, again);
    assert_ne!(one, other);
    // 500 are expected; the standard deviation is 19.4.
    let met = one.iter().filter(|met| **met).count();
    assert!((400..600).contains(&met), "{met}");
}

#[test]
fn what_can_never_happen_is_refused_with_its_place() {
    let mut simulation = Simulation::new(Config::default());
    let customers: Vec<_> = simulation.retailer().customers.all().collect();
    let vobiz = customers.iter().find(|it| it.system.id == "vobiz").map(|it| it.account.id().clone()).unwrap();
    for (fault, path) in [
        (json!({ "fault": "close", "count": 0 }), "/count"),
        (json!({ "fault": "close", "percent": 0 }), "/percent"),
        (json!({ "fault": "close", "percent": 101 }), "/percent"),
        (json!({ "fault": "delay", "ms": 5, "moment": "after_headers" }), "/moment"),
        (json!({ "fault": "garble", "moment": "before_work" }), "/moment"),
        (json!({ "fault": "delay" }), "/ms"),
        (json!({ "fault": "delay", "ms": 0 }), "/ms"),
        (json!({ "fault": "delay", "ms": 86_400_001 }), "/ms"),
        (json!({ "fault": "close", "ms": 5 }), "/ms"),
        (json!({ "fault": "status" }), "/status"),
        (json!({ "fault": "status", "status": 200 }), "/status"),
        (json!({ "fault": "status", "status": 503, "as_date": true }), "/as_date"),
        (json!({ "fault": "close", "retry_after": 1 }), "/retry_after"),
        (json!({ "fault": "slow" }), "/bytes_per_s"),
        (json!({ "fault": "slow", "bytes_per_s": 0 }), "/bytes_per_s"),
        (json!({ "fault": "slow", "bytes_per_s": 9, "bytes": 1 }), "/bytes"),
        (json!({ "fault": "close", "method": "BREW" }), "/method"),
        (json!({ "fault": "close", "path": "/nowhere" }), "/path"),
        (json!({ "fault": "close", "path": "/_sim/reset" }), "/path"),
        (json!({ "fault": "close", "dialect": "vobiz", "path": PURCHASE }), "/path"),
        (json!({ "fault": "close", "dialect": "zernio", "account": vobiz }), "/account"),
        (json!({ "fault": "refuse", "dialect": "zernio", "account": vobiz }), "/account"),
        (json!({ "fault": "close", "action": "order" }), "/action"),
        (json!({ "fault": "vanish" }), "/fault"),
        (json!({ "preset": "bad_weather" }), "/preset"),
        (json!({ "preset": "flaky_network", "count": 1 }), "/count"),
    ] {
        let (status, told) = send(&mut simulation, "POST", "/_sim/faults", &fault);
        assert_eq!((status, &told["error"]["path"]), (422, &json!(path)), "{fault}: {told}");
    }
    assert_eq!(send(&mut simulation, "GET", "/_sim/faults", &Value::Null).1, json!([]));
}

#[test]
fn a_preset_is_a_set_of_rules() {
    for (preset, carrier, client) in
        [("flaky_network", 0, 3), ("carrier_outage", 2, 0), ("slow_carrier", 2, 0), ("rate_limited", 0, 1)]
    {
        let mut simulation = world_with(json!({ "preset": preset }));
        let (_, rules) = send(&mut simulation, "GET", "/_sim/faults", &Value::Null);
        let sides = ["carrier", "client"]
            .map(|side| rules.as_array().unwrap().iter().filter(|rule| rule["side"] == side).count());
        assert_eq!(sides, [carrier, client], "{preset}");
    }
    // Of a thousand requests each of the three rules meets some hundred.
    let mut simulation = world_with(json!({ "preset": "flaky_network" }));
    for _ in 0..1000 {
        simulation.verdict(&Request::to("POST", PURCHASE));
    }
    let (_, rules) = send(&mut simulation, "GET", "/_sim/faults", &Value::Null);
    for rule in rules.as_array().unwrap() {
        assert!((60..140).contains(&rule["hits"].as_u64().unwrap()), "{rules}");
    }
}

#[test]
fn rules_that_are_too_many_are_refused() {
    let mut simulation = Simulation::new(Config::default());
    for _ in 0..1000 {
        assert_eq!(send(&mut simulation, "POST", "/_sim/faults", &json!({ "fault": "close" })).0, 201);
    }
    let (status, told) = send(&mut simulation, "POST", "/_sim/faults", &json!({ "fault": "refuse" }));
    assert_eq!((status, &told["error"]["code"]), (409, &json!("too_many_faults")));
}

#[test]
fn a_gateway_answers_in_html_and_says_when_to_come_again() {
    let now = Timestamp::from_millis(784_111_775_000);
    let verdict =
        |retry_after, as_date| Verdict::Status { moment: Moment::BeforeWork, status: 429, retry_after, as_date };
    let answered = |retry_after, as_date| verdict(retry_after, as_date).answer(Response::empty(204), now);
    let told = |response: &Response| response.headers.iter().find(|(name, _)| name == "retry-after").cloned();
    assert_eq!(told(&answered(None, false)), None);
    assert_eq!(told(&answered(Some(2), false)).unwrap().1, "2");
    // RFC 9110 prints this date; two seconds before it is `now`.
    assert_eq!(told(&answered(Some(2), true)).unwrap().1, "Sun, 06 Nov 1994 08:49:37 GMT");
    let Body::Html(page) = answered(None, false).body else { panic!("no page") };
    assert!(page.contains("<title>429 Too Many Requests</title>"), "{page}");
}

#[test]
fn a_garbled_body_has_the_type_of_json_and_is_none() {
    let whole = Response::json(201, json!({ "number": "+14155552671", "label": "é" }));
    let garbled = Verdict::Garble.answer(whole, Timestamp::from_millis(0));
    assert_eq!((garbled.status, &*garbled.headers[0].0, garbled.headers[0].1.as_str()), (201, "content-type", JSON));
    let Body::Html(text) = garbled.body else { panic!("no text") };
    assert!(text.starts_with("{\"number\":\"+1") && serde_json::from_str::<Value>(&text).is_err(), "{text}");
}
