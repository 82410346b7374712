//! One refusal's page: when it is given, what it says, and what its customer does.

use std::collections::BTreeMap;
use std::fs;

use ringup_core::Rejection;

use super::family::{severity, status};
use super::source::{Figure, ListedGate};
use super::{Refused, distinct, quoted};

/// The page of a code.
pub fn page(refused: &Refused<'_>, gates: &[ListedGate], contract: &BTreeMap<String, u16>) -> String {
    let Refused { place, of, code, comment, figures, all, examples, advised } = refused;
    let (first, sentence) = examples.first().unwrap();
    let own = contract.get(*code).map_or_else(String::new, |own| format!("; {own} on Ringup's own wire"));
    let families = all.iter().map(|one| one.family().name());
    let severities = all.iter().map(|one| quoted(severity(one.family())));
    let statuses = all.iter().map(|one| status(one.family()).to_string());
    let mut text = format!(
        "# `{code}`\n\n{comment}\n\n\
         | | |\n|---|---|\n\
         | order | {place} of {of} |\n\
         {}\
         | family | {} |\n\
         | transient | {} |\n\
         | HTTP status | {}{own} |\n\
         | severity | {} |\n\n\
         [What these mean](../rejections.md)\n\n\
         ## Figures\n\n",
        all_gates(all, gates),
        distinct(families.map(quoted)),
        transient(all),
        distinct(statuses),
        distinct(severities),
    );
    text += &figure_rows(figures);
    let example = serde_json::to_string_pretty(first).unwrap();
    text += &format!("\n## Example\n\n```json\n{example}\n```\n\n> {}\n", shown(sentence));
    text += "\n## Fixes\n\n";
    if advised.is_empty() {
        text += "A quote advises none.\n";
    } else {
        text +=
            "A quote advises some of these, as its figures and the shop allow.\n\n| fix | for instance |\n|---|---|\n";
        for (name, sentence) in *advised {
            text += &format!("| `{name}` | {} |\n", shown(sentence));
        }
    }
    let mut others: Vec<&str> = examples.iter().map(|(_, other)| other.as_str()).collect();
    others.sort_unstable();
    others.dedup();
    others.retain(|other| other != sentence);
    if !others.is_empty() {
        text += "\n## With other figures it says\n\n";
        text.extend(others.iter().map(|other| format!("- {other}\n")));
    }
    text
}

/// One row for each gate that gives it.
fn all_gates(all: &[&Rejection], gates: &[ListedGate]) -> String {
    let mut rows: Vec<String> = Vec::new();
    for one in all {
        let name = serde_json::to_value(one.gate()).unwrap();
        let name = name.as_str().unwrap();
        let place = gates.iter().position(|gate| gate.name == name).unwrap();
        let row = format!("| gate | `{name}`, {} of {}: {} |\n", place + 1, gates.len(), gates[place].comment);
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows.concat()
}

fn transient(all: &[&Rejection]) -> &'static str {
    let mut answers = all.iter().map(|one| one.is_transient());
    let first = answers.next().unwrap();
    match (answers.all(|other| other == first), first) {
        (true, true) => "yes: the same request may be accepted later",
        (true, false) => "no: the request, the account or the shop has to change",
        (false, _) if all.iter().any(|one| one.code() == "kyc_required") => {
            "while the verification is with the regulator"
        }
        (false, _) => "where `ends_at` names an instant",
    }
}

fn figure_rows(figures: &[Figure]) -> String {
    if figures.is_empty() {
        return "None.\n".into();
    }
    let row = |Figure { name, kind, comment }: &Figure| format!("| `{name}` | `{kind}` | {comment} |\n");
    format!("| name | type | meaning |\n|---|---|---|\n{}", figures.iter().map(row).collect::<String>())
}

/// Text as a cell of a table takes it.
fn shown(text: &str) -> String {
    text.replace('|', "\\|")
}

/// What Ringup's own wire answers, by code: its contract lists them as `409 key_reused  The idempotency key …`.
pub fn contract() -> BTreeMap<String, u16> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../simulator/src/dialects/ringup/golden/source.txt");
    let text = fs::read_to_string(path).unwrap();
    let listed = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let status = words.next().filter(|word| word.len() == 3)?.parse().ok()?;
        Some((words.next()?.to_owned(), status))
    });
    listed.filter(|(code, _)| code.contains('_')).collect()
}
