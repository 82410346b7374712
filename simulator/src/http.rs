//! Requests and responses as values: what a dialect reads and writes, without a server in sight.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

/// The name of the content type header.
const CONTENT_TYPE: &str = "content-type";

/// A request. Header names are in lower case; the path is without the dialect's prefix when a dialect sees it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path with its query, as it was sent: the dialect decodes each segment.
    pub path: String,
    /// The headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body, as it was sent.
    pub body: Vec<u8>,
}

/// A response.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Headers beside the length, names in lower case; a content type only where it is not the body's own.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// The body.
    pub body: Body,
}

/// A body.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// `application/json`.
    Json(Value),
    /// `text/html`.
    Html(String),
}

/// The content type of JSON.
pub const JSON: &str = "application/json";

/// The content type of forms.
pub const FORM: &str = "application/x-www-form-urlencoded";

impl Request {
    /// A request without headers and body.
    #[must_use]
    pub fn to(method: &str, path: impl Into<String>) -> Self {
        Self { method: method.into(), path: path.into(), ..Self::default() }
    }

    /// The same with this header, its name given in lower case.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// The same with this body.
    #[must_use]
    pub fn with_json(self, body: &Value) -> Self {
        Self { body: body.to_string().into(), ..self.with(CONTENT_TYPE, JSON) }
    }

    /// The same with this form as its body.
    #[must_use]
    pub fn with_form<N: AsRef<str>, V: AsRef<str>>(self, form: impl IntoIterator<Item = (N, V)>) -> Self {
        Self { body: encoded(form).into(), ..self.with(CONTENT_TYPE, FORM) }
    }

    /// Whether its body is a form, as its content type says.
    #[must_use]
    pub fn is_form(&self) -> bool {
        self.header(CONTENT_TYPE).is_some_and(|kind| kind.split(';').next().is_some_and(|kind| kind.trim() == FORM))
    }

    /// The path's segments, each decoded; a raw `+` stays a plus.
    #[must_use]
    pub fn segments(&self) -> Vec<String> {
        let path = self.path.split('?').next().unwrap_or_default();
        path.split('/').filter(|segment| !segment.is_empty()).map(decoded).collect()
    }

    /// A parameter of the query, the first of that name.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.path.split_once('?')?;
        form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// The body as text; none if it is not UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.body).ok()
    }

    /// A header, its name given in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

impl Response {
    /// A JSON answer.
    #[must_use]
    pub const fn json(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), body: Body::Json(body) }
    }

    /// The same with this header.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same under another content type than the body's own, such as `application/problem+json`.
    #[must_use]
    pub fn of_type(self, content_type: &'static str) -> Self {
        self.with(CONTENT_TYPE, content_type)
    }

    /// A page.
    #[must_use]
    pub const fn html(status: u16, page: String) -> Self {
        Self { status, headers: Vec::new(), body: Body::Html(page) }
    }

    /// The same as the answer to a HEAD: what the body is, without it.
    #[must_use]
    pub fn without_body(mut self) -> Self {
        let (kind, length) = match &self.body {
            Body::Empty => return self,
            Body::Json(value) => (JSON, value.to_string().len()),
            Body::Html(page) => ("text/html; charset=utf-8", page.len()),
        };
        let kind =
            self.headers.iter().all(|(name, _)| *name != CONTENT_TYPE).then(|| (CONTENT_TYPE.into(), kind.to_owned()));
        self.headers.extend(kind);
        Self { body: Body::Empty, ..self }.with("content-length", length.to_string())
    }

    /// An answer without a body.
    #[must_use]
    pub const fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Body::Empty }
    }
}

/// Names and values as a form or a query holds them.
#[must_use]
pub fn encoded<N: AsRef<str>, V: AsRef<str>>(form: impl IntoIterator<Item = (N, V)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
}

fn decoded(segment: &str) -> String {
    percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned()
}
