//! The core's own writer, which the npm package is built with, writes what serde writes: members, their order and all.
//! `reader` checks that of every value it reads; here is the JSON that is compared, and what nobody reads.

use ringup_core::write::{Names, Write, Writer};
use ringup_core::{Diagnostic, DiagnosticCode, InputFailure};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Panics unless both write the same.
#[track_caller]
pub(super) fn check<T: Write + Serialize>(value: &T) {
    let mut json = Json::default();
    value.write(&mut json);
    assert!(json.open.is_empty() && !json.flatten, "it is complete");
    // As texts: they have an order.
    assert_eq!(json.done.map(|value| value.to_string()), Some(serde_json::to_string(value).unwrap()));
}

/// JSON that is being written.
#[derive(Default)]
struct Json {
    open: Vec<Open>,
    flatten: bool,
    done: Option<Value>,
}

enum Open {
    List { left: usize, items: Vec<Value> },
    Map { left: usize, name: Option<String>, members: Map<String, Value> },
    Object { names: Vec<&'static str>, at: usize, members: Map<String, Value>, is_part: bool },
}

impl Json {
    fn put(&mut self, value: Value) {
        assert!(!self.flatten, "only an object can be flattened");
        match self.open.last_mut() {
            None => assert_eq!(self.done.replace(value), None),
            Some(Open::List { left, items }) => {
                items.push(value);
                *left -= 1;
            }
            Some(Open::Map { name: name @ None, .. }) => *name = Some(value.as_str().unwrap().to_owned()),
            Some(Open::Map { left, name, members }) => {
                assert_eq!(members.insert(name.take().unwrap(), value), None);
                *left -= 1;
            }
            Some(Open::Object { names, at, members, .. }) => {
                assert_eq!(members.insert(names[*at].to_owned(), value), None);
                *at += 1;
            }
        }
        self.close();
    }

    /// Closes what has all its values.
    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::List { left: 0, items }) => self.put(Value::Array(items)),
            Some(Open::Map { left: 0, members, .. }) => self.put(Value::Object(members)),
            more => self.open.extend(more),
        }
    }

    fn at(&mut self) -> &mut usize {
        let Some(Open::Object { at, .. }) = self.open.last_mut() else { panic!("no object is open") };
        at
    }
}

impl Writer for Json {
    fn null(&mut self) {
        self.put(Value::Null);
    }

    fn bool(&mut self, value: bool) {
        self.put(json!(value));
    }

    fn integer(&mut self, value: i64) {
        self.put(json!(value));
    }

    fn text(&mut self, value: &str) {
        self.put(json!(value));
    }

    fn word(&mut self, mut words: Names, nth: usize) {
        self.put(json!(words.nth(nth).unwrap()));
    }

    fn list(&mut self, left: usize) {
        self.open.push(Open::List { left, items: Vec::new() });
        self.close();
    }

    fn map(&mut self, left: usize) {
        self.open.push(Open::Map { left, name: None, members: Map::new() });
        self.close();
    }

    fn object(&mut self, names: Names) {
        let is_part = std::mem::take(&mut self.flatten);
        let members = match self.open.last_mut() {
            Some(Open::Object { members, .. }) if is_part => std::mem::take(members),
            _ => Map::new(),
        };
        self.open.push(Open::Object { names: names.collect(), at: 0, members, is_part });
    }

    fn skip(&mut self, nth: usize) {
        assert_eq!(*self.at(), nth);
        *self.at() += 1;
    }

    fn flatten(&mut self, nth: Option<usize>) {
        let Some(Open::Object { names, at, .. }) = self.open.last() else { panic!("no object is open") };
        assert_eq!(Some(*at).filter(|at| *at < names.len()), nth);
        self.flatten = true;
    }

    fn end(&mut self) {
        let Some(Open::Object { names, at, members: all, is_part }) = self.open.pop() else {
            panic!("no object is open")
        };
        assert_eq!(at, names.len());
        match self.open.last_mut() {
            Some(Open::Object { members, .. }) if is_part => *members = all,
            _ => self.put(Value::Object(all)),
        }
    }
}

#[test]
fn a_failure_is_written_as_serde_writes_it() {
    let error = |line| Diagnostic {
        line,
        ..Diagnostic::new(DiagnosticCode::ValueInvalid, "/a", String::from("it is `b`"), "give another one")
    };
    check(&InputFailure::Failure { errors: vec![error(None), error(Some(3))] });
}

/// The words that are listed by hand, because the numbering plan knows no writer.
#[test]
fn a_reason_is_written_by_its_name() {
    ringup_core::NumberReason::ALL.iter().for_each(check);
}

/// As the npm package writes the names and the texts of the policies.
#[test]
fn a_reference_is_written_as_what_it_refers_to() {
    check(&vec!["a", "b"]);
    check(&Some("a"));
    check(&None::<&str>);
}
