//! `cargo xtask planted`: plants one fault after the other in the core, and sees after how many histories the search finds
//! it.
//!
//! Not part of `cargo xtask test`, where a test sees that each fault stands at one line. The program is built once, with all
//! of them and a switch. What was found is noted for as long as the program is the same; so a run that was stopped goes on
//! where it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::flags::PlantedFlags;
use crate::shell::{cargo, read};
use crate::{Result, repository};

/// How one fault was found: the median and the most of the histories that it took, the promise, and a short history.
struct Found {
    fault: String,
    median: u64,
    most: u64,
    rule: String,
    history: String,
}

/// Tries those that are not known yet, and prints what is known of all of them.
pub(crate) fn planted(flags: &PlantedFlags) -> Result {
    let tests = program()?;
    let bytes = fs::read(&tests).map_err(|error| format!("{} cannot be read: {error}", tests.display()))?;
    let digest: String = Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let folder = repository::target().join("planted").join(digest);
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let names = read(&mut test(&tests, "planted::names"))?;
    let names = names.lines().filter_map(|line| Some(line.split_once("fault\t")?.1.to_owned()));
    let wanted = |name: &String| flags.names.is_empty() || flags.names.iter().any(|part| name.contains(part.as_str()));
    let all: Vec<String> = names.filter(wanted).collect();
    let mut open: Vec<&String> = all.iter().skip(flags.shard.number - 1).step_by(flags.shard.of).collect();
    open.retain(|name| known(&folder, name).is_none());
    open.truncate(if flags.report { 0 } else { flags.at_most.unwrap_or(usize::MAX) });
    for name in open {
        let mut test = test(&tests, "planted::a_planted_fault_is_found");
        test.env("RINGUP_PLANTED", name).env("RINGUP_HISTORIES", flags.histories.to_string());
        let output = test.output().map_err(|error| format!("{name}: {error}"))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let line =
            said.lines().find_map(|line| Some(line.split_once("found\t")?.1)).filter(|_| output.status.success());
        match line.and_then(Found::read) {
            Some(found) => println!("{found}"),
            None => println!("{name}: NOT FOUND in {} histories", flags.histories),
        }
        if let Some(line) = line {
            let file = folder.join(name);
            fs::write(&file, line).map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
        }
    }
    sum_up(&folder, &all, flags.report)
}

fn sum_up(folder: &Path, all: &[String], is_report: bool) -> Result {
    let found: Vec<Found> = all.iter().filter_map(|name| known(folder, name)).collect();
    if is_report {
        found.iter().for_each(|found| println!("{found}"));
    }
    let mut medians: Vec<u64> = found.iter().map(|found| found.median).collect();
    medians.sort_unstable();
    let within = medians.iter().filter(|median| **median <= 2_000).count();
    let median = medians.get(medians.len() / 2).copied().unwrap_or(0);
    println!("{} of {} faults found, {within} within 2,000 histories; the median is {median}", found.len(), all.len());
    let missing: Vec<&str> = all.iter().filter(|name| known(folder, name).is_none()).map(String::as_str).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("not found, or not tried yet: {}", missing.join(", "))) }
}

/// Builds the search with all faults.
fn program() -> Result<PathBuf> {
    let mut build = cargo();
    build.env("CARGO_TARGET_DIR", repository::target().join("planted")).env("RUSTFLAGS", "--cfg planted");
    build.args([
        "test",
        "--profile",
        "search",
        "--no-run",
        "--message-format",
        "json",
        "--package",
        "ringup-tests-search",
    ]);
    let messages = read(&mut build)?;
    let mut programs = messages.lines().filter_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    programs.next_back().ok_or_else(|| "cargo built no search".to_owned())
}

fn test(tests: &Path, name: &str) -> Command {
    let mut test = Command::new(tests);
    test.current_dir(repository::root()).args(["--exact", name, "--nocapture", "--test-threads", "1"]);
    test
}

fn known(folder: &Path, name: &str) -> Option<Found> {
    Found::read(&fs::read_to_string(folder.join(name)).ok()?)
}

impl Found {
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split('\t').map(str::to_owned);
        let mut word = || words.next();
        let (fault, median, most) = (word()?, word()?.parse().ok()?, word()?.parse().ok()?);
        Some(Self { fault, median, most, rule: word()?, history: word()? })
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { fault, median, most, rule, history } = self;
        write!(f, "{fault}: {rule} after {median} histories, {most} at most\n  {history}")
    }
}
