//! `ringup policy diff`: the classes of requests whose answer or price changes from one policy to another, each with its
//! smallest witness.

use std::collections::BTreeMap;

use ringup_core::{
    ChargeKind, Gate, Introductory, NumberType, Price, PriceLine, Quote, Rejection, Shop, Timestamp, explain,
};
use ringup_numbering::WorldPlan;
use serde::Serialize;
use serde_json::Value;

use super::grid::Grid;
pub use super::grid::Sample;
use super::mistake::Mistake;
use super::words::{figures, name};
use super::{Printed, quote, read};

/// The two policies.
#[derive(Debug, clap::Args)]
pub struct DiffArgs {
    /// The policy before: a JSON file, or the name of a shipped policy
    #[arg(value_name = "FILE|NAME")]
    pub before: String,
    /// The policy after
    #[arg(value_name = "FILE|NAME")]
    pub after: String,
    /// The instant of the requests [default: now]
    #[arg(long, value_name = "RFC3339")]
    pub now: Option<jiff::Timestamp>,
    /// Print the classes as JSON; `ringup quote` reads each witness
    #[arg(long)]
    pub json: bool,
}

/// How an answer changes.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Accepted before, refused now.
    NowRefused {
        /// The gate.
        by: Gate,
    },
    /// Refused before, accepted now.
    NowAccepted {
        /// The gate.
        was_refused_by: Gate,
    },
    /// Accepted at another price or on other terms.
    Price {
        /// What of it.
        field: PriceField,
    },
    /// Refused by another gate.
    RefusedByAnother {
        /// The gate before.
        was: Gate,
        /// The gate after.
        by: Gate,
    },
    /// Refused by the same gate with other figures.
    RefusedOtherwise {
        /// The gate.
        by: Gate,
    },
}

/// The part of the price or the terms that changes.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceField {
    /// What is due now.
    DueNow,
    /// The non-recurring charge.
    SetupFee,
    /// What recurs.
    RecurringFee,
    /// What the periods after the first cost while a discount lasts.
    Introductory,
    /// The end of the first period.
    FirstPeriod,
    /// What the commitment comes to.
    CommitmentTotal,
    /// What the amounts are made of, where no amount changes.
    Lines,
    /// How it is paid.
    Payment,
    /// What the number can do, and its tier.
    Item,
    /// Until when the quote holds.
    HoldsUntil,
}

/// A class of requests.
#[derive(Serialize)]
pub struct Class {
    /// What changes.
    #[serde(flatten)]
    pub change: Change,
    /// The number of requests of the grid in it.
    pub requests: u32,
    /// The answer before.
    pub before: String,
    /// The answer after.
    pub after: String,
    /// Its smallest request.
    pub witness: Sample,
}

/// The classes; the code is 0 if there are none, or else 1.
///
/// # Errors
/// A policy cannot be read.
pub fn diff(args: &DiffArgs) -> Result<Printed, Mistake> {
    let (before, after) = (read::shop(&args.before)?, read::shop(&args.after)?);
    let now = Timestamp::from_millis(args.now.unwrap_or_else(jiff::Timestamp::now).as_millisecond());
    let (classes, asked) = classes(&before, &after, now);
    let text = if args.json { quote::json(&classes) } else { page(&classes, asked) };
    Ok(Printed { text, code: u8::from(!classes.is_empty()) })
}

/// The classes of requests whose answer or price changes, and how many requests were asked.
#[must_use]
pub fn classes(before: &Shop, after: &Shop, now: Timestamp) -> (Vec<Class>, u32) {
    let mut classes: BTreeMap<Change, Class> = BTreeMap::new();
    let mut asked = 0_u32;
    for case in Grid::of(before, after, now).cases() {
        asked = asked.saturating_add(1);
        for (change, before, after) in changes(&Answer::of(before, &case), &Answer::of(after, &case)) {
            let class = Class { change, requests: 0, before, after, witness: case.clone() };
            let class = classes.entry(change).or_insert(class);
            class.requests = class.requests.saturating_add(1);
        }
    }
    // Refused by both: the class of the gate that is new or gone covers it.
    let said: Vec<Change> = classes.keys().copied().collect();
    classes.retain(|change, _| match change {
        Change::RefusedByAnother { was, by } => {
            !said.contains(&Change::NowRefused { by: *by })
                && !said.contains(&Change::NowAccepted { was_refused_by: *was })
        }
        Change::NowRefused { .. }
        | Change::NowAccepted { .. }
        | Change::Price { .. }
        | Change::RefusedOtherwise { .. } => true,
    });
    (classes.into_values().collect(), asked)
}

