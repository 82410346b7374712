//! What a world costs: made, copied, and asked for its clock: `cargo bench -p ringup-simulator --bench worlds`. Beside each the
//! bytes that it holds.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot start may panic")]

use divan::{AllocProfiler, Bencher};
use ringup_core::PurchaseRequest;
use ringup_simulator::http::Request;
use ringup_simulator::{Config, Simulation, Worlds, dialects};
use serde_json::json;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The first world of a seed.
#[divan::bench]
fn begin() -> Simulation {
    Simulation::new(Config::default())
}

/// One more world that begins like another: 1,000 a second are to be had.
#[divan::bench(sample_count = 1000, sample_size = 1)]
fn make(bencher: Bencher<'_, '_>) {
    let worlds = Worlds::new(Config::default());
    bencher.bench_local(|| assert_eq!(worlds.handle(&Request::to("POST", "/_sim/worlds")).status, 201));
}

/// A request that does little, in a named world.
#[divan::bench]
fn clock(bencher: Bencher<'_, '_>) {
    let worlds = Worlds::new(Config::default());
    worlds.handle(&Request::to("POST", "/_sim/worlds").with_json(&json!({ "name": "a" })));
    let request = Request::to("GET", "/w/a/_sim/clock");
    bencher.bench_local(|| worlds.handle(&request));
}

/// A purchase in a copy of a world, from the request to the answer.
#[divan::bench]
fn purchase(bencher: Bencher<'_, '_>) {
    let begun = Simulation::new(Config::default());
    let customers = begun.retailer().customers.all();
    let mut ready = customers.filter(|it| it.system.id == "zernio" && it.situation.name == "ready");
    let credentials = ready.next().unwrap().shown_credentials();
    let wanted = PurchaseRequest {
        holder: Some("profile_abc123".into()),
        country: Some("US".into()),
        ..PurchaseRequest::default()
    };
    let request = dialects::find("zernio").unwrap().purchase_request(&credentials, &wanted);
    bencher.with_inputs(|| begun.clone()).bench_local_refs(|simulation| {
        assert_eq!(simulation.handle(&request).status, 200);
    });
}
