//! Histories drawn from a seed break no promise of the core, and what is known to break one still does.
//!
//! `RINGUP_HISTORIES=1000000 cargo test --release -p ringup-tests-search -- --nocapture` searches further; `RINGUP_SEED`
//! begins elsewhere.

mod faults;
#[cfg(planted)]
mod planted;

use std::time::Instant;

use ringup_rehearse::{KNOWN, Known, explore, rehearse, replay};

/// So many histories reach every rare cell of the matrix.
const ENOUGH: u64 = 20_000;

#[test]
fn no_history_breaks_a_promise() {
    let (seed, count) = (number("RINGUP_SEED", 0), number("RINGUP_HISTORIES", ENOUGH));
    let begun = Instant::now();
    let report = rehearse(seed, count, &mut |_| true).unwrap();
    let took = begun.elapsed().as_secs_f64();
    println!("{} histories, {} purchases in {took:.1} s", report.histories, report.purchases);
    println!("{:?}", report.coverage.damages);
    println!("{:.0} purchases a second", report.purchases as f64 / took);
    println!("{}\nmissing: {:?}\nknown: {:?}", report.coverage, report.coverage.missing(), report.known);
    let failures: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count < report.purchases, "most histories buy something");
    let missing = report.coverage.missing();
    assert!(count < ENOUGH || missing.is_empty(), "never reached: {}", missing.join(", "));
}

/// `RINGUP_DEPTH=10 cargo test --release -p ringup-tests-search interleavings -- --nocapture` looks further.
#[test]
fn no_order_of_interleavings_breaks_a_promise() {
    let depth = usize::try_from(number("RINGUP_DEPTH", 4)).unwrap();
    let begun = Instant::now();
    let explored = explore(depth, 2).unwrap();
    println!(
        "{} worlds, {depth} moves, of which 2 go wrong: {} states, {} transitions, {} known, in {:.1} s",
        explored.worlds,
        explored.states,
        explored.transitions,
        explored.known,
        begun.elapsed().as_secs_f64()
    );
    let failures: Vec<String> = explored.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What is mended leaves the list.
#[test]
fn what_is_known_still_happens() {
    let is_mended = |known: &&Known| {
        let found = replay(known.history).unwrap();
        found.and_then(|failure| failure.known) != Some(known.title)
    };
    let mended: Vec<&str> = KNOWN.iter().filter(is_mended).map(|known| known.title).collect();
    assert!(mended.is_empty(), "mended, or another violation: {mended:?}");
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}
