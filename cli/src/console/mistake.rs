//! A mistake in a file: its place, what is wrong, and what to do.

use std::fmt;

use ringup_simulator::unreadable;
use serde::Serialize;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use super::place::{escaped, place, unescaped};

/// A mistake in a file.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Mistake {
    /// The file, as it was named.
    pub file: String,
    /// The field, as a JSON pointer; empty: the whole file.
    pub field: String,
    /// The line, from 1 on; nought: nowhere in particular.
    pub line: usize,
    /// The column, from 1 on.
    pub column: usize,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

impl Mistake {
    /// The file as a whole is the mistake.
    pub(super) fn of_file(file: &str, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        let (problem, remedy) = (problem.into(), remedy.into());
        Self { file: file.into(), field: String::new(), line: 0, column: 0, problem, remedy }
    }

    /// The text is no JSON.
    pub(super) fn of_syntax(file: &str, text: &str, error: &serde_json::Error) -> Self {
        let problem = unreadable::syntax_of("the file", text, error);
        let problem = problem.split(" at line ").next().unwrap_or_default();
        // serde_json counts bytes, an editor characters.
        let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
        let before = line.char_indices().take_while(|(at, _)| at.saturating_add(1) < error.column()).count();
        let (problem, remedy) = of_syntax(problem, line.chars().nth(before));
        let (line, column) = (error.line(), before.saturating_add(1));
        let remedy = format!("{remedy} (what follows was not looked at)");
        Self { file: file.into(), field: String::new(), line, column, problem, remedy }
    }

    /// A value has another type or shape than wanted, in serde's words.
    pub(super) fn of_value(file: &str, text: &str, field: String, message: &str) -> Self {
        let (problem, remedy) = told(&field, message, value_at(text, &field));
        Self::at(file, text, field, problem, remedy)
    }

    /// A mistake at a field of a text that is JSON.
    pub(super) fn at(file: &str, text: &str, field: String, problem: String, remedy: String) -> Self {
        let (line, column) = place(text, &field);
        Self { file: file.into(), field, line, column, problem, remedy }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if 0 < self.line {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        if !self.field.is_empty() {
            write!(f, ": `{}`", self.field)?;
        }
        write!(f, ": {}; {}", self.problem, self.remedy)
    }
}

/// What is wrong, and what to do.
fn told(field: &str, message: &str, found: Option<Value>) -> (String, String) {
    let words = unreadable::value(message);
    if let Some((problem, known)) = words.split_once("; known: ") {
        let wrong = problem.split('`').nth(1).unwrap_or_default();
        let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
        return (problem.to_owned(), nearest_or_one_of(wrong, &known));
    }
    if let Some((wanted, found)) = words.strip_prefix("expected ").and_then(|rest| rest.split_once(", found ")) {
        return (format!("it is {found}"), format!("write {wanted}"));
    }
    if message.starts_with("missing field") {
        return (words, "add it".into());
    }
    if message.starts_with("duplicate field") {
        return (words, "remove one".into());
    }
    match found {
        Some(Value::String(text)) => (format!("`{text}` cannot be read"), words),
        // A figure has a type, so it is its name that cannot be read.
        Some(Value::Number(_)) => {
            (format!("`{}` cannot be read", field.rsplit('/').next().map(unescaped).unwrap_or_default()), words)
        }
        Some(Value::Array(_)) if message.starts_with("invalid length") => {
            ("it is a list".into(), "write an object".into())
        }
        Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) | None => (words, "correct it".into()),
    }
}

/// What a text says at a field.
fn value_at(text: &str, field: &str) -> Option<Value> {
    serde_json::from_str::<Value>(text).ok()?.pointer(field).cloned()
}

