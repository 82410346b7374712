//! Parity: the core as a WASM module without imports gives the same bytes as the core that this test is linked with.

mod bare_module;
mod cases;

use bare_module::BareModule;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use ringup_rehearse::{Entry, transitions};
use ringup_wasm::bytes::{
    decide_json, evolve_json, explain_decision_json, explain_json, quote_id_json, quote_json, verify_quote_json,
};
use serde_json::Value;

/// How many quotes beside the golden ones.
const RANDOM_CASES: usize = 2_000;

#[test]
fn the_module_imports_nothing() {
    // So it cannot see a clock, a network or a random number.
    assert_eq!(BareModule::load().imports(), Vec::<String>::new());
}

#[test]
fn golden_quotes_are_the_same_bytes() {
    let mut module = BareModule::load();
    let golden = cases::golden();
    assert!(!golden.is_empty());
    for (name, input) in golden {
        assert_eq!(text(&module.call("quote", &input)), text(&quote_json(&input)), "{name}");
        let id = quote_id_json(&input);
        assert_eq!(text(&module.call("quote_id", &input)), text(&id), "{name}");
        for verified in cases::verifications(&quote_json(&input), &id) {
            assert_eq!(text(&module.call("verify_quote", &verified)), text(&verify_quote_json(&verified)), "{name}");
        }
        assert_eq!(text(&module.call("explain", &input)), text(&explain_json(&input)), "{name}");
    }
}

#[test]
fn random_quotes_and_decisions_are_the_same_bytes() {
    let mut module = BareModule::load();
    let mut runner = TestRunner::deterministic();
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..RANDOM_CASES {
        let case = cases::random().new_tree(&mut runner).unwrap().current();
        let quote = quote_json(&case.quote);
        assert_eq!(text(&module.call("quote", &case.quote)), text(&quote), "{}", text(&case.quote));
        let id = quote_id_json(&case.quote);
        assert_eq!(text(&module.call("quote_id", &case.quote)), text(&id), "{}", text(&case.quote));
        let explanation = explain_json(&case.quote);
        assert_eq!(text(&module.call("explain", &case.quote)), text(&explanation), "{}", text(&case.quote));
        let explanation = explain_decision_json(&case.decide);
        let answer = module.call("explain_decision", &case.decide);
        assert_eq!(text(&answer), text(&explanation), "{}", text(&case.decide));
        let decision = decide_json(&case.decide);
        assert_eq!(text(&module.call("decide", &case.decide)), text(&decision), "{}", text(&case.decide));
        if text(&decision).contains("purchase_accepted") { accepted += 1 } else { refused += 1 }
    }
    assert!(50 < accepted && 50 < refused, "the cases have become one-sided: {accepted} accepted, {refused} not");
}

#[test]
fn the_corpus_of_transitions_is_the_same_bytes() {
    let mut module = BareModule::load();
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../search/corpus.txt")).unwrap();
    let entries: Vec<Entry> = text.lines().map(|line| line.parse().unwrap()).collect();
    assert!(300 < entries.len(), "{} shapes only", entries.len());
    for (entry, transition) in entries.iter().zip(transitions(&entries).unwrap()) {
        let transition = transition.unwrap_or_else(|| panic!("{} is not made by {}", entry.shape, entry.history));
        let decision = text_of_call(&mut module, "decide", transition.input.as_bytes(), decide_json);
        let (told, made): (Value, Value) =
            (serde_json::from_str(&decision).unwrap(), serde_json::from_str(&transition.decision).unwrap());
        assert_eq!(without_message(told), made, "{}", entry.history);
        let mut account = transition.before;
        for event in &transition.events {
            let input = format!("{{\"account\":{account},\"event\":{}}}", serde_json::to_string(event).unwrap());
            account = text_of_call(&mut module, "evolve", input.as_bytes(), evolve_json);
        }
        let (after, made): (Value, Value) =
            (serde_json::from_str(&account).unwrap(), serde_json::from_str(&transition.after).unwrap());
        assert_eq!(without_version(after), without_version(made), "{}", entry.history);
    }
}

/// What both say, which is the same.
fn text_of_call(module: &mut BareModule, function: &str, input: &[u8], native: fn(&[u8]) -> Vec<u8>) -> String {
    let answer = text(&module.call(function, input));
    assert_eq!(answer, text(&native(input)), "{function} of {}", text(input));
    answer
}

/// The sentence beside a misuse is the module's.
fn without_message(mut told: Value) -> Value {
    if told["type"] == "misuse" {
        told.as_object_mut().unwrap().remove("message");
    }
    told
}

/// A decision counts as one version, whatever events it has.
fn without_version(mut account: Value) -> Value {
    account["head"].as_object_mut().unwrap().remove("version");
    account
}

#[test]
fn what_cannot_be_read_is_told_by_both_alike() {
    let mut module = BareModule::load();
    for input in
        ["", "{", "null", "[]", "{\"shop\": 5}", "\u{0}", "{\"shop\":{},\"standing\":{},\"request\":{},\"now\":1}"]
    {
        for (function, native) in [
            ("quote", quote_json as fn(&[u8]) -> Vec<u8>),
            ("quote_id", quote_id_json),
            ("explain", explain_json),
            ("verify_quote", verify_quote_json),
            ("decide", decide_json),
            ("explain_decision", explain_decision_json),
        ] {
            let native = native(input.as_bytes());
            let answer = text(&module.call(function, input.as_bytes()));
            assert_eq!(answer, text(&native), "{function} of {input}");
            assert!(answer.starts_with("{\"type\":\"failure\",\"errors\":[{\"code\":"), "{answer}");
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
