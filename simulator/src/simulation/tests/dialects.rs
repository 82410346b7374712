//! What the systems' own wires answer where a story has two numbers, two requests or half an end.

use serde_json::{Value, json};

use super::*;

const VOBIZ: [(&str, &str); 2] = [("x-auth-id", "MA_READY"), ("x-auth-token", "token_ma_ready")];

/// A request to the account `MA_READY`.
fn vobiz(stage: &mut Stage, method: &str, path: &str, body: &Value) -> (u16, Value) {
    stage.send(method, &format!("/vobiz/api/v1/account/MA_READY{path}"), &VOBIZ, body)
}

#[test]
fn a_release_means_the_number_that_was_bought_again() {
    let mut stage = Stage::new();
    let release = |stage: &mut Stage| vobiz(stage, "DELETE", &format!("/numbers/{DOCUMENTED}"), &Value::Null);
    stage.fault("lose_reply", "release", 5);
    assert_eq!(stage.buy_exact("vobiz-ready").0, 200);
    assert_eq!(release(&mut stage).0, 500);
    assert_eq!(stage.buy_exact("vobiz-ready").0, 200);
    stage.send("DELETE", "/_sim/faults", &[], &Value::Null);
    let (status, answer) = release(&mut stage);
    assert_eq!((status, &answer["message"]), (200, &json!("number returned to inventory")));
    assert_eq!(stage.sold(DOCUMENTED), 0);
}

fn purchase(stage: &mut Stage, account: &str, key: Option<&str>) -> (u16, String) {
    let request = json!({ "holder": "profile_abc123", "idempotency_key": key });
    let (status, answer) = stage.buy(account, request);
    (status, answer["error"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn nobody_is_told_that_nothing_was_charged_before_it_is_given_back() {
    let mut stage = Stage::new();
    stage.fault("refuse", "order", 1);
    stage.fault("lose_request", "refund", 3);
    let (status, told) = purchase(&mut stage, "zernio-legacy_billing", Some("k-1"));
    assert_eq!((status, stage.state("zernio-legacy_billing").as_str()), (503, "compensating"));
    assert!(told.contains("is being refunded") && !told.contains("not charged"), "{told}");
    stage.advance(600);
    assert_eq!(stage.state("zernio-legacy_billing"), "failed");
    let mut stage = Stage::new();
    stage.fault("refuse", "order", 1);
    let (status, told) = purchase(&mut stage, "zernio-legacy_billing", Some("k-1"));
    assert_eq!((status, stage.state("zernio-legacy_billing").as_str()), (503, "failed"));
    assert!(told.contains("You were not charged"), "{told}");
}

#[test]
fn only_who_sent_a_key_is_told_to_send_it_again() {
    for (key, expected) in [(Some("k-1"), "the same purchaseIntentId"), (None, "List your phone numbers")] {
        let mut stage = Stage::new();
        stage.fault("lose_reply", "order", 1);
        stage.fault("lose_reply", "query_order", 20);
        let (status, told) = purchase(&mut stage, "zernio-ready", key);
        assert!(status == 409 && told.contains(expected), "{status} {told}");
    }
}

#[test]
fn a_currency_is_written_in_capitals_wherever_it_stands() {
    let mut stage = Stage::new();
    for (currency, accepted) in [("INR", true), ("inr", false)] {
        let bought = vobiz(
            &mut stage,
            "POST",
            "/numbers/purchase-from-inventory",
            &json!({ "e164": DOCUMENTED, "currency": currency }),
        );
        let balance = vobiz(&mut stage, "GET", &format!("/balance/{currency}"), &Value::Null);
        let listed = vobiz(&mut stage, "GET", &format!("/transactions?currency={currency}"), &Value::Null);
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
    let mut stage = Stage::new();
    let free = |stage: &mut Stage| stage.get("/_sim/inventory?dialect=zernio&country=US&free=true")["total"].clone();
    let before = free(&mut stage);
    for _ in 0..150 {
        stage.post("/_sim/accounts", json!({ "dialect": "zernio", "situation": "ready" }));
    }
    assert_eq!(free(&mut stage), before);
}
