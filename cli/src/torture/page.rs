//! The report of all runs, for a terminal.

use std::collections::{BTreeMap, BTreeSet};

use super::judge::Verdict;
use super::{Report, Run};

/// The table of the runs, the exchanges of the first run of each finding, and the sum.
pub(super) fn page(report: &Report) -> String {
    let width = report.runs.iter().map(|run| run.place.title().chars().count()).max().unwrap_or(0);
    let row = |run: &Run| format!("{:<width$}  {}", run.place.title(), run.ran.verdict.title());
    let mut lines: Vec<String> = report.runs.iter().map(row).collect();
    let mut told: BTreeSet<Verdict> = BTreeSet::new();
    for run in report.runs.iter().filter(|run| !run.ran.verdict.is_safe()) {
        if told.insert(run.ran.verdict) {
            lines.push(String::new());
            lines.extend(evidence(run));
        }
    }
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    for run in &report.runs {
        let count = counts.entry(run.ran.verdict).or_default();
        *count = count.saturating_add(1);
    }
    lines.push(String::new());
    let counted: Vec<String> = counts.iter().map(|(verdict, count)| format!("{count} × {}", verdict.title())).collect();
    lines.push(format!("{} runs: {}", report.runs.len(), counted.join(", ")));
    lines.push(format!("--json prints the exchanges of every run; the seed of their worlds is {}", report.seed));
    lines.join("\n") + "\n"
}

/// What shows that a run was not safe: its exchanges, and what the client said.
fn evidence(run: &Run) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", run.place.title(), run.ran.verdict.title())];
    let begun = run.ran.exchanges.first().and_then(|it| it["at"].as_i64()).unwrap_or_default();
    lines.extend(run.ran.exchanges.iter().map(|it| {
        let after = it["at"].as_i64().unwrap_or_default().saturating_sub(begun);
        let answered = it["status"].as_u64().map(|status| status.to_string());
        let spoilt = match (&answered, it["spoilt_by"].is_null()) {
            (_, true) => "",
            (Some(_), false) => ", and the client did not get that answer as it was",
            (None, false) => "the system has not seen it",
        };
        let [method, path] = ["method", "path"].map(|part| it[part].as_str().unwrap_or_default());
        format!("  {after:>6} ms  {method} {path}  {}{spoilt}", answered.unwrap_or_default())
    }));
    let exit = run.ran.exit.map_or_else(|| "stopped".to_owned(), |code| format!("exit code {code}"));
    lines.push(format!("  the client: {exit}"));
    lines.extend(run.ran.said.lines().take(5).map(|line| format!("  | {line}")));
    lines
}