/// Whether some request's answer or price changes.
#[must_use]
pub fn differ(before: &Shop, after: &Shop, now: Timestamp) -> bool {
    Grid::of(before, after, now)
        .cases()
        .any(|case| !changes(&Answer::of(before, &case), &Answer::of(after, &case)).is_empty())
}

/// The answer of a policy.
enum Answer {
    Refused { by: Gate, rejection: Box<Rejection>, message: String },
    Taken { quote: Box<Quote> },
}

impl Answer {
    fn of(shop: &Shop, case: &Sample) -> Self {
        let Sample { standing, offers, request, now, .. } = case;
        let explanation = explain(shop, &WorldPlan, standing, offers, request, *now);
        let refused = explanation.rules.into_iter().find_map(|rule| match rule.verdict {
            ringup_core::Verdict::Blocked { rejection } => Some((rule.gate, rejection)),
            ringup_core::Verdict::Passed { .. } | ringup_core::Verdict::Waiting { .. } => None,
        });
        match refused {
            Some((by, rejection)) => {
                Self::Refused { by, message: rejection.sentence(shop.decimals()), rejection: Box::new(rejection) }
            }
            None => {
                Self::Taken { quote: Box::new(ringup_core::quote(shop, &WorldPlan, standing, offers, request, *now)) }
            }
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Refused { by, rejection, message } => {
                format!("refused by {}: {message}{}", name(by), figures(rejection))
            }
            Self::Taken { quote } => match &quote.price {
                Some(price) if quote.acceptable => format!("accepted at {price}"),
                Some(price) => format!("accepted at {price}, once a search has found a number"),
                None => "not refused; a search is needed for a price".into(),
            },
        }
    }
}

/// What changes, with the values before and after.
fn changes(before: &Answer, after: &Answer) -> Vec<(Change, String, String)> {
    let change = match (before, after) {
        (Answer::Refused { by: was, rejection: old, .. }, Answer::Refused { by, rejection: new, .. }) => {
            match was == by {
                false => Some(Change::RefusedByAnother { was: *was, by: *by }),
                true => (old != new).then_some(Change::RefusedOtherwise { by: *by }),
            }
        }
        (Answer::Taken { .. }, Answer::Refused { by, .. }) => Some(Change::NowRefused { by: *by }),
        (Answer::Refused { by, .. }, Answer::Taken { .. }) => Some(Change::NowAccepted { was_refused_by: *by }),
        (Answer::Taken { quote: before }, Answer::Taken { quote: after }) => return dearer_or_cheaper(before, after),
    };
    change.map(|change| (change, before.words(), after.words())).into_iter().collect()
}

fn dearer_or_cheaper(before: &Quote, after: &Quote) -> Vec<(Change, String, String)> {
    let all = fields(before).into_iter().zip(fields(after));
    let mut moved: Vec<(Change, String, String)> = all
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| (Change::Price { field }, before, after))
        .collect();
    if moved.is_empty() && before.price != after.price {
        let change = Change::Price { field: PriceField::Lines };
        moved.push((change, lines(before.price.as_ref()), lines(after.price.as_ref())));
    }
    moved
}

/// The compared parts of a quote, in words.
fn fields(quote: &Quote) -> [(PriceField, String); 9] {
    let words = |said: &dyn Fn(&Price) -> String| quote.price.as_ref().map_or("not known".into(), said);
    let recurring = |price: &Price| match price.yearly_fee {
        Some(yearly_fee) => format!("{} a year", price.write(yearly_fee)),
        None => format!("{} a month", price.write(price.monthly_fee)),
    };
    let introductory = |price: &Price| {
        let phase = |phase: &Introductory| format!("{} times {}", phase.periods, price.write(phase.amount));
        let phases: Vec<String> = price.introductory.iter().map(phase).collect();
        if phases.is_empty() { "none".to_owned() } else { phases.join(", then ") }
    };
    let first_period = |price: &Price| {
        let until = price.first_period.as_ref().map(|period| period.ends_at.to_string());
        until.map_or("a whole one".to_owned(), |until| format!("up to {until}"))
    };
    [
        (PriceField::DueNow, words(&|price| price.write(price.due_now).to_string())),
        (PriceField::SetupFee, words(&|price| price.write(price.charged_for(ChargeKind::SetupFee)).to_string())),
        (PriceField::RecurringFee, words(&recurring)),
        (PriceField::Introductory, words(&introductory)),
        (PriceField::FirstPeriod, words(&first_period)),
        (PriceField::CommitmentTotal, words(&|price| price.write(price.commitment_total).to_string())),
        (PriceField::Payment, quote.payment.as_ref().map_or("no way to pay".into(), name)),
        (PriceField::Item, item(quote)),
        (PriceField::HoldsUntil, quote.expires_at.to_string()),
    ]
}

