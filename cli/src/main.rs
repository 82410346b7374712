//! The program `ringup`.

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use ringup_cli::console::{self, Mistake, Printed};
use ringup_cli::{number_lines, serve, torture};
use ringup_numbering::{Country, plan_has};

/// The exit code if a file or the arguments cannot be read, or the answer cannot be written. It is clap's own, too.
const UNREADABLE: u8 = 2;

/// Price, check and rehearse the purchase of phone numbers
#[derive(Parser)]
#[command(name = "ringup", version)]
struct Ringup {
    /// How the log is written to standard error; `RINGUP_LOG` says what is logged
    #[arg(long, env = "RINGUP_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text, global = true)]
    log_format: LogFormat,
    #[command(subcommand)]
    command: Command,
}

/// How the log is written.
#[derive(Clone, Copy, ValueEnum)]
enum LogFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the simulated systems, the control plane and the page
    Serve(serve::Serve),
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
    /// Print the completions of a shell: `ringup completions bash > /etc/bash_completion.d/ringup`
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Subcommand)]
enum PolicyCommand {
    /// Print every mistake with its field, line and help. Exit code: 0 none, 1 some, 2 a file cannot be read
    Check(console::policy_check::CheckArgs),
    /// Find requests whose answer or price changes between two policies. Exit code: 0 none, 1 some, 2 a file cannot be read
    Diff(console::policy_diff::DiffArgs),
}

#[tokio::main]
async fn main() -> ExitCode {
    let Ringup { log_format, command } = Ringup::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("RINGUP_LOG").unwrap_or_else(|_| "warn".into());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    let done = match command {
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Ringup::command(), "ringup", &mut std::io::stdout());
            Ok(ExitCode::SUCCESS)
        }
        Command::Serve(args) => serve::run(args).await.map(|()| ExitCode::SUCCESS),
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
