//! Every documented response is reached, exactly.

use ringup_simulator::dialect::{Scenario, ScenarioRequest};
use serde_json::{Map, Value};

use super::{difference, each_dialect, file, http, send, simulation};

#[test]
fn every_scenario_yields_what_it_expects() {
    let mut simulation = simulation();
    let problems: Vec<String> =
        all().iter().filter_map(|scenario| run(scenario, |request| send(&mut simulation, request))).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_scenario_yields_the_same_over_http() {
    let server = http::Server::start();
    let problems: Vec<String> =
        all().iter().filter_map(|scenario| run(scenario, |request| server.send(request))).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_scenario_begins_with_a_reset_and_belongs_to_its_dialect() {
    for dialect in each_dialect() {
        for scenario in dialect.scenarios() {
            assert_eq!(scenario.setup[0].path, "/_sim/reset", "{}", scenario.id);
            assert_eq!(scenario.dialect, dialect.id(), "{}", scenario.id);
            assert!(scenario.id.starts_with(&format!("{}/", dialect.id())), "{}", scenario.id);
            let path = format!("/{}{}/", dialect.id(), dialect.base());
            assert!(scenario.request.path.starts_with(&path), "{}", scenario.id);
        }
    }
}

fn all() -> Vec<Scenario> {
    each_dialect().flat_map(|dialect| dialect.scenarios()).collect()
}

/// Runs a scenario, and says what is not as it should be.
pub(super) fn run(scenario: &Scenario, mut send: impl FnMut(&ScenarioRequest) -> (u16, Value)) -> Option<String> {
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

#[test]
fn what_goes_beyond_the_source_belongs_to_a_scenario() {
    for dialect in each_dialect() {
        let scenarios = dialect.scenarios();
        let beyond: Map<String, Value> =
            serde_json::from_str(&file(dialect.id(), "golden/beyond_the_source.json")).unwrap();
        for id in beyond.keys() {
            assert!(scenarios.iter().any(|scenario| scenario.id == *id), "{id}");
        }
    }
}
