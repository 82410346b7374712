//! The corpus: one short history for each shape of a transition. A transition is what a command makes of an account: the
//! decision, and the account after its events.
//!
//! A shape is the state, the command with its outcome, and the events that follow. A line of the corpus has the shape, the
//! history whose last move makes the transition, and a digest of all its JSON. So a change of the core shows as a changed
//! line: its events, if it behaves differently, or the digest only, if what is stored has changed.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use ringup_core::{
    Account, AnyAnswer, AnyCommand, CancelRelease, ChangeTerms, Command, Decided, Decision, Event, MakePurchase,
    Offers, PurchaseError, PurchaseId, RecordCheckoutDeclined, RecordCheckoutPaid, RecordId, RecordOutcome,
    ReleaseNumber, ResolvePurchase, SetHolder, Timestamp, TopUp, WakeUp, apply, decide,
};
use ringup_numbering::WorldPlan;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::coverage::Coverage;
use crate::history::History;
use crate::moves::Move;
use crate::shops::{self, Stage};
use crate::workload::Workload;
use crate::{begin, read_history, shrink};

/// What a command makes of an account.
#[derive(Clone, Debug)]
pub struct Transition {
    /// The state, the command and what follows: `ordering | record_outcome order confirmed done | number_activated`.
    pub shape: String,
    /// `{"shop", "account", "offers", "command", "now"}`, as JSON.
    pub input: String,
    /// The decision, or why there is none, as JSON.
    pub decision: String,
    /// The events of the decision.
    pub events: Vec<Event>,
    /// The account before, as JSON.
    pub before: String,
    /// The account after the events, as JSON.
    pub after: String,
}

/// A line of the corpus.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// The shape of the transition.
    pub shape: String,
    /// The history whose last move makes it.
    pub history: String,
    /// The digest of the transition.
    pub digest: String,
}

/// A command that has a form in JSON.
pub(crate) trait Recorded: Command {
    fn as_any(&self) -> AnyCommand;
}

macro_rules! recorded {
    ($($command:ident => $any:ident),+ $(,)?) => {
        $(impl Recorded for $command {
            fn as_any(&self) -> AnyCommand {
                AnyCommand::$any(self.clone())
            }
        })+
    };
}

recorded! {
    MakePurchase => Purchase,
    RecordOutcome => RecordOutcome,
    RecordCheckoutPaid => RecordCheckoutPaid,
    RecordCheckoutDeclined => RecordCheckoutDeclined,
    ReleaseNumber => Release,
    CancelRelease => CancelRelease,
    TopUp => TopUp,
    ChangeTerms => ChangeTerms,
    ResolvePurchase => Resolve,
    SetHolder => SetHolder,
    WakeUp => WakeUp,
}

impl Transition {
    /// `None`: it is no decision yet, or cannot be written.
    pub(crate) fn of(
        stage: &Stage,
        account: &Account,
        offers: &Offers,
        command: &AnyCommand,
        now: Timestamp,
    ) -> Option<Self> {
        let shape = shape(stage, account, offers, command, now)?;
        let mut after = account.clone();
        let decided = decide(&stage.shop, &WorldPlan, account, offers, command, now);
        let (decision, events) = match decided {
            Ok(Decided::Decision(decision)) => {
                apply(&mut after, &decision).ok()?;
                let events = decision.events.clone();
                (serde_json::to_value(Decided::Decision(decision)).ok()?, events)
            }
            Ok(Decided::Load { .. } | Decided::Search { .. }) => return None,
            Err(PurchaseError::Refused(rejection)) => {
                (json!({ "type": "rejected", "rejection": rejection }), Vec::new())
            }
            Err(PurchaseError::Misuse(misuse)) => (json!({ "type": "misuse", "misuse": misuse }), Vec::new()),
        };
        let json = serde_json::to_value(command).ok()?;
        let before = serde_json::to_value(account).ok()?;
        let input = json!({
            "shop": stage.document, "account": before, "offers": offers, "command": json, "now": now.as_millis(),
        });
        Some(Self {
            shape,
            input: input.to_string(),
            decision: decision.to_string(),
            events,
            before: before.to_string(),
            after: serde_json::to_string(&after).ok()?,
        })
    }

