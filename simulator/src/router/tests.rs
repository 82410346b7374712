//! The simulation as its clients see it: requests in, responses and records out.

use std::collections::BTreeMap;

use ringup_host::replay;
use serde_json::{Value, json};

use super::*;
use crate::http::Body;
use crate::retailer::Customers;
use crate::simulation::Config;

mod dialects;

const DOCUMENTED: &str = "+919876543210";

/// A simulation, and the few requests that the tests are written in.
struct TestClient(Simulation);

impl TestClient {
    fn new() -> Self {
        Self(Simulation::new(Config::default()))
    }

    fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> (u16, Value) {
        let headers = headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let body = match body {
            Value::Null => Vec::new(),
            // What `/_sim/encode` shows of a body that is no JSON.
            Value::String(text) => text.clone().into(),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => body.to_string().into(),
        };
        let response = self.0.handle(&Request { method: method.into(), path: path.into(), headers, body });
        match response.body {
            Body::Json(value) => (response.status, value),
            Body::Html(page) => (response.status, page.into()),
            Body::Empty => (response.status, Value::Null),
        }
    }

    fn get(&mut self, path: &str) -> Value {
        self.send("GET", path, &[], &Value::Null).1
    }

    fn post(&mut self, path: &str, body: Value) -> Value {
        let (status, answer) = self.send("POST", path, &[], &body);
        assert!(status < 300, "{path} {body}: {status} {answer}");
        answer
    }

    fn fault(&mut self, fault: &str, action: &str, count: u32) {
        self.post("/_sim/faults", json!({ "fault": fault, "action": action, "count": count }));
    }

    fn advance(&mut self, seconds: u64) {
        self.post("/_sim/clock/advance", json!({ "seconds": seconds }));
    }

    /// Buys over the wire, as this account.
    fn buy(&mut self, account: &str, request: Value) -> (u16, Value) {
        let encoded = self.post("/_sim/encode", json!({ "account": account, "request": request }));
        let headers: BTreeMap<String, String> = serde_json::from_value(encoded["headers"].clone()).unwrap();
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let (method, path) = (encoded["method"].as_str().unwrap(), encoded["path"].as_str().unwrap());
        self.send(method, path, &headers, &encoded["body"])
    }

    fn buy_exact(&mut self, account: &str) -> (u16, Value) {
        self.buy(account, json!({ "number": DOCUMENTED, "currency": "INR" }))
    }

    fn state(&mut self, account: &str) -> String {
        let purchases = self.get(&format!("/_sim/purchases?account={account}"));
        let last = purchases.as_array().unwrap().iter().max_by_key(|it| it["events"][0]["seq"].as_u64()).unwrap();
        last["state"]["state"].as_str().unwrap().into()
    }

    fn book(&mut self, account: &str, book: &str) -> i64 {
        let ledger = self.get(&format!("/_sim/ledger?account={account}"));
        ledger["balances"].as_array().unwrap().iter().map(|it| it["books"][book].as_i64().unwrap()).sum()
    }

    /// How often the number is sold, and not given back.
    fn sold(&mut self, number: &str) -> usize {
        let world = self.get("/_sim/world");
        let orders = world["orders"].as_array().unwrap().iter();
        orders.filter(|order| order["number"] == number && order["status"] == "active").count()
    }

    fn checkout(&mut self) -> String {
        let world = self.get("/_sim/world");
        let checkouts = world["checkouts"].as_array().unwrap();
        format!("/_sim/checkout/{}", checkouts.last().unwrap()["id"].as_str().unwrap())
    }
}

#[test]
fn a_purchase_takes_the_number_and_the_money_once() {
    let mut client = TestClient::new();
    let before = client.book("vobiz-new", "wallet");
    assert_eq!(client.buy_exact("vobiz-new").0, 200);
    assert_eq!(before - client.book("vobiz-new", "wallet"), 10_100);
    assert_eq!(client.sold(DOCUMENTED), 1);
    // Somebody else is told that it is gone, and pays nothing.
    let before = client.book("vobiz-ready", "wallet");
    assert!(400 <= client.buy_exact("vobiz-ready").0);
    assert_eq!(client.book("vobiz-ready", "wallet"), before);
    assert_eq!(client.sold(DOCUMENTED), 1);
}

