//! Which mutants there are, as cargo-mutants lists them, and which of them are in a sample.

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::flags::Shard;
use crate::shell::{cargo, read, run, succeeds};
use crate::{Result, repository};

/// What is mutated: all of the core, without what only tests are built of.
const FILES: &str = "core/src/**";
const TESTS: [&str; 2] = ["core/src/**/tests.rs", "core/src/gates/scene.rs"];

/// One place of the core, broken in one way.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Mutant {
    /// The place and what is changed there: unique, until a line moves.
    pub(super) name: String,
    pub(super) file: String,
    pub(super) genre: Genre,
    pub(super) span: Span,
    pub(super) replacement: String,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
pub(super) enum Genre {
    FnValue,
    BinaryOperator,
    UnaryOperator,
    MatchArm,
    MatchArmGuard,
    StructField,
}

/// Half-open, as the text that is replaced.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Span {
    pub(super) start: Position,
    pub(super) end: Position,
}

/// Both count from 1; the column counts characters.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Mutant {
    /// The name without its line, such as `core/src/ledger.rs: replace != with == in Ledger::after`, for what outlives a
    /// change of the file.
    pub(super) fn lasting_name(&self) -> String {
        let change = self.name.splitn(4, ':').nth(3).unwrap_or(&self.name);
        format!("{}:{change}", self.file)
    }

    /// What is replaced, as a range of bytes in the text of its file.
    pub(super) fn range(&self, text: &str) -> Option<std::ops::Range<usize>> {
        Some(self.span.start.offset(text)?..self.span.end.offset(text)?)
    }
}

impl Position {
    fn offset(self, text: &str) -> Option<usize> {
        let mut line_start = 0;
        for line in text.split_inclusive('\n').take(self.line.checked_sub(1)?) {
            line_start += line.len();
        }
        let line = text.get(line_start..)?;
        let columns = line.char_indices().map(|(at, _)| at).chain([line.len()]);
        Some(line_start + columns.into_iter().nth(self.column.checked_sub(1)?)?)
    }
}

/// Every mutant of the core.
pub(super) fn all() -> Result<Vec<Mutant>> {
    if !succeeds(cargo().args(["mutants", "--version"])) {
        run(cargo().args(["install", "--quiet", "--locked", "cargo-mutants"]))?;
    }
    let mut tool = cargo();
    tool.args(["mutants", "--list", "--json", "--no-config", "--package", "ringup-core", "--file", FILES]);
    for tests in TESTS {
        tool.args(["--exclude", tests]);
    }
    let mut all: Vec<Mutant> =
        serde_json::from_str(&read(&mut tool)?).map_err(|error| format!("cargo-mutants' list is not read: {error}"))?;
    // The faults for `cargo xtask planted` are in no ordinary build.
    let planted = repository::root().join("core/src/planted.rs");
    all.retain(|mutant| repository::root().join(&mutant.file) != planted);
    Ok(all)
}

/// `count` of them, the same ones for the same seed, in the order of their names.
pub(super) fn sample(mut all: Vec<Mutant>, count: usize, seed: u64) -> Vec<Mutant> {
    let digest = |name: &str| Sha256::new().chain_update(seed.to_le_bytes()).chain_update(name).finalize();
    all.sort_by_cached_key(|mutant| digest(&mutant.name));
    all.truncate(count);
    all.sort_by(|one, other| one.name.cmp(&other.name));
    all
}

/// The mutants of one shard: every n-th, so that the shards take equally long.
pub(super) fn of_shard(chosen: &[Mutant], shard: Shard) -> impl Iterator<Item = &Mutant> {
    chosen.iter().skip(shard.number - 1).step_by(shard.of)
}

/// Names the sample. Another core has other mutants: a line that moves is another name.
pub(super) fn digest(chosen: &[Mutant]) -> String {
    let names: Vec<&str> = chosen.iter().map(|mutant| mutant.name.as_str()).collect();
    let digest = Sha256::new().chain_update(names.join("\n")).finalize();
    digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Genre, Mutant, Position, Span, of_shard, sample};
    use crate::flags::Shard;

    /// The first `from` of the text is replaced.
    pub(in crate::mutants) fn mutant(text: &str, genre: Genre, from: &str, to: &str) -> Mutant {
        let start = text.find(from).unwrap();
        let position = |offset: usize| Position {
            line: text[..offset].matches('\n').count() + 1,
            column: text[..offset].chars().rev().take_while(|char| *char != '\n').count() + 1,
        };
        let span = Span { start: position(start), end: position(start + from.len()) };
        let name = format!("core/src/a.rs:{}:{}: replace {from} with {to}", span.start.line, span.start.column);
        Mutant { name, file: "core/src/a.rs".into(), genre, span, replacement: to.into() }
    }

    fn mutants(names: impl Iterator<Item = String>) -> Vec<Mutant> {
        let any = mutant("a == b", Genre::BinaryOperator, "==", "!=");
        names.map(|name| Mutant { name, ..any.clone() }).collect()
    }

    fn names(mutants: &[Mutant]) -> Vec<&str> {
        mutants.iter().map(|mutant| mutant.name.as_str()).collect()
    }

    #[test]
    fn a_seed_chooses_the_same_mutants_again() {
        let all = mutants((0..100).map(|mutant| format!("mutant {mutant}")));
        let one = sample(all.clone(), 10, 1);
        let mut reversed = all.clone();
        reversed.reverse();
        assert_eq!(one.len(), 10);
        assert_eq!(names(&sample(reversed, 10, 1)), names(&one));
        assert_ne!(names(&sample(all, 10, 2)), names(&one));
    }

    #[test]
    fn the_shards_are_the_sample() {
        let chosen = mutants(["a", "b", "c", "d", "e"].map(String::from).into_iter());
        let shard = |number| of_shard(&chosen, Shard { number, of: 2 }).map(|mutant| mutant.name.as_str());
        assert_eq!([1, 2].map(|number| shard(number).collect::<Vec<_>>()), [vec!["a", "c", "e"], vec!["b", "d"]]);
        assert!("0/2".parse::<Shard>().is_err() && "3/2".parse::<Shard>().is_err() && "2/2".parse::<Shard>().is_ok());
    }

    #[test]
    fn a_place_is_found_behind_characters_of_several_bytes() {
        let text = "// é\nlet é = a == b;\n";
        let mutant = mutant(text, Genre::BinaryOperator, "==", "!=");
        assert_eq!(mutant.range(text).map(|range| &text[range]), Some("=="));
        assert_eq!(mutant.lasting_name(), "core/src/a.rs: replace == with !=");
    }
}
