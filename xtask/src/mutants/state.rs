//! What is known of a sample: a file with a line for each mutant that was tried.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::known::Known;
use super::list::Mutant;
use super::suite::Judgement;
use crate::{Result, files};

/// The mutants that were tried.
pub(super) struct State {
    file: PathBuf,
    tried: BTreeMap<String, Tried>,
}

#[derive(Clone)]
pub(super) struct Tried {
    /// `caught`, `timed out`, `lived` or `does not build`.
    pub(super) outcome: String,
    /// The suite and the test, as `rules: gates::the_order`.
    by: String,
    seconds: f64,
}

impl State {
    pub(super) fn load(folder: &Path) -> Self {
        let file = folder.join("tried.tsv");
        let text = fs::read_to_string(&file).unwrap_or_default();
        let tried = text.lines().filter_map(|line| {
            let mut words = line.splitn(4, '\t');
            let (outcome, by) = (words.next()?.to_owned(), words.next()?.to_owned());
            let (seconds, mutant) = (words.next()?.parse().ok()?, words.next()?.to_owned());
            Some((mutant, Tried { outcome, by, seconds }))
        });
        Self { tried: tried.collect(), file }
    }

    /// Notes what becomes of a mutant.
    pub(super) fn note(&mut self, mutant: &str, judgement: Judgement, seconds: f64) -> Result {
        let Judgement { outcome, by } = judgement;
        self.tried.insert(mutant.to_owned(), Tried { outcome: outcome.to_owned(), by, seconds });
        self.save()
    }

    /// Forgets those of the sample that lived and are not equivalent, so that they are tried again with better tests.
    pub(super) fn forget_survivors(&mut self, chosen: &[Mutant], is_equivalent: impl Fn(&Mutant) -> bool) -> Result {
        for mutant in chosen.iter().filter(|mutant| !is_equivalent(mutant)) {
            if self.of(mutant).is_some_and(|tried| tried.outcome == "lived") {
                self.tried.remove(&mutant.name);
            }
        }
        self.save()
    }

    pub(super) fn of(&self, mutant: &Mutant) -> Option<&Tried> {
        self.tried.get(&mutant.name)
    }

    /// How many of the sample there are of each outcome, and which no test caught, with what is `known` of them.
    pub(super) fn table(&self, chosen: &[Mutant], known: impl Fn(&Mutant) -> Option<Known>) -> String {
        let mut rows: BTreeMap<(usize, String), (usize, f64)> = BTreeMap::new();
        let (mut lived, mut equivalent, mut late) = (String::new(), String::new(), String::new());
        for mutant in chosen {
            let known = known(mutant);
            let (row, seconds) = match self.of(mutant) {
                None => ((6, "not tried yet".to_owned()), 0.0),
                Some(tried) => (Self::row(tried, known.is_some_and(|known| known.is_equivalent)), tried.seconds),
            };
            let reason = known.map_or("no reason is known", |known| known.reason);
            match row.0 {
                2 => late += &format!("\ntimed out: {}", mutant.name),
                3 => lived += &format!("\nlived: {}\n  {reason}", mutant.name),
                4 => equivalent += &format!("\nequivalent: {}\n  {reason}", mutant.name),
                _ => {}
            }
            let of_row = rows.entry(row).or_default();
            *of_row = (of_row.0 + 1, of_row.1 + seconds);
        }
        let mut table = "\n| outcome | mutants | seconds |\n|---|---|---|\n".to_owned();
        for ((_, row), (count, seconds)) in rows {
            table += &format!("| {row} | {count} | {seconds:.0} |\n");
        }
        table + &equivalent + &late + &lived
    }

    /// The place of a row, and what it says.
    fn row(tried: &Tried, is_equivalent: bool) -> (usize, String) {
        let suite = tried.by.split(": ").next().unwrap_or_default();
        match (tried.outcome.as_str(), is_equivalent) {
            ("caught", _) => (1, format!("caught by {suite}")),
            ("timed out", _) => (2, format!("timed out in {suite}")),
            ("lived", false) => (3, "lived".to_owned()),
            ("lived", true) => (4, "lived, and is equivalent".to_owned()),
            (outcome, _) => (5, outcome.to_owned()),
        }
    }

    fn save(&self) -> Result {
        let line = |(mutant, tried): (&String, &Tried)| {
            format!("{}\t{}\t{:.2}\t{mutant}\n", tried.outcome, tried.by, tried.seconds)
        };
        files::write(&self.file, self.tried.iter().map(line).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, State};
    use crate::mutants::list::{Genre, Mutant, tests::mutant};
    use crate::mutants::suite::Judgement;

    #[test]
    fn what_a_run_has_found_is_known_to_the_next() {
        let folder = std::env::temp_dir().join(format!("ringup-mutants-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let any = mutant("a == b", Genre::BinaryOperator, "==", "!=");
        let sample = ["one", "two", "three", "four"].map(|name| Mutant { name: name.into(), ..any.clone() });
        let mut state = State::load(&folder);
        let judgement = |outcome, by: &str| Judgement { outcome, by: by.into() };
        state.note("one", judgement("caught", "rules: a::b"), 1.5).unwrap();
        state.note("two", judgement("lived", "none of 7 tests"), 2.0).unwrap();
        state.note("four", judgement("lived", "none of 0 tests"), 2.0).unwrap();
        let mut state = State::load(&folder);
        assert_eq!(sample.each_ref().map(|mutant| state.of(mutant).is_some()), [true, true, false, true]);
        let known = Known { is_equivalent: true, reason: "it is the same" };
        let table = state.table(&sample, |mutant| (mutant.name == "four").then_some(known));
        assert!(
            table.contains("| caught by rules | 1 | 2 |\n| lived | 1 | 2 |\n| lived, and is equivalent | 1"),
            "{table}"
        );
        assert!(table.contains("| not tried yet | 1 |"), "{table}");
        assert!(table.ends_with("equivalent: four\n  it is the same\nlived: two\n  no reason is known"), "{table}");
        state.forget_survivors(&sample, |mutant| mutant.name == "four").unwrap();
        let state = State::load(&folder);
        assert_eq!(sample.each_ref().map(|mutant| state.of(mutant).is_some()), [true, false, false, true]);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
