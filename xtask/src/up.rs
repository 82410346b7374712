//! `cargo xtask up`: from a fresh clone to a running simulator.

use std::process::{Command, Stdio};

use crate::shell::{cargo, program, run};
use crate::{Result, page, prerequisite, repository, wasm};

/// Builds the package, the page and the program, then becomes the program.
pub(crate) fn up(port: u16, serve: &[String]) -> Result {
    prerequisite::node()?;
    wasm::package()?;
    page::build()?;
    run(cargo().args(["build", "--release", "--package", "ringup-cli"]))?;
    let mut ringup = program(repository::target().join("release/ringup"));
    ringup.arg("serve").args(["--port", &port.to_string()]).args(serve).stdin(Stdio::inherit());
    become_it(ringup)
}

/// Where a process can turn into another one, Ctrl-C and a termination reach the program with nobody between.
#[cfg(unix)]
fn become_it(mut program: Command) -> Result {
    use std::os::unix::process::CommandExt;
    Err(format!("`ringup` could not be started: {}", program.exec()))
}

#[cfg(not(unix))]
fn become_it(mut program: Command) -> Result {
    run(&mut program)
}
