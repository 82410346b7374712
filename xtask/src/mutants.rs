//! `cargo xtask mutants`: breaks the core on purpose, one place at a time, and sees whether a test fails.
//!
//! Not part of `cargo xtask test`: a sample of 400 takes hours. So it is tried in shards, each in as many runs as it takes:
//! what became of a mutant is noted as soon as it is known, and the next run goes on. Which mutants are in the sample
//! follows from the seed and from their names.

mod state;

use std::fs;
use std::process::Command;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::flags::{MutantFlags, Shard};
use crate::shell::{cargo, read, run, run_within, succeeds};
use crate::{Result, repository};
use state::State;

/// What is mutated: all of the core, without what only tests are built of.
const FILES: &str = "core/src/**";
const TESTS: [&str; 2] = ["core/src/**/tests.rs", "core/src/gates/scene.rs"];

/// The tests that should notice.
const PACKAGES: [&str; 3] = ["ringup-core", "ringup-tests-rules", "ringup-tests-search"];

/// How long the tests of one mutant may take: many times as long as they do when nothing is broken.
const TEST_SECONDS_MAX: &str = "300";

/// How many histories the search plays for a mutant, unless `RINGUP_HISTORIES` says so.
const HISTORIES: &str = "500";

/// How many random cases each property tries for a mutant, unless `PROPTEST_CASES` says so: a tenth of what is usual, for a
/// rule should have a row in a table.
const RANDOM_CASES: &str = "300";

/// Tries those of the sample that are in the shard and not known yet, and prints what is known of the whole sample.
pub(crate) fn mutants(flags: &MutantFlags) -> Result {
    let &MutantFlags { count, seed, jobs, shard, minutes, at_most, retry, report } = flags;
    if !succeeds(cargo().args(["mutants", "--version"])) {
        run(cargo().args(["install", "--quiet", "--locked", "cargo-mutants"]))?;
    }
    let mut list = tool();
    list.args(["--list", "--no-config"]);
    let all = read(&mut list)?;
    let all: Vec<&str> = all.lines().collect();
    let chosen = sample(all.clone(), count, seed);
    println!("{} of {} mutants, chosen by the seed {seed}", chosen.len(), all.len());

    // Another core has other mutants: a line that moves is another name.
    let folder = repository::target().join("mutants").join(format!("{seed}-{count}-{}", digest(&chosen)));
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let mut state = State::load(&folder)?;
    if retry {
        state.forget_survivors()?;
    }
    let mut open: Vec<&str> = of_shard(&chosen, shard).filter(|mutant| !state.knows(mutant)).collect();
    open.truncate(at_most.unwrap_or(usize::MAX));
    let mut stopped = Ok(());
    if !report && !open.is_empty() {
        println!("{} of them are tried now", open.len());
        // The tool's own first run would leave out the packages that are not mutated.
        if retry || !state.is_begun() {
            run(cargo().arg("test").args(PACKAGES.iter().flat_map(|package| ["--package", package])))?;
        }
        state.leave_only(&all, &open)?;
        let mut tool = tool();
        tool.args(["--no-config", "--iterate", "--output"]).arg(&folder).args(["--jobs", &jobs.to_string()]);
        tool.args(["--baseline", "skip", "--timeout", TEST_SECONDS_MAX]);
        for package in PACKAGES {
            tool.args(["--test-package", package]);
        }
        if succeeds(cargo().args(["nextest", "--version"])) {
            // It stops at the first test that fails.
            tool.args(["--test-tool", "nextest"]);
        }
        let limit = minutes.map(|minutes| Duration::from_secs(minutes * 60));
        // It fails if a mutant lives, which the table tells better.
        stopped = run_within(&mut tool, limit);
        state.gather()?;
    }
    println!("{}", state.table(&chosen));
    // The tool fails where a mutant lives or takes too long, which the table tells better.
    if open.iter().any(|mutant| state.knows(mutant)) { Ok(()) } else { stopped }
}

/// `cargo mutants` over the core. It builds in copies of the repository, each with a target folder of its own.
fn tool() -> Command {
    let mut tool = cargo();
    tool.env_remove("CARGO_TARGET_DIR").env("CARGO_PROFILE_DEV_DEBUG", "0");
    if std::env::var_os("RINGUP_HISTORIES").is_none() {
        tool.env("RINGUP_HISTORIES", HISTORIES);
    }
    if std::env::var_os("PROPTEST_CASES").is_none() {
        tool.env("PROPTEST_CASES", RANDOM_CASES);
    }
    tool.args(["mutants", "--package", "ringup-core", "--file", FILES]);
    for tests in TESTS {
        tool.args(["--exclude", tests]);
    }
    tool
}

/// The mutants of one shard: every n-th, so that the shards take equally long.
fn of_shard<'a>(chosen: &[&'a str], shard: Shard) -> impl Iterator<Item = &'a str> {
    chosen.iter().copied().skip(shard.number - 1).step_by(shard.of)
}

fn digest(chosen: &[&str]) -> String {
    let digest = Sha256::new().chain_update(chosen.join("\n")).finalize();
    digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// `count` of them, the same ones for the same seed, in the order of their names.
fn sample(mut all: Vec<&str>, count: usize, seed: u64) -> Vec<&str> {
    all.sort_by_cached_key(|name| Sha256::new().chain_update(seed.to_le_bytes()).chain_update(name).finalize());
    all.truncate(count);
    all.sort_unstable();
    all
}

#[cfg(test)]
mod tests {
    use super::{of_shard, sample};
    use crate::flags::Shard;

    #[test]
    fn a_seed_chooses_the_same_mutants_again() {
        let all: Vec<String> = (0..100).map(|mutant| format!("mutant {mutant}")).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let one = sample(all.clone(), 10, 1);
        let mut reversed = all.clone();
        reversed.reverse();
        assert_eq!(one.len(), 10);
        assert_eq!(sample(reversed, 10, 1), one);
        assert_ne!(sample(all, 10, 2), one);
    }

    #[test]
    fn the_shards_are_the_sample() {
        let chosen = ["a", "b", "c", "d", "e"];
        let shards: Vec<Vec<&str>> =
            (1..=2).map(|number| of_shard(&chosen, Shard { number, of: 2 }).collect()).collect();
        assert_eq!(shards, [vec!["a", "c", "e"], vec!["b", "d"]]);
        assert!("0/2".parse::<Shard>().is_err() && "3/2".parse::<Shard>().is_err() && "2/2".parse::<Shard>().is_ok());
    }
}
