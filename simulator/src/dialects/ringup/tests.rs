//! What no body shows: the headers, the names of quotes, who sees what; and that every code of the contract is reached.

use ringup_core::Quote;
use serde_json::{Value, json};

use super::DIALECT;
use crate::http::{Body, Request, Response};
use crate::{Config, Simulation};

const DOCUMENTED: &str = "+16175550100";

struct Client {
    simulation: Simulation,
    account: &'static str,
}

impl Client {
    fn of(account: &'static str) -> Self {
        Self { simulation: Simulation::new(Config::default()), account }
    }

    fn send(&mut self, method: &str, path: &str, key: Option<&str>, body: &Value) -> Response {
        let mut headers = vec![("authorization".to_owned(), format!("Bearer rk_sim_{}", self.account))];
        headers.extend(key.map(|key| ("idempotency-key".to_owned(), key.to_owned())));
        let body = if body.is_null() { Vec::new() } else { body.to_string().into() };
        let path = if path.starts_with("/_sim") { path.to_owned() } else { format!("/ringup/v1{path}") };
        let request = Request { method: method.into(), path, headers: headers.into_iter().collect(), body };
        self.simulation.handle(&request)
    }

    fn buy(&mut self, key: &str, body: &Value) -> Response {
        self.send("POST", "/purchases", Some(key), body)
    }

    fn fault(&mut self, fault: &str, action: &str) {
        let fault = json!({ "fault": fault, "action": action, "count": 1 });
        assert!(self.send("POST", "/_sim/faults", None, &fault).status < 300);
    }
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
}

fn body(response: &Response) -> &Value {
    let Body::Json(body) = &response.body else { panic!("no JSON") };
    body
}

fn wanted() -> Value {
    json!({ "holder": "default", "number": DOCUMENTED })
}

#[test]
fn a_purchase_says_where_it_is_and_whether_it_is_a_repeat() {
    let mut client = Client::of("ready");
    let first = client.buy("a", &wanted());
    let location = format!("/ringup/v1/purchases/{}", body(&first)["id"].as_str().unwrap());
    let shown = |response: &Response| {
        ["location", "idempotency-replayed", "retry-after", "content-type"]
            .map(|name| header(response, name).map(str::to_owned))
    };
    assert_eq!((first.status, shown(&first)), (201, [Some(location.clone()), None, None, None]));
    let repeat = client.buy("a", &wanted());
    assert_eq!((repeat.status, shown(&repeat)), (201, [Some(location), Some("true".into()), None, None]));
    assert_eq!(body(&repeat), body(&first));
}

#[test]
fn a_purchase_that_goes_on_says_when_to_ask_again() {
    let mut client = Client::of("ready");
    client.fault("lose_reply", "order");
    let first = client.buy("a", &wanted());
    assert_eq!((first.status, header(&first, "retry-after")), (202, Some("1")));
    let location = header(&first, "location").unwrap().strip_prefix("/ringup/v1").unwrap().to_owned();
    assert_eq!(body(&client.send("GET", &location, None, &Value::Null))["status"], "unconfirmed");
    client.send("POST", "/_sim/clock/advance", None, &json!({ "seconds": 1 }));
    assert_eq!(body(&client.send("GET", &location, None, &Value::Null))["status"], "bought");
    let repeat = client.buy("a", &wanted());
    assert_eq!((repeat.status, header(&repeat, "idempotency-replayed")), (201, Some("true")));
}

#[test]
fn a_problem_is_told_as_one() {
    let mut client = Client::of("ready");
    for (response, status) in [
        (client.send("POST", "/purchases", None, &wanted()), 400),
        (client.send("GET", "/nowhere", None, &Value::Null), 404),
        (client.buy("a", &json!({ "holder": "default", "number": DOCUMENTED })), 201),
        (client.buy("c", &json!({ "holder": "default", "number": DOCUMENTED, "price_seen": {} })), 422),
        (client.buy("b", &json!({ "holder": "default", "country": "JP" })), 422),
        (DIALECT.too_large("it is too large"), 413),
    ] {
        let expected = (400 <= status).then_some("application/problem+json");
        assert_eq!((response.status, header(&response, "content-type")), (status, expected));
        if 400 <= status {
            assert_eq!(body(&response)["status"], status);
        }
    }
    let other = client.send("PUT", "/numbers/num_0", None, &Value::Null);
    assert_eq!((other.status, header(&other, "allow")), (405, Some("GET, HEAD, PATCH, DELETE")));
    client.account = "nobody";
    let nobody = client.send("GET", "/account", None, &Value::Null);
    assert_eq!((nobody.status, header(&nobody, "www-authenticate")), (401, Some("Bearer")));
}

