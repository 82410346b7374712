//! A number that waits for a regulator: what it costs, whom it counts for, and what is told of it.

use serde_json::{Value, json};

use super::stage::Stage;

const NUMBERS: &str = "/zernio/api/v1/phone-numbers";

/// Complete papers, for Germany.
pub(super) fn papers() -> Value {
    json!({
        "profileId": "profile_abc123",
        "country": "DE",
        "values": { "de_registrant": "Acme GmbH" },
        "documents": [{ "requirementId": "de_identity_document", "filename": "id.pdf", "base64": "JVBERg==" }],
        "address": { "street_address": "Torstr. 1", "locality": "Berlin", "postal_code": "10119" },
    })
}

impl Stage {
    /// Submits papers; the number that waits for them.
    fn submit(&mut self) -> String {
        let submitted = self.ok("POST", &format!("{NUMBERS}/kyc"), papers());
        submitted["phoneNumber"]["id"].as_str().unwrap().into()
    }

    fn rule(&mut self, case: &str, ruling: &str) -> Value {
        self.ok("POST", &format!("/_sim/kyc/{case}/{ruling}"), Value::Null)
    }

    /// How the number stands, and what the customer's verification for its country comes to.
    fn stands(&mut self, case: &str) -> (Value, Value) {
        let number = self.ok("GET", &format!("{NUMBERS}/{case}"), Value::Null);
        let account = self.ok("GET", "/_sim/accounts/zernio-ready", Value::Null);
        let kyc = &account["standing"]["verifications"];
        let kyc = kyc.as_array().into_iter().flatten().find(|kyc| kyc["country"] == "DE");
        (number["phoneNumber"]["status"].clone(), kyc.map_or(Value::Null, |kyc| kyc["status"].clone()))
    }

    /// How many charges, orders and reservations there are for this number.
    fn done_for(&mut self, case: &str) -> usize {
        let world = self.ok("GET", "/_sim/world", Value::Null);
        let name = |record: &Value| record["key"].as_str().unwrap().starts_with(&format!("{case}/"));
        ["charges", "orders", "reservations"]
            .map(|records| world[records].as_array().unwrap().iter().filter(|record| name(record)).count())
            .iter()
            .sum()
    }
}

#[test]
fn nothing_is_reserved_ordered_or_charged_before_it_is_approved() {
    let mut stage = Stage::new();
    let case = stage.submit();
    assert_eq!((stage.stands(&case), stage.done_for(&case)), ((json!("pending_regulatory"), json!("pending")), 0));
    let declined = stage.submit();
    stage.rule(&declined, "decline");
    // The other one is still being looked at.
    assert_eq!(stage.stands(&declined), (json!("regulatory_declined"), json!("pending")));
    assert_eq!(stage.done_for(&declined), 0);
    stage.rule(&case, "approve");
    assert_eq!((stage.stands(&case), stage.done_for(&case)), ((json!("active"), json!("approved")), 3));
    // Once approved, a plain purchase goes through.
    let body = json!({ "profileId": "profile_abc123", "country": "DE", "allowMultiple": true });
    assert_eq!(stage.ok("POST", &format!("{NUMBERS}/purchase"), body)["phoneNumber"]["country"], "DE");
}

#[test]
fn a_decline_is_the_customer_s_turn() {
    let mut stage = Stage::new();
    let case = stage.submit();
    stage.rule(&case, "decline");
    assert_eq!(stage.stands(&case), (json!("regulatory_declined"), json!("declined")));
    let remediate = format!("{NUMBERS}/{case}/remediate");
    stage.ok("POST", &remediate, papers());
    assert_eq!(stage.stands(&case), (json!("pending_regulatory"), json!("pending")));
    stage.rule(&case, "approve");
    assert_eq!(stage.stands(&case).0, "active");
}

