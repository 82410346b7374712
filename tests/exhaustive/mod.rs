//! Statements that hold in every case of a bounded domain, each by an oracle that shares no code with the core.
//!
//! They are unit tests of the core, which alone sees the functions. In passing each looks at a sample, in a second;
//! `cargo xtask exhaustive` looks at all cases and prints how many there were.

#![expect(clippy::arithmetic_side_effects, reason = "an oracle that overflows fails")]

mod calendar;
mod money;
mod naive;
mod parts;
mod window;

extern crate std;

use std::time::Instant;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// The largest amount and the latest instant: 2⁵³ − 1.
const MAX: i64 = (1 << 53) - 1;

/// A statement, and how many cases have been seen to obey it.
struct Check {
    statement: &'static str,
    domain: &'static str,
    is_whole: bool,
    cases: u64,
    started: Instant,
}

impl Check {
    fn new(statement: &'static str, domain: &'static str) -> Self {
        let is_whole = std::env::var_os("RINGUP_EXHAUSTIVE").is_some();
        Self { statement, domain, is_whole, cases: 0, started: Instant::now() }
    }

    /// All of them, or one in `one_in` of a sample.
    fn each<I: Iterator>(&self, all: I, one_in: usize) -> core::iter::StepBy<I> {
        all.step_by(if self.is_whole { 1 } else { one_in })
    }
}

impl Drop for Check {
    /// The line that the chore reads. A check that fails prints none.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let Self { statement, domain, is_whole, cases, started } = self;
            let (seconds, of) = (started.elapsed().as_secs_f64(), if *is_whole { "all" } else { "sample" });
            std::println!("checked\t{of}\t{cases}\t{seconds:.1}\t{statement}\t{domain}");
        }
    }
}