    /// The first half of the SHA-256 of input, decision and the account after.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut digest = Sha256::new();
        for part in [&self.input, &self.decision, &self.after] {
            digest.update(sorted(part));
            digest.update([0]);
        }
        digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// JSON with its members in the order of their names: a build may keep them in another.
fn sorted(json: &str) -> String {
    let mut value: Value = serde_json::from_str(json).unwrap_or_default();
    value.sort_all_objects();
    value.to_string()
}

/// What is collected of a history.
#[derive(Clone, Debug)]
pub(crate) enum Collected {
    Shapes(Vec<String>),
    Transitions(Vec<Transition>),
}

/// The shape of a transition, and nothing else of it.
fn shape(stage: &Stage, account: &Account, offers: &Offers, command: &AnyCommand, now: Timestamp) -> Option<String> {
    let follows = match decide(&stage.shop, &WorldPlan, account, offers, command, now) {
        Ok(Decided::Decision(decision)) => follows(&decision)?,
        Ok(Decided::Load { .. } | Decided::Search { .. }) => return None,
        Err(PurchaseError::Refused(rejection)) => format!("refused {}", rejection.code()),
        Err(PurchaseError::Misuse(misuse)) => format!("misuse {}", misuse.code()),
    };
    let json = serde_json::to_value(command).ok()?;
    Some(format!("{} | {} | {follows}", state(account, command), name(&json)))
}

/// The events of a decision, or else its answer.
fn follows(decision: &Decision<AnyAnswer>) -> Option<String> {
    let names: Vec<&str> = decision.events.iter().map(Event::name).collect();
    let answer = serde_json::to_value(&decision.answer).ok()?;
    let answer = answer.get("answer").and_then(Value::as_str).unwrap_or("done").to_owned();
    Some(if names.is_empty() { answer } else { names.join(" ") })
}

/// How the purchases and numbers stand that the command is about.
fn state(account: &Account, command: &AnyCommand) -> String {
    let tag = |value: Result<Value, serde_json::Error>, name: &str| {
        value.ok().and_then(|value| value.get(name)?.as_str().map(str::to_owned))
    };
    let of = |id: &PurchaseId| {
        let purchase = account.purchase(id).and_then(|purchase| tag(serde_json::to_value(&purchase.state), "state"));
        let number = account.number(id).and_then(|number| tag(serde_json::to_value(&number.status), "status"));
        number.or(purchase).unwrap_or_else(|| "none".to_owned())
    };
    match command {
        AnyCommand::Purchase(command) => of(&command.id),
        AnyCommand::RecordOutcome(command) => of(&command.effect.purchase),
        AnyCommand::RecordCheckoutPaid(command) => of(&command.purchase),
        AnyCommand::RecordCheckoutDeclined(command) => of(&command.purchase),
        AnyCommand::Release(command) => of(&command.number),
        AnyCommand::CancelRelease(command) => of(&command.number),
        AnyCommand::Transfer(command) => of(&command.number),
        AnyCommand::RecordUse(command) => of(&command.number),
        AnyCommand::Resolve(command) => of(&command.purchase),
        AnyCommand::EndKycWait(command) => of(&command.purchase),
        AnyCommand::TopUp(_)
        | AnyCommand::ChangeTerms(_)
        | AnyCommand::RecordVerification(_)
        | AnyCommand::SetHolder(_) => "account".to_owned(),
        AnyCommand::WakeUp(command) => {
            let ids = command.records.iter().filter_map(|record| match record {
                RecordId::Purchase(id) | RecordId::Number(id) => Some(id),
                RecordId::Key(_)
                | RecordId::Holder(_)
                | RecordId::Owner(_)
                | RecordId::Asked(..)
                | RecordId::InventoryNumber(_)
                | RecordId::Command(_) => None,
            });
            let mut states: Vec<String> = ids.map(of).collect();
            states.sort_unstable();
            states.dedup();
            states.join(" ")
        }
    }
}

/// The command, its effect and its outcome, in a few words.
fn name(command: &Value) -> String {
    let places = [
        "/command",
        "/effect/kind",
        "/effect",
        "/outcome/outcome",
        "/outcome/confirmation/kind",
        "/finding/finding",
        "/finding/confirmation/kind",
        "/actor/role",
    ];
    // `p0/query_order/2` is a question about an order.
    let kind = |word: &'static str, text: &str| match text.split('/').nth(1) {
        Some(kind) if word == "/effect" => kind.to_owned(),
        _ => text.to_owned(),
    };
    let words = places.into_iter().filter_map(|place| Some(kind(place, command.pointer(place)?.as_str()?)));
    let wants = ["idempotency_key", "country", "area_code", "pattern", "number", "inventory_id", "price_seen"];
    let request = command.get("request");
    let wants = wants.into_iter().filter(|want| request.and_then(|request| request.get(*want)).is_some());
    words.chain(wants.map(str::to_owned)).collect::<Vec<String>>().join(" ")
}