#[test]
fn a_ruling_has_its_time() {
    let mut stage = Stage::new();
    let case = stage.submit();
    let ruled =
        |stage: &mut Stage, ruling: &str| stage.send("POST", &format!("/_sim/kyc/{case}/{ruling}"), &Value::Null).0;
    assert_eq!(ruled(&mut stage, "identify"), 409);
    assert_eq!(ruled(&mut stage, "approve"), 200);
    for ruling in ["approve", "identify", "decline", "remediate"] {
        assert_eq!(ruled(&mut stage, ruling), 409, "{ruling}");
    }
    let unknown = json!({ "requirements": ["de_colour"] });
    let other = stage.submit();
    assert_eq!(stage.send("POST", &format!("/_sim/kyc/{other}/remediate"), &unknown).0, 422);
    assert_eq!(stage.send("POST", "/_sim/kyc/nobody/approve", &Value::Null).0, 404);
    assert_eq!(stage.send("GET", "/_sim/kyc?status=nonsense", &Value::Null).0, 422);
    let in_review = stage.ok("GET", "/_sim/kyc?account=zernio-ready&status=in_review", Value::Null);
    assert_eq!((in_review.as_array().unwrap().len(), &in_review[0]["id"]), (1, &json!(other)));
}

#[test]
fn numbers_that_wait_count_for_the_limit_until_they_come_to_nothing() {
    let mut stage = Stage::new();
    // Two of ten are held.
    let waiting: Vec<String> = (0..8).map(|_| stage.submit()).collect();
    let (status, refused) = stage.send("POST", &format!("{NUMBERS}/kyc"), &papers());
    assert_eq!((status, &refused["details"]), (400, &json!({ "limit": 10, "used": 10 })));
    stage.rule(&waiting[0], "decline");
    stage.ok("DELETE", &format!("{NUMBERS}/{}", waiting[1]), Value::Null);
    stage.submit();
    stage.submit();
    assert_eq!(stage.send("POST", &format!("{NUMBERS}/kyc"), &papers()).0, 400);
}

#[test]
fn what_stands_in_the_way_of_the_order_declines_the_case() {
    let mut stage = Stage::new();
    let case = stage.submit();
    let card = |stage: &mut Stage, on_file: bool| {
        let terms = json!({ "payment_method_on_file": on_file });
        stage.ok("PATCH", "/_sim/accounts/zernio-ready/terms", terms);
    };
    card(&mut stage, false);
    stage.rule(&case, "approve");
    assert_eq!((stage.stands(&case).0, stage.done_for(&case)), (json!("regulatory_declined"), 0));
    card(&mut stage, true);
    stage.ok("POST", &format!("{NUMBERS}/{case}/remediate"), papers());
    stage.rule(&case, "approve");
    assert_eq!(stage.stands(&case).0, "active");
}

#[test]
fn what_is_declined_by_the_bank_at_activation_is_given_back_to_the_carrier() {
    let mut stage = Stage::new();
    let case = stage.submit();
    stage.ok("POST", "/_sim/faults", json!({ "fault": "refuse", "action": "charge" }));
    stage.rule(&case, "approve");
    let number = stage.ok("GET", &format!("{NUMBERS}/{case}"), Value::Null)["phoneNumber"].clone();
    assert_eq!(number["status"], "regulatory_declined");
    assert_eq!(number["regulatoryDeclineReason"], "The payment was declined.");
    let world = stage.ok("GET", "/_sim/world", Value::Null);
    let orders: Vec<&Value> = world["orders"].as_array().unwrap().iter().collect();
    let order = orders.iter().find(|order| order["key"].as_str().unwrap().starts_with(&case)).unwrap();
    assert_eq!(order["status"], "released");
}

#[test]
fn a_regulated_number_is_charged_after_it_is_ordered_and_others_before() {
    let mut stage = Stage::new();
    let case = stage.submit();
    stage.rule(&case, "approve");
    let us = stage.buy();
    let mut order_of = |purchase: &str| -> Vec<String> {
        let purchases = stage.ok("GET", "/_sim/purchases?account=zernio-ready", Value::Null);
        let own = purchases.as_array().unwrap().iter().find(|it| it["purchase"] == purchase).unwrap().clone();
        own["events"].as_array().unwrap().iter().map(|it| it["event"]["event"].as_str().unwrap().into()).collect()
    };
    let has = |events: &[String], name: &str| events.iter().any(|event| event == name);
    let (regulated, plain) = (order_of(&case), order_of(&us));
    assert!(has(&regulated, "number_provisioned") && !has(&regulated, "payment_taken"), "{regulated:?}");
    assert!(!has(&plain, "number_provisioned") && has(&plain, "payment_taken"), "{plain:?}");
}

