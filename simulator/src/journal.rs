//! The journal: the last exchanges with the dialects' clients, without their secrets.

use std::collections::{BTreeMap, VecDeque};

use ringup_core::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::http::{Body, Request, Response, encoded};
use crate::wire::Verdict;

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
    /// The headers; credentials are redacted.
    pub headers: BTreeMap<String, String>,
    /// The body: a value if it is JSON, else text.
    pub body: Value,
    /// The status of the system's answer; none, if a fault on the client's side kept the request from it.
    pub status: Option<u16>,
    /// The body of the system's answer.
    pub answer: Value,
    /// What a fault on the client's side did to the exchange.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spoilt_by: Option<Verdict>,
}

impl Journal {
    pub(crate) fn note(
        &mut self,
        at: Timestamp,
        dialect: &'static str,
        request: &Request,
        response: Option<&Response>,
        spoilt_by: Option<Verdict>,
    ) {
        self.count = self.count.saturating_add(1);
        self.entries.push_back(Entry {
            seq: self.count,
            at,
            dialect,
            method: request.method.clone(),
            path: request.path.clone(),
            headers: request.headers.iter().map(redacted).collect(),
            body: shortened(&sent(request)),
            status: response.map(|response| response.status),
            answer: match response.map(|response| &response.body) {
                None | Some(Body::Empty) => Value::Null,
                Some(Body::Json(value)) => without_secrets(value.clone()),
                Some(Body::Html(page)) => shortened(page),
            },
            spoilt_by,
        });
        while ENTRIES_MAX < self.entries.len() {
            self.entries.pop_front();
        }
    }

    /// The last `count` exchanges, the newest first.
    pub fn last(&self, count: usize) -> impl Iterator<Item = &Entry> {
        self.entries.iter().rev().take(count)
    }
}

/// The body as text; a form's members without what is secret, as its headers are.
fn sent(request: &Request) -> String {
    if !request.is_form() {
        return String::from_utf8_lossy(&request.body).into_owned();
    }
    let members = form_urlencoded::parse(&request.body).map(|(name, value)| match is_secret(&name) {
        true => (name, "redacted".into()),
        false => (name, value),
    });
    encoded(members)
}

fn is_secret(name: &str) -> bool {
    ["secret", "base64"].iter().any(|word| name.to_lowercase().contains(word))
}

fn redacted((name, value): (&String, &String)) -> (String, String) {
    let secret = ["auth", "token", "key", "cookie", "secret"].iter().any(|word| name.contains(word));
    (name.clone(), if secret { "redacted".into() } else { value.clone() })
}

fn shortened(body: &str) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    let read = serde_json::from_str(body).ok().map(without_secrets);
    let shown = read.as_ref().map_or_else(|| body.to_owned(), Value::to_string);
    let start: String = shown.chars().take(BODY_MAX).collect();
    read.filter(|_| start.len() == shown.len()).unwrap_or(Value::String(start))
}

/// The same with webhook secrets and documents redacted.
fn without_secrets(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let shown = members.into_iter().map(|(name, value)| {
                let value = if is_secret(&name) { "redacted".into() } else { without_secrets(value) };
                (name, value)
            });
            Value::Object(shown.collect())
        }
        Value::Array(items) => items.into_iter().map(without_secrets).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_body_is_shown_without_what_it_keeps_secret() {
        let body = json!({ "secret": "s", "documents": [{ "base64": "JVBERg==", "filename": "id.pdf" }] });
        let shown = json!({ "secret": "redacted", "documents": [{ "base64": "redacted", "filename": "id.pdf" }] });
        assert_eq!(shortened(&body.to_string()), shown);
        assert_eq!(shortened("no JSON"), json!("no JSON"));
        let form = Request::to("POST", "/").with_form([("Secret", "s"), ("Name", "a b")]);
        assert_eq!(sent(&form), "Secret=redacted&Name=a+b");
        let long = shortened(&json!({ "secret": "s", "values": "x".repeat(BODY_MAX) }).to_string());
        assert!(long.as_str().is_some_and(|start| start.contains("redacted") && start.len() == BODY_MAX), "{long}");
    }
}
