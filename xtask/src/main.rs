//! Development tasks: `cargo xtask up`, `test`, `wasm`, `bench`, `exhaustive`, `mutants`, `planted`,
//! `audit`, `numbering-plan`, `time-zone`, `size`. An error is one sentence, with its fix.

mod flags;

mod audit;
mod bench;
mod exhaustive;
mod mutants;
mod numbering_plan;
mod planted;
mod size;
mod test;
mod time_zone;
mod up;

mod page;
mod wasm;

mod debian;
mod npm;
mod prerequisite;
mod toolchain;

mod files;
mod repository;
mod shell;

use std::process::ExitCode;

use clap::Parser;

use crate::flags::{Chore, Flags};

/// The result of a task; the error is a sentence with the problem and its fix.
type Result<T = ()> = std::result::Result<T, String>;

fn main() -> ExitCode {
    let done = match Flags::parse().chore {
        Chore::Up { port, serve } => up::up(port, &serve),
        Chore::Test { all } => return test::test(all),
        Chore::Wasm => prerequisite::node().and_then(|()| wasm::package()).and_then(|()| wasm::bare()),
        Chore::Bench => bench::bench(),
        Chore::Exhaustive { names, list, again } => exhaustive::exhaustive(&names, list, again),
        Chore::Mutants(flags) => mutants::mutants(&flags),
        Chore::Planted(flags) => planted::planted(&flags),
        Chore::Audit => audit::audit(),
        Chore::NumberingPlan => numbering_plan::write(),
        Chore::TimeZone { name, from, until } => time_zone::print(&name, from, until),
        Chore::Size { boundary: false } => size::size(),
        Chore::Size { boundary: true } => size::boundary(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}
