//! Running other programs, and saying in one sentence why one could not run or failed.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;
use crate::repository;

/// A program to run at the root of the repository. It gets no standard input: a chore never asks.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(repository::root()).stdin(Stdio::null());
    command
}

/// The cargo that runs this chore, so that one toolchain builds everything.
pub(crate) fn cargo() -> Command {
    let mut cargo = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.env("CARGO_TARGET_DIR", repository::target());
    cargo
}

/// Runs it; what it prints is seen.
pub(crate) fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    succeeded(command, status)
}

/// Runs it and keeps what it prints on standard output.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| cannot_start(command, &error))?;
    succeeded(command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether it runs and succeeds; what it prints is not seen.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Whether it runs and succeeds within the limit; after that it is stopped. What it prints is not seen.
pub(crate) fn succeeds_within(command: &mut Command, limit: Duration) -> bool {
    let started = Instant::now();
    let Ok(mut child) = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn() else {
        return false;
    };
    while started.elapsed() < limit {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(Duration::from_millis(50)),
            Err(_) => break,
        }
    }
    // Both may fail only because it has just ended by itself.
    let _ = child.kill();
    let _ = child.wait();
    false
}

/// Runs it; what it prints is seen, line by line, and given back together with how it ended.
pub(crate) fn run_and_listen(command: &mut Command) -> Result<(String, Result)> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| cannot_start(command, &error))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let errors = thread::spawn(move || stderr.map(|pipe| repeat(pipe, std::io::stderr())).unwrap_or_default());
    let mut heard = stdout.map(|pipe| repeat(pipe, std::io::stdout())).unwrap_or_default();
    heard += &errors.join().unwrap_or_default();
    let status = child.wait().map_err(|error| cannot_start(command, &error))?;
    Ok((heard, succeeded(command, status)))
}

/// Passes every line on and gives all of them back.
fn repeat(pipe: impl Read, mut to: impl Write) -> String {
    let mut heard = Vec::new();
    let mut lines = BufReader::new(pipe);
    loop {
        let start = heard.len();
        match lines.read_until(b'\n', &mut heard) {
            Ok(0) | Err(_) => return String::from_utf8_lossy(&heard).into_owned(),
            // Nobody may be reading us any more; the program still has to run to its end.
            Ok(_) => drop(to.write_all(&heard[start..])),
        }
    }
}

fn succeeded(command: &Command, status: ExitStatus) -> Result {
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", line(command))) }
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    let name = name(command);
    match (error.kind(), fix(&name)) {
        (ErrorKind::NotFound, Some(fix)) => format!("`{name}` is missing: {fix}"),
        (ErrorKind::NotFound, None) => format!("`{name}` is missing: install it and put it on the PATH"),
        _ => format!("`{name}` could not be started: {error}"),
    }
}

/// What to do when a program that we need is not there.
fn fix(program: &str) -> Option<&'static str> {
    match program {
        // The crates take 1.89; wasmtime, which the tests run the module in, does not.
        "cargo" | "rustc" => Some("install Rust 1.95 or newer with rustup"),
        "node" | "npm" => Some("install Node.js 20 or newer, with npm"),
        "python3" => Some("install Python 3.8 or newer, with pip"),
        "apt-get" | "dpkg" => Some("this step knows only Debian's packages"),
        _ => None,
    }
}

/// The command as one would type it, without the folder of the program.
fn line(command: &Command) -> String {
    let mut line = name(command);
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

fn name(command: &Command) -> String {
    let path = Path::new(command.get_program());
    path.file_name().unwrap_or(command.get_program()).to_string_lossy().into_owned()
}
