//! A purchase under a key that waits for papers: one number for one intent, whatever comes in between.

use ringup_simulator::http::{Body, Request};
use serde_json::{Value, json};

use super::kyc::papers;
use super::stage::Stage;

const NUMBERS: &str = "/zernio/api/v1/phone-numbers";

/// A purchase of a number of Germany, with a key or without.
fn german(key: Option<&str>) -> Value {
    let mut body = json!({ "profileId": "profile_abc123", "country": "DE", "allowMultiple": true });
    if let Some(key) = key {
        body["purchaseIntentId"] = key.into();
    }
    body
}

impl Stage {
    fn purchase(&mut self, key: Option<&str>) -> (u16, Value) {
        self.send("POST", &format!("{NUMBERS}/purchase"), &german(key))
    }

    fn hand_in(&mut self, papers: Value) -> Value {
        self.ok("POST", &format!("{NUMBERS}/kyc"), papers)
    }

    fn ruled(&mut self, case: &str, ruling: &str) {
        self.ok("POST", &format!("/_sim/kyc/{case}/{ruling}"), Value::Null);
    }

    /// The German numbers that are held.
    fn german_numbers(&mut self) -> Vec<String> {
        let list = self.ok("GET", NUMBERS, Value::Null);
        let numbers = list["numbers"].as_array().unwrap().iter();
        let active = numbers.filter(|number| number["country"] == "DE" && number["status"] == "active");
        active.map(|number| number["_id"].as_str().unwrap().to_owned()).collect()
    }

    /// A page of a person, below the simulator's address.
    fn page(&mut self, method: &str, url: &str, form: Option<&str>) -> (u16, String) {
        let path = url.strip_prefix("http://127.0.0.1:8787").unwrap_or(url);
        let mut request = Request::to(method, path);
        if let Some(form) = form {
            request = request.with("content-type", "multipart/form-data; boundary=frontier");
            request.body = form.replace('\n', "\r\n").into();
        }
        let response = self.0.handle(&request);
        let Body::Html(text) = response.body else { panic!("{method} {path}: {:?}", response.body) };
        (response.status, text)
    }
}

fn first(submitted: &Value) -> String {
    submitted["phoneNumber"]["id"].as_str().unwrap().into()
}

#[test]
fn fifty_keyless_and_five_keyed_requests_then_one_approval_make_one_number() {
    let mut stage = Stage::new();
    for _ in 0..50 {
        assert_eq!(stage.purchase(None).0, 202);
    }
    let keys = ["k1", "k2", "k3", "k4", "k5"];
    for key in keys {
        let (status, body) = stage.purchase(Some(key));
        assert_eq!((status, &body["status"]), (202, &json!("kyc_required")));
    }
    let case = first(&stage.hand_in(papers()));
    for key in keys {
        assert_eq!(stage.purchase(Some(key)).0, 202, "{key}: the papers are open");
    }
    stage.ruled(&case, "approve");
    assert_eq!(stage.german_numbers(), std::slice::from_ref(&case));
    let (status, bought) = stage.purchase(Some("k1"));
    assert_eq!((status, &bought["status"], &bought["numberId"]), (200, &json!("already_purchased"), &json!(case)));
    let (_, again) = stage.purchase(Some("k1"));
    assert_eq!(again["status"], "already_purchased");
    assert_eq!(stage.german_numbers().len(), 1);
}

#[test]
fn the_key_of_the_link_is_served_before_older_ones() {
    let mut stage = Stage::new();
    stage.purchase(Some("older"));
    let (_, named) = stage.purchase(Some("named"));
    let url = named["kycUrl"].as_str().unwrap().to_owned();
    let (status, page) = stage.page("GET", &url, None);
    assert_eq!(status, 200);
    assert!(page.contains("de_registrant") && page.contains("type=\"file\""), "{page}");
    let (status, page) = stage.page("POST", &url, Some(&filled("Acme GmbH", "%PDF")));
    assert!(status == 200 && page.contains("under review"), "{status} {page}");
    let cases = stage.ok("GET", "/_sim/kyc?account=zernio-ready", Value::Null);
    let case = cases[0]["id"].as_str().unwrap().to_owned();
    stage.ruled(&case, "approve");
    assert_eq!(stage.purchase(Some("named")).1["status"], "already_purchased");
    assert_eq!(stage.german_numbers().len(), 1);
    let (_, page) = stage.page("GET", &url, None);
    assert!(page.contains("approved") && page.contains("+49"), "{page}");
}

