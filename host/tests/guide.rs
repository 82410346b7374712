//! The guide to hosting says what the code does: its tables are compared with what purchases go through, and its SQL and
//! Rust are regions of the example. `RINGUP_UPDATE=1` writes the regions anew.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test may panic, that is how it fails"
)]

#[path = "../examples/pretend/mod.rs"]
mod pretend;

mod seen;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use ringup_core::effect::EffectKind;

use seen::{METHODS, Seen};

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/hosting/README.md");
const ARCHITECTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ARCHITECTURE.md");
const EXAMPLE: &str = include_str!("../examples/sqlite.rs");

#[test]
fn the_effects_of_the_guide_are_those_of_the_code() {
    let seen = Seen::everything();
    let mut expected = Vec::new();
    for kind in EffectKind::ALL {
        let confirmations: BTreeSet<_> = METHODS.iter().flat_map(|method| seen.confirmations(method, kind)).collect();
        let confirmations: Vec<_> = confirmations.into_iter().map(|name| format!("`{name}`")).collect();
        let runs = METHODS.map(|method| seen.confirmed.contains_key(&(method, kind)));
        let mut row = vec![format!("`{}`", kind.name()), confirmations.join(" or ")];
        row.extend(runs.map(|runs| if runs { "yes".into() } else { "–".to_string() }));
        expected.push(row);
    }
    // The table's other columns are for people.
    let table = rows("| effect |")
        .into_iter()
        .map(|row| [&row[0], &row[2], &row[4], &row[5], &row[6], &row[7]].map(Clone::clone));
    assert_eq!(table.map(Vec::from).collect::<Vec<_>>(), expected);
}

#[test]
fn the_states_of_the_guide_are_those_of_the_code() {
    let seen = Seen::everything();
    let table: BTreeMap<String, String> =
        rows("| state |").into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let expected = seen.states.iter().map(|(state, status)| (state.clone(), format!("`{status}`"))).collect();
    assert_eq!(table, expected);
}

#[test]
fn the_guide_s_code_is_the_example_s() {
    let guide = fs::read_to_string(GUIDE).unwrap();
    let mut written = String::new();
    let mut rest = guide.as_str();
    let mut regions = 0;
    while let Some((before, after)) = rest.split_once("<!-- sqlite.rs: ") {
        let (name, after) = after.split_once(" -->\n").unwrap();
        let (_, after) = after.split_once("```rust\n").unwrap();
        let (_, after) = after.split_once("```\n").unwrap();
        written += &format!("{before}<!-- sqlite.rs: {name} -->\n```rust\n{}```\n", region(name));
        rest = after;
        regions += 1;
    }
    written += rest;
    assert!(5 <= regions, "the guide shows the store");
    if std::env::var_os("RINGUP_UPDATE").is_some() {
        fs::write(GUIDE, &written).unwrap();
    }
    assert!(
        fs::read_to_string(GUIDE).unwrap() == written,
        "the guide shows other code; RINGUP_UPDATE=1 writes it anew"
    );
}

/// A region of the example, moved to the left.
fn region(name: &str) -> String {
    let begin = EXAMPLE.lines().skip_while(|line| line.trim() != format!("// [{name}]")).skip(1);
    let lines: Vec<_> = begin.take_while(|line| line.trim() != "// [end]").collect();
    assert!(!lines.is_empty(), "the example has no region `{name}`");
    let margin = lines[0].len() - lines[0].trim_start().len();
    lines.into_iter().map(|line| format!("{}\n", line.get(margin..).unwrap_or_default())).collect()
}

/// The rows of the guide's table whose header begins so, without the header.
fn rows(header: &str) -> Vec<Vec<String>> {
    let guide = fs::read_to_string(GUIDE).unwrap();
    let table = guide.lines().skip_while(|line| !line.starts_with(header)).skip(2);
    let table = table.take_while(|line| line.starts_with('|'));
    table.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_string()).collect()).collect()
}

/// ARCHITECTURE shows the states of a purchase and of a number, as they were found.
#[test]
fn the_diagrams_of_the_architecture_are_those_of_the_code() {
    let seen = Seen::everything();
    let mut document = fs::read_to_string(ARCHITECTURE).unwrap();
    for (name, steps, finals) in [
        ("purchase", &seen.purchase_steps, ["active", "failed"].as_slice()),
        ("number", &seen.number_steps, &["released"]),
        ("verification", &seen.verification_steps, &[]),
    ] {
        let states: BTreeSet<&String> =
            steps.keys().flat_map(|(from, to)| [from, to]).filter(|it| !it.is_empty()).collect();
        for state in states {
            assert!(steps.keys().any(|(_, to)| to == state), "{name}: nothing leads to `{state}`");
            let leads_on = steps.keys().any(|(from, _)| from == state);
            assert!(leads_on || finals.contains(&state.as_str()), "{name}: `{state}` leads nowhere");
        }
        let (begin, end) = (format!("<!-- states of a {name} -->\n"), "<!-- end -->\n");
        let (before, rest) =
            document.split_once(&begin).unwrap_or_else(|| panic!("no place for the states of a {name}"));
        let (_, after) = rest.split_once(end).unwrap();
        document = format!("{before}{begin}{}{end}{after}", diagram(steps));
    }
    if std::env::var_os("RINGUP_UPDATE").is_some() {
        fs::write(ARCHITECTURE, &document).unwrap();
    }
    let written = fs::read_to_string(ARCHITECTURE).unwrap();
    assert!(written == document, "the diagrams show other states; RINGUP_UPDATE=1 writes them anew");
}

/// The steps as a diagram of states in Mermaid.
fn diagram(steps: &seen::Steps) -> String {
    let name = |state: &String| if state.is_empty() { "[*]".to_string() } else { state.clone() };
    let lines = steps.iter().map(|((from, to), events)| {
        let events: Vec<&str> = events.iter().map(String::as_str).collect();
        format!("    {} --> {}: {}\n", name(from), name(to), events.join(", "))
    });
    format!("```mermaid\nstateDiagram-v2\n{}```\n", lines.collect::<String>())
}
