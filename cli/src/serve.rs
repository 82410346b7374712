//! `ringup serve`: the flags, the start-up lines, and the signals that end it.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use clap::ValueEnum;
use ringup_simulator::world::ClockMode;
use ringup_simulator::{Config, Worlds, dialects};

use crate::server::{self, Guard, Origin, Token};

/// How the server is started. Each flag can be given by the environment as well: `RINGUP_PORT` for `--port`.
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// The port to listen on; 0 for any free one
    #[arg(long, env = "RINGUP_PORT", default_value_t = 8787)]
    pub port: u16,
    /// The address to listen on
    #[arg(long, env = "RINGUP_HOST", default_value = "127.0.0.1")]
    pub host: String,
    /// The seed of the simulated world
    #[arg(long, env = "RINGUP_SEED", default_value_t = 0)]
    pub seed: u64,
    /// How the simulated clock moves
    #[arg(long, env = "RINGUP_CLOCK", value_enum, default_value_t = ClockChoice::Wall)]
    pub clock: ClockChoice,
    /// The base URL in links [default: the listening address]
    #[arg(long, env = "RINGUP_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// One more name that the server answers to; may be given several times. Its address, `localhost` and the public URL's host
    /// need none
    #[arg(long, env = "RINGUP_HOST_NAME", value_delimiter = ',', value_name = "NAME")]
    pub host_name: Vec<String>,
    /// An origin whose pages may use the server, such as `http://localhost:3000`; may be given several times
    #[arg(long, env = "RINGUP_CORS", value_delimiter = ',', value_name = "ORIGIN")]
    pub cors: Vec<Origin>,
    /// The token that the control plane asks for [default: none on a loopback address, else a new one, which is printed]
    #[arg(long, env = "RINGUP_TOKEN", hide_env_values = true)]
    pub token: Option<Token>,
}

/// How the simulated clock moves.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ClockChoice {
    /// In real time, plus what the control plane adds
    Wall,
    /// Only by the control plane, from 2026-03-25T10:00:00Z
    Manual,
}

/// Serves until the process is told to stop.
///
/// # Errors
/// The address cannot be opened or served, as a sentence.
pub async fn run(serve: Serve) -> Result<(), String> {
    let (listener, address) = server::listen(&serve.host, serve.port).await?;
    let public_url = serve.public_url.map_or_else(|| reached_at(address), |url| url.trim_end_matches('/').to_owned());
    let clock = match serve.clock {
        ClockChoice::Wall => ClockMode::Wall,
        ClockChoice::Manual => ClockMode::Manual,
    };
    let token = match serve.token {
        None if !address.ip().is_loopback() => Some(Token::random()?),
        token => token,
    };
    greet(&public_url, token.as_ref());
    let mut guard = Guard::of(address).reached_at(&public_url);
    guard = serve.host_name.iter().fold(guard, |guard, name| guard.named(name));
    guard = serve.cors.into_iter().fold(guard, Guard::allowing);
    guard = token.into_iter().fold(guard, Guard::behind);
    let worlds = Arc::new(Worlds::new(Config { seed: serve.seed, clock, public_url, ..Config::default() }));
    let stop = stopped()?;
    server::serve(listener, worlds, guard, stop).await.map_err(|error| format!("the server has failed: {error}"))
}

/// Prints the base address of each system. A closed standard output does not stop the server.
fn greet(public_url: &str, token: Option<&Token>) {
    let query = token.map(|token| format!("?token={}", token.as_str())).unwrap_or_default();
    let mut lines = vec![format!("listening on {public_url}"), format!("  page           {public_url}/{query}")];
    for dialect in dialects::ALL {
        let title = &dialect.shop().policy().title;
        lines.push(format!("  {title:<14} {public_url}/{}{}/", dialect.id(), dialect.base()));
    }
    lines.push(format!("  control plane  {public_url}/_sim  (accounts and their keys: {public_url}/_sim/accounts)"));
    if let Some(token) = token {
        lines.push(format!("  its token      {}", token.as_str()));
    }
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{}", lines.join("\n")).and_then(|()| out.flush());
}

/// An address that a browser on this machine can open.
fn reached_at(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        return format!("http://127.0.0.1:{}", address.port());
    }
    format!("http://{address}")
}

/// Ends at a signal to stop.
#[cfg(unix)]
fn stopped() -> Result<impl Future<Output = ()> + Send + 'static, String> {
    use tokio::signal::unix::{SignalKind, signal};
    let hear = |kind| signal(kind).map_err(|error| format!("no signal handler could be set: {error}"));
    let (mut interrupt, mut terminate) = (hear(SignalKind::interrupt())?, hear(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends at a signal to stop.
#[cfg(not(unix))]
fn stopped() -> Result<impl Future<Output = ()> + Send + 'static, String> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
