//! A request that cannot be served gets its dialect's own error, and changes nothing.

use ringup_simulator::Simulation;
use ringup_simulator::dialect::{Dialect, PurchaseReply};
use ringup_simulator::http::Request;
use serde_json::{Value, json};

use super::{books, each_dialect, read, simulation};

/// How a system answers a mistake.
struct Manner {
    dialect: &'static str,
    /// The status for a body that is no JSON object.
    no_object: u16,
    /// The status for a member of the wrong type.
    wrong_type: u16,
    /// The members of its errors that say something.
    says: &'static [&'static str],
    /// The members of its purchase request: `s` for a string, `b` for a boolean, `i` for an integer.
    members: &'static [(&'static str, char)],
}

const MANNERS: &[Manner] = &[
    Manner {
        dialect: "zernio",
        no_object: 400,
        wrong_type: 400,
        says: &["error"],
        members: &[("profileId", 's'), ("country", 's'), ("purchaseIntentId", 's'), ("allowMultiple", 'b')],
    },
    Manner {
        dialect: "vobiz",
        no_object: 400,
        wrong_type: 400,
        says: &["error", "message"],
        members: &[("e164", 's'), ("currency", 's')],
    },
];

fn manner(dialect: &dyn Dialect) -> &'static Manner {
    let found = MANNERS.iter().find(|manner| manner.dialect == dialect.id());
    found.unwrap_or_else(|| panic!("say in MANNERS how {} answers a mistake", dialect.id()))
}

#[test]
fn what_is_no_json_object_is_refused() {
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
            check(dialect, &Request { body: body.into(), ..good(dialect) }, manner(dialect).no_object);
        }
    }
}

#[test]
fn a_member_of_the_wrong_type_is_refused() {
    let values = [json!(null), json!(1.5), json!([]), json!({}), json!(["x"]), json!("true"), json!(true), json!(5)];
    for dialect in each_dialect() {
        for (member, kind) in manner(dialect).members {
            let wrong = values.iter().filter(|value| match kind {
                's' => !value.is_string(),
                'b' => !value.is_boolean(),
                _ => !value.is_i64(),
            });
            for value in wrong {
                let mut body: Value = serde_json::from_str(&good(dialect).body).unwrap();
                body[member] = value.clone();
                let request = Request { body: body.to_string(), ..good(dialect) };
                check(dialect, &request, manner(dialect).wrong_type);
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
    let response = simulation.handle(request);
    let (status, body) = read(&response);
    let shown =
        format!("{} {:?} {}: {body}", dialect.id(), request.headers, request.body.get(..80).unwrap_or(&request.body));
    assert_eq!(status, expected, "{shown}");
    for member in manner(dialect).says {
        assert!(body[*member].as_str().is_some_and(|said| !said.is_empty()), "{shown}");
    }
    let understood = dialect.purchase_reply(&response);
    assert!(matches!(&understood, PurchaseReply::Refused { code } if !code.is_empty()), "{shown}: {understood:?}");
    assert_eq!(books(&mut simulation), before, "{shown}");
}

#[test]
fn the_good_request_is_good() {
    for dialect in each_dialect() {
        let mut simulation = simulation();
        let before = books(&mut simulation);
        let bought = dialect.purchase_reply(&simulation.handle(&good(dialect)));
        assert!(matches!(bought, PurchaseReply::Bought { .. }), "{}: {bought:?}", dialect.id());
        assert_ne!(books(&mut simulation), before, "{}", dialect.id());
    }
}
