//! What the list of the gates in `core/src/gates.rs` says: each gate and each refusal with its comment, the figures of a
//! refusal with theirs, and the example that a gate's file gives. It is read as text, so that each is written once.

use std::{fs, path::PathBuf};

use ringup_core::Gate;
use serde::Deserialize;
use serde_json::{Map, Value};

/// A gate of the list.
pub struct ListedGate {
    pub name: String,
    pub comment: String,
    /// The codes of what it proves.
    pub evidence: Vec<String>,
    pub refusals: Vec<ListedRefusal>,
    file: String,
}

/// What the comment of a gate's file shows, below `# Example`: a question to Orchard that the gate refuses.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What differs from Orchard's policy, its customer and the request.
    pub policy: Value,
    #[serde(default)]
    pub standing: Value,
    #[serde(default)]
    pub request: Value,
    /// The field that decides, and another value there that opens the gate.
    pub opened_by: Map<String, Value>,
}

/// A refusal of the list.
pub struct ListedRefusal {
    pub code: String,
    pub comment: String,
    pub figures: Vec<Figure>,
}

/// A member of a refusal.
pub struct Figure {
    pub name: String,
    pub kind: String,
    pub comment: String,
}

/// All gates, in the order of the list.
pub fn listed_gates() -> Vec<ListedGate> {
    let text = read("gates.rs");
    let list = text.split_once("\ngates! {\n").unwrap().1.split_once("\n}\n").unwrap().0;
    let mut gates: Vec<ListedGate> = Vec::new();
    let mut comment = String::new();
    for line in list.lines().map(str::trim) {
        if let Some(more) = line.strip_prefix("/// ") {
            comment = format!("{comment} {more}").trim_start().into();
            continue;
        }
        if let Some((name, rest)) = line.split_once(" in ").filter(|(name, _)| !name.contains(['"', ' '])) {
            let (evidence, refusals) = (Vec::new(), Vec::new());
            let file = file(rest.split(' ').next().unwrap());
            gates.push(ListedGate { name: snake_case(name), comment: comment.clone(), evidence, refusals, file });
        } else if line.starts_with(|first: char| first.is_ascii_uppercase()) {
            let name = line.split(['(', ' ', ',']).next().unwrap();
            gates.last_mut().unwrap().evidence.push(snake_case(name));
        } else if let Some((code, refusal)) = line.strip_prefix('"').and_then(|line| line.split_once('"')) {
            let kind = refusal.split_once('(').map(|(_, kind)| kind.trim_end_matches(',').trim_end_matches(')'));
            let figures = kind.map_or_else(Vec::new, figures);
            let refusal = ListedRefusal { code: code.into(), comment: comment.clone(), figures };
            gates.last_mut().unwrap().refusals.push(refusal);
        }
        comment.clear();
    }
    gates
}

/// The gates whose file gives an example, with it. A gate without one has rows of its own in each table of these tests.
pub fn examples() -> Vec<(Gate, Example)> {
    let examples = listed_gates().into_iter().filter_map(|gate| {
        let text = read(&gate.file);
        let comment: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("//!")).collect();
        let comment = comment.join("\n");
        let (_, example) = comment.split_once("# Example\n\n ```json\n")?;
        let example = serde_json::from_str(example.split_once("```").unwrap().0).unwrap();
        Some((serde_json::from_value(gate.name.into()).unwrap(), example))
    });
    examples.collect()
}

/// The members of a struct that the list names from its module, such as `pace::velocity::Exceeded`.
fn figures(kind: &str) -> Vec<Figure> {
    let (module, name) = kind.rsplit_once("::").unwrap();
    let text = read(&file(module));
    let body = text.split_once(&format!("pub struct {name} {{\n")).unwrap().1.split_once("\n}").unwrap().0;
    let mut figures: Vec<Figure> = Vec::new();
    let mut comment = String::new();
    for line in body.lines().map(str::trim) {
        if let Some(more) = line.strip_prefix("/// ") {
            comment = format!("{comment} {more}").trim_start().into();
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|line| line.split_once(": ")) {
            let kind = kind.trim_end_matches(',').into();
            figures.push(Figure { name: name.into(), kind, comment: core::mem::take(&mut comment) });
        }
    }
    figures
}

/// The file of a module of the gates.
fn file(module: &str) -> String {
    let path = format!("gates/{}", module.replace("::", "/"));
    [format!("{path}.rs"), format!("{path}/mod.rs")].into_iter().find(|file| place(file).is_file()).unwrap()
}

fn snake_case(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

fn read(file: &str) -> String {
    fs::read_to_string(place(file)).unwrap()
}

fn place(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../core/src").join(file)
}