#[test]
fn a_refused_order_leaves_nothing_behind() {
    let mut client = TestClient::new();
    let before = client.book("vobiz-new", "wallet");
    client.fault("refuse", "order", 1);
    assert!(400 <= client.buy_exact("vobiz-new").0);
    assert_eq!((client.book("vobiz-new", "wallet"), client.book("vobiz-new", "holds")), (before, 0));
    assert_eq!((client.sold(DOCUMENTED), client.state("vobiz-new").as_str()), (0, "failed"));
    // The fault is used up, and the number is free again.
    assert_eq!(client.buy_exact("vobiz-new").0, 200);
}

#[test]
fn a_lost_exchange_is_asked_again_and_buys_once() {
    for fault in ["lose_reply", "lose_request", "duplicate"] {
        for action in ["reserve", "order", "*"] {
            let mut client = TestClient::new();
            client.fault(fault, action, 1);
            client.buy_exact("vobiz-new");
            client.advance(10);
            assert_eq!(client.state("vobiz-new"), "active", "{fault} {action}");
            assert_eq!(client.sold(DOCUMENTED), 1, "{fault} {action}");
            assert_eq!(client.book("vobiz-new", "holds"), 0, "{fault} {action}");
        }
    }
}

#[test]
fn a_cut_of_the_power_after_any_step_buys_once() {
    for action in ["store", "reserve", "order"] {
        let mut client = TestClient::new();
        client.fault("power_cut", action, 1);
        let cut = client.buy_exact("vobiz-new");
        assert_eq!((cut.0, &cut.1["error"]["code"]), (503, &json!("no_power")), "{action}");
        client.advance(10);
        assert_eq!(client.buy_exact("vobiz-new").0, 503, "{action}");
        assert_eq!(client.send("POST", "/_sim/restart", &[], &Value::Null).0, 204);
        client.advance(10);
        assert_eq!((client.state("vobiz-new").as_str(), client.sold(DOCUMENTED)), ("active", 1), "{action}");
        assert_eq!(client.book("vobiz-new", "holds"), 0, "{action}");
    }
    let refused = json!({ "fault": "refuse", "action": "store" });
    assert_eq!(TestClient::new().send("POST", "/_sim/faults", &[], &refused).0, 422);
}

#[test]
fn what_nobody_can_say_rests_in_review_with_the_money_held() {
    let mut client = TestClient::new();
    client.fault("lose_reply", "order", 1);
    client.fault("lose_reply", "query_order", 50);
    client.buy_exact("vobiz-new");
    client.advance(3600);
    assert_eq!((client.state("vobiz-new").as_str(), client.book("vobiz-new", "holds")), ("unconfirmed", 10_100));
    let purchases = client.get("/_sim/purchases?account=vobiz-new");
    assert_eq!(purchases[0]["in_review"], json!(["order"]));
    let resolve = format!("/_sim/purchases/{}/resolve", purchases[0]["purchase"].as_str().unwrap());
    // The carrier has it, so that nobody can find that it has not.
    assert_eq!(client.send("POST", &resolve, &[], &json!({ "finding": "not_done" })).0, 409);
    assert_eq!(client.send("POST", &resolve, &[], &json!({ "finding": "done", "effect": "charge" })).0, 409);
    // Once more, and nobody answers again.
    client.fault("lose_reply", "query_order", 50);
    assert_eq!(client.post(&resolve, json!({ "finding": "ask_again" }))["in_review"], json!([]));
    client.advance(3600);
    assert_eq!(client.get("/_sim/purchases?account=vobiz-new")[0]["in_review"], json!(["order"]));
    client.post(&resolve, json!({ "finding": "done", "effect": "order" }));
    assert_eq!((client.state("vobiz-new").as_str(), client.book("vobiz-new", "holds")), ("active", 0));
}

#[test]
fn a_checkout_can_be_paid_once() {
    let mut client = TestClient::new();
    client.buy("zernio-new", json!({ "holder": "profile_abc123" }));
    let checkout = client.checkout();
    assert_eq!(client.state("zernio-new"), "awaiting_payment");
    assert_eq!(client.post(&format!("{checkout}/pay"), Value::Null)["status"], "paid");
    assert_eq!(client.state("zernio-new"), "active");
    assert_eq!(client.send("POST", &format!("{checkout}/pay"), &[], &Value::Null).0, 409);
    assert_eq!(
        client.get("/_sim/world")["charges"].as_array().unwrap().iter().filter(|it| it["method"] == "checkout").count(),
        1
    );
}

