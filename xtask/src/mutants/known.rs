//! The mutants that no test catches, each with its reason: most do what the core does.
//!
//! The list has a line for each: the mutant's name without its line, the source line that it changes, `equivalent` or
//! `lives`, the reason. So it outlives a change of the file, but not one of the line.

use super::list::Mutant;
use super::tree::Tree;

const LIST: &str = include_str!("known.tsv");

/// Why no test catches a mutant.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// It does what the core does, so that no test can.
    pub(super) is_equivalent: bool,
    pub(super) reason: &'static str,
}

pub(super) fn known(tree: &Tree, mutant: &Mutant) -> Option<Known> {
    let (name, line) = (mutant.lasting_name(), tree.line(mutant));
    let row = rows().find(|row| row[0] == name && row[1] == line)?;
    Some(Known { is_equivalent: row[2] == "equivalent", reason: row[3] })
}

/// The rows that are about no mutant any more.
pub(super) fn outdated(tree: &Tree, all: &[Mutant]) -> Vec<&'static str> {
    let is_known = |row: &[&str; 4]| all.iter().any(|one| one.lasting_name() == row[0] && tree.line(one) == row[1]);
    rows().filter(|row| !is_known(row)).map(|row| row[0]).collect()
}

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    LIST.lines().filter(|line| !line.is_empty()).map(|line| {
        let mut words = line.splitn(4, '\t');
        [(); 4].map(|()| words.next().unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::rows;

    #[test]
    fn each_has_a_place_and_a_reason_and_stands_once() {
        let rows: Vec<_> = rows().collect();
        assert!(rows.iter().all(|row| row.iter().all(|word| !word.trim().is_empty())), "four columns");
        assert!(rows.iter().all(|row| matches!(row[2], "equivalent" | "lives")));
        assert!(rows.is_sorted_by_key(|row| row[0]), "in the order of their names");
        assert_eq!(rows.iter().map(|row| (row[0], row[1])).collect::<BTreeSet<_>>().len(), rows.len());
    }
}
