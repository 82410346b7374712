//! The command line.

use clap::{Parser, Subcommand};

/// Development tasks of Ringup.
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
        /// The port to listen on.
        #[arg(long, default_value_t = 8787)]
        port: u16,
        /// More arguments for `ringup serve`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "SERVE ARGUMENTS")]
        serve: Vec<String>,
    },
    /// Check and test everything, as CI does.
    Test {
        /// Run the slow suites as well. A suite that has passed on the same files is not run again.
        #[arg(long)]
        all: bool,
    },
    /// Build the npm package and the bare WebAssembly module.
    Wasm,
    /// Measure a quote, a decision and a number, and compare numbers with other libraries.
    Bench,
    /// Check statements about money, dates and windows in every case of a bounded domain.
    Exhaustive {
        /// Parts of the names of those to check. Without any, all.
        names: Vec<String>,
        /// Print the names only.
        #[arg(long)]
        list: bool,
        /// Check anew what the same program has checked before.
        #[arg(long)]
        again: bool,
    },
    /// Mutate rules of the core, and report mutants that no test catches.
    Mutants {
        /// The number of mutants.
        #[arg(long, default_value_t = 300)]
        count: usize,
        /// The seed that selects them.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The number of parallel jobs.
        #[arg(long, default_value_t = 1)]
        jobs: usize,
    },
    /// Check bans, licences and sources of dependencies with cargo-deny.
    Audit,
    /// Compile libphonenumber's metadata into the table of the numbering plan.
    NumberingPlan,
    /// Print the download size of each entry point of the npm package.
    Size,
}