/// What is wrong with a text that is no JSON, and what to do, by the character that cannot stand there.
fn of_syntax(problem: &str, found: Option<char>) -> (String, &'static str) {
    let not_json = |what: &str| format!("the file is not JSON: {what}");
    let remedy = match (problem, found) {
        (_, Some('/' | '#')) => return (not_json("a comment stands there"), "remove it: JSON has none"),
        (_, Some('}')) if problem.ends_with("in double quotes") => {
            return (not_json("a comma too many"), "remove the comma before the `}`");
        }
        (_, Some('\u{feff}')) => {
            return (not_json("it begins with a byte order mark"), "save it as UTF-8 without one");
        }
        (_, Some('\'' | '‘' | '’' | '“' | '”')) => "write names and texts in double quotes",
        _ if problem.ends_with("is empty") => "write a JSON object",
        _ if problem.ends_with("before it is complete") => "close every `{`, `[` and `\"` that is open",
        _ if problem.ends_with("a comma too many") => "remove the comma before it",
        _ if problem.ends_with("something follows its end") => "remove what follows",
        _ if problem.ends_with("in double quotes") => "put it in double quotes",
        _ if problem.ends_with("is missing") => "put it there",
        _ if problem.ends_with("no value") => {
            "write a text in double quotes, a number, `true`, `false`, a list or an object"
        }
        _ if problem.ends_with("in a text") => "write `\\t` for a tab and `\\n` for a new line",
        _ => "correct the JSON there",
    };
    (problem.to_owned(), remedy)
}

/// The name that is probably meant, or else all of them.
pub(super) fn nearest_or_one_of(wrong: &str, known: &[&str]) -> String {
    match (nearest(wrong, known), known) {
        (Some(name), _) => format!("did you mean `{name}`?"),
        (None, []) => "remove it".into(),
        (None, _) => format!("known: {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    }
}

/// The name that is probably meant.
pub(super) fn nearest<'a>(wrong: &str, known: &[&'a str]) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let near = known.iter().map(|name| (distance(&wrong, &name.to_lowercase()), *name)).min();
    near.filter(|(distance, _)| *distance <= (wrong.chars().count() / 3).max(1)).map(|(_, name)| name)
}

/// The names that serde lists after one that it does not know.
pub(super) fn known_names(message: &str) -> Vec<&str> {
    message.split('`').skip(3).step_by(2).collect()
}

/// How many letters must be added, removed or replaced to make one name of the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut left = index.saturating_add(1);
        let mut diagonal = index;
        let mut next = vec![left];
        for (above, wanted) in row.iter().skip(1).zip(&other) {
            let replaced = diagonal.saturating_add(usize::from(letter != *wanted));
            left = replaced.min(above.saturating_add(1)).min(left.saturating_add(1));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// The field that serde speaks of, as a JSON pointer. Its words name a missing one, and its path is that of the parent.
pub(super) fn field_of(path: &Path, message: &str) -> String {
    let parent = pointer(path);
    match quoted(message, "missing field `") {
        Some(missing) => format!("{parent}/{}", escaped(missing)),
        None => parent,
    }
}

fn pointer(path: &Path) -> String {
    let step = |segment: &Segment| match segment {
        Segment::Seq { index } => Some(format!("/{index}")),
        Segment::Map { key } => Some(format!("/{}", escaped(key))),
        // An enum is told apart by the name of its one member.
        Segment::Enum { variant } => Some(format!("/{variant}")),
        Segment::Unknown => None,
    };
    path.iter().filter_map(step).collect()
}

/// The words after such a start, up to the next backtick.
pub(super) fn quoted<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    message.strip_prefix(start)?.split('`').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_proposed() {
        let known = ["velocity", "kyc", "payment"];
        assert_eq!(nearest_or_one_of("velocty", &known), "did you mean `velocity`?");
        assert_eq!(nearest_or_one_of("kyx", &known), "did you mean `kyc`?");
        assert_eq!(nearest_or_one_of("colour", &known), "known: `velocity`, `kyc`, `payment`");
        assert_eq!(nearest_or_one_of("Velocity", &known), "did you mean `velocity`?");
        assert_eq!(known_names("unknown field `a`, expected `b` or `c`"), ["b", "c"]);
        assert_eq!((distance("kitten", "sitting"), distance("", "abc"), distance("same", "same")), (3, 3, 0));
    }
}