fn item(quote: &Quote) -> String {
    let Some(item) = &quote.item else { return "not known".into() };
    let kind = item.number_type.map_or("any type", NumberType::name);
    let able = serde_json::to_value(item.capabilities).unwrap_or_default();
    let able = able.as_object().into_iter().flatten().filter(|(_, has)| **has == Value::Bool(true));
    let able: Vec<&str> = able.map(|(name, _)| name.as_str()).collect();
    format!("{kind} of {}, tier {}, able to {}", item.country, item.kyc_tier, able.join(", "))
}

fn lines(price: Option<&Price>) -> String {
    let line = |price: &Price, line: &PriceLine| {
        let label = line.label.as_ref().map(|label| format!(" {label}")).unwrap_or_default();
        format!("{}{label} {}", name(&line.charge), price.write(line.amount))
    };
    let all = price.into_iter().flat_map(|price| {
        let included = price.taxes_included.iter().map(|tax| format!("{} (included)", line(price, tax)));
        let now = price.lines.iter().map(|each| line(price, each)).chain(included);
        let later: Vec<String> = price.recurring_lines.iter().map(|each| line(price, each)).collect();
        let later = (!later.is_empty()).then(|| format!("later {}", later.join(", ")));
        now.chain(later).collect::<Vec<_>>()
    });
    all.collect::<Vec<_>>().join(", ")
}

/// The headings of the page, in the order of the changes.
const fn heading(change: Change) -> &'static str {
    match change {
        Change::NowRefused { .. } => "WAS ACCEPTED, IS REFUSED",
        Change::NowAccepted { .. } => "WAS REFUSED, IS ACCEPTED",
        Change::Price { .. } => "IS ACCEPTED AT ANOTHER PRICE OR ON OTHER TERMS",
        Change::RefusedByAnother { .. } | Change::RefusedOtherwise { .. } => "IS REFUSED FOR ANOTHER REASON",
    }
}

fn page(classes: &[Class], asked: u32) -> String {
    if classes.is_empty() {
        return format!("no difference in {asked} requests\n");
    }
    let changed = match classes.len() {
        1 => "1 class of requests changes".to_owned(),
        count => format!("{count} classes of requests change"),
    };
    let mut lines = vec![format!("{changed}, of {asked} requests asked")];
    let mut last = "";
    for class in classes {
        let title = match class.change {
            Change::NowRefused { by } => format!("now refused by {}", name(&by)),
            Change::NowAccepted { was_refused_by } => format!("now accepted, was refused by {}", name(&was_refused_by)),
            Change::RefusedByAnother { was, by } => format!("refused by {}, was by {}", name(&by), name(&was)),
            Change::RefusedOtherwise { by } => format!("refused by {} as before, with other figures", name(&by)),
            Change::Price { field } => format!("{} changes", name(&field)),
        };
        if heading(class.change) != last {
            last = heading(class.change);
            lines.push(format!("\n{last}"));
        }
        let witness = &class.witness;
        let json = |value: serde_json::Result<Value>| value.unwrap_or_default().to_string();
        let requests = if class.requests == 1 { "request" } else { "requests" };
        lines.push(format!("\n{title} ({} {requests})", class.requests));
        lines.push(format!("  before    {}", class.before));
        lines.push(format!("  after     {}", class.after));
        lines.push(format!("  witness   {}", witness.varied()));
        lines.push(format!("  now       {}", witness.now));
        lines.push(format!("  standing  {}", lean(&witness.standing)));
        lines.push(format!("  request   {}", lean(&witness.request)));
        if !witness.offers.searches.is_empty() {
            lines.push(format!("  offers    {}", json(serde_json::to_value(&witness.offers))));
        }
    }
    format!("{}\n", lines.join("\n"))
}

/// The JSON without the members that say no more than their absence.
fn lean(value: &impl Serialize) -> Value {
    let mut value = serde_json::to_value(value).unwrap_or_default();
    let says_nothing = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_i64() == Some(0),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(true) | Value::String(_) => false,
    };
    if let Some(members) = value.as_object_mut() {
        // Only what has defaults: the standing's parts, and no amounts.
        for part in ["actor", "terms", "held"] {
            if let Some(part) = members.get_mut(part).and_then(Value::as_object_mut) {
                part.retain(|_, value| !says_nothing(value));
            }
        }
        members.retain(|_, value| !says_nothing(value));
    }
    value
}
