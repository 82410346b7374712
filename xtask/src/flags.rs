//! The command line.

use std::str::FromStr;

use clap::{Args, Parser, Subcommand};

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
    /// Mutate the core, and report mutants that no test catches. What was tried before is not tried again.
    Mutants(MutantFlags),
    /// Plant one fault after the other in the core, and print how many histories find it.
    Planted(PlantedFlags),
    /// Check bans, licences and sources of dependencies with cargo-deny.
    Audit,
    /// Compile libphonenumber's metadata into the table of the numbering plan.
    NumberingPlan,
    /// Print the table of a time zone for a policy, from the tzdb that comes with jiff.
    TimeZone {
        /// The name of the zone, such as `Europe/Amsterdam`.
        name: String,
        /// The first year of the table.
        #[arg(long, default_value_t = 2020)]
        from: i16,
        /// The first year that the table does not cover.
        #[arg(long, default_value_t = 2040)]
        until: i16,
    },
    /// Print the download size of each entry point of the npm package.
    Size {
        /// Print instead what reads and what writes JSON adds to the module. It builds the module four times.
        #[arg(long)]
        boundary: bool,
    },
}

/// Which mutants are tried now.
#[derive(Args, Clone, Copy)]
pub(crate) struct MutantFlags {
    /// The number of mutants in the sample.
    #[arg(long, default_value_t = 400)]
    pub(crate) count: usize,
    /// The seed that selects them.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// The number of parallel jobs.
    #[arg(long, default_value_t = 1)]
    pub(crate) jobs: usize,
    /// The part of the sample that is tried, such as `2/8`.
    #[arg(long, default_value = "1/1")]
    pub(crate) shard: Shard,
    /// Stop after this many minutes. The next run goes on.
    #[arg(long)]
    pub(crate) minutes: Option<u64>,
    /// Try at most this many.
    #[arg(long)]
    pub(crate) at_most: Option<usize>,
    /// Try those again that lived.
    #[arg(long)]
    pub(crate) retry: bool,
    /// Try none, and print what is known.
    #[arg(long)]
    pub(crate) report: bool,
}

/// Which planted faults are searched for now.
#[derive(Args)]
pub(crate) struct PlantedFlags {
    /// Parts of the names of those to plant. Without any, all.
    pub(crate) names: Vec<String>,
    /// The part of them that is tried, such as `2/8`.
    #[arg(long, default_value = "1/1")]
    pub(crate) shard: Shard,
    /// Try at most this many.
    #[arg(long)]
    pub(crate) at_most: Option<usize>,
    /// Give up a fault after this many histories.
    #[arg(long, default_value_t = 100_000)]
    pub(crate) histories: u64,
    /// Try none, and print what is known.
    #[arg(long)]
    pub(crate) report: bool,
}

/// One of several equal parts, written `2/8`.
#[derive(Clone, Copy)]
pub(crate) struct Shard {
    /// From 1.
    pub(crate) number: usize,
    pub(crate) of: usize,
}

impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shard = text
            .split_once('/')
            .and_then(|(number, of)| Some(Self { number: number.parse().ok()?, of: of.parse().ok()? }));
        shard.filter(|shard| 1 <= shard.number && shard.number <= shard.of).ok_or("a shard is written `2/8`")
    }
}
