//! What the scenarios expect stands in the source, and what the source prints is reached by a scenario.

use std::collections::BTreeSet;

use ringup_tests::scenario::{each_dialect, file};
use serde_json::{Value, json};

/// The members whose text a client may rely on.
const WORDS: [&str; 4] = ["error", "message", "code", "status"];

/// What a source names outside its printed bodies: the words around it, and the code or the status that they name.
const NAMED: [(&str, &str, &str); 12] = [
    ("zernio", "409 code PURCHASE_VELOCITY", "PURCHASE_VELOCITY"),
    ("zernio", "is rejected with 409 code", "409"),
    ("zernio", "Tier 3/4 countries return 202", "202"),
    ("zernio", "status: \"kyc_required\"", "kyc_required"),
    ("zernio", "status: \"already_purchased\"", "already_purchased"),
    ("kros", "MISSING_FIELDS— Neither", "MISSING_FIELDS"),
    ("kros", "KYC_NOT_SUBMITTED— KYC verification not yet submitted", "KYC_NOT_SUBMITTED"),
    ("kros", "KYC_INITIATED— KYC submitted but not yet reviewed", "KYC_INITIATED"),
    ("kros", "KYC_DECLINED— KYC verification was declined", "KYC_DECLINED"),
    ("kros", "KYC_PENDING— KYC verification is still pending", "KYC_PENDING"),
    ("kros", "NUMBER_NOT_AVAILABLE— The requested number", "NUMBER_NOT_AVAILABLE"),
    ("kros", "Insufficient balance (INSUFFICIENT_BALANCE)", "INSUFFICIENT_BALANCE"),
];

/// In capitals with an underscore, and no code.
const NO_CODE: [&str; 3] = ["MA_XXXXXX", "MA_XXXXXXXX", "ZERNIO_API_KEY"];

/// Printed, but not said: DESIGN section 6 decides for the first of the two printed bodies.
const NOT_SAID: [&str; 1] = ["purchased from inventory"];

#[test]
fn every_expected_message_and_code_stands_in_its_source() {
    for dialect in each_dialect() {
        let source = file(dialect.id(), "golden/source.txt");
        for scenario in dialect.scenarios() {
            for word in words(&scenario.expect.body) {
                assert!(source.contains(&word), "{}: `{word}` is not in the source", scenario.id);
            }
        }
    }
}

#[test]
fn every_message_code_and_status_of_a_source_is_reached() {
    for dialect in each_dialect() {
        let source = file(dialect.id(), "golden/source.txt");
        let scenarios = dialect.scenarios();
        let reached: BTreeSet<String> = scenarios
            .iter()
            .flat_map(|scenario| words(&scenario.expect.body).into_iter().chain([scenario.expect.status.to_string()]))
            .collect();
        let in_bodies = bodies(&source).iter().flat_map(words).collect::<Vec<_>>();
        let named = NAMED.iter().filter(|(id, ..)| *id == dialect.id()).map(|(.., word)| (*word).to_owned());
        let printed = in_bodies.into_iter().chain(named);
        let printed: BTreeSet<String> =
            printed.filter(|word| word != "string" && !NOT_SAID.contains(&word.as_str())).collect();
        assert!(!printed.is_empty(), "{}", dialect.id());
        let missed: Vec<&String> = printed.difference(&reached).collect();
        assert!(missed.is_empty(), "{}: {missed:?}", dialect.id());
    }
}

fn words(body: &Value) -> Vec<String> {
    let Value::Object(members) = body else { return Vec::new() };
    let mut found = Vec::new();
    for (name, value) in members {
        match value {
            Value::String(text) if WORDS.contains(&name.as_str()) => found.push(text.clone()),
            inner => found.extend(words(inner)),
        }
    }
    found
}

/// The JSON objects that a text prints.
pub(super) fn bodies(source: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(start) = rest.find('{') {
        let mut values = serde_json::Deserializer::from_str(&rest[start..]).into_iter::<Value>();
        match values.next() {
            Some(Ok(value)) => {
                rest = &rest[start + values.byte_offset()..];
                found.push(value);
            }
            _ => rest = &rest[start + 1..],
        }
    }
    found
}

#[test]
fn what_a_source_names_is_in_the_table() {
    for (dialect, words, named) in NAMED {
        assert!(file(dialect, "golden/source.txt").contains(words), "{dialect}: `{words}` is not in the source");
        assert!(words.contains(named), "`{words}` does not name {named}");
    }
    for dialect in each_dialect() {
        let source = file(dialect.id(), "golden/source.txt");
        let in_bodies: BTreeSet<String> = bodies(&source).iter().flat_map(words).collect();
        for code in source.split(|input: char| !input.is_ascii_uppercase() && input != '_') {
            let is_code = code.trim_matches('_').contains('_') && !NO_CODE.contains(&code);
            let is_known = NAMED.iter().any(|(id, _, named)| (*id, *named) == (dialect.id(), code));
            assert!(!is_code || is_known || in_bodies.contains(code), "{}: what is {code}?", dialect.id());
        }
    }
}

#[test]
fn a_source_s_printed_bodies_are_read_wherever_they_stand() {
    let found = bodies(r#"Body{"a":{"b":1}}{"message":"m"} { profileId: 'x' } {"c":2}"#);
    assert_eq!(found, [json!({ "a": { "b": 1 } }), json!({ "message": "m" }), json!({ "c": 2 })]);
}
