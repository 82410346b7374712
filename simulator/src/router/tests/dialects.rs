//! What the systems' own wires answer where a story has two numbers, two requests or half an end.

use serde_json::{Value, json};

use super::*;

const VOBIZ: [(&str, &str); 2] = [("x-auth-id", "MA_READY"), ("x-auth-token", "token_ma_ready")];

/// A request to the account `MA_READY`.
fn vobiz(client: &mut TestClient, method: &str, path: &str, body: &Value) -> (u16, Value) {
    client.send(method, &format!("/vobiz/api/v1/account/MA_READY{path}"), &VOBIZ, body)
}

#[test]
fn a_release_means_the_number_that_was_bought_again() {
    let mut client = TestClient::new();
    let path = format!("/numbers/{DOCUMENTED}?immediate=true");
    let release = |client: &mut TestClient| vobiz(client, "DELETE", &path, &Value::Null);
    client.fault("lose_reply", "release", 5);
    assert_eq!(client.buy_exact("vobiz-ready").0, 200);
    assert_eq!(release(&mut client).0, 500);
    assert_eq!(client.buy_exact("vobiz-ready").0, 200);
    client.send("DELETE", "/_sim/faults", &[], &Value::Null);
    let (status, answer) = release(&mut client);
    assert_eq!((status, &answer["message"]), (200, &json!("number returned to inventory")));
    assert_eq!(client.sold(DOCUMENTED), 0);
}