#[test]
fn a_declined_checkout_ends_the_purchase() {
    let mut client = TestClient::new();
    client.buy("zernio-new", json!({ "holder": "profile_abc123" }));
    let checkout = client.checkout();
    client.post(&format!("{checkout}/decline"), Value::Null);
    assert_eq!(client.state("zernio-new"), "failed");
    assert_eq!(client.send("POST", &format!("{checkout}/pay"), &[], &Value::Null).0, 409);
}

#[test]
fn a_payment_after_the_end_goes_back() {
    let mut client = TestClient::new();
    client.buy("zernio-new", json!({ "holder": "profile_abc123" }));
    let checkout = client.checkout();
    client.advance(86_400);
    assert_eq!(client.send("POST", &format!("{checkout}/pay"), &[], &Value::Null).0, 410);
    // A payment that was made in time may be told for five minutes.
    assert_eq!(client.state("zernio-new"), "awaiting_payment");
    client.advance(300);
    assert_eq!(client.state("zernio-new"), "failed");
    client.post(&format!("{checkout}/pay"), json!({ "late": true }));
    let world = client.get("/_sim/world");
    assert_eq!(world["refunds"].as_array().unwrap().len(), 1);
    let subscribed = |it: &&Value| it["account"] == "zernio-new";
    assert_eq!(world["subscriptions"].as_array().unwrap().iter().filter(subscribed).count(), 0);
    assert_eq!(client.book("zernio-new", "holds"), 0);
}

#[test]
fn the_page_of_a_checkout_shows_what_is_due() {
    let mut client = TestClient::new();
    client.buy("zernio-new", json!({ "holder": "profile_abc123" }));
    let (checkout, html) = (client.checkout(), [("accept", "text/html")]);
    let (status, page) = client.send("GET", &checkout, &html, &Value::Null);
    assert!(status == 200 && page.as_str().unwrap().contains("Pay 2.00 USD"), "{page}");
    assert_eq!(client.send("GET", "/_sim/checkout/cs_none", &html, &Value::Null).0, 404);
}

#[test]
fn the_same_requests_get_the_same_answers() {
    let run = || {
        let mut client = TestClient::new();
        client.fault("lose_reply", "order", 1);
        let bought = [client.buy_exact("vobiz-new"), client.buy("zernio-ready", json!({ "holder": "profile_abc123" }))];
        client.advance(60);
        (bought, client.get("/_sim/world"), client.get("/_sim/purchases"), client.get("/_sim/ledger"))
    };
    assert_eq!(run(), run());
}

#[test]
fn an_account_is_what_its_events_make_of_it() {
    let mut client = TestClient::new();
    client.buy_exact("vobiz-new");
    client.buy("zernio-new", json!({ "holder": "profile_abc123" }));
    for customer in client.0.retailer().customers.all() {
        assert_eq!(replay(&customer.events).as_ref(), Ok(&customer.account));
    }
    assert!(client.0.retailer().broken.is_empty());
}

#[test]
fn a_top_up_with_a_key_is_done_once() {
    let mut client = TestClient::new();
    let mut send = |key: &str, units: i64| {
        let body = json!({ "money": { "minor_units": units, "currency": "INR" } });
        let (status, _) = client.send("POST", "/_sim/accounts/vobiz-new/top-up", &[("idempotency-key", key)], &body);
        let charges = client.get("/_sim/world")["charges"].as_array().unwrap().len();
        (status, client.book("vobiz-new", "wallet"), charges)
    };
    let first = send("k-1", 7);
    assert_eq!(send("k-1", 7), first);
    assert_eq!(send("k-1", 8), (422, first.1, first.2));
    assert_eq!(send("k-2", 7), (200, first.1 + 7, first.2 + 1));
    assert_eq!(send("no/slash", 7).0, 422);
}

#[test]
fn what_was_charged_and_refunded_stands_in_the_books() {
    let mut client = TestClient::new();
    client.fault("refuse", "order", 1);
    client.buy("zernio-legacy_billing", json!({ "holder": "profile_abc123" }));
    client.buy_exact("vobiz-new");
    client.post("/_sim/accounts/vobiz-new/top-up", json!({ "money": { "minor_units": 7, "currency": "INR" } }));
    let world = client.get("/_sim/world");
    assert_eq!(world["refunds"].as_array().unwrap().len(), 1);
    for listed in client.get("/_sim/accounts").as_array().unwrap() {
        let sum = |records: &str| -> i64 {
            let own = world[records].as_array().unwrap().iter().filter(|it| it["account"] == listed["account"]);
            own.map(|it| it["amount"]["minor_units"].as_i64().unwrap()).sum()
        };
        let account = listed["account"].as_str().unwrap();
        assert_eq!(-client.book(account, "taken"), sum("charges"), "{account}");
        assert_eq!(client.book(account, "refunds"), sum("refunds"), "{account}");
    }
}

