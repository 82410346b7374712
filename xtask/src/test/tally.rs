//! How many tests passed, read from the closing lines of the runners.

use std::fmt;
use std::ops::Add;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

/// Who runs the tests decides how the closing lines look.
#[derive(Clone, Copy)]
pub(crate) enum Runner {
    Nextest,
    CargoTest,
    Node,
}

impl Tally {
    pub(crate) const PASSED: Self = Self { passed: 1, failed: 0, skipped: 0 };
    pub(crate) const FAILED: Self = Self { passed: 0, failed: 1, skipped: 0 };
}

impl Runner {
    pub(crate) fn tally(self, output: &str) -> Tally {
        let lines = output.lines().map(str::trim);
        match self {
            // Nextest repeats the closing lines of failed tests' own runners: only its own one counts.
            Runner::Nextest => {
                lines.filter(|line| line.starts_with("Summary [")).map(counts).next_back().unwrap_or_default()
            }
            Runner::CargoTest => {
                lines.filter(|line| line.starts_with("test result:")).map(counts).fold(Tally::default(), Add::add)
            }
            Runner::Node => lines.filter_map(count_of_node).fold(Tally::default(), Add::add),
        }
    }
}

/// `5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 2 skipped` and `ok. 3 passed; 0 failed; 1 ignored; …`.
fn counts(line: &str) -> Tally {
    let words: Vec<&str> = line.split([' ', ',', ';', '(', ')']).filter(|word| !word.is_empty()).collect();
    let pairs = words.iter().zip(words.iter().skip(1));
    pairs.filter_map(|(count, kind)| Some(of(kind, count.parse().ok()?))).fold(Tally::default(), Add::add)
}

/// `# pass 3` or, on a terminal, `ℹ pass 3`.
fn count_of_node(line: &str) -> Option<Tally> {
    let mut words = line.strip_prefix(['#', 'ℹ'])?.split_whitespace();
    let (kind, count) = (words.next()?, words.next()?);
    Some(of(kind, count.parse().ok()?))
}

/// A count of one kind of result; other words count nothing.
fn of(kind: &str, count: u64) -> Tally {
    let none = Tally::default();
    match kind {
        "passed" | "pass" => Tally { passed: count, ..none },
        "failed" | "fail" | "exec" | "timed" | "cancelled" => Tally { failed: count, ..none },
        "skipped" | "ignored" | "todo" => Tally { skipped: count, ..none },
        _ => none,
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, more: Self) -> Self {
        Self {
            passed: self.passed + more.passed,
            failed: self.failed + more.failed,
            skipped: self.skipped + more.skipped,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Runner, Tally};

    #[test]
    fn the_closing_lines_of_every_runner_are_understood() {
        let nextest =
            "     Summary [   0.1s] 6 tests run: 3 passed (1 slow, 1 leaky), 2 failed, 1 timed out, 4 skipped\n";
        let cargo = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.00s\n";
        let node = "# tests 5\n# suites 0\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 0\n# duration_ms 9\n";
        assert_eq!(Runner::Nextest.tally(nextest), Tally { passed: 3, failed: 3, skipped: 4 });
        assert_eq!(Runner::CargoTest.tally(&cargo.repeat(2)), Tally { passed: 6, failed: 0, skipped: 2 });
        assert_eq!(Runner::Node.tally(node), Tally { passed: 3, failed: 2, skipped: 0 });
        assert_eq!(Runner::Node.tally(&node.replace('#', "ℹ")), Tally { passed: 3, failed: 2, skipped: 0 });
    }

    #[test]
    fn a_failed_test_is_not_counted_again_from_its_own_output() {
        let nextest = "test result: FAILED. 0 passed; 1 failed; 0 ignored\n  Summary [ 0.1s] 1 test run: 0 passed, 1 failed, 0 skipped\n";
        assert_eq!(Runner::Nextest.tally(nextest), Tally { passed: 0, failed: 1, skipped: 0 });
    }

    #[test]
    fn the_sum_is_the_line_that_ci_reads() {
        assert_eq!(Tally { passed: 7, failed: 0, skipped: 0 }.to_string(), "7 passed, 0 failed");
        assert_eq!(Tally { passed: 7, failed: 1, skipped: 2 }.to_string(), "7 passed, 1 failed, 2 skipped");
    }
}
