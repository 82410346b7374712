//! `cargo xtask test`: everything that CI checks, in the order in which things need each other.

mod passed;
mod report;
mod tally;

use std::env;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::shell::{cargo, program, run, succeeds};
use crate::{Result, npm, numbering_plan, page, prerequisite, repository, size, wasm};
use report::Report;
use tally::Runner;

/// Runs every step whose needs are met, also after a failure, and closes with the sum of all tests. With `all`, the slow
/// suites run as well, and whatever has passed on the same files is not run again.
pub(crate) fn test(all: bool) -> ExitCode {
    let mut report = Report::new(all);
    report.check("Node.js", &[], prerequisite::node);
    report.check("formatting", &[], || run(cargo().args(["fmt", "--all", "--check"])));
    report.check("npm package", &["Node.js"], wasm::package);
    report.check("bare module", &[], wasm::bare);
    report.check("package types", &["npm package"], package_types);
    report.check("package size", &["package types"], size::within_budget);
    report.check("lints", &[], lints);
    report.check("build", &[], build);
    report.check("Chromium", &[], chromium);
    report.check("libphonenumber", &[], || numbering_plan::python_package().map(drop));
    report.tests(
        "workspace tests",
        &["npm package", "bare module", "build", "Chromium", "libphonenumber"],
        workspace_tests,
    );
    report.tests("types from the Rust", &[], types_from_the_rust);
    report.tests("OpenAPI documents from the Rust", &[], openapi_documents);
    report.tests("examples in documents", &["build"], documents);
    report.tests("package tests", &["npm package", "build"], || npm_tests(repository::package_sources()));
    // After the Rust tests, none of which needs the page; it is carried by the program alone, which is built again.
    report.check("page", &["npm package"], page::build);
    report.check("program with the page", &["page"], build);
    report.tests("page tests", &["program with the page", "Chromium"], || npm_tests(repository::page()));
    report.tests("clients of the systems", &["build"], || npm_tests(repository::clients()));
    report.tests("packaging", &["npm package", "Chromium"], || packaging(all));
    report.close()
}

fn package_types() -> Result {
    npm::install(&repository::package_sources())?;
    run(&mut npm::script(&repository::package_sources(), "check"))
}

fn lints() -> Result {
    run(cargo().args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]))
}

/// In one go with what the test runner will want: chosen otherwise, packages would be built twice.
fn build() -> Result {
    run(cargo().args(["build", "--quiet", "--workspace", "--bins", "--tests"]))
}

/// Installs it now, so that no test has to wait for it.
fn chromium() -> Result {
    prerequisite::chromium().map(drop)
}

fn workspace_tests() -> Result<(Runner, Command)> {
    let mut cargo = cargo();
    // The installed cargo answers for a missing subcommand, so this asks for the version.
    let runner = if succeeds(crate::shell::cargo().args(["nextest", "--version"])) {
        cargo.args(["nextest", "run", "--no-fail-fast", "--workspace"]);
        Runner::Nextest
    } else {
        cargo.args(["test", "--no-fail-fast", "--workspace", "--bins", "--lib", "--tests"]);
        Runner::CargoTest
    };
    tell_what_was_built(&mut cargo)?;
    cargo.env("RINGUP_PHONENUMBERS", numbering_plan::python_package()?);
    Ok((runner, cargo))
}

/// For a few short tests, the core is built in half the time.
const UNOPTIMIZED: [&str; 2] = ["--config", "profile.dev.package.ringup-core.opt-level=0"];

/// By itself, for what it needs of the core must not be in what ships.
fn types_from_the_rust() -> Result<(Runner, Command)> {
    let mut cargo = cargo();
    cargo.args(["test", "--package", "ringup-core", "--features", "describe", "--test", "describe"]);
    cargo.args(UNOPTIMIZED);
    Ok((Runner::CargoTest, cargo))
}

/// By itself for the same reason.
fn openapi_documents() -> Result<(Runner, Command)> {
    let mut cargo = cargo();
    cargo.args(["test", "--package", "ringup-simulator", "--features", "describe", "--lib", "openapi"]);
    cargo.args(UNOPTIMIZED);
    Ok((Runner::CargoTest, cargo))
}

/// Packages of tests have no examples, and one of them brings a compiler.
const WITHOUT_EXAMPLES: [&str; 6] = [
    "ringup-parity",
    "ringup-tests",
    "ringup-tests-numbering",
    "ringup-tests-rules",
    "ringup-tests-search",
    "ringup-tests-served",
];

/// Cargo chooses features anew for examples, so that the core is built once more.
fn documents() -> Result<(Runner, Command)> {
    let mut cargo = cargo();
    cargo.args(["test", "--no-fail-fast", "--workspace", "--doc"]);
    cargo.args(WITHOUT_EXAMPLES.iter().flat_map(|package| ["--exclude", package]));
    cargo.args(UNOPTIMIZED);
    Ok((Runner::CargoTest, cargo))
}

fn npm_tests(folder: PathBuf) -> Result<(Runner, Command)> {
    npm::install(&folder)?;
    let mut npm = npm::script(&folder, "test");
    tell_what_was_built(&mut npm)?;
    Ok((Runner::Node, npm))
}

/// The npm package, packed and installed in a project of each tool. It keeps its own account of what has passed.
fn packaging(all: bool) -> Result<(Runner, Command)> {
    let mut node = program("node");
    node.arg(repository::packaging().join("run.mjs"));
    if !all {
        node.arg("--fast");
    }
    tell_what_was_built(&mut node)?;
    Ok((Runner::Node, node))
}

/// Tests take what they need from these variables and build nothing themselves.
fn tell_what_was_built(tests: &mut Command) -> Result {
    tests.env("RINGUP_NPM_PACKAGE", repository::package());
    tests.env("RINGUP_BARE_WASM", repository::bare_module());
    tests.env("RINGUP_BIN", repository::target().join("debug").join(format!("ringup{}", env::consts::EXE_SUFFIX)));
    if let Some(chromium) = prerequisite::installed_chromium() {
        tests.env("RINGUP_CHROMIUM", chromium);
    }
    Ok(())
}
