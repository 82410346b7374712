//! A quote as text: the price, every gate with what it compared, and the fixes.

use ringup_core::words::LISTED_MAX;
use ringup_core::{GateFix, GateReport, GateStatus, Quote, Shop};
use serde_json::Value;

use super::price_lines;
use super::words::{figures, name};

/// A quote as text.
pub(super) fn page(shop: &Shop, quote: &Quote) -> String {
    let answer = if quote.acceptable { "acceptable" } else { "not acceptable" };
    let mut lines = vec![format!("{}: {answer}", shop.policy().title), String::new()];
    lines.extend(table(&head(quote)));
    lines.push("\nprice".into());
    match &quote.price {
        Some(price) => lines.extend(table(&price_lines::rows(price))),
        None => lines.push("  not known yet".into()),
    }
    lines.push("\ngates".into());
    lines.extend(table(&gates(shop, quote)));
    if !quote.acceptable {
        lines.push("\nwhat to do".into());
        lines.extend(advice(shop, quote));
    }
    format!("{}\n", lines.join("\n"))
}

fn head(quote: &Quote) -> Vec<[String; 2]> {
    let version = &quote.shop;
    let wanted = quote.selector.as_ref().map_or("not clear yet".into(), ToString::to_string);
    let payment = quote.payment.as_ref().map_or("no way to pay".into(), name);
    [
        ("policy", format!("{} {}", version.policy, version.policy_version)),
        ("rate card", version.rate_card_version.clone()),
        ("wanted", wanted),
        ("paid by", payment),
        ("quoted at", quote.quoted_at.to_string()),
        ("holds until", quote.expires_at.to_string()),
        ("quote id", quote.id().to_string()),
    ]
    .map(|(what, value)| [what.to_owned(), value])
    .into()
}

fn gates(shop: &Shop, quote: &Quote) -> Vec<[String; 3]> {
    let gate = |report: &GateReport| {
        let (status, compared) = match &report.status {
            GateStatus::Passed { evidence } => ("passed", evidence.sentence(shop.decimals())),
            GateStatus::Blocked { rejection, .. } => {
                ("blocked", format!("{}{}", rejection.sentence(shop.decimals()), figures(rejection)))
            }
            GateStatus::Waiting { fact } => ("waiting", fact.to_string()),
        };
        [status.into(), name(&report.gate), compared]
    };
    quote.gates.iter().map(gate).collect()
}

fn advice(shop: &Shop, quote: &Quote) -> Vec<String> {
    let mut lines: Vec<String> = (1_u32..)
        .zip(&quote.fixes)
        .map(|(nth, fix)| {
            format!("  {nth}. {}{} [{}]", fix.fix.sentence(shop.decimals()), detail(fix), name(&fix.gate))
        })
        .collect();
    if quote.fixes.is_empty() {
        lines.push(match quote.gates.iter().any(|report| matches!(report.status, GateStatus::Blocked { .. })) {
            true if quote.fixes_cut_short => "  no fix was found, and not everything was tried".into(),
            true => "  no fix opens the blocked gates".into(),
            false => "  search for the number, then quote again".into(),
        });
    } else if !quote.fixes_suffice {
        lines.push(match quote.fixes_cut_short {
            true => "  these do not suffice, and not everything was tried".into(),
            false => "  then quote again: more fixes may be needed".into(),
        });
    }
    lines
}

/// The choices of a fix that are too many for its sentence.
fn detail(fix: &GateFix) -> String {
    let json = serde_json::to_value(&fix.fix).unwrap_or_default();
    let choice: Option<Vec<&str>> = json
        .as_object()
        .into_iter()
        .flatten()
        .find_map(|(_, value)| value.as_array()?.iter().map(Value::as_str).collect());
    let choice = choice.filter(|names| LISTED_MAX < names.len());
    choice.map(|names| format!(": {}", names.join(", "))).unwrap_or_default()
}

/// Rows, each column as wide as its widest cell.
pub(super) fn table<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> Vec<String> {
    let width = |column| rows.iter().filter_map(|row| row.get::<usize>(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..COLUMNS).map(|column| width(column).unwrap_or_default()).collect();
    let line = |row: &[String; COLUMNS]| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        format!("  {}", cells.join("  ")).trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