/// A short history for each shape that the histories of a seed show.
///
/// # Errors
/// The search itself is broken: an invented shop has a mistake.
pub fn collect(seed: u64, histories: u64) -> Result<Vec<Entry>, String> {
    let stages = shops::all()?;
    let mut shortest: BTreeMap<String, (&Stage, Vec<Move>)> = BTreeMap::new();
    for index in 0..histories {
        let mut random = begin(seed, index);
        let Some(stage) = random.pick(&stages) else { break };
        let mut workload = Workload::new(random);
        let mut coverage = Coverage::default();
        let Ok(mut history) = History::begin(stage, &mut coverage) else { continue };
        let mut moves = Vec::new();
        for _ in 0..workload.length() {
            let step = workload.next(&history);
            moves.push(step);
            history.collected = Some(Collected::Shapes(Vec::new()));
            let done = history.apply(&step);
            let Some(Collected::Shapes(shapes)) = history.collected.take() else { continue };
            for shape in shapes {
                let known = shortest.get(&shape).map(|(_, moves)| moves.len());
                if known.is_none_or(|known| moves.len() < known) {
                    shortest.insert(shape, (stage, moves.clone()));
                }
            }
            if done.is_err() {
                break;
            }
        }
    }
    let mut entries = Vec::new();
    for (shape, (stage, moves)) in shortest {
        let moves = shrink::shortest(
            &moves,
            &mut |moves| matches!(played(stage, moves, false), Some(Collected::Shapes(shapes)) if shapes.contains(&shape)),
        );
        let Some(transition) = transition(stage, &moves, &shape) else { continue };
        let moves: Vec<String> = moves.iter().map(Move::to_string).collect();
        let history = format!("shop {}; {}", stage.name, moves.join("; "));
        entries.push(Entry { digest: transition.digest(), shape, history });
    }
    Ok(entries)
}

/// The transitions of the lines of a corpus, as they are now. `None`: the history does not make it any more.
///
/// # Errors
/// A text is no history.
pub fn transitions(entries: &[Entry]) -> Result<Vec<Option<Transition>>, String> {
    let stages = shops::all()?;
    let of = |entry: &Entry| {
        let (stage, moves) = read_history(&stages, &entry.history)?;
        Ok(transition(stage, &moves, &entry.shape))
    };
    entries.iter().map(of).collect()
}

/// The transition of the last move that has this shape.
fn transition(stage: &Stage, moves: &[Move], shape: &str) -> Option<Transition> {
    let Some(Collected::Transitions(transitions)) = played(stage, moves, true) else { return None };
    transitions.into_iter().find(|transition| transition.shape == shape)
}

/// What the last move makes.
fn played(stage: &Stage, moves: &[Move], is_whole: bool) -> Option<Collected> {
    let (last, earlier) = moves.split_last()?;
    let mut coverage = Coverage::default();
    let mut history = History::begin(stage, &mut coverage).ok()?;
    for step in earlier {
        history.apply(step).ok()?;
    }
    let empty = if is_whole { Collected::Transitions(Vec::new()) } else { Collected::Shapes(Vec::new()) };
    history.collected = Some(empty);
    // A violation that is known does not unmake the transition.
    let _known = history.apply(last);
    history.collected
}

impl History<'_> {
    /// Notes what is decided, if somebody collects it.
    pub(crate) fn collect<C: Recorded>(&mut self, command: &C, offers: &Offers) {
        let Some(collected) = &mut self.collected else { return };
        let (now, command) = (Timestamp::from_millis(self.now), command.as_any());
        match collected {
            Collected::Shapes(shapes) => shapes.extend(shape(self.stage, &self.account, offers, &command, now)),
            Collected::Transitions(all) => {
                all.extend(Transition::of(self.stage, &self.account, offers, &command, now));
            }
        }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}\t{}", self.shape, self.history, self.digest)
    }
}

impl FromStr for Entry {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        match line.split('\t').collect::<Vec<&str>>()[..] {
            [shape, history, digest] => {
                Ok(Self { shape: shape.to_owned(), history: history.to_owned(), digest: digest.to_owned() })
            }
            _ => Err(format!("no line of the corpus: `{line}`")),
        }
    }
}