/// The form of a German number, as a browser sends it.
fn filled(registrant: &str, document: &str) -> String {
    let field =
        |name: &str, value: &str| format!("--frontier\nContent-Disposition: form-data; name=\"{name}\"\n\n{value}\n");
    let fields = [
        field("value:de_registrant", registrant),
        field("address:street_address", "Torstr. 1"),
        field("address:locality", "Berlin"),
        field("address:administrative_area", "Berlin"),
        field("address:postal_code", "10119"),
    ];
    let file = format!(
        "--frontier\nContent-Disposition: form-data; name=\"document:de_identity_document\"; filename=\"id.pdf\"\n\
         Content-Type: application/pdf\n\n{document}\n"
    );
    format!("{}{file}--frontier--\n", fields.concat())
}

#[test]
fn the_page_says_what_is_missing_and_asks_for_what_the_reviewer_wants_again() {
    let mut stage = Stage::new();
    let url = stage.purchase(None).1["kycUrl"].as_str().unwrap().to_owned();
    let (status, page) = stage.page("POST", &url, Some(&filled("Acme <GmbH>", "")));
    assert_eq!(status, 400);
    assert!(
        page.contains("Missing required fields: ID card or passport.") && page.contains("Acme &lt;GmbH&gt;"),
        "{page}"
    );
    assert_eq!(stage.page("POST", &url, Some("half a form")).0, 400);
    assert_eq!(stage.page("POST", &url, Some(&filled("Acme GmbH", "%PDF"))).0, 200);
    let case = stage.ok("GET", "/_sim/kyc?account=zernio-ready", Value::Null)[0]["id"].as_str().unwrap().to_owned();
    let again = json!({ "reason": "the scan is cut off", "requirements": ["de_identity_document"] });
    stage.ok("POST", &format!("/_sim/kyc/{case}/remediate"), again);
    let (_, page) = stage.page("GET", &url, None);
    assert!(page.contains("the scan is cut off") && !page.contains("de_registrant"), "{page}");
    let document = "--frontier\nContent-Disposition: form-data; name=\"document:de_identity_document\"; filename=\"b.pdf\"\n\n%PDF\n--frontier--\n";
    assert_eq!(stage.page("POST", &url, Some(document)).0, 200);
    stage.ruled(&case, "approve");
    assert_eq!(stage.german_numbers(), [case]);
    assert_eq!(stage.page("GET", "/zernio/api/kyc/DE?account=nobody", None).0, 404);
    assert_eq!(stage.page("GET", "/zernio/api/kyc/DE?account=vobiz-ready", None).0, 404);
}

#[test]
fn the_identity_check_has_a_page_and_the_number_comes_after_it() {
    for (outcome, status) in [("pass", "active"), ("fail", "regulatory_declined")] {
        let mut stage = Stage::new();
        let mut australian = papers();
        australian["country"] = "AU".into();
        australian["values"] = json!({ "au_registrant": "Ada", "au_birth_date": "1990-01-31" });
        australian["documents"][0]["requirementId"] = "au_identity_document".into();
        australian["endUserFirstName"] = "Ada".into();
        australian["endUserLastName"] = "Byron".into();
        let case = first(&stage.hand_in(australian));
        let single =
            |stage: &mut Stage| stage.ok("GET", &format!("{NUMBERS}/{case}"), Value::Null)["phoneNumber"].clone();
        assert_eq!(single(&mut stage)["onfidoVerificationUrl"], Value::Null, "nothing is approved yet");
        stage.ruled(&case, "approve");
        let url = single(&mut stage)["onfidoVerificationUrl"].as_str().unwrap().to_owned();
        let (_, page) = stage.page("GET", &url, None);
        assert!(page.contains("Ada Byron"), "{page}");
        let path = url.strip_prefix("http://127.0.0.1:8787").unwrap();
        let mut request = Request::to("POST", path);
        request.body = format!("outcome={outcome}").into();
        assert_eq!(stage.0.handle(&request).status, 200);
        assert_eq!(single(&mut stage)["status"], status);
        assert_eq!(stage.0.handle(&request).status, 409, "once");
    }
}

