//! A request to a route of the control plane, and what the route answers.

use serde::Serialize;
use serde_json::Value;

use crate::http::{Request, Response};
use crate::problem::Problem;

/// What a route answers.
pub(super) type Answer = Result<Response, Problem>;

/// A request to a route, with the segments of its path that stand for something.
pub(super) struct Call<'a> {
    pub(super) request: &'a Request,
    pub(super) named: Vec<&'a str>,
}

/// A value as an answer.
pub(super) fn ok(value: &impl Serialize) -> Answer {
    answered(200, value)
}

pub(super) fn answered(status: u16, value: &impl Serialize) -> Answer {
    Ok(Response::json(status, to_json(value)?))
}

pub(super) fn to_json(value: &impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(value).map_err(|error| Problem::new(500, "not_shown", error.to_string()))
}

impl Call<'_> {
    /// The `n`th segment that stands for something.
    pub(super) fn segment(&self, n: usize) -> &str {
        self.named.get(n).copied().unwrap_or_default()
    }

    /// A number in the query.
    pub(super) fn number(&self, name: &'static str, otherwise: usize) -> Result<usize, Problem> {
        let Some(text) = self.request.query(name) else { return Ok(otherwise) };
        let message = || format!("`{text}` is not a whole number");
        text.parse().map_err(|_| Problem::new(422, "invalid_query", message()).field(name))
    }
}
