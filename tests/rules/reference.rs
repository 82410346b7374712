//! The reference of refusals is what the core says of them. `RINGUP_UPDATE=1 cargo test -p ringup-tests-rules reference`
//! writes it anew.

mod family;
mod page;
pub(crate) mod source;

use std::{collections::BTreeSet, env, fs, path::PathBuf};

use ringup_core::{Family, Gate, Rejection};

use super::sentences::{everything, transience::every_one};
use family::{ALL, remedy, severity, status};
use source::{Figure, listed_gates};

/// A refusal, as its page says it.
struct Refused<'a> {
    /// Its place in the order in which refusals are looked for, from 1.
    place: usize,
    of: usize,
    code: &'a str,
    comment: &'a str,
    figures: &'a [Figure],
    /// With each figure that its answer depends on.
    all: Vec<&'a Rejection>,
    /// As quotes and decisions gave it, each with its sentence.
    examples: Vec<&'a (Rejection, String)>,
    /// The fixes that quotes advised, each with a sentence.
    advised: &'a [(String, String)],
}

#[test]
fn the_reference_of_refusals_is_fresh() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference");
    let pages = pages();
    if env::var_os("RINGUP_UPDATE").is_some() {
        // A page of a code that is no more goes.
        _ = fs::remove_dir_all(folder.join("rejections"));
        fs::create_dir_all(folder.join("rejections")).unwrap();
        for (name, text) in &pages {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    for (name, text) in &pages {
        let committed = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(committed == *text, "docs/reference/{name} is stale; write it anew by the command in reference.rs");
    }
    let found = fs::read_dir(folder.join("rejections")).unwrap().count();
    assert_eq!(found + 1, pages.len(), "docs/reference/rejections has a page of a code that is no more");
}

#[test]
fn the_list_of_the_gates_is_read_as_it_is_compiled() {
    let listed = listed_gates();
    let names: Vec<&str> = listed.iter().map(|gate| gate.name.as_str()).collect();
    let compiled: Vec<String> = Gate::ALL.iter().map(code_of).collect();
    assert_eq!(names, compiled);
    let codes: BTreeSet<&str> = listed.iter().flat_map(|gate| &gate.refusals).map(|one| one.code.as_str()).collect();
    assert_eq!(codes, all().iter().map(Rejection::code).collect());
    for refusal in listed.iter().flat_map(|gate| &gate.refusals) {
        let all = all();
        let one = all.iter().find(|one| one.code() == refusal.code).unwrap();
        let members = serde_json::to_value(one).unwrap();
        let members: BTreeSet<&str> = members.as_object().unwrap().keys().map(String::as_str).collect();
        let figures = refusal.figures.iter().map(|figure| figure.name.as_str());
        assert_eq!(members, figures.chain(["code"]).collect(), "{}", refusal.code);
    }
}

#[test]
fn each_family_is_of_some_refusal_and_no_other_is() {
    let declared: BTreeSet<&str> = ALL.iter().map(Family::name).collect();
    let found: BTreeSet<&str> = all().iter().map(|rejection| rejection.family().name()).collect();
    assert_eq!((found, ALL.len()), (declared, 10));
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

/// The index and the pages, each with its name in `docs/reference`.
fn pages() -> Vec<(String, String)> {
    let (gates, said, all, contract) = (listed_gates(), everything(), all(), page::contract());
    let listed = || gates.iter().flat_map(|gate| &gate.refusals);
    let refused: Vec<Refused<'_>> = listed()
        .enumerate()
        .map(|(index, listed)| Refused {
            place: index + 1,
            of: gates.iter().map(|gate| gate.refusals.len()).sum(),
            code: &listed.code,
            comment: &listed.comment,
            figures: &listed.figures,
            all: all.iter().filter(|one| one.code() == listed.code).collect(),
            examples: said.refused.iter().filter(|(one, _)| one.code() == listed.code).collect(),
            advised: said.advised.get(listed.code.as_str()).map_or(&[], Vec::as_slice),
        })
        .collect();
    let pages = refused.iter().map(|one| (format!("rejections/{}.md", one.code), page::page(one, &gates, &contract)));
    core::iter::once(("rejections.md".into(), index(&refused))).chain(pages).collect()
}

fn index(refused: &[Refused<'_>]) -> String {
    let mut text = String::from(
        "# Refusals\n\n\
         Every answer by which a purchase is refused, in the order in which the gates are asked; `decide` gives the first.\n\
         Made from the core by `tests/rules/reference.rs`.\n\n\
         A refusal is the customer's to act on.\n\
         What only the host can act on is a `Misuse`, what the carrier did is an outcome, and data that could not have \
         happened is a `BrokenHistory`: none of them is in this table.\n\n\
         | # | code | family | gate | transient | figures |\n|---|---|---|---|---|---|\n",
    );
    for Refused { place, code, figures, all, .. } in refused {
        let families = all.iter().map(|one| quoted(one.family().name()));
        let gates = all.iter().map(|one| quoted(&code_of(&one.gate())));
        let transient = all.iter().map(|one| String::from(if one.is_transient() { "yes" } else { "no" }));
        let figures: Vec<String> = figures.iter().map(|figure| quoted(&figure.name)).collect();
        text += &format!(
            "| {place} | [`{code}`](rejections/{code}.md) | {} | {} | {} | {} |\n",
            distinct(families),
            distinct(gates),
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
         The HTTP status is for a wire that documents none; what Ringup's own wire answers is on each refusal's page.\n\
         The severity is that of the Universal Commerce Protocol's `message_error` \
         (<https://ucp.dev/2026-08-25/schemas/common/types/message_error.json>).\n\n\
         | family | what the customer does | HTTP status | severity |\n|---|---|---|---|\n";
    for family in ALL {
        let (name, status, severity) = (family.name(), status(family), severity(family));
        text += &format!("| `{name}` | {} | {status} | `{severity}` |\n", remedy(family));
    }
    text += "\n\
         No refusal is `unrecoverable`, the fourth severity: for each there is a request or a person that helps.\n\
         That one is for an error that no customer can act on.\n";
    text
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}

fn code_of(gate: &Gate) -> String {
    serde_json::to_value(gate).unwrap().as_str().unwrap().into()
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