#[test]
fn a_reset_begins_again() {
    let mut client = TestClient::new();
    let before = [client.get("/_sim/world"), client.get("/_sim/accounts"), client.get("/_sim/clock")];
    client.buy_exact("vobiz-new");
    client.post("/_sim/accounts", json!({ "dialect": "vobiz", "situation": "new" }));
    client.fault("refuse", "order", 9);
    client.advance(5);
    client.post("/_sim/reset", Value::Null);
    assert_eq!([client.get("/_sim/world"), client.get("/_sim/accounts"), client.get("/_sim/clock")], before);
    assert_eq!(client.get("/_sim/faults"), json!([]));
}

#[test]
fn fresh_accounts_stand_as_their_situation_says() {
    let mut client = TestClient::new();
    let known = client.get("/_sim/accounts");
    for listed in known.as_array().unwrap() {
        let wanted = json!({ "dialect": listed["dialect"], "situation": listed["situation"] });
        let fresh = client.post("/_sim/accounts", wanted);
        assert_ne!(fresh["credentials"], listed["credentials"]);
        let held = |client: &mut TestClient, account: &Value| {
            let shown = client.get(&format!("/_sim/accounts/{}", account["account"].as_str().unwrap()));
            (shown["standing"]["held"]["total"].clone(), shown["balances"].clone())
        };
        assert_eq!(held(&mut client, &fresh), held(&mut client, listed), "{listed}");
    }
}

#[test]
fn the_clock_ends_with_a_refusal() {
    let mut client = TestClient::new();
    // Numbers would be charged each month of eight thousand years.
    client.0.retailer_mut().customers = Customers::default();
    client.0.retailer_mut().advance_to(crate::world::END.plus_millis(-5000));
    let (status, told) = client.send("POST", "/_sim/clock/advance", &[], &json!({ "seconds": 6 }));
    assert_eq!((status, &told["error"]["path"]), (422, &json!("/seconds")), "{told}");
    client.advance(5);
    assert_eq!(client.get("/_sim/clock")["now_rfc3339"], "9999-12-30T22:00:00Z");
}

#[test]
fn a_head_is_a_get_without_a_body() {
    let mut client = TestClient::new();
    for (path, status) in [("/_sim", 200), ("/_sim/world", 200), ("/_sim/nothing", 404), ("/_sim/checkout/none", 404)] {
        let request = Request { method: "HEAD".into(), path: path.into(), ..Request::default() };
        let answer = client.0.handle(&request);
        assert_eq!((answer.status, &answer.body), (status, &Body::Empty), "{path}");
        assert_eq!(answer.headers[0], ("content-type".into(), "application/json".to_owned()), "{path}");
    }
}

#[test]
fn another_method_is_told_those_that_are_allowed() {
    let mut client = TestClient::new();
    for (path, expected) in [("/_sim/accounts", "GET, HEAD, POST"), ("/_sim/checkout/none/pay", "POST")] {
        let answer = client.0.handle(&Request::to("PUT", path));
        assert_eq!((answer.status, answer.headers), (405, vec![("allow".into(), expected.to_owned())]), "{path}");
    }
}

#[test]
fn no_request_breaks_it() {
    let mut client = TestClient::new();
    let paths = [
        "",
        "/",
        "/_sim",
        "/_sim/",
        "/_sim/checkout/",
        "/_sim/checkout/%ff/pay",
        "/zernio",
        "/zernio/api",
        "/zernio/api/v1/%00",
        "/vobiz/api/v1/account//numbers",
        "/_sim/accounts/%2F",
        "/_sim/purchases/x/resolve",
        "/_sim/inventory?offset=99999999999&limit=5",
        "/é?=&&",
    ];
    let bodies = [
        "",
        "null",
        "[]",
        "{\"seconds\":1e99}",
        "{\"seed\":-1}",
        "\u{0}",
        "{\"account\":{}}",
        "{\"fault\":\"refuse\",\"count\":4294967296}",
    ];
    for method in ["GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", ""] {
        for path in paths {
            for body in bodies {
                let request =
                    Request { method: method.into(), path: path.into(), body: body.into(), ..Request::default() };
                let status = client.0.handle(&request).status;
                assert!((200..500).contains(&status), "{request:?}: {status}");
            }
        }
    }
    assert!(client.0.retailer().broken.is_empty());
}
