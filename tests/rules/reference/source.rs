//! What the list of the gates in `core/src/gates.rs` says: each gate and each refusal with its comment, and the figures of
//! a refusal with theirs. It is read as text, so that the comment is written once.

use std::{fs, path::PathBuf};

/// A gate of the list.
pub struct ListedGate {
    pub name: String,
    pub comment: String,
    pub refusals: Vec<ListedRefusal>,
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
        if let Some((name, _)) = line.split_once(" in ").filter(|(name, _)| !name.contains(['"', ' '])) {
            gates.push(ListedGate { name: snake_case(name), comment: comment.clone(), refusals: Vec::new() });
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

/// The members of a struct that the list names from its module, such as `pace::velocity::Exceeded`.
fn figures(kind: &str) -> Vec<Figure> {
    let (module, name) = kind.rsplit_once("::").unwrap();
    let path = format!("gates/{}", module.replace("::", "/"));
    let file = [format!("{path}.rs"), format!("{path}/mod.rs")].into_iter().find(|file| place(file).is_file()).unwrap();
    let text = read(&file);
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
