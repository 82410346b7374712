//! `cargo xtask mutants`: breaks rules of the core on purpose, one at a time, and sees whether a test fails.
//!
//! Not part of `cargo xtask test`: it takes an hour or two. Which mutants are tried follows from the seed and from their names.

use std::fs;

use sha2::{Digest, Sha256};

use crate::shell::{cargo, read, run, succeeds};
use crate::{Result, repository};

/// The files with the rules: gates and limits, prices and what they are made of.
const RULES: [&str; 19] = [
    "core/src/account/standing.rs",
    "core/src/base/calendar.rs",
    "core/src/base/calendar/**",
    "core/src/base/money.rs",
    "core/src/base/money/**",
    "core/src/base/window.rs",
    "core/src/decide/purchase.rs",
    "core/src/explain.rs",
    "core/src/gates.rs",
    "core/src/gates/**",
    "core/src/market/price.rs",
    "core/src/price/**",
    "core/src/quote.rs",
    "core/src/quote/**",
    "core/src/records/held_counts.rs",
    "core/src/terms/limits.rs",
    "core/src/terms/plan.rs",
    "core/src/terms/rate_card.rs",
    "core/src/terms/rate_card/**",
];

/// The tests that should notice.
const PACKAGES: [&str; 2] = ["ringup-core", "ringup-tests-rules"];

/// How long the tests of one mutant may take: many times as long as they do when nothing is broken.
const TEST_SECONDS_MAX: &str = "300";

/// How many random cases each property tries for a mutant, unless `PROPTEST_CASES` says so: a tenth of what is usual, for a
/// rule should have a row in a table.
const RANDOM_CASES: &str = "300";

/// Tries `count` mutants, chosen by the seed.
pub(crate) fn mutants(count: usize, seed: u64, jobs: usize) -> Result {
    if !succeeds(cargo().args(["mutants", "--version"])) {
        run(cargo().args(["install", "--quiet", "--locked", "cargo-mutants"]))?;
    }
    // The tool's own first run would leave out the packages that are not mutated.
    run(cargo().arg("test").args(PACKAGES.iter().flat_map(|package| ["--package", package])))?;
    let mut list = tool();
    list.args(["--list", "--no-config"]);
    let all = read(&mut list)?;
    let all: Vec<&str> = all.lines().collect();
    let chosen = sample(all.clone(), count, seed);
    println!("{} of {} mutants, chosen by the seed {seed}", chosen.len(), all.len());

    let folder = repository::target().join("mutants");
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let config = folder.join("chosen.toml");
    fs::write(&config, choice(&chosen)).map_err(|error| format!("{} cannot be written: {error}", config.display()))?;
    let mut tool = tool();
    tool.arg("--config").arg(&config).arg("--output").arg(&folder).args(["--jobs", &jobs.to_string()]);
    tool.args(["--baseline", "skip", "--timeout", TEST_SECONDS_MAX]);
    for package in PACKAGES {
        tool.args(["--test-package", package]);
    }
    if succeeds(cargo().args(["nextest", "--version"])) {
        // It stops at the first test that fails.
        tool.args(["--test-tool", "nextest"]);
    }
    run(&mut tool).map_err(|why| format!("{why}: read which ones lived in {}", folder.join("mutants.out").display()))
}

/// `cargo mutants` over the rules. It builds in copies of the repository, each with a target folder of its own.
fn tool() -> std::process::Command {
    let mut tool = cargo();
    tool.env_remove("CARGO_TARGET_DIR").env("CARGO_PROFILE_DEV_DEBUG", "0");
    if std::env::var_os("PROPTEST_CASES").is_none() {
        tool.env("PROPTEST_CASES", RANDOM_CASES);
    }
    tool.args(["mutants", "--package", "ringup-core"]);
    for rules in RULES {
        tool.args(["--file", rules]);
    }
    tool
}

/// `count` of them, the same ones for the same seed, in the order of their names.
fn sample(mut all: Vec<&str>, count: usize, seed: u64) -> Vec<&str> {
    all.sort_by_cached_key(|name| Sha256::new().chain_update(seed.to_le_bytes()).chain_update(name).finalize());
    all.truncate(count);
    all.sort_unstable();
    all
}

/// The tool's configuration, which names exactly these.
fn choice(chosen: &[&str]) -> String {
    let mut config = "examine_re = [\n".to_owned();
    for name in chosen {
        let mut pattern = String::new();
        for character in name.chars() {
            // Not every sign: `\<` has a meaning that `<` has not.
            if r"\.+*?()|[]{}^$#&-~".contains(character) {
                pattern.push('\\');
            }
            pattern.push(character);
        }
        config += &format!("    '''^{pattern}$''',\n");
    }
    config + "]\n"
}

#[cfg(test)]
mod tests {
    use super::{choice, sample};

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
    fn a_mutant_is_named_to_the_letter() {
        let config = choice(&["core/src/money.rs:1:2: replace * with + in Money::times"]);
        assert!(config.contains(r"'''^core/src/money\.rs:1:2: replace \* with \+ in Money::times$'''"), "{config}");
    }
}
