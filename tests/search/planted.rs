//! Every planted fault is found: broken on purpose, a rule of the core breaks a promise in some history.
//!
//! `cargo xtask planted` builds this with `--cfg planted` and runs it once a fault. `RINGUP_PLANTED` names the fault.

use ringup_core::{FAULTS, plant};
use ringup_rehearse::hunt;

/// The seeds that a fault is searched from.
const SEEDS: [u64; 3] = [0, 1 << 32, 1 << 33];

#[test]
fn names() {
    for fault in FAULTS {
        println!("fault\t{fault}");
    }
}

#[test]
fn a_planted_fault_is_found() {
    let name = std::env::var("RINGUP_PLANTED").expect("RINGUP_PLANTED names a fault");
    let most = std::env::var("RINGUP_HISTORIES").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    assert!(FAULTS.contains(&name.as_str()), "there is no fault `{name}`");
    plant(Some(&name));
    let mut found: Vec<_> = SEEDS.iter().filter_map(|seed| hunt(*seed, most).unwrap()).collect();
    assert_eq!(found.len(), SEEDS.len(), "`{name}` is not found in {most} histories from every seed");
    found.sort_by_key(|(histories, _)| *histories);
    let (median, failure) = &found[found.len() / 2];
    let worst = found.last().unwrap().0;
    println!("found\t{name}\t{median}\t{worst}\t{}\t{}", failure.violation.rule, failure.history);
}
