//! Every documented response is reached, exactly.

use ringup_tests::scenario::{all, each_dialect, file, run};
use serde_json::{Map, Value};

use super::{send, simulation};

#[test]
fn every_scenario_yields_what_it_expects() {
    let mut simulation = simulation();
    let problems: Vec<String> =
        all().iter().filter_map(|scenario| run(scenario, |request| send(&mut simulation, request))).collect();
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
