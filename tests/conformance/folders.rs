//! The list of dialects is the list of folders, and each folder is complete.

use std::collections::BTreeSet;

use ringup_tests::scenario::{each_dialect, file, folder};

#[test]
fn the_list_of_dialects_is_the_list_of_folders() {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    let folders: BTreeSet<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    let listed: BTreeSet<String> = each_dialect().map(|dialect| dialect.id().to_owned()).collect();
    assert_eq!(folders, listed);
}

#[test]
fn every_folder_has_its_parts() {
    for dialect in each_dialect() {
        for part in ["mod.rs", "wire.rs", "translate.rs", "status.rs", "stock.rs", "situations.rs", "scenarios.json"] {
            assert!(!file(dialect.id(), part).is_empty(), "{} {part}", dialect.id());
        }
        let readme = file(dialect.id(), "README.md");
        for needed in ["## Our choices", "**[S]**", "was read on 20"] {
            assert!(readme.contains(needed), "{}: README.md lacks `{needed}`", dialect.id());
        }
    }
}
