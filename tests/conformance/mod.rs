//! Does every dialect say what its sources say, and behave like the others where they have no say?

pub(crate) mod client;
mod document;
mod folders;
mod members;
mod mistakes;
mod printed;
mod round_trip;
mod routes;
mod scenarios;
mod sources;
mod stored;

use ringup_simulator::dialect::ScenarioRequest;
use ringup_simulator::http::Request;
use ringup_simulator::{Config, Simulation};
use ringup_tests::scenario::{as_request, read};
use serde_json::Value;

/// A world as it begins, with a clock that stands still.
fn simulation() -> Simulation {
    Simulation::new(Config::default())
}

/// Sends a request of a scenario.
fn send(simulation: &mut Simulation, request: &ScenarioRequest) -> (u16, Value) {
    read(&simulation.handle(&as_request(request)))
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
