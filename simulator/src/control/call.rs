//! What a route of the control plane answers, and what it reads of a query.

use serde::Serialize;
use serde_json::Value;

use crate::http::Response;
use crate::kit::routes::Call;
use crate::problem::Problem;

/// What a route answers.
pub(super) type Answer = Result<Response, Problem>;

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

/// A number in the query.
pub(super) fn number(call: &Call<'_>, name: &'static str, otherwise: usize) -> Result<usize, Problem> {
    let Some(text) = call.request.query(name) else { return Ok(otherwise) };
    let message = || format!("`{text}` is not a whole number");
    text.parse().map_err(|_| Problem::new(422, "invalid_query", message()).at(format!("/{name}")))
}
