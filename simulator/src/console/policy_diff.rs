//! `ringup policy diff`: the classes of requests whose answer or price changes from one policy to another, each with its
//! smallest witness.

use std::collections::BTreeMap;

use ringup_core::{Gate, Quote, Shop, Timestamp, explain};
use serde::Serialize;
use serde_json::Value;

use super::grid::{Case, Grid};
use super::mistake::Mistake;
use super::words::name;
use super::{Printed, quote, read};

/// The two policies.
#[derive(Debug, clap::Args)]
pub struct DiffArgs {
    /// The policy before: a JSON file, or the name of one that comes with the program
    #[arg(value_name = "FILE|NAME")]
    pub before: String,
    /// The policy after
    #[arg(value_name = "FILE|NAME")]
    pub after: String,
    /// The instant of the requests; without it, the clock's
    #[arg(long, value_name = "RFC3339")]
    pub now: Option<jiff::Timestamp>,
    /// Print the classes as JSON, each witness as `ringup quote` reads it
    #[arg(long)]
    pub json: bool,
}

/// What of an answer changes.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
enum Change {
    /// It was not refused.
    NowRefused { by: Gate },
    /// It is not refused any more.
    NowAccepted { was_refused_by: Gate },
    /// Another gate refuses.
    RefusedByAnother { was: Gate, by: Gate },
    /// It is accepted, at another price or in another way.
    Price { field: PriceField },
}

/// What of a price, or of the way to pay it, changes.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
enum PriceField {
    DueNow,
    SetupFee,
    RecurringFee,
    CommitmentTotal,
    Payment,
}

/// A class of requests.
#[derive(Serialize)]
struct Class {
    #[serde(flatten)]
    change: Change,
    /// How many requests of the grid are of it.
    requests: u32,
    before: String,
    after: String,
    witness: Case,
}

/// The classes; the code is 0 if there are none, or else 1.
///
/// # Errors
/// A policy cannot be read.
pub fn diff(args: &DiffArgs) -> Result<Printed, Mistake> {
    let (before, after) = (read::shop(&args.before)?, read::shop(&args.after)?);
    let now = Timestamp::from_millis(args.now.unwrap_or_else(jiff::Timestamp::now).as_millisecond());
    let mut classes: BTreeMap<Change, Class> = BTreeMap::new();
    let mut asked = 0_u32;
    for case in Grid::of(&before, &after, now).cases() {
        asked = asked.saturating_add(1);
        let answers = (Answer::of(&before, &case), Answer::of(&after, &case));
        for (change, before, after) in changes(&answers.0, &answers.1) {
            let class = Class { change, requests: 0, before, after, witness: case.clone() };
            let class = classes.entry(change).or_insert(class);
            class.requests = class.requests.saturating_add(1);
        }
    }
    let classes: Vec<Class> = classes.into_values().collect();
    let text = if args.json { quote::json(&classes) } else { page(&classes, asked) };
    Ok(Printed { text, code: u8::from(!classes.is_empty()) })
}

/// What a policy answers.
enum Answer {
    Refused { by: Gate, because: String },
    Taken { quote: Box<Quote> },
}

impl Answer {
    fn of(shop: &Shop, case: &Case) -> Self {
        let Case { standing, offers, request, now, .. } = case;
        let explanation = explain(shop, standing, offers, request, *now);
        let refused = explanation.rules.into_iter().find_map(|rule| match rule.verdict {
            ringup_core::Verdict::Blocked { rejection } => Some((rule.gate, rejection.to_string())),
            ringup_core::Verdict::Passed { .. } | ringup_core::Verdict::Waiting { .. } => None,
        });
        match refused {
            Some((by, because)) => Self::Refused { by, because },
            None => Self::Taken { quote: Box::new(ringup_core::quote(shop, standing, offers, request, *now)) },
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Refused { by, because } => format!("refused by {}: {because}", name(by)),
            Self::Taken { quote } => match &quote.price {
                Some(price) => format!("accepted at {price}"),
                None => "accepted, the price is not known yet".into(),
            },
        }
    }
}

/// What changes, and what was and is said of it.
fn changes(before: &Answer, after: &Answer) -> Vec<(Change, String, String)> {
    let change = match (before, after) {
        (Answer::Refused { by: was, .. }, Answer::Refused { by, .. }) => {
            (was != by).then_some(Change::RefusedByAnother { was: *was, by: *by })
        }
        (Answer::Taken { .. }, Answer::Refused { by, .. }) => Some(Change::NowRefused { by: *by }),
        (Answer::Refused { by, .. }, Answer::Taken { .. }) => Some(Change::NowAccepted { was_refused_by: *by }),
        (Answer::Taken { quote: before }, Answer::Taken { quote: after }) => return dearer_or_cheaper(before, after),
    };
    change.map(|change| (change, before.words(), after.words())).into_iter().collect()
}

fn dearer_or_cheaper(before: &Quote, after: &Quote) -> Vec<(Change, String, String)> {
    let fields = |quote: &Quote| -> [(PriceField, Option<String>); 5] {
        let price = quote.price.as_ref();
        let recurring = |price: &ringup_core::Price| match price.yearly_fee {
            Some(yearly_fee) => format!("{yearly_fee} a year"),
            None => format!("{} a month", price.monthly_fee),
        };
        [
            (PriceField::DueNow, price.map(|price| price.due_now.to_string())),
            (PriceField::SetupFee, price.map(|price| price.charged_for(ringup_core::ChargeKind::SetupFee).to_string())),
            (PriceField::RecurringFee, price.map(recurring)),
            (PriceField::CommitmentTotal, price.map(|price| price.commitment_total.to_string())),
            (PriceField::Payment, quote.payment.as_ref().map(name)),
        ]
    };
    let both = fields(before).into_iter().zip(fields(after));
    let moved = both.filter(|((_, before), (_, after))| before != after);
    let words = |said: Option<String>| said.unwrap_or_else(|| "not known".into());
    moved.map(|((field, before), (_, after))| (Change::Price { field }, words(before), words(after))).collect()
}

fn page(classes: &[Class], asked: u32) -> String {
    if classes.is_empty() {
        return format!("no difference in {asked} requests\n");
    }
    let mut lines = vec![format!("{} classes of requests change, of {asked} requests asked", classes.len())];
    for class in classes {
        let title = match class.change {
            Change::NowRefused { by } => format!("now refused by {}", name(&by)),
            Change::NowAccepted { was_refused_by } => format!("now accepted, was refused by {}", name(&was_refused_by)),
            Change::RefusedByAnother { was, by } => format!("refused by {}, was by {}", name(&by), name(&was)),
            Change::Price { field } => format!("{} changes", name(&field)),
        };
        let witness = &class.witness;
        let json = |value: serde_json::Result<Value>| value.unwrap_or_default().to_string();
        lines.push(format!("\n{title} ({} requests)", class.requests));
        lines.push(format!("  before    {}", class.before));
        lines.push(format!("  after     {}", class.after));
        lines.push(format!("  witness   {}", witness.varied()));
        lines.push(format!("  standing  {}", json(serde_json::to_value(&witness.standing))));
        lines.push(format!("  request   {}", json(serde_json::to_value(&witness.request))));
        if !witness.offers.searches.is_empty() {
            lines.push(format!("  offers    {}", json(serde_json::to_value(&witness.offers))));
        }
    }
    format!("{}\n", lines.join("\n"))
}
