//! A mistake in a file: its place, what is wrong, and what to do.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::value::RawValue;
use serde_path_to_error::{Path, Segment};

use crate::unreadable;

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
        let problem = problem.split(" at line ").next().unwrap_or_default().to_owned();
        let remedy = "correct the JSON there; what follows is not looked at".to_owned();
        let (line, column) = (error.line(), error.column());
        Self { file: file.into(), field: String::new(), line, column, problem, remedy }
    }

    /// A value has another type or shape than wanted. serde's words name a missing field, and its place is its parent's.
    pub(super) fn of_value(file: &str, text: &str, path: &Path, message: &str) -> Self {
        let parent = pointer(path);
        let field = match quoted(message, "missing field `") {
            Some(missing) => format!("{parent}/{missing}"),
            None => parent,
        };
        let (problem, remedy) = told(message);
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
fn told(message: &str) -> (String, String) {
    let words = unreadable::value(message);
    if let Some((problem, known)) = words.split_once("; known: ") {
        let wrong = problem.split('`').nth(1).unwrap_or_default();
        let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
        return (problem.to_owned(), nearest_or_one_of(wrong, &known));
    }
    if let Some((wanted, found)) = words.strip_prefix("expected ").and_then(|rest| rest.split_once(", found ")) {
        return (format!("it is {found}"), format!("write {wanted}"));
    }
    let remedy = match message {
        _ if message.starts_with("missing field") => "add it",
        _ if message.starts_with("duplicate field") => "remove one",
        _ => "correct it",
    };
    (words, remedy.into())
}

/// The name that is probably meant, or else all of them.
pub(super) fn nearest_or_one_of(wrong: &str, known: &[&str]) -> String {
    let near = known.iter().map(|name| (distance(wrong, name), *name)).min();
    match near {
        Some((distance, name)) if distance <= (wrong.chars().count() / 3).max(1) => format!("did you mean `{name}`?"),
        _ => format!("known: {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    }
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

/// RFC 6901.
pub(super) fn pointer(path: &Path) -> String {
    let step = |segment: &Segment| match segment {
        Segment::Seq { index } => Some(format!("/{index}")),
        Segment::Map { key } => Some(format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
        Segment::Enum { .. } | Segment::Unknown => None,
    };
    path.iter().filter_map(step).collect()
}

/// The words after such a start, up to the next backtick.
pub(super) fn quoted<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    message.strip_prefix(start)?.split('`').next()
}

/// Line and column of a field, or of the nearest one above it that is there.
fn place(text: &str, pointer: &str) -> (usize, usize) {
    let Ok(mut value) = serde_json::from_str::<&RawValue>(text) else { return (0, 0) };
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let members = serde_json::from_str::<BTreeMap<String, &RawValue>>(value.get());
        let items = serde_json::from_str::<Vec<&RawValue>>(value.get());
        let next = match (members, items, step.parse::<usize>()) {
            (Ok(members), ..) => members.get(&step).copied(),
            (Err(_), Ok(items), Ok(index)) => items.get(index).copied(),
            (Err(_), ..) => None,
        };
        let Some(next) = next else { break };
        value = next;
    }
    // The value lies in the text: that is what it was borrowed from.
    let offset = value.get().as_ptr().addr().saturating_sub(text.as_ptr().addr());
    let before = text.get(..offset).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline.saturating_add(1));
    let column = before.get(line_start..).unwrap_or_default().chars().count();
    (before.matches('\n').count().saturating_add(1), column.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_in_its_text() {
        let text = "{\n  \"a\": [1, {\"b/c\": \"é\", \"d\": 2}],\n  \"é\": 3 }";
        for (pointer, expected) in [
            ("", (1, 1)),
            ("/a", (2, 8)),
            ("/a/0", (2, 9)),
            ("/a/1/b~1c", (2, 20)),
            ("/a/1/d", (2, 30)),
            ("/a/1/missing", (2, 12)),
            ("/é", (3, 8)),
        ] {
            assert_eq!(place(text, pointer), expected, "{pointer}");
        }
    }

    #[test]
    fn the_nearest_name_is_proposed() {
        let known = ["velocity", "kyc", "payment"];
        assert_eq!(nearest_or_one_of("velocty", &known), "did you mean `velocity`?");
        assert_eq!(nearest_or_one_of("kyx", &known), "did you mean `kyc`?");
        assert_eq!(nearest_or_one_of("colour", &known), "known: `velocity`, `kyc`, `payment`");
        assert_eq!((distance("kitten", "sitting"), distance("", "abc"), distance("same", "same")), (3, 3, 0));
    }
}
