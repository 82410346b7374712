//! `ringup quote`: the price of a request, its gates, and the fixes.

use ringup_core::{Explanation, Offers, PurchaseRequest, Quote, QuoteId, Standing, Timestamp, explain};
use ringup_numbering::WorldPlan;
use serde::Serialize;

use super::mistake::Mistake;
use super::{Printed, explained, quote_page, read};

/// The facts that a quote is made of, each in a file.
#[derive(Debug, clap::Args)]
pub struct QuoteArgs {
    /// The policy with its rate card and plans: a JSON file, or the name of a shipped policy
    #[arg(long, value_name = "FILE|NAME")]
    pub policy: String,
    /// The account's standing (terms, balances, held numbers, recent purchases): a JSON file
    #[arg(long, value_name = "FILE")]
    pub standing: String,
    /// The purchase request: a JSON file
    #[arg(long, value_name = "FILE")]
    pub request: String,
    /// The search results: a JSON file [default: none]
    #[arg(long, value_name = "FILE")]
    pub offers: Option<String>,
    /// The instant of the quote [default: now]
    #[arg(long, value_name = "RFC3339")]
    pub now: Option<jiff::Timestamp>,
    /// Show the policy field that decides each gate
    #[arg(long)]
    pub explain: bool,
    /// Print the quote as JSON
    #[arg(long)]
    pub json: bool,
}

/// A quote with its id, and its explanation if asked for.
#[derive(Serialize)]
struct Named<'a> {
    id: QuoteId,
    #[serde(flatten)]
    quote: &'a Quote,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a Explanation>,
}

/// The quote, and whether the request would be accepted: the code is 0, or else 1.
///
/// # Errors
/// A file cannot be read.
pub fn quote(args: &QuoteArgs) -> Result<Printed, Mistake> {
    let shop = read::shop(&args.policy)?;
    let standing: Standing = read::json(&args.standing)?;
    let request: PurchaseRequest = read::json(&args.request)?;
    let offers: Offers = args.offers.as_deref().map(read::json).transpose()?.unwrap_or_default();
    let now = Timestamp::from_millis(args.now.unwrap_or_else(jiff::Timestamp::now).as_millisecond());
    let quote = ringup_core::quote(&shop, &WorldPlan, &standing, &offers, &request, now);
    let explanation = args.explain.then(|| explain(&shop, &WorldPlan, &standing, &offers, &request, now));
    let text = match (args.json, &explanation) {
        (true, explanation) => json(&Named { id: quote.id(), quote: &quote, explanation: explanation.as_ref() }),
        (false, Some(explanation)) => quote_page::page(&shop, &quote) + &explained::section(&shop, explanation),
        (false, None) => quote_page::page(&shop, &quote),
    };
    Ok(Printed { text, code: u8::from(!quote.acceptable) })
}

/// JSON on several lines.
pub(super) fn json(value: &impl Serialize) -> String {
    // What the core serializes has text as names of members everywhere, so that it cannot fail.
    format!("{}\n", serde_json::to_string_pretty(value).unwrap_or_default())
}
