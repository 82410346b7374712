//! Every documented response is reached, exactly.

use ringup_simulator::dialect::Scenario;
use serde_json::{Map, Value};

use super::{difference, each_dialect, file, http, send, simulation};

#[test]
fn every_scenario_yields_what_it_expects() {
    let mut simulation = simulation();
    let problems = all().into_iter().filter_map(|scenario| {
        for request in &scenario.setup {
            let (status, body) = send(&mut simulation, request);
            if request.path.starts_with("/_sim/") && status / 100 != 2 {
                return Some(format!("{}: {} {} got {status} {body}", scenario.id, request.method, request.path));
            }
        }
        judge(&scenario, send(&mut simulation, &scenario.request))
    });
    let problems: Vec<String> = problems.collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_scenario_yields_the_same_over_http() {
    let server = http::Server::start();
    let problems = all().into_iter().filter_map(|scenario| {
        for request in &scenario.setup {
            server.send(request);
        }
        judge(&scenario, server.send(&scenario.request))
    });
    let problems: Vec<String> = problems.collect();
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
