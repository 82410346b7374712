//! A request that cannot be served gets its dialect's own error, and changes nothing.

use std::collections::BTreeMap;

use ringup_simulator::Simulation;
use ringup_simulator::dialect::{Dialect, PurchaseReply};
use ringup_simulator::http::Request;
use ringup_tests::scenario::{each_dialect, read};
use serde_json::{Value, json};

use super::client::{Kind, clients};
use super::{books, client, simulation};

#[test]
fn what_is_no_json_object_and_no_form_is_refused() {
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
            let expected = client::of(dialect).statuses.no_object;
            check(dialect, &Request { body: body.into(), ..good(dialect) }, expected);
        }
    }
}

#[test]
fn a_member_of_the_wrong_type_is_refused() {
    let values = [
        json!(null),
        json!(5),
        json!(919_876_543_210_u64),
        json!(1.5),
        json!([]),
        json!({}),
        json!(["x"]),
        json!(true),
        json!("true"),
    ];
    let fits = |kind, value: &Value, is_form| match (kind, is_form) {
        // A form holds nothing but texts.
        (Kind::String, is_form) => is_form || value.is_string(),
        (Kind::Boolean, false) => value.is_boolean(),
        (Kind::Boolean, true) => text(value).parse::<bool>().is_ok(),
        (Kind::Integer, false) => value.is_i64(),
        (Kind::Integer, true) => text(value).parse::<i64>().is_ok(),
    };
    for (dialect, client) in clients() {
        for (member, kind) in &client.members {
            let is_form = good(dialect).is_form();
            for value in values.iter().filter(|value| !fits(*kind, value, is_form)) {
                check(dialect, &with(good(dialect), member, value), client.statuses.wrong_type);
            }
        }
    }
}

#[test]
fn a_text_that_means_nothing_is_refused() {
    for (dialect, client) in clients() {
        for (member, texts) in &client.unreadable {
            for text in texts {
                check(dialect, &with(good(dialect), member, &text.as_str().into()), client.statuses.unreadable);
            }
        }
    }
}

#[test]
fn a_missing_or_unknown_credential_is_unauthorized() {
    for dialect in each_dialect() {
        let good = good(dialect);
        for name in &client::of(dialect).signed_by {
            assert!(good.headers.contains_key(name), "{} {name}", dialect.id());
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

/// The same request with another value in a member of its body.
fn with(request: Request, member: &str, value: &Value) -> Request {
    if request.is_form() {
        let mut form: BTreeMap<String, String> = form_urlencoded::parse(&request.body).into_owned().collect();
        form.insert(member.into(), text(value));
        return request.with_form(form);
    }
    let mut body: Value = serde_json::from_slice(&request.body).unwrap();
    body[member] = value.clone();
    Request { body: body.to_string().into(), ..request }
}

/// A value as a form would hold it.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The request of an established customer: it would go through.
fn good(dialect: &Dialect) -> Request {
    let credentials = dialect.open("ready", "ready").unwrap().credentials[0].fields.clone();
    dialect.purchase_request(&credentials, &dialect.form().seed)
}

/// A world in which that request would go through.
fn prepared(dialect: &Dialect) -> Simulation {
    let mut simulation = simulation();
    let credentials = dialect.open("ready", "ready").unwrap().credentials[0].fields.clone();
    for before in dialect.preparation(&credentials, &dialect.form().seed) {
        simulation.handle(&before);
    }
    simulation
}

fn check(dialect: &Dialect, request: &Request, expected: u16) {
    let mut simulation = prepared(dialect);
    let before = books(&mut simulation);
    let response = simulation.handle(request);
    let (status, body) = read(&response);
    let sent: String = String::from_utf8_lossy(&request.body).chars().take(80).collect();
    let shown = format!("{} {:?} {sent}: {body}", dialect.id(), request.headers);
    assert_eq!(status, expected, "{shown}");
    for member in client::of(dialect).error_members {
        assert!(body[member].as_str().is_some_and(|text| !text.is_empty()), "{shown}");
    }
    let understood = dialect.purchase_reply(&response);
    assert!(matches!(&understood, PurchaseReply::Refused { code } if !code.is_empty()), "{shown}: {understood:?}");
    assert_eq!(books(&mut simulation), before, "{shown}");
}

#[test]
fn the_good_request_is_good() {
    for dialect in each_dialect() {
        let mut simulation = prepared(dialect);
        let before = books(&mut simulation);
        let bought = dialect.purchase_reply(&simulation.handle(&good(dialect)));
        assert!(matches!(bought, PurchaseReply::Bought { .. }), "{}: {bought:?}", dialect.id());
        assert_ne!(books(&mut simulation), before, "{}", dialect.id());
    }
}
