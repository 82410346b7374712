//! The tests that should notice a mutant. Each is run alone, the quickest first, and only if it asks for the mutant at all.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::build::Program;
use crate::shell::read;
use crate::{Result, files};

/// How many histories the search plays, how many random cases each property tries, and from which seed, unless the
/// environment says so. Of the cases a tenth of what is usual, for a rule should have a row in a table. A case that fails is
/// neither made smaller nor kept.
const EFFORT: [(&str, &str); 5] = [
    ("RINGUP_HISTORIES", "500"),
    ("PROPTEST_CASES", "300"),
    ("PROPTEST_RNG_SEED", "1"),
    ("PROPTEST_MAX_SHRINK_ITERS", "0"),
    ("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1"),
];

/// What the tests are called in the table: of which target, how their names begin.
const SUITES: [(&str, &str, &str); 6] = [
    ("golden tests", "rules", "golden::"),
    ("prices", "rules", "prices::"),
    ("rules", "rules", ""),
    ("histories", "search", ""),
    ("declarations of types", "describe", ""),
    ("unit tests", "ringup_core", ""),
];

/// How much longer than usual a test may take, and how many kilobytes of memory: a mutant may never end.
const SLOWER_MAX: f64 = 20.0;
const SECONDS_MORE: f64 = 10.0;
const MEMORY_KB_MAX: &str = "8000000";

/// A test, and what is known of it when no mutant is on.
#[derive(Deserialize, Serialize)]
pub(super) struct Test {
    /// An index into the programs.
    program: usize,
    name: String,
    seconds: f64,
    /// The mutants that it asks for.
    reached: BTreeSet<usize>,
}

/// What the tests say of a mutant.
pub(super) struct Judgement {
    /// `caught`, `timed out` or `lived`.
    pub(super) outcome: &'static str,
    /// The suite and the test that noticed.
    pub(super) by: String,
}

enum Ended {
    Passed,
    Failed,
    TooLate,
}

/// Runs every test without a mutant: all must pass. The quickest come first. What is known of the same programs stands in the
/// folder.
pub(super) fn without_mutant(programs: &[Program], folder: &Path) -> Result<Vec<Test>> {
    let mut digest = Sha256::new();
    for program in programs {
        digest.update(files::read(&program.file)?);
    }
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let file = folder.join("tests.json");
    let known: Option<(String, Vec<Test>)> =
        files::read(&file).ok().and_then(|json| serde_json::from_slice(&json).ok());
    if let Some((_, tests)) = known.filter(|(of, _)| *of == digest) {
        return Ok(tests);
    }
    let tests = run_all(programs, folder)?;
    files::write(&file, serde_json::to_vec(&(digest, &tests)).map_err(|error| error.to_string())?)?;
    Ok(tests)
}

fn run_all(programs: &[Program], folder: &Path) -> Result<Vec<Test>> {
    let mut tests = Vec::new();
    for (index, program) in programs.iter().enumerate() {
        let listed = read(command(program).args(["--list", "--format", "terse"]))?;
        for name in listed.lines().filter_map(|line| line.strip_suffix(": test")) {
            let report = folder.join("reached");
            _ = fs::remove_file(&report);
            let begun = Instant::now();
            let mut command = one(program, name);
            command.env("RINGUP_MUTANTS_REACHED", &report);
            if !matches!(within(&mut command, Duration::from_secs(600))?, Ended::Passed) {
                return Err(format!("{name} fails without any mutant: see `{} {name}`", program.file.display()));
            }
            let seconds = begun.elapsed().as_secs_f64();
            let reached = files::read(&report).unwrap_or_default();
            let reached = String::from_utf8_lossy(&reached).lines().filter_map(|line| line.parse().ok()).collect();
            tests.push(Test { program: index, name: name.to_owned(), seconds, reached });
        }
    }
    tests.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
    Ok(tests)
}

/// Tries the tests until one fails: with a number, those that ask for that mutant, which is turned on; without, all.
pub(super) fn judge(programs: &[Program], tests: &[Test], mutant: Option<usize>) -> Result<Judgement> {
    let asks = |test: &&Test| mutant.is_none_or(|mutant| test.reached.contains(&mutant));
    let mut asked = 0;
    for test in tests.iter().filter(asks) {
        asked += 1;
        let Some(program) = programs.get(test.program) else { continue };
        let mut command = one(program, &test.name);
        command.envs(mutant.map(|mutant| ("RINGUP_MUTANT", mutant.to_string())));
        let limit = Duration::from_secs_f64(test.seconds.mul_add(SLOWER_MAX, SECONDS_MORE));
        let outcome = match within(&mut command, limit)? {
            Ended::Passed => continue,
            Ended::Failed => "caught",
            Ended::TooLate => "timed out",
        };
        return Ok(Judgement { outcome, by: format!("{}: {}", suite(&program.target, &test.name), test.name) });
    }
    Ok(Judgement { outcome: "lived", by: format!("none of {asked} tests") })
}

fn suite(target: &str, name: &str) -> &'static str {
    let found = SUITES.iter().find(|(_, of, prefix)| *of == target && name.starts_with(prefix));
    found.map_or("other tests", |(suite, _, _)| suite)
}

/// A program of tests, as cargo runs it, with no more memory than it needs.
fn command(program: &Program) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {MEMORY_KB_MAX} && exec \"$0\" \"$@\"")]).arg(&program.file);
    command.current_dir(&program.folder).env("CARGO_MANIFEST_DIR", &program.folder).env("RUST_BACKTRACE", "0");
    let effort = EFFORT.iter().filter(|(name, _)| std::env::var_os(name).is_none());
    command.envs(effort.copied()).stdin(Stdio::null());
    command
}

fn one(program: &Program, test: &str) -> Command {
    let mut command = command(program);
    command.args(["--exact", test, "--test-threads", "1"]);
    command
}

fn within(command: &mut Command, limit: Duration) -> Result<Ended> {
    let cannot = |error: std::io::Error| format!("a test could not be run: {error}");
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(cannot)?;
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait().map_err(cannot)? {
            return Ok(if status.success() { Ended::Passed } else { Ended::Failed });
        }
        if limit < begun.elapsed() {
            // It may have just ended by itself.
            _ = child.kill();
            _ = child.wait();
            return Ok(Ended::TooLate);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}
