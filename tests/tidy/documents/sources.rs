//! `core/policies/SOURCES.md` has a row for each figure of each shipped policy, with the values that the file has.

use std::collections::BTreeMap;
use std::path::Path;

use ringup_simulator::dialects;
use serde_json::Value;

use crate::tidy::read;

const PAGE: &str = "core/policies/SOURCES.md";

/// What a policy, a plan or a rate is called, and which number a rate is for: no figures.
const NAMES: [&str; 3] = ["/policy/id", "/policy/version", "/policy/title"];

struct Row {
    section: String,
    place: String,
    values: Vec<String>,
    source: String,
    found: Vec<String>,
}

#[test]
fn every_figure_of_a_shipped_policy_has_its_source() {
    let mut rows = rows();
    let mut without = Vec::new();
    for dialect in dialects::ALL {
        let id = dialect.id();
        let shop: Value = serde_json::from_str(&read(Path::new(&format!("core/policies/{id}.json")))).unwrap();
        let mut leaves = Vec::new();
        collect(&shop, String::new(), &mut leaves);
        for (place, value) in leaves {
            let in_section = |section: &str| rows.iter().position(|row| row.section == section && row.fits(&place));
            let row = in_section(id).or_else(|| in_section("All policies"));
            match row.map(|index| &mut rows[index]) {
                Some(row) if row.found.contains(&value) => {}
                Some(row) => row.found.push(value),
                None => without.push(format!("{id} {place}")),
            }
        }
    }
    assert!(without.is_empty(), "{PAGE} has no row for\n{}", without.join("\n"));
    for Row { section, place, values, found, .. } in &rows {
        assert_eq!(values, found, "{PAGE}, {section}: {place}");
    }
}

#[test]
fn every_source_is_one_that_the_readme_of_the_dialect_knows() {
    for Row { section, place, source, .. } in rows() {
        assert!(!source.is_empty(), "{PAGE}, {section}: {place} has no source");
        let tags = source.match_indices('[').map(|(start, _)| source[start..].split_inclusive(']').next().unwrap());
        for tag in tags {
            let readme = read(Path::new(&format!("simulator/src/dialects/{section}/README.md")));
            assert!(readme.contains(&format!("**{tag}**")), "{PAGE}, {section}: {place} cites {tag}");
        }
    }
}

#[test]
fn what_a_row_quotes_of_a_page_is_printed_there() {
    let straight = |text: &str| text.replace(['“', '”'], "\"").replace('’', "'");
    let plain = |text: &str| straight(text).split_whitespace().collect::<Vec<_>>().join(" ");
    for Row { section, place, source, .. } in rows() {
        let Some((_, quoted)) = source.split_once("[S] \"") else { continue };
        let quoted = quoted.rsplit_once('"').unwrap().0;
        let page = plain(&read(Path::new(&format!("simulator/src/dialects/{section}/golden/source.txt"))));
        for part in quoted.split("\", \"") {
            assert!(page.contains(&plain(part)), "{PAGE}, {section}: {place} quotes what is not printed: {part}");
        }
    }
}

impl Row {
    fn fits(&self, place: &str) -> bool {
        let (own, other): (Vec<&str>, Vec<&str>) = (self.place.split('/').collect(), place.split('/').collect());
        own.len() == other.len() && own.iter().zip(other).all(|(own, other)| *own == "*" || *own == other)
    }
}

/// The rows of the page, in order.
fn rows() -> Vec<Row> {
    let mut section = String::new();
    let mut rows = Vec::new();
    for line in read(Path::new(PAGE)).lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title.into();
        }
        let cells: Vec<&str> = line.split(" | ").map(|cell| cell.trim_matches(['|', ' '])).collect();
        if let [place, values, source] = cells.as_slice()
            && place.starts_with("`/")
        {
            rows.push(Row {
                section: section.clone(),
                place: place.trim_matches('`').into(),
                values: values.split(", ").map(|value| value.trim_matches('`').into()).collect(),
                source: (*source).into(),
                found: Vec::new(),
            });
        }
    }
    let sections: BTreeMap<&str, ()> = rows.iter().map(|row| (row.section.as_str(), ())).collect();
    assert_eq!(sections.len(), dialects::ALL.len() + 1, "{PAGE} has a section for all policies and one for each");
    rows
}

/// What has to have a source: all that the policy's rules say, and every number and flag beside them.
fn collect(value: &Value, place: String, leaves: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| collect(value, format!("{place}/{name}"), leaves));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect(item, format!("{place}/{index}"), leaves));
        }
        Value::String(text) => {
            if place.starts_with("/policy/") && !NAMES.contains(&place.as_str()) {
                leaves.push((place, text.clone()));
            }
        }
        Value::Number(_) | Value::Bool(_) | Value::Null => leaves.push((place, value.to_string())),
    }
}
