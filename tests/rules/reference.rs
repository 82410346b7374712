//! The reference of refusals is what the core says of them. `RINGUP_UPDATE=1 cargo test -p ringup-tests-rules reference`
//! writes it anew.

use std::{collections::BTreeSet, fs, path::Path};

use ringup_core::{Family, Gate, Rejection, Timestamp};
use serde_json::Value;

use super::sentences::{REJECTIONS, rejection, transience::every_one};

/// The ten, in the order in which they are declared.
const FAMILIES: [Family; 10] = [
    Family::Malformed,
    Family::Forbidden,
    Family::NotFound,
    Family::NotEntitled,
    Family::Unverified,
    Family::TooSoon { ends_at: Timestamp::MAX },
    Family::Conflict,
    Family::Unavailable,
    Family::Unpaid,
    Family::Changed,
];

#[test]
fn the_reference_of_refusals_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/rejections.md");
    let text = reference();
    if std::env::var_os("RINGUP_UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "docs/reference/rejections.md is stale; write it anew by the command in reference.rs");
}

#[test]
fn each_family_is_of_some_refusal_and_no_other_is() {
    let declared: BTreeSet<&str> = FAMILIES.iter().map(Family::name).collect();
    let found: BTreeSet<&str> = all().iter().map(|rejection| rejection.family().name()).collect();
    assert_eq!((found, FAMILIES.len()), (declared, 10));
}

#[test]
fn every_gate_that_refuses_is_in_the_reference() {
    let found: BTreeSet<Gate> = all().iter().map(Rejection::gate).collect();
    assert_eq!(found, Gate::ALL.into_iter().collect());
}

#[test]
fn what_is_too_soon_says_until_when_and_never_stands_for_what_waiting_cannot_help() {
    for rejection in all() {
        let figures = serde_json::to_value(&rejection).unwrap();
        match rejection.family() {
            Family::TooSoon { ends_at } => {
                assert_eq!(figures["ends_at"], ends_at.as_millis(), "{rejection:?}");
                assert!(rejection.is_transient(), "{rejection:?}");
            }
            _ => assert!(rejection.code() != "velocity_exceeded", "{rejection:?}"),
        }
    }
}

fn all() -> Vec<Rejection> {
    let (later, never) = every_one();
    later.into_iter().chain(never).collect()
}

/// Severity in the sense of the Universal Commerce Protocol.
const fn severity(family: Family) -> &'static str {
    match family {
        Family::Malformed | Family::NotFound | Family::TooSoon { .. } | Family::Conflict | Family::Unavailable => {
            "recoverable"
        }
        Family::Unverified | Family::Unpaid => "requires_buyer_input",
        Family::Forbidden | Family::NotEntitled | Family::Changed => "requires_buyer_review",
    }
}

/// What its customer can do.
const fn remedy(family: Family) -> &'static str {
    match family {
        Family::Malformed => "correct the request",
        Family::Forbidden => "let somebody ask who may",
        Family::NotFound => "name something else, or search for it first",
        Family::NotEntitled => "release something, or change the plan or the billing",
        Family::Unverified => "submit papers, or wait for the regulator",
        Family::TooSoon { .. } => "send the same request after the instant that it names, or confirm it",
        Family::Conflict => "send it again without the contradiction, or under a fresh key",
        Family::Unavailable => "ask for something else",
        Family::Unpaid => "add a payment method or money",
        Family::Changed => "look at the difference and accept it",
    }
}

fn reference() -> String {
    let mut text = String::from(
        "# Refusals\n\n\
         Every answer by which a purchase is refused, in the order in which the gates are asked; `decide` gives the first.\n\
         Made from the core by `tests/rules/reference.rs`.\n\n\
         A refusal is the customer's to act on.\n\
         What only the host can act on is a `Misuse`, what the carrier did is an outcome, and data that could not have \
         happened is a `BrokenHistory`: none of them is in this table.\n\n\
         | # | code | family | gate | transient | figures |\n|---|---|---|---|---|---|\n",
    );
    let mut codes: Vec<&str> = Vec::new();
    let mut all = all();
    all.sort_by_key(|one| REJECTIONS.iter().position(|name| *name == rejection(one)));
    for rejection in &all {
        if !codes.contains(&rejection.code()) {
            codes.push(rejection.code());
        }
    }
    for (index, code) in codes.iter().enumerate() {
        let same: Vec<&Rejection> = all.iter().filter(|rejection| rejection.code() == *code).collect();
        let gates = same.iter().map(|rejection| code_of(&serde_json::to_value(rejection.gate()).unwrap()));
        let families = same.iter().map(|rejection| rejection.family().name().to_owned());
        let transient = same.iter().map(|rejection| String::from(if rejection.is_transient() { "yes" } else { "no" }));
        let figures: Vec<String> = match serde_json::to_value(same[0]).unwrap() {
            Value::Object(members) => members.keys().filter(|name| *name != "code").map(|name| quoted(name)).collect(),
            other => panic!("{other}"),
        };
        text += &format!(
            "| {} | `{code}` | {} | {} | {} | {} |\n",
            index + 1,
            distinct(families.map(|name| quoted(&name))),
            distinct(gates.map(|gate| quoted(&gate))),
            distinct(transient),
            if figures.is_empty() { "none".into() } else { figures.join(", ") },
        );
    }
    text += "\n\
         *Transient*: the same request, unchanged, may be accepted later although the customer does nothing.\n\
         Where it says both, the figures decide: an instant (`ends_at`), or a verification that is with the regulator.\n\n\
         A limit of pace is `too_soon` until its instant; where none is named, nothing is ever allowed, and it is \
         `not_entitled`.\n\n\
         ## The ten families\n\n\
         A wire maps the ten, and by name only the refusals that its own documents treat differently.\n\
         Beside them stands the severity of the Universal Commerce Protocol's `message_error` \
         (<https://ucp.dev/2026-08-25/schemas/common/types/message_error.json>).\n\n\
         | family | what the customer does | severity |\n|---|---|---|\n";
    for family in FAMILIES {
        text += &format!("| `{}` | {} | `{}` |\n", family.name(), remedy(family), severity(family));
    }
    text += "\n\
         No refusal is `unrecoverable`, the fourth severity: for each there is a request, or somebody, that helps.\n\
         That is left for what no customer can act on.\n";
    text
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}

fn code_of(value: &Value) -> String {
    value.as_str().unwrap().into()
}

/// What differs, in the order in which it was found.
fn distinct(all: impl Iterator<Item = String>) -> String {
    let mut found: Vec<String> = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found.join(", ")
}
