//! The command line.

use clap::{Parser, Subcommand};

/// The chores of Ringup.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
pub(crate) struct Flags {
    #[command(subcommand)]
    pub(crate) chore: Chore,
}

#[derive(Subcommand)]
pub(crate) enum Chore {
    /// Build everything from a fresh clone and run `ringup serve`.
    Up {
        /// Where it listens, on this machine.
        #[arg(long, default_value_t = 8787)]
        port: u16,
        /// Whatever else `ringup serve` should be told.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "SERVE ARGUMENTS")]
        serve: Vec<String>,
    },
    /// Check and test everything, as CI does.
    Test,
    /// Build the npm package, with the numbering plan as a module of its own, and the module without imports.
    Wasm,
    /// Say how long a quote, a decision and a number take, and how many times as long others take for a number.
    Bench,
    /// Break rules of the core on purpose, and see whether a test fails.
    Mutants {
        /// How many of all possible mutants.
        #[arg(long, default_value_t = 300)]
        count: usize,
        /// Which ones.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many at a time.
        #[arg(long, default_value_t = 1)]
        jobs: usize,
    },
    /// Check bans, licences and sources of everything that is linked, with cargo-deny.
    Audit,
    /// Compile libphonenumber's metadata into the table of the numbering plan.
    NumberingPlan,
    /// Say how much a page downloads with each entry point of the npm package.
    Size,
}
