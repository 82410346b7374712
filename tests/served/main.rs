//! What the program serves, over real sockets: the scenarios, bodies that are too large, messages to customers.

mod post;
mod receiver;
mod server;

use ringup_simulator::dialect::ScenarioRequest;
use ringup_tests::scenario;
use serde_json::Value;
use server::Server;

#[test]
fn every_scenario_yields_the_same_over_http() {
    let server = Server::start();
    let problems: Vec<String> =
        scenario::all().iter().filter_map(|scenario| scenario::run(scenario, |request| server.send(request))).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_document_may_be_large_and_nothing_else() {
    const NUMBERS: &str = "/zernio/api/v1/phone-numbers";
    let server = Server::start();
    let send = |path: &str, bytes: usize| {
        let headers = [("Authorization", "Bearer sk_sim_ready"), ("X-Filename", "id.pdf")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let body = Value::from("x".repeat(bytes));
        server
            .send(&ScenarioRequest {
                method: "POST".into(),
                path: format!("{NUMBERS}/{path}"),
                headers,
                body,
                ..ScenarioRequest::default()
            })
            .0
    };
    assert_eq!(send("kyc/upload-document", 3_000_000), 200);
    assert_eq!(send("kyc/upload-document", 20 * 1024 * 1024), 413);
    assert_eq!(send("kyc", 3_000_000), 413);
}
