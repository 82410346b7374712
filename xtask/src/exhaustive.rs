//! `cargo xtask exhaustive`: statements about money, dates and windows, in every case of a bounded domain.
//!
//! Not part of `cargo xtask test`, which looks at a sample. What has been seen to hold stands in a file of the target
//! folder, for as long as the tests' program is the same; so a run that was stopped goes on where it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::shell::{cargo, program, read};
use crate::{Result, repository};

/// The packages with such statements, the target of each, and how the names of its tests begin.
const SUITES: [(&str, &[&str], &str); 2] =
    [("ringup-core", &["--lib"], "exhaustive::"), ("ringup-tests-rules", &["--test", "rules"], "prices::slices::")];

/// Checks the statements whose names contain one of `names`; without names, all.
pub(crate) fn exhaustive(names: &[String], is_list: bool, again: bool) -> Result {
    let mut failed = Vec::new();
    for (package, target, prefix) in SUITES {
        let tests = program_of(package, target)?;
        let all = read(program(&tests).args(["--list", "--format", "terse", prefix]))?;
        let all = all.lines().filter_map(|line| line.strip_suffix(": test"));
        for name in all.filter(|name| names.is_empty() || names.iter().any(|part| name.contains(part.as_str()))) {
            if is_list {
                println!("{name}");
            } else if !check(&tests, name, again)? {
                failed.push(name.to_owned());
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("{} failed: read the case above", failed.join(", "))) }
}

/// Builds the tests' program in release.
fn program_of(package: &str, target: &[&str]) -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["test", "--release", "--no-run", "--message-format", "json", "--package", package]).args(target);
    let messages = read(&mut build)?;
    let mut programs = messages.lines().filter_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    programs.next_back().ok_or_else(|| format!("cargo built no tests of {package}"))
}

/// Whether the statement holds; prints it with its domain, its cases and its time.
fn check(tests: &Path, name: &str, again: bool) -> Result<bool> {
    let bytes = fs::read(tests).map_err(|error| format!("{} cannot be read: {error}", tests.display()))?;
    let key = Sha256::new().chain_update(bytes).chain_update(name).finalize();
    let key: String = key.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let folder = repository::target().join("exhaustive");
    let file = folder.join(format!("{}-{key}", name.replace("::", "-")));
    if let (false, Ok(before)) = (again, fs::read_to_string(&file)) {
        println!("{before}  (the same program has checked it before: --again checks it anew)\n");
        return Ok(true);
    }
    let mut test = Command::new(tests);
    test.current_dir(repository::root()).args(["--exact", name, "--nocapture", "--test-threads", "1"]);
    let output = test.env("RINGUP_EXHAUSTIVE", "1").output().map_err(|error| format!("{name}: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        println!("{name}: FAILED\n{}", String::from_utf8_lossy(&output.stderr).trim());
        return Ok(false);
    }
    let Some(text) = said.lines().find_map(|line| sentence(name, line)) else {
        return Err(format!("{name} has not said what it checked"));
    };
    println!("{text}");
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    fs::write(&file, &text).map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    Ok(true)
}

/// What a check printed, as a person reads it.
fn sentence(name: &str, line: &str) -> Option<String> {
    let (_, figures) = line.split_once("checked\tall\t")?;
    let mut figures = figures.split('\t');
    let (cases, seconds) = (figures.next()?, figures.next()?);
    let (statement, domain) = (figures.next()?, figures.next()?);
    Some(format!("{name}: {} cases, {seconds} s\n  {statement}\n  For {domain}.\n", by_thousands(cases)))
}

/// `1234567` as `1,234,567`.
fn by_thousands(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at != 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{by_thousands, sentence};

    #[test]
    fn a_check_of_a_sample_is_none_of_all() {
        let line = |of: &str| format!("test a ... checked\t{of}\t1234567\t0.5\tIt holds.\tevery day");
        let all = sentence("a::b", &line("all"));
        assert_eq!(all.as_deref(), Some("a::b: 1,234,567 cases, 0.5 s\n  It holds.\n  For every day.\n"));
        assert_eq!(sentence("a::b", &line("sample")), None);
    }

    #[test]
    fn figures_are_grouped_from_the_right() {
        assert_eq!(["1", "123", "1234", "123456"].map(by_thousands), ["1", "123", "1,234", "123,456"]);
    }
}
