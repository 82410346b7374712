//! The steps of a run: each with a header and its time, and a table of all at the end.

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use super::passed::Passed;
use super::tally::{Runner, Tally};
use crate::Result;
use crate::shell::run_and_listen;

#[derive(Default)]
pub(crate) struct Report {
    started: Option<Instant>,
    steps: Vec<Step>,
    /// Where suites that have passed are not run again.
    passed: Option<Passed>,
}

struct Step {
    name: &'static str,
    took: Duration,
    tally: Tally,
    outcome: Outcome,
}

enum Outcome {
    Passed,
    /// On the same files, in an earlier run.
    PassedBefore,
    Failed(String),
    /// What it needs has failed or not been run.
    NotRun(&'static str),
}

impl Report {
    /// A report that, if it is asked to, takes what has passed on the same files from earlier runs.
    pub(crate) fn new(resume: bool) -> Self {
        let passed =
            if resume { Passed::load().map_err(|why| eprintln!("nothing is resumed: {why}")).ok() } else { None };
        Self { passed, ..Self::default() }
    }

    /// A step that passes or fails as a whole, and counts as one test.
    pub(crate) fn check(&mut self, name: &'static str, needs: &[&'static str], work: impl FnOnce() -> Result) {
        self.step(name, needs, || {
            let done = work();
            (if done.is_ok() { Tally::PASSED } else { Tally::FAILED }, done)
        });
    }

    /// A step that runs a test runner, and counts as the tests that it ran.
    pub(crate) fn tests(
        &mut self,
        name: &'static str,
        needs: &[&'static str],
        command: impl FnOnce() -> Result<(Runner, Command)>,
    ) {
        if let Some(before) = self.passed.as_ref().and_then(|passed| passed.suite(name)) {
            let tally = Tally { passed: before.passed, ..Tally::default() };
            let took = Duration::from_secs_f64(before.seconds);
            self.steps.push(Step { name, took, tally, outcome: Outcome::PassedBefore });
            return;
        }
        self.step(name, needs, || {
            let heard = command().and_then(|(runner, mut command)| Ok((runner, run_and_listen(&mut command)?)));
            match heard {
                Ok((runner, (heard, done))) => match (runner.tally(&heard), done) {
                    // It failed before, or beside, any test.
                    (tally, Err(why)) if tally.failed == 0 => (tally + Tally::FAILED, Err(why)),
                    (tally, done) => (tally, done),
                },
                Err(why) => (Tally::FAILED, Err(why)),
            }
        });
        if let (Some(passed), Some(step)) = (&mut self.passed, self.steps.last())
            && matches!(step.outcome, Outcome::Passed)
            && let Err(why) = passed.keep(name, step.tally, step.took.as_secs_f64())
        {
            eprintln!("{name} will be run again: {why}");
        }
    }

    fn step(&mut self, name: &'static str, needs: &[&'static str], work: impl FnOnce() -> (Tally, Result)) {
        let started = Instant::now();
        self.started.get_or_insert(started);
        let (tally, outcome) = match needs.iter().find(|need| !self.passed(need)) {
            Some(need) => (Tally::default(), Outcome::NotRun(need)),
            None => {
                println!("\n== {name}");
                let (tally, done) = work();
                (tally, done.map_or_else(Outcome::Failed, |()| Outcome::Passed))
            }
        };
        let step = Step { name, took: started.elapsed(), tally, outcome };
        println!("{}", step.line().trim_start());
        self.steps.push(step);
    }

    fn passed(&self, name: &str) -> bool {
        self.steps.iter().any(|step| step.name == name && step.has_passed())
    }

    /// The table, and alone on the last line what a reader of the log looks for.
    pub(crate) fn close(self) -> ExitCode {
        let took = self.started.map(|started| started.elapsed()).unwrap_or_default();
        println!("\n== all steps, {:.0} s", took.as_secs_f64());
        let mut total = Tally::default();
        for step in &self.steps {
            println!("{}", step.line());
            total = total + step.tally;
        }
        println!("{total}");
        let passed = self.steps.iter().all(Step::has_passed);
        if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

impl Step {
    const fn has_passed(&self) -> bool {
        match self.outcome {
            Outcome::Passed | Outcome::PassedBefore => true,
            Outcome::Failed(_) | Outcome::NotRun(_) => false,
        }
    }

    fn line(&self) -> String {
        let Step { name, took, tally, .. } = self;
        let outcome = match &self.outcome {
            Outcome::Passed => "ok".to_owned(),
            Outcome::PassedBefore => "ok, before".to_owned(),
            Outcome::Failed(why) => format!("FAILED: {why}"),
            Outcome::NotRun(need) => format!("not run: it needs `{need}`"),
        };
        format!("{name:<24}{:>7.1} s{:>6}  {outcome}", took.as_secs_f64(), tally.passed)
    }
}
