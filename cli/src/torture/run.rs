//! One run of a client: a world of its own, the faults, the command, and what is left when it has ended.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use ringup_simulator::Worlds;
use ringup_simulator::dialect::Dialect;
use ringup_simulator::http::{Body, Request};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::process::Command;
use tokio::time::timeout;

use super::judge::{Evidence, Verdict, judge};
use super::places::Place;

/// How far the clock goes on after the client has ended, in seconds: until every doubt about an order is resolved.
const SETTLING_S: u32 = 7200;

/// How much of what a client says is kept, in characters.
const SAID_MAX: usize = 2000;

/// A client, and where it is run.
#[derive(Debug)]
pub(super) struct Client {
    pub dialect: &'static Dialect,
    pub situation: String,
    pub seed: u64,
    pub address: SocketAddr,
    pub patience: Duration,
    pub command: Vec<String>,
}

/// What came of a run.
#[derive(Debug, Serialize)]
pub(super) struct Ran {
    pub verdict: Verdict,
    /// The client's exit code; none, if it was stopped.
    pub exit: Option<i32>,
    /// How many requests it sent.
    pub requests: usize,
    /// The exchanges, the oldest first: when, what, and what the system answered.
    pub exchanges: Vec<Value>,
    /// What the client wrote.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub said: String,
}

impl Client {
    /// Runs the client in a world of this name.
    pub(super) async fn run(&self, worlds: &Worlds, world: &str, place: &Place) -> Result<Ran, String> {
        let made = json!({ "name": world, "seed": self.seed, "clock": "wall" });
        ask(worlds, "POST", "/_sim/worlds", &made)?;
        let base = format!("/w/{world}");
        let accounts = ask(worlds, "GET", &format!("{base}/_sim/accounts"), &Value::Null)?;
        let mine = |account: &&Value| account["dialect"] == self.dialect.id() && account["situation"] == self.situation;
        let account = accounts.as_array().and_then(|all| all.iter().find(mine)).cloned();
        let account = account.ok_or_else(|| format!("the world has no account `{}`", self.situation))?;
        let before = self.books(worlds, &base, &account)?;
        for fault in place.faults(self.dialect.id())? {
            ask(worlds, "POST", &format!("{base}/_sim/faults"), &fault)?;
        }
        let (exit, said) = self.command(&base, &account).await?;
        ask(worlds, "DELETE", &format!("{base}/_sim/faults"), &Value::Null)?;
        ask(worlds, "POST", &format!("{base}/_sim/clock/advance"), &json!({ "seconds": SETTLING_S }))?;
        let after = self.books(worlds, &base, &account)?;
        let journal = ask(worlds, "GET", &format!("{base}/_sim/journal?limit=200"), &Value::Null)?;
        let mut exchanges = journal.as_array().cloned().unwrap_or_default();
        exchanges.reverse();
        ask(worlds, "DELETE", &format!("/_sim/worlds/{world}"), &Value::Null)?;
        let verdict = judge(&Evidence { before: &before, after: &after, exchanges: &exchanges, exit });
        let shown = exchanges.iter().map(|it| {
            json!({ "at": it["at"], "method": it["method"], "path": it["path"], "status": it["status"], "spoilt_by": it["spoilt_by"] })
        });
        Ok(Ran { verdict, exit, requests: exchanges.len(), exchanges: shown.collect(), said })
    }

    /// What the system knows of the account: its numbers, its purchases, and the movements of its money.
    fn books(&self, worlds: &Worlds, base: &str, account: &Value) -> Result<Value, String> {
        let id = account["account"].as_str().unwrap_or_default();
        let get = |path: String| ask(worlds, "GET", &format!("{base}/_sim/{path}"), &Value::Null);
        let (shown, ledger) = (get(format!("accounts/{id}"))?, get(format!("ledger?account={id}"))?);
        let purchases = get(format!("purchases?account={id}"))?;
        Ok(json!({ "numbers": shown.get("numbers"), "purchases": purchases, "entries": ledger.get("entries") }))
    }

    /// Runs the command, and returns its exit code and what it wrote.
    async fn command(&self, base: &str, account: &Value) -> Result<(Option<i32>, String), String> {
        let (program, args) = self.command.split_first().ok_or("there is no command")?;
        let root = format!("http://{}", self.address);
        let mut command = Command::new(program);
        command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        command.env("RINGUP_URL", &root);
        command.env("RINGUP_BASE_URL", format!("{root}{base}/{}{}", self.dialect.id(), self.dialect.base()));
        for (field, value) in account["credentials"].as_object().into_iter().flatten() {
            command.env(format!("RINGUP_{}", field.to_ascii_uppercase()), value.as_str().unwrap_or_default());
        }
        let running = command.spawn().map_err(|error| format!("`{program}` cannot be started: {error}"))?;
        match timeout(self.patience, running.wait_with_output()).await {
            Err(_) => Ok((None, format!("stopped after {} seconds", self.patience.as_secs()))),
            Ok(Err(error)) => Err(format!("`{program}` cannot be awaited: {error}")),
            Ok(Ok(output)) => {
                let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                Ok((output.status.code(), said.concat().chars().take(SAID_MAX).collect()))
            }
        }
    }
}

/// Asks the control plane.
fn ask(worlds: &Worlds, method: &str, path: &str, body: &Value) -> Result<Value, String> {
    let request = Request::to(method, path);
    let request = if body.is_null() { request } else { request.with_json(body) };
    let response = worlds.handle(&request);
    let told = match response.body {
        Body::Json(value) => value,
        Body::Empty => Value::Null,
        Body::Html(page) => page.into(),
    };
    if (200..300).contains(&response.status) { Ok(told) } else { Err(format!("{method} {path}: {told}")) }
}
