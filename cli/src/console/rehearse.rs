//! `ringup rehearse`: searches for a history of purchases that breaks a promise of the core.

use std::time::Instant;

use ringup_rehearse::{Report, rehearse, replay};

use super::Printed;

/// What to search.
#[derive(Debug, clap::Args)]
pub struct RehearseArgs {
    /// The seed of the first history; the next one has the next seed
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// How many histories to play
    #[arg(long, default_value_t = 100_000)]
    pub histories: u64,
    /// Play this history instead, as it was printed: `shop NAME; MOVE; MOVE`
    #[arg(long, value_name = "HISTORY")]
    pub replay: Option<String>,
}

/// From this count of histories on, a listed cell of the coverage that was not reached is a failure.
const HISTORIES_OF_A_LONG_RUN: u64 = 50_000;

/// What was found: the code is 0 if no promise is broken, or else 1. A known violation breaks one only in a replay.
///
/// # Errors
/// The text is no history.
pub fn search(args: &RehearseArgs) -> Result<Printed, String> {
    if let Some(history) = &args.replay {
        let found = replay(history)?;
        let text = found.as_ref().map_or_else(|| "no promise is broken".to_owned(), ToString::to_string);
        return Ok(Printed { text: text + "\n", code: u8::from(found.is_some()) });
    }
    let begun = Instant::now();
    let mut told_at = 0;
    let report = rehearse(args.seed, args.histories, &mut |report| {
        let seconds = begun.elapsed().as_secs();
        if told_at < seconds {
            told_at = seconds;
            eprint!("\r{} of {} histories, {}", report.histories, args.histories, pace(report, begun));
        }
        true
    })?;
    eprintln!("\r{} histories, {}", report.histories, pace(&report, begun));
    Ok(Printed { code: u8::from(is_bad(&report)), text: page(&report) })
}

fn pace(report: &Report, begun: Instant) -> String {
    let spent_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let a_second = report.purchases.saturating_mul(1000).checked_div(spent_ms).unwrap_or(0);
    format!("{} purchases, {a_second} a second", report.purchases)
}

fn is_bad(report: &Report) -> bool {
    let is_long = HISTORIES_OF_A_LONG_RUN <= report.histories;
    !report.failures.is_empty() || (is_long && !report.coverage.missing().is_empty())
}

fn page(report: &Report) -> String {
    let mut lines = vec![report.coverage.to_string()];
    lines.extend(report.coverage.missing().iter().map(|cell| format!("never reached: {cell}")));
    lines.extend(report.known.iter().map(|(title, times)| format!("known, {times} histories: {title}")));
    lines.extend(report.failures.iter().map(ToString::to_string));
    lines.join("\n") + "\n"
}
