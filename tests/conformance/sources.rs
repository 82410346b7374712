//! What the scenarios expect stands in the source, and what the source prints is reached by a scenario.

use std::collections::BTreeSet;

use ringup_tests::scenario::{each_dialect, file};
use serde_json::Value;

/// The members whose text a client may rely on.
const WORDS: [&str; 4] = ["error", "message", "code", "status"];

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
        let printed = in_bodies.into_iter().chain(in_prose(&source));
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

/// The codes and statuses that a text names: `409 code X`, `X— why`, `(X)`, `return 202`, `status: "x"`.
fn in_prose(source: &str) -> Vec<String> {
    let after = |mark: &'static str| {
        source.match_indices(mark).map(move |(at, _)| {
            let rest = source[at + mark.len()..].chars();
            rest.take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect::<String>()
        })
    };
    let codes = after(" code ").filter(|word| word.contains('_') && *word == word.to_uppercase());
    let before = |mark: &'static str| {
        let capital = |letter: char| letter.is_ascii_uppercase() || letter == '_';
        source
            .match_indices(mark)
            .map(move |(at, _)| source[..at].rsplit(|letter| !capital(letter)).next().unwrap_or_default().to_owned())
    };
    let explained = before("—").chain(before(")")).filter(|word| word.contains('_') && !word.ends_with('_'));
    let words = after("status: \"");
    let statuses = after("return ").chain(after("with ")).filter(|word| word.parse::<u16>().is_ok());
    codes.chain(explained).chain(words).chain(statuses).collect()
}

#[test]
fn the_reader_of_sources_finds_what_they_print() {
    let zernio = file("zernio", "golden/source.txt");
    assert_eq!(in_prose(&zernio), ["PURCHASE_VELOCITY", "kyc_required", "already_purchased", "202", "409"]);
    assert_eq!(bodies(&zernio).len(), 4);
    let vobiz = file("vobiz", "golden/source.txt");
    let bodies = bodies(&vobiz);
    let said = |message: &str| bodies.iter().filter(|body| body["message"] == message).count();
    assert_eq!(said("Number purchased successfully"), 2);
    assert_eq!(said("purchased from inventory"), 1);
    assert_eq!(said("number not found in inventory"), 1);
    assert_eq!(said("failed to purchase number from provider"), 1);
    let kros = in_prose(&file("kros", "golden/source.txt"));
    assert_eq!((kros.len(), kros[0].as_str(), kros[6].as_str()), (7, "MISSING_FIELDS", "INSUFFICIENT_BALANCE"));
}
