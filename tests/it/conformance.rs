//! Does every dialect say what its sources say, and behave like the others where they have no say?

pub(crate) mod client;
mod document;
mod folders;
pub(crate) mod http;
mod mistakes;
mod printed;
mod round_trip;
mod scenarios;
mod sources;

use ringup_simulator::dialect::{Dialect, ScenarioRequest};
use ringup_simulator::http::{Body, Request, Response};
use ringup_simulator::{Config, Simulation, dialects};
use serde_json::Value;

/// A world as it begins, with a clock that stands still.
fn simulation() -> Simulation {
    Simulation::new(Config::default())
}

/// Sends a request of a scenario.
fn send(simulation: &mut Simulation, request: &ScenarioRequest) -> (u16, Value) {
    read(&simulation.handle(&as_request(request)))
}

fn as_request(request: &ScenarioRequest) -> Request {
    Request {
        method: request.method.clone(),
        path: request.path.clone(),
        headers: request.headers.iter().map(|(name, value)| (name.to_lowercase(), value.clone())).collect(),
        body: if request.body.is_null() { String::new() } else { request.body.to_string() },
    }
}

fn read(response: &Response) -> (u16, Value) {
    let body = match &response.body {
        Body::Json(body) => body.clone(),
        Body::Html(_) | Body::Empty => Value::Null,
    };
    (response.status, body)
}

/// Where what was found is not what was expected; null stands for any value, and every member must be there.
fn difference(at: &str, expected: &Value, found: &Value) -> Option<String> {
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

/// Everything that a refused request must leave as it was.
fn books(simulation: &mut Simulation) -> Vec<(u16, Value)> {
    let get = |path: &str| Request { method: "GET".into(), path: path.into(), ..Request::default() };
    ["/_sim/ledger", "/_sim/inventory?free=false&limit=1000", "/_sim/purchases", "/_sim/world"]
        .map(|path| {
            let answer = read(&simulation.handle(&get(path)));
            assert_eq!(answer.0, 200, "{path}");
            answer
        })
        .into()
}

fn each_dialect() -> impl Iterator<Item = &'static dyn Dialect> {
    dialects::ALL.iter().copied()
}

/// A file of a dialect's folder.
fn file(dialect: &str, name: &str) -> String {
    let path = folder().join(dialect).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()))
}

fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../simulator/src/dialects")
}
