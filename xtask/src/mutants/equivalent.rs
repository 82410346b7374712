//! The mutants that no test can catch, because they do what the core does, each with its reason.
//!
//! The list has a line for each: the mutant's name without its line, the source line that it changes, the reason. So it
//! outlives a change of the file, but not one of the line.

use super::list::Mutant;
use super::tree::Tree;

const LIST: &str = include_str!("equivalent.tsv");

/// Why the mutant is equivalent.
pub(super) fn reason(tree: &Tree, mutant: &Mutant) -> Option<&'static str> {
    let (name, line) = (mutant.lasting_name(), tree.line(mutant));
    rows().find(|row| row[0] == name && row[1] == line).map(|row| row[2])
}

/// The rows that are about no mutant any more.
pub(super) fn outdated(tree: &Tree, all: &[Mutant]) -> Vec<&'static str> {
    let is_known = |row: &[&str; 3]| all.iter().any(|one| one.lasting_name() == row[0] && tree.line(one) == row[1]);
    rows().filter(|row| !is_known(row)).map(|row| row[0]).collect()
}

fn rows() -> impl Iterator<Item = [&'static str; 3]> {
    LIST.lines().filter(|line| !line.is_empty()).map(|line| {
        let mut words = line.splitn(3, '\t');
        [(); 3].map(|()| words.next().unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::rows;

    #[test]
    fn each_has_a_place_and_a_reason_and_stands_once() {
        let rows: Vec<_> = rows().collect();
        assert!(rows.iter().all(|row| row.iter().all(|word| !word.trim().is_empty())), "three columns");
        assert!(rows.is_sorted_by_key(|row| row[0]), "in the order of their names");
        assert_eq!(rows.iter().map(|row| (row[0], row[1])).collect::<BTreeSet<_>>().len(), rows.len());
    }
}