#[test]
fn an_order_without_a_reply_goes_on_by_itself() {
    let mut stage = Stage::new();
    let case = stage.submit();
    stage.ok("POST", "/_sim/faults", json!({ "fault": "lose_reply", "action": "order" }));
    stage.ok("POST", "/_sim/faults", json!({ "fault": "lose_reply", "action": "query_order", "count": 2 }));
    stage.rule(&case, "approve");
    assert_eq!(stage.stands(&case).0, "provisioning");
    stage.advance(60);
    assert_eq!(stage.stands(&case).0, "active");
}

#[test]
fn each_step_is_told() {
    let mut stage = Stage::new();
    let all = json!({ "account": "zernio-ready", "url": "http://localhost:9/" });
    stage.ok("POST", "/_sim/webhooks/endpoints", all);
    let mut australian = papers();
    australian["country"] = "AU".into();
    australian["values"] = json!({ "au_registrant": "Ada", "au_birth_date": "1990-01-31" });
    australian["documents"][0]["requirementId"] = "au_identity_document".into();
    australian["endUserFirstName"] = "Ada".into();
    australian["endUserLastName"] = "Byron".into();
    let submitted = stage.ok("POST", &format!("{NUMBERS}/kyc"), australian.clone());
    let case = submitted["phoneNumber"]["id"].as_str().unwrap().to_owned();
    stage.rule(&case, "remediate");
    stage.ok("POST", &format!("{NUMBERS}/{case}/remediate"), australian.clone());
    stage.rule(&case, "decline");
    stage.ok("POST", &format!("{NUMBERS}/{case}/remediate"), australian);
    stage.rule(&case, "approve");
    stage.rule(&case, "identify");
    let given_up = stage.submit();
    stage.ok("DELETE", &format!("{NUMBERS}/{given_up}"), Value::Null);
    let refused = stage.submit();
    stage.ok("POST", "/_sim/faults", json!({ "fault": "refuse", "action": "order" }));
    stage.rule(&refused, "approve");
    let bodies: Vec<Value> = stage
        .deliveries()
        .iter()
        .rev()
        .map(|delivery| serde_json::from_str(delivery["body"].as_str().unwrap()).unwrap())
        .collect();
    let told: Vec<(&str, &str, &str)> = bodies
        .iter()
        .map(|body| {
            let own = body.get("verificationUrl").or_else(|| body.get("reason")).and_then(Value::as_str);
            (body["event"].as_str().unwrap(), body["number"]["id"].as_str().unwrap(), own.unwrap_or_default())
        })
        .collect();
    let url = format!("http://127.0.0.1:8787/zernio/api/identity/{case}");
    let (why, no_number) = ("a document cannot be read", "The carrier could not provide a phone number.");
    let expected = [
        ("whatsapp.number.action_required", case.as_str(), why),
        ("whatsapp.number.declined", &case, why),
        ("whatsapp.number.verification_required", &case, &url),
        ("whatsapp.number.activated", &case, ""),
        ("whatsapp.number.released", &given_up, "user_requested"),
        ("whatsapp.number.declined", &refused, no_number),
    ];
    assert_eq!(told, expected);
    assert_eq!(
        bodies[0]["number"],
        json!({
            "id": case, "phoneNumber": "", "country": "AU", "profileId": "profile_abc123",
        })
    );
}

#[test]
fn of_what_was_submitted_only_names_are_kept() {
    let mut stage = Stage::new();
    stage.submit();
    let shown = format!("{} {:?}", stage.ok("GET", "/_sim/kyc", Value::Null), stage.0.retailer().world);
    assert!(shown.contains("Acme GmbH") && !shown.contains("Torstr") && !shown.contains("JVBERg"), "{shown}");
}
