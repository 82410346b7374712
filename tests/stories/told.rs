//! What a customer is told while nothing can be seen yet: a pre-verification that takes its time, a payment in vain.

use serde_json::{Value, json};

use super::stage::Stage;

const NUMBERS: &str = "/zernio/api/v1/phone-numbers";

impl Stage {
    fn verification(&mut self, number: &str) -> Value {
        self.ok("GET", &format!("{NUMBERS}/{number}"), Value::Null)["phoneNumber"]["metaVerificationStatus"].clone()
    }
}

#[test]
fn a_pre_verification_takes_its_time_by_the_virtual_clock() {
    let mut stage = Stage::new();
    let number = stage.buy();
    let stands = [0, 29, 1, 1].map(|seconds| {
        if 0 < seconds {
            stage.advance(seconds);
        }
        stage.verification(&number)
    });
    assert_eq!(stands, ["pending", "pending", "verified", "verified"]);
    // What was bought before is verified.
    let list = stage.ok("GET", NUMBERS, Value::Null);
    assert!(list["numbers"].as_array().unwrap().iter().all(|number| number["metaVerificationStatus"] == "verified"));
    stage.ok("PUT", "/_sim/verification", json!({ "seconds": 0 }));
    let number = stage.buy();
    assert_eq!(stage.verification(&number), "verified");
    assert_eq!(stage.send("PUT", "/_sim/verification", &json!({ "seconds": -1 })).0, 422);
}

#[test]
fn a_checkout_that_was_paid_in_vain_is_told_with_its_refund() {
    let mut stage = Stage::new();
    let new = |stage: &mut Stage, method: &str, path: &str, body: Value| {
        let headers = [("authorization".to_owned(), "Bearer sk_sim_new".to_owned())].into();
        let body = if body.is_null() { Vec::new() } else { body.to_string().into() };
        let request = ringup_simulator::http::Request { method: method.into(), path: path.into(), headers, body };
        let ringup_simulator::http::Body::Json(body) = stage.0.handle(&request).body else { panic!("no JSON") };
        body
    };
    let endpoint = json!({ "account": "zernio-new", "url": "http://localhost:9/" });
    stage.ok("POST", "/_sim/webhooks/endpoints", endpoint);
    let opened = new(&mut stage, "POST", &format!("{NUMBERS}/purchase"), json!({ "profileId": "profile_abc123" }));
    let checkout = opened["checkoutUrl"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    stage.ok("POST", "/_sim/faults", json!({ "fault": "refuse", "action": "order" }));
    // The reply to the refund is late: meanwhile the money is on its way.
    stage.ok("POST", "/_sim/faults", json!({ "fault": "lose_reply", "action": "refund" }));
    stage.ok("POST", &format!("/_sim/checkout/{checkout}/pay"), json!({}));
    let shown = |stage: &mut Stage| {
        let list = new(stage, "GET", NUMBERS, Value::Null)["numbers"].as_array().unwrap().clone();
        let id = list[0]["_id"].as_str().unwrap().to_owned();
        let single = new(stage, "GET", &format!("{NUMBERS}/{id}"), Value::Null)["phoneNumber"].clone();
        assert_eq!(list[0]["regulatoryDeclineReason"], single["regulatoryDeclineReason"]);
        (list.len(), single["status"].clone(), single["regulatoryDeclineReason"].clone())
    };
    let told = |end: &str| json!(format!("The carrier could not provide a phone number. Your payment {end}."));
    assert_eq!(shown(&mut stage), (1, json!("regulatory_declined"), told("is being refunded")));
    stage.advance(60);
    assert_eq!(shown(&mut stage), (1, json!("regulatory_declined"), told("was refunded")));
    let deliveries = stage.deliveries();
    let body: Value = serde_json::from_str(deliveries[0]["body"].as_str().unwrap()).unwrap();
    assert_eq!((&body["event"], &body["reason"]), (&json!("whatsapp.number.declined"), &told("was refunded")));
    assert_eq!(deliveries.len(), 1);
    // After 30 days it is told to those who ask for it.
    stage.advance(30 * 86_400);
    assert_eq!(new(&mut stage, "GET", NUMBERS, Value::Null)["numbers"], json!([]));
    let asked = format!("{NUMBERS}?status=regulatory_declined");
    assert_eq!(new(&mut stage, "GET", &asked, Value::Null)["numbers"].as_array().unwrap().len(), 1);
}
