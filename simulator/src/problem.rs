//! What the control plane and the payment page say to a request that they cannot answer, and how they read a body.

use ringup_core::{Diagnostic, DiagnosticCode};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::http::{Request, Response};
use crate::kit::routes::Allow;
use crate::reader::{self, Wrong};
use crate::unreadable;

/// An error answer: code, message and help.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    status: u16,
    code: &'static str,
    message: String,
    /// The place in the body, as a JSON pointer; of a path or a query, `/` and the parameter.
    path: Option<String>,
    help: Option<String>,
}

impl Problem {
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), path: None, help: None }
    }

    /// What a body says cannot be read.
    pub(crate) fn unreadable(wrong: Wrong) -> Self {
        let Diagnostic { code, path, message, help, line: _ } = *wrong.diagnostic;
        Self { path: Some(path), help: Some(help), ..Self::new(422, code.as_str(), message) }
    }

    pub(crate) fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn into_response(self) -> Response {
        let mut error = Map::new();
        error.insert("code".into(), self.code.into());
        error.insert("message".into(), self.message.into());
        error.extend(self.path.map(|path| ("path".into(), Value::from(path))));
        error.extend(self.help.map(|help| ("help".into(), Value::from(help))));
        Response::json(self.status, json!({ "error": error }))
    }
}

/// The 405 of a path.
pub(crate) fn other_methods(request: &Request, allow: Allow) -> Response {
    let message = format!("`{}` is not answered here", request.method);
    let problem = Problem::new(405, "method_not_allowed", message).help(format!("use {}", allow.as_str()));
    allow.told_by(problem.into_response())
}

/// Reads a body; an empty one counts as `{}`.
pub(crate) fn body<T: DeserializeOwned>(request: &Request) -> Result<T, Problem> {
    let bytes = if request.body.trim_ascii().is_empty() { b"{}" } else { request.body.as_slice() };
    let value = unreadable::json(bytes)
        .map_err(|reason| Problem::new(400, DiagnosticCode::NotJson.as_str(), reason).help("send one JSON object"))?;
    if !value.is_object() {
        let code = DiagnosticCode::WrongType.as_str();
        return Err(Problem::new(422, code, "the body is not a JSON object").at("").help("send one JSON object"));
    }
    reader::read(&value).map_err(Problem::unreadable)
}

#[cfg(test)]
mod tests {
    use ringup_core::Money;
    use serde::Deserialize;

    use crate::http::Body;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct TopUp {
        #[expect(dead_code, reason = "only the reading is looked at")]
        money: Money,
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        for (text, status, expected) in [
            ("{", 400, None),
            ("[]", 422, Some("")),
            ("", 422, Some("/money")),
            (r#"{"money":{"currency":"USD"}}"#, 422, Some("/money/minor_units")),
            (r#"{"money":{"minor_units":"1","currency":"USD"}}"#, 422, Some("/money/minor_units")),
            (r#"{"money":{"minor_units":1,"currency":"USD"},"x":1}"#, 422, Some("/x")),
        ] {
            let request = Request { body: text.into(), ..Request::default() };
            let problem = body::<TopUp>(&request).unwrap_err();
            assert_eq!((problem.status, problem.path.as_deref()), (status, expected), "{text}: {problem:?}");
        }
        let request =
            Request { body: br#"{"money":{"minor_units":"1","currency":"USD"}}"#.into(), ..Request::default() };
        let Body::Json(told) = body::<TopUp>(&request).unwrap_err().into_response().body else { panic!("no JSON") };
        let expected = json!({ "error": {
            "code": "wrong_type", "message": "it is the text `1`", "path": "/money/minor_units", "help": "write a whole number"
        } });
        assert_eq!(told, expected);
    }
}