fn purchase(client: &mut TestClient, account: &str, key: Option<&str>) -> (u16, String) {
    let request = json!({ "holder": "profile_abc123", "idempotency_key": key });
    let (status, answer) = client.buy(account, request);
    (status, answer["error"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn nobody_is_told_that_nothing_was_charged_before_it_is_given_back() {
    let mut client = TestClient::new();
    client.fault("refuse", "order", 1);
    client.fault("lose_request", "refund", 3);
    let (status, told) = purchase(&mut client, "zernio-legacy_billing", Some("k-1"));
    assert_eq!((status, client.state("zernio-legacy_billing").as_str()), (503, "compensating"));
    assert!(told.contains("is being refunded") && !told.contains("not charged"), "{told}");
    client.advance(600);
    assert_eq!(client.state("zernio-legacy_billing"), "failed");
    let mut client = TestClient::new();
    client.fault("refuse", "order", 1);
    let (status, told) = purchase(&mut client, "zernio-legacy_billing", Some("k-1"));
    assert_eq!((status, client.state("zernio-legacy_billing").as_str()), (503, "failed"));
    assert!(told.contains("You were not charged"), "{told}");
}

#[test]
fn only_who_sent_a_key_is_told_to_send_it_again() {
    for (key, expected) in [(Some("k-1"), "the same purchaseIntentId"), (None, "List your phone numbers")] {
        let mut client = TestClient::new();
        client.fault("lose_reply", "order", 1);
        client.fault("lose_reply", "query_order", 20);
        let (status, told) = purchase(&mut client, "zernio-ready", key);
        assert!(status == 409 && told.contains(expected), "{status} {told}");
    }
}

#[test]
fn a_currency_is_written_in_capitals_wherever_it_stands() {
    let mut client = TestClient::new();
    for (currency, accepted) in [("INR", true), ("inr", false)] {
        let bought = vobiz(
            &mut client,
            "POST",
            "/numbers/purchase-from-inventory",
            &json!({ "e164": DOCUMENTED, "currency": currency }),
        );
        let balance = vobiz(&mut client, "GET", &format!("/balance/{currency}"), &Value::Null);
        let listed = vobiz(&mut client, "GET", &format!("/transactions?currency={currency}"), &Value::Null);
        let expected = if accepted { 200 } else { 400 };
        assert_eq!([bought.0, balance.0, listed.0], [expected; 3], "{currency}: {bought:?} {balance:?} {listed:?}");
    }
}

#[test]
fn a_body_that_is_too_large_is_refused_in_the_system_s_own_shape() {
    let answer = |path| {
        let response = too_large(path);
        let Body::Json(body) = response.body else { panic!("no JSON") };
        (response.status, body)
    };
    let message = "a body has at most 2097152 bytes";
    let zernio = json!({ "error": "Request body too large", "details": { "reason": message } });
    assert_eq!(answer("/zernio/api/v1/whatsapp/phone-numbers/purchase"), (413, zernio));
    let vobiz = json!({ "error": "request entity too large", "message": message });
    assert_eq!(answer("/vobiz/api/v1/account/MA_READY/numbers/purchase-from-inventory?x=1"), (413, vobiz));
    let control = json!({ "error": { "code": "body_too_large", "message": message } });
    assert_eq!(answer("/_sim/reset"), (413, control));
}

#[test]
fn fresh_accounts_take_nothing_from_what_is_for_sale() {
    let mut client = TestClient::new();
    let free =
        |client: &mut TestClient| client.get("/_sim/inventory?dialect=zernio&country=US&free=true")["total"].clone();
    let before = free(&mut client);
    for _ in 0..150 {
        client.post("/_sim/accounts", json!({ "dialect": "zernio", "situation": "ready" }));
    }
    assert_eq!(free(&mut client), before);
}

const KROS: [(&str, &str); 1] = [("authorization", "Bearer kros_test_ready")];
const NIGERIAN: &str = "+2348012345678";

/// A request to the organization `ready`.
fn kros(client: &mut TestClient, method: &str, path: &str, body: &Value) -> (u16, Value) {
    client.send(method, &format!("/kros/v1/phone-numbers{path}"), &KROS, body)
}

fn buy_nigerian(client: &mut TestClient) -> Value {
    let wanted = json!({ "e164": NIGERIAN, "country": "NG", "type": "mobile" });
    let (status, number) = kros(client, "POST", "", &wanted);
    assert_eq!(status, 201, "{number}");
    number
}

#[test]
fn a_number_that_is_bought_again_is_another_record() {
    let mut client = TestClient::new();
    let first = buy_nigerian(&mut client);
    let path = |number: &Value| format!("/{}", number["id"].as_str().unwrap());
    let soft = format!("{}?action=release", path(&first));
    assert_eq!(kros(&mut client, "DELETE", &soft, &Value::Null).1["status"], "inactive");
    let second = buy_nigerian(&mut client);
    let statuses = |client: &mut TestClient| {
        let listed = kros(client, "GET", "?country=NG", &Value::Null).1;
        let text = |number: &Value, member: &str| number[member].as_str().unwrap().to_owned();
        let shown = |number: &Value| (text(number, "id"), text(number, "status"));
        listed["phone_numbers"].as_array().unwrap().iter().map(shown).collect::<BTreeMap<_, _>>()
    };
    let id = |number: &Value| number["id"].as_str().unwrap().to_owned();
    let records = [(id(&first), "inactive".to_owned()), (id(&second), "active".to_owned())];
    assert_eq!(statuses(&mut client), records.clone().into());
    // What is done to the old record is not done to the number.
    assert_eq!(kros(&mut client, "DELETE", &path(&first), &Value::Null).0, 200);
    assert_eq!(statuses(&mut client), [records[1].clone()].into());
    assert_eq!(client.sold(NIGERIAN), 1);
}

#[test]
fn a_refused_purchase_leaves_kros_s_wallet_as_it_was() {
    for fault in ["refuse", "lose_request"] {
        let mut client = TestClient::new();
        let before = client.book("kros-ready", "wallet");
        client.fault(fault, "order", 1);
        let wanted = json!({ "e164": NIGERIAN, "country": "NG", "type": "mobile" });
        assert_eq!(kros(&mut client, "POST", "", &wanted).0, 500, "{fault}");
        client.advance(3600);
        // A request that was lost is repeated, a refusal is final.
        let spent = if fault == "refuse" { 0 } else { 550 };
        assert_eq!(before - client.book("kros-ready", "wallet"), spent, "{fault}");
        assert_eq!(client.book("kros-ready", "holds"), 0, "{fault}");
    }
}

#[test]
fn kros_tells_of_numbers_in_its_own_envelope() {
    let mut client = TestClient::new();
    client.post("/_sim/webhooks/endpoints", json!({ "account": "kros-ready", "url": "http://127.0.0.1:9/" }));
    let number = buy_nigerian(&mut client);
    kros(&mut client, "DELETE", &format!("/{}", number["id"].as_str().unwrap()), &Value::Null);
    let deliveries = client.get("/_sim/webhooks/deliveries?account=kros-ready");
    let sent: Vec<Value> = deliveries
        .as_array()
        .unwrap()
        .iter()
        .map(|it| serde_json::from_str(it["body"].as_str().unwrap()).unwrap())
        .collect();
    for (event, status) in [("number.provisioned", "active"), ("number.released", "inactive")] {
        let body = sent.iter().find(|body| body["event"] == event).unwrap_or_else(|| panic!("no {event}: {sent:?}"));
        assert!(body["id"].as_str().unwrap().starts_with("evt_"), "{body}");
        assert_eq!(body["timestamp"], "2026-03-25T10:00:00Z");
        let members = ["id", "e164", "country", "type", "organization_id"];
        assert!(members.iter().all(|member| body["data"][member] == number[member]), "{body}");
        assert_eq!(body["data"]["status"], status);
    }
    assert_eq!(sent.len(), 2);
}
