//! Histories drawn from a seed break no promise of the core, and what is known to break one still does.
//!
//! `RINGUP_HISTORIES=1000000 cargo test --profile search -p ringup-tests-search -- --nocapture` searches further; `RINGUP_SEED`
//! begins elsewhere.

mod corpus;
mod faults;
#[cfg(planted)]
mod planted;

use std::time::Instant;

use ringup_rehearse::{KNOWN, Known, explore, rehearse, replay};

/// Half of the work of a history is to keep small things.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// So many histories reach every rare cell of the matrix.
const ENOUGH: u64 = 20_000;

#[test]
fn no_history_breaks_a_promise() {
    let (seed, count) = (number("RINGUP_SEED", 0), number("RINGUP_HISTORIES", ENOUGH));
    let (begun, worked) = (Instant::now(), work());
    let report = rehearse(seed, count, &mut |_| true).unwrap();
    let took = begun.elapsed().as_secs_f64();
    println!("{} histories, {} purchases in {took:.1} s", report.histories, report.purchases);
    println!("{:?}, {} refusals quoted", report.coverage.damages, report.coverage.quoted);
    println!("{:?}", report.coverage.tampers);
    let a_second = |seconds: f64| report.purchases as f64 / seconds;
    println!("{:.0} purchases a second, by one thread", a_second(took));
    if let Some(worked) = work().zip(worked).map(|(after, before)| (after - before).max(0.001)) {
        println!("{:.0} purchases a second of work of one core", a_second(worked));
    }
    println!("{}\nmissing: {:?}\nknown: {:?}", report.coverage, report.coverage.missing(), report.known);
    let failures: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count < report.purchases, "most histories buy something");
    let missing = report.coverage.missing();
    assert!(count < ENOUGH || missing.is_empty(), "never reached: {}", missing.join(", "));
}

/// `RINGUP_DEPTH=10 cargo test --profile search -p ringup-tests-search interleavings -- --nocapture` looks further.
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

/// The seconds that a core has worked for this thread, where the system tells: others may use the cores as well.
fn work() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(told.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}
