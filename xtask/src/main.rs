//! The chores: `cargo xtask up`, `test`, `wasm`, `bench`, `mutants`, `audit`, `numbering-plan`, `size`. What goes wrong is told
//! in one sentence, with its fix.

mod flags;

mod audit;
mod bench;
mod mutants;
mod numbering_plan;
mod size;
mod test;
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

/// What a chore answers: nothing, or the sentence that says what is wrong and what to do about it.
type Result<T = ()> = std::result::Result<T, String>;

fn main() -> ExitCode {
    let done = match Flags::parse().chore {
        Chore::Up { port, serve } => up::up(port, &serve),
        Chore::Test => return test::test(),
        Chore::Wasm => prerequisite::node().and_then(|()| wasm::package()).and_then(|()| wasm::bare()),
        Chore::Bench => bench::bench(),
        Chore::Mutants { count, seed, jobs } => mutants::mutants(count, seed, jobs),
        Chore::Audit => audit::audit(),
        Chore::NumberingPlan => numbering_plan::write(),
        Chore::Size => size::size(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}
