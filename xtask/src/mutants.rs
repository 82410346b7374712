//! `cargo xtask mutants`: breaks the core on purpose, one place at a time, and sees whether a test fails.
//!
//! Not part of `cargo xtask test`: a sample of 400 takes the better part of an hour. So it is tried in shards, each in as many
//! runs as it takes: what becomes of a mutant is noted as soon as it is known, and the next run goes on. Which mutants are in
//! the sample follows from the seed and from their names.
//!
//! All of them are in one build, each behind a switch. A mutant that cannot be switched is built alone.

mod list;

mod place;
mod switch;

mod tree;

mod build;
mod suite;

mod known;
mod state;

use std::path::PathBuf;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::flags::MutantFlags;
use crate::{Result, files, repository};
use build::{Exceptions, Program};
use list::Mutant;
use state::State;
use suite::{Judgement, Test};
use tree::Tree;

/// Tries those of the sample that are in the shard and not known yet, and prints what is known of the whole sample.
pub(crate) fn mutants(flags: &MutantFlags) -> Result {
    let &MutantFlags { count, seed, jobs, shard, minutes, at_most, retry, report } = flags;
    let all = list::all()?;
    let chosen = list::sample(all.clone(), count, seed);
    println!("{} of {} mutants, chosen by the seed {seed}", chosen.len(), all.len());
    let folder = repository::target().join("mutants").join(format!("{seed}-{count}-{}", list::digest(&chosen)));
    files::create_folder(&folder)?;
    let mut state = State::load(&folder);
    let tree = Tree::copy()?;
    if retry {
        state
            .forget_survivors(&chosen, |mutant| known::known(&tree, mutant).is_some_and(|known| known.is_equivalent))?;
    }
    let mut open: Vec<&Mutant> = list::of_shard(&chosen, shard).filter(|mutant| state.of(mutant).is_none()).collect();
    open.truncate(if report { 0 } else { at_most.unwrap_or(usize::MAX) });
    let run = Run {
        tree: &tree,
        folder,
        state: Mutex::new(state),
        until: minutes.map(|minutes| Instant::now() + Duration::from_secs(minutes * 60)),
    };
    let done = if open.is_empty() { Ok(()) } else { run.try_all(&chosen, &open, jobs) };
    let state = run.state.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    println!("{}", state.table(&chosen, |mutant| known::known(&tree, mutant)));
    for name in known::outdated(&tree, &all) {
        println!("in the list of those that no test catches, but no mutant any more: {name}");
    }
    done
}

/// What a run needs everywhere.
struct Run<'a> {
    tree: &'a Tree,
    /// Of the sample.
    folder: PathBuf,
    state: Mutex<State>,
    until: Option<Instant>,
}

impl Run<'_> {
    /// Tries those that are open: first those with a switch, then the others, one build each.
    fn try_all(&self, chosen: &[Mutant], open: &[&Mutant], jobs: usize) -> Result {
        let file = self.folder.join("exceptions.json");
        let known = files::read(&file).ok().and_then(|json| serde_json::from_slice(&json).ok());
        let mut exceptions: Exceptions = known.unwrap_or_default();
        let begun = Instant::now();
        println!("building all mutants, each behind a switch");
        let mut programs = build::switched(self.tree, chosen, &mut exceptions)?;
        build::keep(&mut programs, &self.folder.join("programs"))?;
        let json = serde_json::to_vec(&exceptions).map_err(|error| error.to_string())?;
        files::write(&file, json)?;
        println!("built in {} s; now all tests without a mutant", begun.elapsed().as_secs());
        let begun = Instant::now();
        let tests = suite::without_mutant(&programs, &self.folder)?;
        println!("{} tests have passed in {} s", tests.len(), begun.elapsed().as_secs());

        let taken = |mutant: &Mutant| exceptions.taken.get(&mutant.name).copied();
        let switched = chosen.iter().enumerate();
        let switched =
            switched.filter(|(_, one)| open.iter().any(|open| open.name == one.name) && taken(one).is_none());
        let queue = Mutex::new(switched);
        let work = || -> Result {
            while let Some((number, mutant)) = next(&queue).filter(|_| !self.is_over()) {
                self.note(mutant, || suite::judge(&programs, &tests, Some(number)))?;
            }
            Ok(())
        };
        thread::scope(|scope| {
            let workers: Vec<_> = (0..jobs.max(1)).map(|_| scope.spawn(work)).collect();
            workers.into_iter().try_for_each(|worker| worker.join().unwrap_or_else(|_| Err("a worker stopped".into())))
        })?;
        // Those that are known not to compile take no time.
        for known in [true, false] {
            for mutant in open.iter().filter(|mutant| taken(mutant) == Some(known)) {
                if !self.is_over() {
                    self.note(mutant, || self.try_alone(mutant, known, &programs, &tests))?;
                }
            }
        }
        Ok(())
    }

    /// Builds it alone. The tests and their programs' order are those of the shared build.
    fn try_alone(&self, mutant: &Mutant, fails: bool, shared: &[Program], tests: &[Test]) -> Result<Judgement> {
        let unviable = |by: &str| Ok(Judgement { outcome: "does not build", by: by.to_owned() });
        if fails || !build::compiles_alone(self.tree, mutant)? {
            return unviable("core");
        }
        let Ok(built) = build::tests(self.tree)? else { return unviable("tests") };
        let targets = |programs: &[Program]| programs.iter().map(|one| one.target.clone()).collect::<Vec<_>>();
        if targets(&built) != targets(shared) {
            return Err(format!("{} is built into other programs", mutant.name));
        }
        suite::judge(&built, tests, None)
    }

    /// Notes what becomes of a mutant as soon as it is known.
    fn note(&self, mutant: &Mutant, judge: impl FnOnce() -> Result<Judgement>) -> Result {
        let begun = Instant::now();
        let judgement = judge()?;
        println!("{}: {} ({})", judgement.outcome, mutant.name, judgement.by);
        let mut state = self.state.lock().map_err(|error| error.to_string())?;
        state.note(&mutant.name, judgement, begun.elapsed().as_secs_f64())
    }

    fn is_over(&self) -> bool {
        self.until.is_some_and(|until| until <= Instant::now())
    }
}

fn next<I: Iterator>(queue: &Mutex<I>) -> Option<I::Item> {
    queue.lock().ok()?.next()
}
