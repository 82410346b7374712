//! What one scenario cannot show: the choices of DESIGN section 6, and what a client finds out afterwards.

use serde_json::{Value, json};

use super::*;
use crate::simulation::{Config, Simulation};

const NUMBER: &str = "+14155551234";
const PROVIDER: &str = "Failed to purchase phone number from provider. Please contact support.";
const IN_USE: &str = "This phone number is already in use.";

/// A simulation, and a client with the key of one account.
struct Client(Simulation, &'static str);

impl Client {
    fn new(situation: &'static str) -> Self {
        Self(Simulation::new(Config::default()), situation)
    }

    fn send(&mut self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let authorization = format!("Bearer sondos_sim_{}", self.1);
        let body = if body.is_null() { Vec::new() } else { body.to_string().into() };
        let headers = [("authorization".to_owned(), authorization)].into();
        let response = self.0.handle(&Request { method: method.into(), path: path.into(), headers, body });
        let Body::Json(body) = response.body else { panic!("no JSON") };
        (response.status, body)
    }

    fn get(&mut self, path: &str) -> Value {
        let (status, answer) = self.send("GET", path, &Value::Null);
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    fn search(&mut self) {
        self.get("/sondos/api/user/phone-numbers/search");
    }

    /// The status of a purchase, and its error or its id.
    fn buy(&mut self, number: &str) -> (u16, Value) {
        let (status, answer) =
            self.send("POST", "/sondos/api/user/phone-numbers/purchase", &json!({ "phone_number": number }));
        let told = answer.get("error").or_else(|| answer.pointer("/data/id"));
        (status, told.cloned().unwrap_or_default())
    }

    fn control(&mut self, path: &str, body: &Value) {
        let (status, answer) = self.send("POST", path, body);
        assert!(status < 300, "{path}: {answer}");
    }

    fn fault(&mut self, fault: &str, action: &str, count: u32) {
        self.control("/_sim/faults", &json!({ "fault": fault, "action": action, "count": count }));
    }

    fn advance(&mut self, seconds: u64) {
        self.control("/_sim/clock/advance", &json!({ "seconds": seconds }));
    }

    /// The world's records of this kind that are the client's.
    fn records(&mut self, kind: &str) -> Vec<Value> {
        let own = json!(format!("sondos-{}", self.1));
        let world = self.get("/_sim/world");
        world[kind].as_array().unwrap().iter().filter(|record| record["account"] == own).cloned().collect()
    }

    fn listed(&mut self) -> Vec<Value> {
        self.get("/sondos/api/user/phone-numbers/all")["data"].as_array().unwrap().clone()
    }
}

#[test]
fn when_the_provider_fails_the_subscription_is_cancelled_and_the_charge_refunded() {
    let mut client = Client::new("new");
    client.search();
    client.fault("refuse", "order", 1);
    assert_eq!(client.buy(NUMBER), (500, json!(PROVIDER)));
    let amounts =
        |records: Vec<Value>| records.iter().map(|it| it["amount"]["minor_units"].clone()).collect::<Vec<_>>();
    let charged: Vec<Value> =
        client.records("charges").into_iter().filter(|charge| charge["method"] == "subscription").collect();
    assert_eq!((amounts(charged), amounts(client.records("refunds"))), (vec![json!(399)], vec![json!(399)]));
    assert_eq!(subscribed(&mut client), 0);
    assert_eq!(client.listed(), Vec::<Value>::new());
    // The search still counts, and a failed purchase has used up its id.
    let (status, id) = client.buy(NUMBER);
    assert_eq!((status, subscribed(&mut client), client.listed()[0]["id"].clone()), (201, 1, id));
}

/// How many numbers the account's subscription pays for.
fn subscribed(client: &mut Client) -> usize {
    let own = format!("sondos-{}", client.1);
    let world = &client.0.retailer().world;
    world.subscription(&own.parse().unwrap()).len()
}

#[test]
fn an_answer_that_is_due_before_anybody_knows_is_the_500_and_the_purchase_goes_on() {
    for lost in ["lose_reply", "lose_request"] {
        let mut client = Client::new("documented");
        client.search();
        client.fault(lost, "order", 1);
        client.fault("lose_reply", "query_order", 3);
        for _ in 0..3 {
            assert_eq!(client.buy(NUMBER), (500, json!(PROVIDER)), "{lost}");
        }
        client.advance(3600);
        assert_eq!(client.buy(NUMBER), (400, json!(IN_USE)), "{lost}");
        assert_eq!(client.listed().iter().map(|it| it["id"].clone()).collect::<Vec<_>>(), [json!(123)], "{lost}");
        assert_eq!((client.records("orders").len(), subscribed(&mut client)), (1, 1), "{lost}");
    }
}

#[test]
fn a_search_counts_for_thirty_minutes_whatever_is_searched_for_after_it() {
    let mut client = Client::new("new");
    client.search();
    client.advance(1000);
    client.get("/sondos/api/user/phone-numbers/search?country_code=GB");
    client.get("/sondos/api/user/phone-numbers/search?contains=0000000000");
    client.advance(799);
    assert_eq!(client.buy(NUMBER).0, 201);
    client.advance(1);
    assert_eq!(client.buy("+14155555678").0, 400);
    client.search();
    assert_eq!(client.buy("+14155555678").0, 201);
}

#[test]
fn who_searches_again_and_again_fills_no_memory() {
    let mut client = Client::new("new");
    for contains in ["", "415", "415", "", "00", "415555"].into_iter().cycle().take(60) {
        client.get(&format!("/sondos/api/user/phone-numbers/search?contains={contains}"));
    }
    let searches = &client.0.retailer().customers.get(&"sondos-new".parse().unwrap()).unwrap().side.searches;
    let remembered: Vec<E164> = searches.iter().flat_map(|search| &search.numbers).map(|offer| offer.number).collect();
    let distinct: std::collections::BTreeSet<&E164> = remembered.iter().collect();
    assert!(searches.len() <= 4 && distinct.len() == remembered.len(), "{} {}", searches.len(), remembered.len());
    assert_eq!(client.buy(NUMBER).0, 201);
}

#[test]
fn ids_are_given_in_the_order_of_purchase_and_stay() {
    let mut client = Client::new("ready");
    let before = client.listed();
    assert_eq!(before.len(), 1);
    let first = before[0]["id"].as_u64().unwrap();
    client.search();
    client.fault("lose_reply", "order", 1);
    assert_eq!(client.buy(NUMBER).0, 500);
    client.advance(60);
    // Bought later, and listed before it.
    assert_eq!(client.buy("+14155555678"), (201, json!(first + 2)));
    let ids = |client: &mut Client| client.listed().iter().map(|it| it["id"].as_u64().unwrap()).collect::<Vec<_>>();
    assert_eq!(ids(&mut client), [first, first + 1, first + 2]);
    let path = format!("/sondos/api/user/phone-numbers/{first}");
    assert_eq!(client.send("DELETE", &path, &Value::Null).0, 200);
    client.advance(31 * 86_400);
    assert_eq!(ids(&mut client), [first + 1, first + 2]);
}

#[test]
fn a_nickname_is_null_where_there_is_none() {
    let mut client = Client::new("ready");
    let id = client.listed()[0]["id"].clone();
    let path = format!("/sondos/api/user/phone-numbers/{id}");
    for (sent, expected) in [
        (json!({}), Value::Null),
        (json!({ "nickname": "Sales line" }), json!("Sales line")),
        (json!({ "nickname": "x".repeat(51) }), json!("Sales line")),
        (json!({ "nickname": null }), Value::Null),
        (json!({ "nickname": "Support" }), json!("Support")),
        (json!({ "nickname": " " }), Value::Null),
    ] {
        let (_, answer) = client.send("PUT", &path, &sent);
        assert!(answer.get("errors").is_some() || answer["data"]["nickname"] == expected, "{sent}: {answer}");
        assert_eq!(client.listed()[0]["nickname"], expected, "{sent}");
    }
}

#[test]
fn a_release_ends_the_subscription_at_the_period_s_end_even_if_nobody_answers_then() {
    let mut client = Client::new("ready");
    let number = client.listed()[0].clone();
    let path = format!("/sondos/api/user/phone-numbers/{}", number["id"]);
    assert_eq!(client.send("DELETE", &path, &Value::Null).0, 200);
    client.fault("lose_reply", "end_charges", 2);
    client.fault("lose_reply", "release", 2);
    // Held since 15 March, it ends on 15 April.
    client.advance(21 * 86_400 - 1);
    assert_eq!((client.listed().len(), subscribed(&mut client)), (1, 1));
    client.advance(1);
    let (status, told) = client.send("DELETE", &path, &Value::Null);
    assert_eq!((status, &told["error"]), (400, &json!("Phone number is already scheduled for release.")));
    client.advance(60);
    assert_eq!((client.listed().len(), subscribed(&mut client)), (0, 0));
    assert_eq!(client.send("DELETE", &path, &Value::Null).0, 404);
}

#[test]
fn every_number_of_the_stock_is_found_by_the_search_that_prepares_its_purchase() {
    let mut simulation = Simulation::new(Config::default());
    let credentials = situations::open("new", "new").unwrap().credentials[0].fields.clone();
    for offer in stock::numbers() {
        let request = PurchaseRequest { number: Some(offer.number.to_string()), ..PurchaseRequest::default() };
        let [search] = DIALECT.preparation(&credentials, &request).try_into().unwrap();
        let Body::Json(answer) = simulation.handle(&search).body else { panic!("no JSON") };
        let found = answer["data"].as_array().unwrap();
        assert!(found.iter().any(|found| found["phone_number"] == offer.number.to_string()), "{offer:?}: {answer}");
    }
    for nothing in [None, Some(""), Some("4155551234"), Some("+99912345678")] {
        let request = PurchaseRequest { number: nothing.map(str::to_owned), ..PurchaseRequest::default() };
        assert_eq!(DIALECT.preparation(&credentials, &request), Vec::new());
    }
}