#[test]
fn a_name_that_stands_twice_is_no_request() {
    let mut client = Client::of("ready");
    let twice = r#"{"holder":"default","country":"CA","country":"US"}"#;
    let headers = [("authorization", "Bearer rk_sim_ready"), ("idempotency-key", "a")];
    let request = Request {
        method: "POST".into(),
        path: "/ringup/v1/purchases".into(),
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        body: twice.into(),
    };
    let refused = client.simulation.handle(&request);
    assert_eq!((refused.status, &body(&refused)["code"]), (400, &json!("body_malformed")));
    assert_eq!(body(&refused)["detail"], "the field `country` is given twice");
}

#[test]
fn a_quote_s_id_can_be_made_of_what_was_sent() {
    let mut client = Client::of("ready");
    let made = client.send("POST", "/quotes", None, &wanted());
    let mut quote = body(&made).clone();
    let id = quote.as_object_mut().unwrap().remove("id").unwrap();
    quote.as_object_mut().unwrap().remove("request");
    assert_eq!(serde_json::from_value::<Quote>(quote).unwrap().id().as_str(), id);
    assert_eq!(header(&made, "location"), Some(format!("/ringup/v1/quotes/{}", id.as_str().unwrap()).as_str()));
}

#[test]
fn a_refusal_names_every_gate_in_the_way() {
    let mut client = Client::of("no_balance");
    let seen = json!({ "due_now": { "minor_units": 1, "currency": "USD" } });
    let refused = client.buy("a", &json!({ "holder": "default", "number": DOCUMENTED, "price_seen": seen }));
    let gates = body(&refused)["quote"]["gates"].as_array().unwrap();
    let blocked: Vec<(&str, &str, &str)> = gates
        .iter()
        .filter(|gate| gate["status"] == "blocked")
        .map(|gate| {
            let text = |value: &'static str, at: &str| gate.pointer(at).and_then(Value::as_str).unwrap_or(value);
            (text("", "/gate"), text("", "/rejection/code"), text("", "/fixes/0/remedy"))
        })
        .collect();
    let expected = [("balance", "insufficient_balance", "add_money"), ("price", "price_changed", "accept_price")];
    assert_eq!((refused.status, blocked), (422, expected.to_vec()));
    assert_eq!(gates.len(), ringup_core::Gate::ALL.len());
}

#[test]
fn the_oldest_of_a_thousand_quotes_is_forgotten() {
    let mut client = Client::of("ready");
    let mut quote = |seconds: u32| {
        client.send("POST", "/_sim/clock/advance", None, &json!({ "seconds": seconds }));
        body(&client.send("POST", "/quotes", None, &json!({})))["id"].as_str().unwrap().to_owned()
    };
    let first = quote(0);
    assert_eq!(quote(0), first, "the same content is the same quote");
    for _ in 0..999 {
        quote(1);
    }
    let found = |client: &mut Client| client.send("GET", &format!("/quotes/{first}"), None, &Value::Null).status;
    assert_eq!(found(&mut client), 200);
    client.send("POST", "/_sim/clock/advance", None, &json!({ "seconds": 1 }));
    client.send("POST", "/quotes", None, &json!({}));
    assert_eq!(found(&mut client), 404);
}

#[test]
fn a_number_that_was_bought_in_between_does_not_shift_the_pages() {
    let mut client = Client::of("plan_full");
    let page = |client: &mut Client, rest: &str| {
        body(&client.send("GET", &format!("/numbers?limit=1{rest}"), None, &Value::Null)).clone()
    };
    let first = page(&mut client, "");
    client.send("PATCH", "/_sim/accounts/ringup-plan_full/terms", None, &json!({ "plan": "team" }));
    assert_eq!(client.buy("a", &wanted()).status, 201);
    let second = page(&mut client, &format!("&cursor={}", first["next_cursor"].as_str().unwrap()));
    assert_ne!(second["data"][0]["id"], first["data"][0]["id"]);
    assert_eq!(second["next_cursor"], Value::Null);
}

#[test]
fn every_code_of_the_contract_is_reached() {
    let source = include_str!("golden/source.txt");
    let scenarios = include_str!("scenarios.json");
    let codes: Vec<&str> = source
        .lines()
        .filter(|line| line.starts_with(['4', '5']))
        .filter_map(|line| line.split_whitespace().nth(1))
        // Nobody wants two megabytes in a scenario.
        .filter(|code| *code != "body_too_large")
        .collect();
    assert_eq!(codes.len(), 36);
    for code in codes {
        assert!(scenarios.contains(&format!("\"code\": \"{code}\"")), "{code}");
    }
}
