//! The list of planted faults is that of the lines where they stand: `cargo xtask planted` builds and finds them.

use std::{fs, path::Path};

#[test]
fn each_planted_fault_stands_at_one_line() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/src");
    let text = text_of(&source);
    let mut planted: Vec<&str> = text.split("planted!(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    planted.sort_unstable();
    let list = fs::read_to_string(source.join("planted.rs")).unwrap();
    let list = list.split("pub const FAULTS").nth(1).unwrap().split("];").next().unwrap();
    let listed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    assert!(listed.len() >= 30);
    assert_eq!(planted, listed, "one line each, in the order of their names");
}

/// All Rust below a folder.
fn text_of(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = entries.map(|path| if path.is_dir() { text_of(&path) } else { fs::read_to_string(path).unwrap() });
    texts.filter(|text| !text.contains("macro_rules! planted")).collect()
}
