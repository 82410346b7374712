//! A request that cannot be served gets its dialect's own error, and changes nothing.

use ringup_simulator::Simulation;
use ringup_simulator::dialect::Dialect;
use ringup_simulator::http::Request;
use serde_json::{Value, json};

use super::{books, each_dialect, read, simulation};

#[test]
fn what_is_no_json_object_is_a_bad_request() {
    let deep = "[".repeat(10_000);
    let bodies = [
        "",
        " ",
        "{",
        "{\"profileId\":",
        "[]",
        "[\"+919876543210\"]",
        "null",
        "\"x\"",
        "5",
        "{}{}",
        "{'a':1}",
        "\0",
        &deep,
    ];
    for dialect in each_dialect() {
        for body in bodies {
            check(dialect, &Request { body: body.into(), ..good(dialect) }, 400);
        }
    }
}

#[test]
fn a_member_of_the_wrong_type_is_a_bad_request() {
    let members = [
        ("zernio", vec![("profileId", 's'), ("country", 's'), ("purchaseIntentId", 's'), ("allowMultiple", 'b')]),
        ("vobiz", vec![("e164", 's'), ("currency", 's')]),
    ];
    let values = [json!(null), json!(5), json!(919_876_543_210_u64), json!(1.5), json!([]), json!({}), json!(["x"])];
    for (dialect, members) in members {
        let dialect = ringup_simulator::dialects::find(dialect).unwrap();
        for (member, kind) in members {
            let other = if kind == 'b' { json!("true") } else { json!(true) };
            for value in values.iter().chain([&other]) {
                let mut body: Value = serde_json::from_str(&good(dialect).body).unwrap();
                body[member] = value.clone();
                check(dialect, &Request { body: body.to_string(), ..good(dialect) }, 400);
            }
        }
    }
}

#[test]
fn a_number_or_country_that_is_none_is_a_bad_request() {
    let numbers = [
        "",
        " ",
        "x",
        "+",
        "919876543210",
        "+0919876543210",
        "+123456",
        "+1234567890123456",
        "+91-CALL-NOW",
        "📞",
        "+९१",
    ];
    let vobiz = ringup_simulator::dialects::find("vobiz").unwrap();
    for number in numbers {
        check(vobiz, &Request { body: json!({ "e164": number }).to_string(), ..good(vobiz) }, 400);
    }
    let zernio = ringup_simulator::dialects::find("zernio").unwrap();
    for country in ["x", "USA", "U1", "Germany", "🇩🇪", "ZZ"] {
        let body = json!({ "profileId": "profile_abc123", "country": country });
        check(zernio, &Request { body: body.to_string(), ..good(zernio) }, 400);
    }
}

#[test]
fn a_missing_or_unknown_credential_is_unauthorized() {
    for dialect in each_dialect() {
        let good = good(dialect);
        let signed: Vec<&String> = good.headers.keys().filter(|name| *name != "content-type").collect();
        for name in signed {
            let mut missing = good.clone();
            missing.headers.remove(name);
            check(dialect, &missing, 401);
            for value in ["", "nobody", "Bearer", "Bearer ", "Bearer nobody", "Basic c2s6"] {
                let mut unknown = good.clone();
                unknown.headers.insert(name.clone(), value.into());
                check(dialect, &unknown, 401);
            }
        }
    }
}

#[test]
fn credentials_are_looked_at_before_the_body() {
    for dialect in each_dialect() {
        check(dialect, &Request { headers: [].into(), body: "{".into(), ..good(dialect) }, 401);
    }
}

#[test]
fn an_unknown_path_or_method_is_answered_in_the_dialect() {
    for dialect in each_dialect() {
        let good = good(dialect);
        check(
            dialect,
            &Request { path: format!("/{}{}/v9/nonsense", dialect.id(), dialect.base()), ..good.clone() },
            404,
        );
        check(dialect, &Request { method: "PUT".into(), ..good }, 405);
    }
}

/// The request of an established customer: it would go through.
fn good(dialect: &dyn Dialect) -> Request {
    let credentials = dialect.open("ready", "ready").unwrap().credentials[0].fields.clone();
    dialect.purchase_request(&credentials, &dialect.form().seed)
}

fn check(dialect: &dyn Dialect, request: &Request, expected: u16) {
    let mut simulation: Simulation = simulation();
    let before = books(&mut simulation);
    let (status, body) = read(&simulation.handle(request));
    let shown =
        format!("{} {:?} {}: {body}", dialect.id(), request.headers, request.body.get(..80).unwrap_or(&request.body));
    assert_eq!(status, expected, "{shown}");
    assert!(body["error"].as_str().is_some_and(|error| !error.is_empty()), "{shown}");
    assert_eq!(body["message"].is_string(), dialect.id() == "vobiz", "{shown}");
    assert_eq!(books(&mut simulation), before, "{shown}");
}

#[test]
fn the_good_request_is_good() {
    for dialect in each_dialect() {
        let mut simulation = simulation();
        let before = books(&mut simulation);
        assert_eq!(read(&simulation.handle(&good(dialect))).0, 200, "{}", dialect.id());
        assert_ne!(books(&mut simulation), before, "{}", dialect.id());
    }
}
