//! The program `ringup`.

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand, ValueEnum};
use ringup_cli::console::{self, Mistake, Printed};
use ringup_cli::server::{self, Guard, Origin, Token};
use ringup_cli::{number_lines, torture};
use ringup_numbering::{Country, plan_has};
use ringup_simulator::world::ClockMode;
use ringup_simulator::{Config, Worlds, dialects};

/// The exit code if a file or the arguments cannot be read, or the answer cannot be written. It is clap's own, too.
const UNREADABLE: u8 = 2;

/// Price, check and rehearse the purchase of phone numbers
#[derive(Parser)]
#[command(name = "ringup", version)]
struct Ringup {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the simulated systems, the control plane and the page
    Serve(Serve),
    /// Read phone numbers from standard input, one per line, and print one JSON object per line. A line of more than 4096 bytes
    /// is `too_long`
    Number {
        /// The country of numbers without `+` or an international prefix
        #[arg(long)]
        country: Option<Country>,
    },
    /// Price a request and check every gate. Exit code: 0 accepted, 1 not accepted, 2 a file cannot be read
    Quote(console::quote::QuoteArgs),
    /// Check policies, or compare two
    Policy {
        #[command(subcommand)]
        command: PolicyCommand,
    },
    /// Search for a history of purchases that breaks a promise of the core. Exit code: 0 none, 1 one is broken, 2 no such history
    Rehearse(console::rehearse::RehearseArgs),
    /// Run a client that buys one number, with one fault at each place where one can meet it. Exit code: 0 safe everywhere, 1 not,
    /// 2 it cannot be run
    Torture(torture::TortureArgs),
}

#[derive(Subcommand)]
enum PolicyCommand {
    /// Print every mistake with its field, line and help. Exit code: 0 none, 1 some, 2 a file cannot be read
    Check(console::policy_check::CheckArgs),
    /// Find requests whose answer or price changes between two policies. Exit code: 0 none, 1 some, 2 a file cannot be read
    Diff(console::policy_diff::DiffArgs),
}

#[derive(clap::Args)]
struct Serve {
    /// The port to listen on; 0 for any free one
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The seed of the simulated world
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How the simulated clock moves
    #[arg(long, value_enum, default_value_t = ClockChoice::Wall)]
    clock: ClockChoice,
    /// The base URL in links [default: the listening address]
    #[arg(long)]
    public_url: Option<String>,
    /// One more name that the server answers to; may be given several times. Its address, `localhost` and the public URL's host
    /// need none
    #[arg(long, value_name = "NAME")]
    host_name: Vec<String>,
    /// An origin whose pages may use the server, such as `http://localhost:3000`; may be given several times
    #[arg(long, value_name = "ORIGIN")]
    cors: Vec<Origin>,
    /// The token that the control plane asks for [default: none on a loopback address, else a new one, which is printed]
    #[arg(long, env = "RINGUP_TOKEN", hide_env_values = true)]
    token: Option<Token>,
}

#[derive(Clone, Copy, ValueEnum)]
enum ClockChoice {
    /// In real time, plus what the control plane adds
    Wall,
    /// Only by the control plane, from 2026-03-25T10:00:00Z
    Manual,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("RINGUP_LOG").unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let done = match Ringup::parse().command {
        Command::Serve(serve) => run(serve).await.map(|()| ExitCode::SUCCESS),
        Command::Number { country } => numbers(country).map(|()| ExitCode::SUCCESS),
        Command::Quote(args) => answer(console::quote::quote(&args)),
        Command::Rehearse(args) => match console::rehearse::search(&args) {
            Ok(printed) => answer(Ok(printed)),
            Err(message) => Err(message),
        },
        Command::Torture(args) => match torture::torture(&args).await {
            Ok(printed) => answer(Ok(printed)),
            Err(message) => Err(message),
        },
        Command::Policy { command: PolicyCommand::Diff(args) } => answer(console::policy_diff::diff(&args)),
        Command::Policy { command: PolicyCommand::Check(args) } => {
            let (printed, unreadable) = console::policy_check::check(&args);
            unreadable.iter().for_each(tell);
            let code = answer(Ok(printed));
            if unreadable.is_empty() { code } else { code.map(|_| UNREADABLE.into()) }
        }
    };
    match done {
        Ok(code) => code,
        Err(message) => {
            tell(&message);
            UNREADABLE.into()
        }
    }
}

async fn run(serve: Serve) -> Result<(), String> {
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

fn numbers(country: Option<Country>) -> Result<(), String> {
    if let Some(unknown) = country.filter(|country| !plan_has(*country)) {
        return Err(format!("country `{unknown}` is not in the numbering plan"));
    }
    match number_lines::answer_lines(std::io::stdin().lock(), std::io::stdout().lock(), country) {
        // The reader has closed the pipe.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|error| format!("the lines could not be read or answered: {error}")),
    }
}

fn answer(printed: Result<Printed, Mistake>) -> Result<ExitCode, String> {
    let printed = match printed {
        Ok(printed) => printed,
        Err(mistake) => {
            tell(&mistake);
            return Ok(UNREADABLE.into());
        }
    };
    let mut out = std::io::stdout().lock();
    match out.write_all(printed.text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("the answer could not be written: {error}")),
        _ => Ok(printed.code.into()),
    }
}

/// Writes to standard error. If that fails, the exit code still tells the failure.
fn tell(problem: &impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "ringup: {problem}");
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
