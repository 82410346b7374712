//! Every transition of the corpus is what it was. `tests/parity` compares them with the WASM module.
//!
//! `RINGUP_UPDATE=1 cargo test --profile search -p ringup-tests-search corpus` collects them anew.

use std::{env, fs};

use ringup_rehearse::{Entry, collect, transitions};

/// One short history for each shape of a transition.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus.txt");

/// So many histories are drawn for the corpus.
const HISTORIES: u64 = 20_000;

#[test]
fn every_transition_of_the_corpus_is_what_it_was() {
    if env::var_os("RINGUP_UPDATE").is_some() {
        let lines = collect(0, HISTORIES).unwrap().iter().map(|entry| format!("{entry}\n")).collect::<String>();
        fs::write(FILE, lines).unwrap();
    }
    let text = fs::read_to_string(FILE).unwrap();
    let entries: Vec<Entry> = text.lines().map(|line| line.parse().unwrap()).collect();
    assert!(300 < entries.len(), "{} shapes only", entries.len());
    let mut changed = Vec::new();
    for (entry, transition) in entries.iter().zip(transitions(&entries).unwrap()) {
        match transition {
            Some(transition) if transition.digest() == entry.digest => {}
            Some(_) => changed.push(format!("another digest: {} by {}", entry.shape, entry.history)),
            None => changed.push(format!("never made: {} by {}", entry.shape, entry.history)),
        }
    }
    let first = changed.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
    assert!(changed.is_empty(), "{} of {} have changed (RINGUP_UPDATE=1):\n{first}", changed.len(), entries.len());
}
