//! What is known of a sample: a file with a line for each mutant that was tried.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;

/// What becomes of a mutant, and the file in which the tool lists those that it became of.
const OUTCOMES: [(&str, &str); 4] = [
    ("caught", "caught.txt"),
    ("lived", "missed.txt"),
    ("timed out", "timeout.txt"),
    ("does not build", "unviable.txt"),
];

/// The mutants that were tried, each with its outcome.
pub(super) struct State {
    folder: PathBuf,
    tried: BTreeMap<String, String>,
}

impl State {
    /// What the file says, and what a run that was stopped has left.
    pub(super) fn load(folder: &Path) -> Result<Self> {
        let text = fs::read_to_string(folder.join("tried.tsv")).unwrap_or_default();
        let tried = text.lines().filter_map(|line| line.split_once('\t'));
        let tried = tried.map(|(outcome, mutant)| (mutant.to_owned(), outcome.to_owned())).collect();
        let mut state = Self { folder: folder.to_owned(), tried };
        state.gather()?;
        Ok(state)
    }

    /// Notes what the last run has found so far. The tool writes each outcome when it knows it.
    pub(super) fn gather(&mut self) -> Result {
        for (outcome, file) in OUTCOMES {
            let found = fs::read_to_string(self.folder.join("mutants.out").join(file)).unwrap_or_default();
            for mutant in found.lines() {
                self.tried.insert(mutant.to_owned(), outcome.to_owned());
            }
        }
        self.save()
    }

    /// Forgets those that lived, so that they are tried again with better tests.
    pub(super) fn forget_survivors(&mut self) -> Result {
        self.tried.retain(|_, outcome| outcome != "lived");
        // The last run would tell of them again.
        fs::write(self.folder.join("mutants.out/missed.txt"), "").unwrap_or_default();
        self.save()
    }

    /// Makes a report in which all but these are caught. The tool goes on from it; it has no other list of what to try, for
    /// its patterns let mutants of some kinds pass.
    pub(super) fn leave_only(&self, all: &[&str], open: &[&str]) -> Result {
        let report = self.folder.join("mutants.out");
        _ = fs::remove_dir_all(&report);
        let done: String = all.iter().filter(|one| !open.contains(one)).map(|one| format!("{one}\n")).collect();
        let file = report.join("previously_caught.txt");
        let written = fs::create_dir_all(&report).and_then(|()| fs::write(&file, done));
        written.map_err(|error| format!("{} cannot be written: {error}", file.display()))
    }

    /// Whether any was tried.
    pub(super) fn is_begun(&self) -> bool {
        !self.tried.is_empty()
    }

    pub(super) fn knows(&self, mutant: &str) -> bool {
        self.tried.contains_key(mutant)
    }

    /// How many of the sample there are of each outcome, and which lived.
    pub(super) fn table(&self, chosen: &[&str]) -> String {
        let counts = OUTCOMES.map(|(outcome, _)| format!("| {outcome} | {} |\n", self.of(chosen, outcome).count()));
        let open = chosen.iter().filter(|mutant| !self.knows(mutant)).count();
        let mut table = format!("\n| outcome | mutants |\n|---|---|\n{}| not tried yet | {open} |\n", counts.concat());
        for mutant in self.of(chosen, "lived") {
            table += &format!("\nlived: {mutant}");
        }
        table
    }

    fn of<'a>(&self, chosen: &[&'a str], outcome: &str) -> impl Iterator<Item = &'a str> {
        chosen.iter().copied().filter(move |mutant| self.tried.get(*mutant).is_some_and(|found| found == outcome))
    }

    fn save(&self) -> Result {
        let text: String = self.tried.iter().map(|(mutant, outcome)| format!("{outcome}\t{mutant}\n")).collect();
        let file = self.folder.join("tried.tsv");
        fs::write(&file, text).map_err(|error| format!("{} cannot be written: {error}", file.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::State;

    #[test]
    fn what_a_run_has_found_is_known_to_the_next() {
        let folder = std::env::temp_dir().join(format!("ringup-mutants-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("mutants.out")).unwrap();
        std::fs::write(folder.join("mutants.out/caught.txt"), "one\n").unwrap();
        std::fs::write(folder.join("mutants.out/missed.txt"), "two\n").unwrap();
        drop(State::load(&folder).unwrap());
        // The next run has a report of its own.
        std::fs::write(folder.join("mutants.out/caught.txt"), "").unwrap();
        std::fs::write(folder.join("mutants.out/missed.txt"), "").unwrap();
        let mut state = State::load(&folder).unwrap();
        let sample = ["one", "two", "three"];
        assert_eq!(sample.map(|mutant| state.knows(mutant)), [true, true, false]);
        let table = state.table(&sample);
        assert!(table.contains("| caught | 1 |") && table.contains("| not tried yet | 1 |"), "{table}");
        assert!(table.ends_with("lived: two"), "{table}");
        state.forget_survivors().unwrap();
        assert!(!state.knows("two") && !State::load(&folder).unwrap().knows("two"));
        state.leave_only(&sample, &["three"]).unwrap();
        let done = std::fs::read_to_string(folder.join("mutants.out/previously_caught.txt")).unwrap();
        assert_eq!(done, "one\ntwo\n");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
