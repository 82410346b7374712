//! Scenarios: how one is run, by whatever sends its requests, and how an answer is compared with the documented one.

use std::path::{Path, PathBuf};

use ringup_simulator::dialect::{Dialect, Scenario, ScenarioRequest};
use ringup_simulator::dialects;
use ringup_simulator::http::{Body, Request, Response};
use serde_json::{Map, Value};

/// Every scenario of every dialect.
pub fn all() -> Vec<Scenario> {
    each_dialect().flat_map(|dialect| dialect.scenarios()).collect()
}

/// Runs a scenario, and says what is not as it should be.
pub fn run(scenario: &Scenario, mut send: impl FnMut(&ScenarioRequest) -> (u16, Value)) -> Option<String> {
    let mut answers = Vec::new();
    for request in &scenario.setup {
        let request = filled(request, &answers);
        let (status, body) = send(&request);
        if request.path.starts_with("/_sim/") && status / 100 != 2 {
            return Some(format!("{}: {} {} got {status} {body}", scenario.id, request.method, request.path));
        }
        answers.push(body);
    }
    judge(scenario, send(&filled(&scenario.request, &answers)))
}

/// The request with `{1/data/id}` replaced by what the setup's second answer holds at `/data/id`.
fn filled(request: &ScenarioRequest, answers: &[Value]) -> ScenarioRequest {
    let mut filled = request.clone();
    filled.path = with_answers(&request.path, answers);
    if !request.body.is_null() {
        filled.body = serde_json::from_str(&with_answers(&request.body.to_string(), answers)).unwrap();
    }
    for value in filled.form.values_mut() {
        *value = with_answers(value, answers);
    }
    filled
}

fn with_answers(text: &str, answers: &[Value]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let named = after.split_once('}').and_then(|(name, after)| Some((name.split_once('/')?, after)));
        let place = named.and_then(|((index, pointer), after)| Some((index.parse::<usize>().ok()?, pointer, after)));
        match place {
            Some((index, pointer, after)) => {
                let found = answers.get(index).and_then(|answer| answer.pointer(&format!("/{pointer}")));
                let found = found.unwrap_or_else(|| panic!("no {pointer} in answer {index} of {answers:?}"));
                filled.push_str(&found.as_str().map_or_else(|| found.to_string(), str::to_owned));
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled + rest
}

fn judge(scenario: &Scenario, (status, body): (u16, Value)) -> Option<String> {
    if status != scenario.expect.status {
        return Some(format!("{}: status {status}, not {}: {body}", scenario.id, scenario.expect.status));
    }
    let documented = difference(&scenario.id, &scenario.expect.body, &body);
    documented.or_else(|| exact(scenario).and_then(|exact| difference(&scenario.id, &exact, &body)))
}

/// What the scenario leaves open because its seed does not print it: from other documents, or our own choice.
fn exact(scenario: &Scenario) -> Option<Value> {
    let all: Map<String, Value> =
        serde_json::from_str(&file(&scenario.dialect, "golden/beyond_the_source.json")).unwrap();
    all.get(&scenario.id).cloned()
}

/// Where what was found is not what was expected; null stands for any value, and every member must be there.
pub fn difference(at: &str, expected: &Value, found: &Value) -> Option<String> {
    match (expected, found) {
        (Value::Null, _) => None,
        (Value::Object(expected), Value::Object(found)) => {
            let names = |members: &serde_json::Map<String, Value>| {
                let mut names: Vec<String> = members.keys().cloned().collect();
                names.sort();
                names
            };
            if names(expected) != names(found) {
                return Some(format!("{at}: the members are {:?}, not {:?}", names(found), names(expected)));
            }
            expected.iter().find_map(|(name, value)| difference(&format!("{at}/{name}"), value, &found[name]))
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => expected
            .iter()
            .zip(found)
            .enumerate()
            .find_map(|(index, (expected, found))| difference(&format!("{at}/{index}"), expected, found)),
        _ => (expected != found).then(|| format!("{at}: {found}, not {expected}")),
    }
}

/// A scenario's request as the simulation takes it.
pub fn as_request(request: &ScenarioRequest) -> Request {
    let mut sent = Request::to(&request.method, &request.path);
    if !request.form.is_empty() {
        sent = sent.with_form(&request.form);
    }
    if !request.body.is_null() {
        sent.body = request.body.to_string().into();
    }
    sent.headers.extend(request.headers.iter().map(|(name, value)| (name.to_lowercase(), value.clone())));
    sent
}

/// An answer's status and JSON.
pub fn read(response: &Response) -> (u16, Value) {
    let body = match &response.body {
        Body::Json(body) => body.clone(),
        Body::Html(_) | Body::Empty => Value::Null,
    };
    (response.status, body)
}

/// All dialects.
pub fn each_dialect() -> impl Iterator<Item = &'static Dialect> {
    dialects::ALL.iter().copied()
}

/// A file of a dialect's folder.
pub fn file(dialect: &str, name: &str) -> String {
    let path = folder().join(dialect).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()))
}

/// Where the dialects' folders are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../simulator/src/dialects")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_filled_from_the_answers_before_it() {
        let answers = [Value::Null, serde_json::json!({ "data": { "id": "a-1", "count": 7 } })];
        for (text, expected) in [
            ("/v1/numbers/{1/data/id}/x", "/v1/numbers/a-1/x"),
            (r#"{"a":{"b":"{1/data/count}"},"c":{}}"#, r#"{"a":{"b":"7"},"c":{}}"#),
            ("{auth_id}", "{auth_id}"),
        ] {
            assert_eq!(with_answers(text, &answers), expected);
        }
    }
}