#[test]
fn a_decline_frees_the_key_and_a_question_does_not() {
    let mut stage = Stage::new();
    stage.purchase(Some("k1"));
    let case = first(&stage.hand_in(papers()));
    stage.ruled(&case, "remediate");
    assert_eq!(stage.purchase(Some("k1")).0, 202, "the papers are open still");
    let other = json!({ "profileId": "profile_abc123", "country": "FR", "purchaseIntentId": "k1" });
    assert_eq!(stage.send("POST", &format!("{NUMBERS}/purchase"), &other).0, 422);
    stage.ok("POST", &format!("{NUMBERS}/{case}/remediate"), papers());
    stage.ruled(&case, "decline");
    assert_eq!(stage.send("POST", &format!("{NUMBERS}/purchase"), &other).0, 202, "the key is free");
    // What is handed in again and approved is a number all the same.
    stage.ok("POST", &format!("{NUMBERS}/{case}/remediate"), papers());
    stage.ruled(&case, "approve");
    assert_eq!(stage.ok("GET", &format!("{NUMBERS}/{case}"), Value::Null)["phoneNumber"]["status"], "active");
    assert_eq!(stage.german_numbers().len(), 1);
}

#[test]
fn a_withdrawal_frees_the_key() {
    let mut stage = Stage::new();
    stage.purchase(Some("k1"));
    let case = first(&stage.hand_in(papers()));
    stage.ok("DELETE", &format!("{NUMBERS}/{case}"), Value::Null);
    let other = json!({ "profileId": "profile_abc123", "country": "FR", "purchaseIntentId": "k1" });
    assert_eq!(stage.send("POST", &format!("{NUMBERS}/purchase"), &other).0, 202);
}

#[test]
fn a_submission_makes_as_many_numbers_as_it_says_and_one_ruling_is_for_all() {
    let mut stage = Stage::new();
    stage.purchase(Some("k1"));
    stage.purchase(Some("k2"));
    let mut three = papers();
    three["quantity"] = 3.into();
    let submitted = stage.hand_in(three.clone());
    let numbers: Vec<&Value> = submitted["numbers"].as_array().unwrap().iter().collect();
    assert_eq!((numbers.len(), numbers[0]), (3, &submitted["phoneNumber"]));
    let case = first(&submitted);
    stage.ruled(&case, "remediate");
    let mut answer = papers();
    answer["message"] = "See page 2.".into();
    let replied = stage.ok("POST", &format!("{NUMBERS}/{case}/remediate/reply"), answer);
    assert_eq!((&replied["status"], &replied["posted"]), (&json!("resubmitted"), &json!(true)));
    assert_eq!(replied["siblingsResubmitted"], 2);
    stage.ruled(&case, "approve");
    assert_eq!(stage.german_numbers().len(), 3);
    for key in ["k1", "k2"] {
        assert_eq!(stage.purchase(Some(key)).1["status"], "already_purchased");
    }
    assert_eq!(stage.german_numbers().len(), 3);
    for wrong in [json!(0), json!(6)] {
        three["quantity"] = wrong;
        assert_eq!(stage.send("POST", &format!("{NUMBERS}/kyc"), &three).0, 400);
    }
}

#[test]
fn a_question_can_be_answered_in_words_alone() {
    let mut stage = Stage::new();
    let case = first(&stage.hand_in(papers()));
    let reply = format!("{NUMBERS}/{case}/remediate/reply");
    assert_eq!(stage.send("POST", &reply, &json!({ "message": "why?" })).0, 400, "nobody has asked");
    stage.ruled(&case, "remediate");
    let replied = stage.ok("POST", &reply, json!({ "message": "It is the same company." }));
    assert_eq!((&replied["status"], &replied["posted"]), (&json!("replied"), &json!(true)));
    assert_eq!(stage.send("POST", &reply, &json!({})).0, 400);
    assert!(!format!("{:?}", stage.0.retailer().world).contains("same company"), "what is said is not kept");
}

#[test]
fn the_newer_path_shows_the_form_without_a_profile() {
    let mut stage = Stage::new();
    let form = stage.ok("GET", &format!("{NUMBERS}/kyc?country=FR"), Value::Null);
    assert_eq!((&form["country"], form["fields"].as_array().unwrap().len()), (&json!("FR"), 3));
    let older = "/zernio/api/v1/whatsapp/phone-numbers/kyc?country=FR";
    assert_eq!(stage.send("GET", older, &Value::Null).0, 400);
}
