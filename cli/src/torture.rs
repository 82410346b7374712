//! `ringup torture`: runs a client that buys one number, once in a calm world and once for each place where a fault can meet it,
//! and says what came of it: bought twice, paid for nothing, or safe.

mod judge;
mod page;
mod places;
mod run;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ringup_simulator::dialect::Dialect;
use ringup_simulator::{Config, Worlds, dialects};
use serde::Serialize;
use tokio::task::JoinSet;

pub use self::judge::Verdict;
pub use self::places::Place;
use self::run::{Client, Ran};
use crate::console::Printed;
use crate::server::{self, Guard};

/// What to run, and against what.
#[derive(Debug, clap::Args)]
pub struct TortureArgs {
    /// The system that the client speaks to: `zernio`, `vobiz`, …
    #[arg(long, value_name = "SYSTEM")]
    pub system: String,
    /// How the client's account stands in the beginning; `GET /_sim/dialects` lists the situations
    #[arg(long, default_value = "ready")]
    pub situation: String,
    /// The seed of the worlds
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// How long a client may run, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub timeout: u64,
    /// How many clients run at once
    #[arg(long, default_value_t = 4)]
    pub jobs: usize,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
    /// The client: a command that buys one number. It exits with 0 if it has bought it, with 75 if it does not know, and with
    /// another code if it has not. It finds the address in `RINGUP_BASE_URL`, and the credentials in `RINGUP_API_KEY` and the
    /// like, one for each field of the account's credentials
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub command: Vec<String>,
}

/// What came of all runs.
#[derive(Debug, Serialize)]
pub struct Report {
    system: &'static str,
    seed: u64,
    /// How many requests the client sent in a calm world.
    requests: usize,
    runs: Vec<Run>,
}

/// One run of the client.
#[derive(Debug, Serialize)]
pub struct Run {
    place: Place,
    #[serde(flatten)]
    ran: Ran,
}

impl Report {
    /// Whether a client may go to work like this.
    fn is_safe(&self) -> bool {
        self.runs.iter().all(|run| run.ran.verdict.is_safe())
    }
}

/// Runs the client: the code is 0 if it is safe in every place, or else 1.
///
/// # Errors
/// There is no such system or situation, or the client does not buy one number in a calm world, as a sentence.
pub async fn torture(args: &TortureArgs) -> Result<Printed, String> {
    let known: Vec<&str> = dialects::ALL.iter().map(|dialect| dialect.id()).collect();
    let dialect = dialects::find(&args.system)
        .ok_or_else(|| format!("there is no system `{}`; one of {}", args.system, known.join(", ")))?;
    let situations: Vec<&str> = dialect.situations().iter().map(|situation| situation.name).collect();
    if !situations.contains(&args.situation.as_str()) {
        let known = situations.join(", ");
        return Err(format!("`{}` has no situation `{}`; one of {known}", args.system, args.situation));
    }
    let (listener, address) = server::listen("127.0.0.1", 0).await?;
    let public_url = format!("http://{address}");
    let worlds = Arc::new(Worlds::new(Config { seed: args.seed, public_url, ..Config::default() }));
    let serving =
        tokio::spawn(server::serve(listener, Arc::clone(&worlds), Guard::of(address), std::future::pending()));
    let report = report(args, dialect, &worlds, address).await;
    serving.abort();
    let report = report?;
    let text = match args.json {
        true => serde_json::to_string_pretty(&report).map_err(|error| error.to_string())? + "\n",
        false => page::page(&report),
    };
    Ok(Printed { text, code: u8::from(!report.is_safe()) })
}

async fn report(
    args: &TortureArgs,
    dialect: &'static Dialect,
    worlds: &Arc<Worlds>,
    address: SocketAddr,
) -> Result<Report, String> {
    let client = Arc::new(Client {
        dialect,
        situation: args.situation.clone(),
        seed: args.seed,
        address,
        patience: Duration::from_secs(args.timeout),
        command: args.command.clone(),
    });
    let calm = client.run(worlds, "calm", &Place::Calm).await?;
    if calm.verdict != Verdict::Bought {
        return Err(format!(
            "the client does not buy one number in a calm world: {}\n{}",
            calm.verdict.title(),
            calm.said
        ));
    }
    let requests = calm.requests;
    let mut waiting = places::all(requests).into_iter().enumerate();
    let mut running = JoinSet::new();
    let mut runs = vec![(0, Run { place: Place::Calm, ran: calm })];
    loop {
        while running.len() < args.jobs.max(1) {
            let Some((index, place)) = waiting.next() else { break };
            let (client, worlds, index) = (Arc::clone(&client), Arc::clone(worlds), index.saturating_add(1));
            running.spawn(async move {
                let ran = client.run(&worlds, &format!("place-{index}"), &place).await;
                ran.map(|ran| (index, Run { place, ran }))
            });
        }
        match running.join_next().await {
            None => break,
            Some(ended) => runs.push(ended.map_err(|error| format!("a run has failed: {error}"))??),
        }
    }
    runs.sort_by_key(|(index, _)| *index);
    let runs = runs.into_iter().map(|(_, run)| run).collect();
    Ok(Report { system: dialect.id(), seed: args.seed, requests, runs })
}
