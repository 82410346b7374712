//! Searches for a history of purchases that breaks a promise of `ringup-core`.
//!
//! A history is a shop and a list of moves (`moves.rs`). They are applied to an account of the core and to a world that
//! does all that the contract with a host allows (`world.rs`); an accountant that shares no code with the core finds what
//! must not be (`accountant.rs`).
//!
//! ```
//! let found = ringup_rehearse::replay("shop wallet/query_by_key; buy p0 h0 any k0; do p0 reserve; do p0 order")?;
//! assert!(found.is_none(), "one number is bought, and paid once");
//! # Ok::<(), String>(())
//! ```

mod accountant;
mod advice;
mod buying;
mod calendar;
mod call;
mod corpus;
mod coverage;
mod damage;
mod history;
mod honesty;
mod interleavings;
mod known;
mod moves;
mod random;
mod reading;
mod rent;
mod rest;
mod review;
mod shops;
mod shrink;
mod statement;
mod tamper;
mod tenancy;
mod workload;
mod world;

use std::fmt;

pub use accountant::Violation;
pub use corpus::{Entry, Transition, collect, transitions};
pub use coverage::Coverage;
pub use damage::Damages;
use history::History;
pub use interleavings::{Explored, explore};
pub use known::{KNOWN, Known};
use moves::Move;
use random::Random;
use shops::Stage;
pub use tamper::Tampers;
use workload::Workload;

/// A failing history, as short as it gets.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The promise that it breaks.
    pub violation: Violation,
    /// Its text, for [`replay`].
    pub history: String,
    /// The known kind that it is of: its title.
    pub known: Option<&'static str>,
}

/// What a search has found so far.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The histories that were played.
    pub histories: u64,
    /// The purchases that were accepted in them.
    pub purchases: u64,
    /// The first failure of each kind that is not known, made short.
    pub failures: Vec<Failure>,
    /// How many histories failed in a way that is known, by its title.
    pub known: std::collections::BTreeMap<&'static str, u64>,
    /// What was reached.
    pub coverage: Coverage,
}

/// Searches `count` histories, from the one of this seed on. `progress` is called now and then; the search ends early if
/// it says so.
///
/// # Errors
/// The search itself is broken: an invented shop has a mistake.
pub fn rehearse(seed: u64, count: u64, progress: &mut dyn FnMut(&Report) -> bool) -> Result<Report, String> {
    let stages = shops::all()?;
    let mut report = Report::default();
    for index in 0..count {
        if index.checked_rem(256) == Some(0) && !progress(&report) {
            break;
        }
        let mut random = begin(seed, index);
        let Some(stage) = random.pick(&stages) else { break };
        let (moves, found) = play(stage, random, &mut report);
        report.histories = report.histories.saturating_add(1);
        let Some(violation) = found else { continue };
        if let Some(known) = known::of(&violation) {
            let times = report.known.entry(known.title).or_default();
            *times = times.saturating_add(1);
        } else if report.failures.iter().all(|failure| failure.violation.rule != violation.rule) {
            report.failures.push(shorten(stage, &moves, &violation));
        }
    }
    Ok(report)
}

/// Searches until the first history that breaks a promise in a way that is not known. Returns how many were played, and
/// the failure.
///
/// # Errors
/// The search itself is broken: an invented shop has a mistake.
pub fn hunt(seed: u64, most: u64) -> Result<Option<(u64, Failure)>, String> {
    let stages = shops::all()?;
    let mut report = Report::default();
    for index in 0..most {
        let mut random = begin(seed, index);
        let Some(stage) = random.pick(&stages) else { break };
        let (moves, found) = play(stage, random, &mut report);
        let Some(violation) = found else { continue };
        if known::of(&violation).is_none() {
            return Ok(Some((index.saturating_add(1), shorten(stage, &moves, &violation))));
        }
    }
    Ok(None)
}

/// The draws of one history.
fn begin(seed: u64, index: u64) -> Random {
    Random::new(seed.wrapping_add(index).wrapping_mul(0x2545_F491_4F6C_DD1D))
}

/// Plays a history that was printed.
///
/// # Errors
/// The text is no history.
pub fn replay(text: &str) -> Result<Option<Failure>, String> {
    let mut stages = shops::all()?;
    stages.extend(shops::small()?);
    let (stage, moves) = read_history(&stages, text)?;
    let found = again(stage, &moves);
    Ok(found.map(|violation| failure(stage, &moves, violation)))
}

/// The shop and the moves of a history that was printed.
fn read_history<'a>(stages: &'a [Stage], text: &str) -> Result<(&'a Stage, Vec<Move>), String> {
    let mut lines = text.split([';', '\n']).map(str::trim).filter(|line| !line.is_empty());
    let name = lines.next().and_then(|line| line.strip_prefix("shop ")).ok_or("a history begins with `shop NAME`")?;
    let Some(stage) = stages.iter().find(|stage| stage.name == name) else {
        let names: Vec<&str> = stages.iter().map(|stage| stage.name.as_str()).collect();
        return Err(format!("no shop `{name}`; there are {}", names.join(", ")));
    };
    let moves = lines.map(str::parse).collect::<Result<Vec<Move>, _>>()?;
    Ok((stage, moves))
}

/// Draws and plays one history.
fn play(stage: &Stage, random: Random, report: &mut Report) -> (Vec<Move>, Option<Violation>) {
    let mut workload = Workload::new(random);
    let mut moves = Vec::new();
    let mut history = match History::begin(stage, &mut report.coverage) {
        Ok(history) => history,
        Err(violation) => return (moves, Some(violation)),
    };
    let mut found = None;
    for _ in 0..workload.length() {
        let step = workload.next(&history);
        moves.push(step);
        if let Err(violation) = history.apply(&step) {
            found = Some(violation);
            break;
        }
    }
    let found = found.or_else(|| history.rest().err());
    let found = found.or_else(|| {
        let step = workload.damage(&history)?;
        moves.push(step);
        history.apply(&step).err()
    });
    report.purchases = report.purchases.saturating_add(u64::from(history.accepted));
    (moves, found)
}

fn again(stage: &Stage, moves: &[Move]) -> Option<Violation> {
    let mut coverage = Coverage::default();
    let mut history = match History::begin(stage, &mut coverage) {
        Ok(history) => history,
        Err(violation) => return Some(violation),
    };
    // What is damaged is a history at rest.
    let is_damage = |step: &&Move| matches!(step, Move::Damage { .. });
    let broken = moves.iter().filter(|step| !is_damage(step)).find_map(|step| history.apply(step).err());
    let broken = broken.or_else(|| history.rest().err());
    let violation = broken.or_else(|| moves.iter().filter(is_damage).find_map(|step| history.apply(step).err()))?;
    Some(violation)
}

fn shorten(stage: &Stage, moves: &[Move], violation: &Violation) -> Failure {
    let fails = &mut |moves: &[Move]| {
        let found = again(stage, moves);
        found.is_some_and(|found| found.rule == violation.rule && known::of(&found).is_none())
    };
    let short = shrink::shortest(moves, fails);
    let violation = again(stage, &short).unwrap_or_else(|| violation.clone());
    failure(stage, &short, violation)
}

fn failure(stage: &Stage, moves: &[Move], violation: Violation) -> Failure {
    let moves: Vec<String> = moves.iter().map(Move::to_string).collect();
    let history = format!("shop {}; {}", stage.name, moves.join("; "));
    let known = known::of(&violation).map(|known| known.title);
    Failure { violation, history, known }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n  ringup rehearse --replay '{}'", self.violation.rule, self.violation.found, self.history)
    }
}
