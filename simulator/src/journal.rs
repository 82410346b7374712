//! The journal: the last exchanges with the dialects' clients, without their secrets.

use std::collections::{BTreeMap, VecDeque};

use ringup_core::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::http::{Body, Request, Response};

/// How many exchanges are kept.
const ENTRIES_MAX: usize = 200;

/// How much of a body is kept, in characters.
const BODY_MAX: usize = 4000;

/// The last exchanges, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    entries: VecDeque<Entry>,
    count: u64,
}

/// One exchange.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Its place among all exchanges, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// With a client of which dialect.
    pub dialect: &'static str,
    /// The method.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The headers; whatever signs a request is hidden.
    pub headers: BTreeMap<String, String>,
    /// The body: a value if it is JSON.
    pub body: Value,
    /// The answer's status.
    pub status: u16,
    /// The answer's body.
    pub answer: Value,
}

impl Journal {
    pub(crate) fn note(&mut self, at: Timestamp, dialect: &'static str, request: &Request, response: &Response) {
        self.count = self.count.saturating_add(1);
        self.entries.push_back(Entry {
            seq: self.count,
            at,
            dialect,
            method: request.method.clone(),
            path: request.path.clone(),
            headers: request.headers.iter().map(redacted).collect(),
            body: shortened(&request.body),
            status: response.status,
            answer: match &response.body {
                Body::Empty => Value::Null,
                Body::Json(value) => value.clone(),
                Body::Html(page) => shortened(page),
            },
        });
        while ENTRIES_MAX < self.entries.len() {
            self.entries.pop_front();
        }
    }

    /// The last so many exchanges, the newest first.
    pub fn last(&self, count: usize) -> impl Iterator<Item = &Entry> {
        self.entries.iter().rev().take(count)
    }
}

fn redacted((name, value): (&String, &String)) -> (String, String) {
    let secret = ["auth", "token", "key", "cookie", "secret"].iter().any(|word| name.contains(word));
    (name.clone(), if secret { "redacted".into() } else { value.clone() })
}

fn shortened(body: &str) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    let start: String = body.chars().take(BODY_MAX).collect();
    serde_json::from_str(body).ok().filter(|_| start.len() == body.len()).unwrap_or(Value::String(start))
}
