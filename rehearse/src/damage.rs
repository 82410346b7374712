//! Damage: events that are dropped, doubled, swapped, foreign or altered. What the core takes, the accountant's own reading
//! of the same events must take as well, with the same books, keys and owners.

use ringup_core::purchase::{Agreement, Failure, UndoStep};
use ringup_core::shop::PaymentMethod;
use ringup_core::{
    Account, AccountEvent, Decision, Event, EvidenceEvent, IdempotencyKey, Money, OfferedNumber, PurchaseEvent,
    PurchaseId, apply, evolve,
};
use serde_json::Value;

use crate::accountant::{Violation, violation};
use crate::random::Random;
use crate::reading::Reading;

/// What was done to one history.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Damages {
    /// The damaged histories.
    pub tried: u64,
    /// Those that the core refused.
    pub refused: u64,
    /// Those that are another history that can have happened.
    pub valid: u64,
}

/// How often one history is damaged.
const TIMES: usize = 12;

/// Damages a history in some ways, and replays each from the first place that differs.
pub(crate) fn damage(log: &[Event], random: &mut Random, damages: &mut Damages) -> Result<(), Violation> {
    let mut damaged: Vec<Damaged> = (0..TIMES).filter_map(|_| damaged(log, random)).collect();
    damaged.sort_by_key(|damaged| damaged.from);
    let mut damaged = damaged.into_iter().peekable();
    let Some((first, rest)) = log.split_first() else { return Ok(()) };
    let mut reading = Reading::default();
    let Ok(mut account) = Account::begin(first) else { return Ok(()) };
    let broken = |why: String| violation("events_disagree", None, why);
    reading.read(first).map_err(broken)?;
    for from in 1..=log.len() {
        while let Some(damaged) = damaged.next_if(|damaged| damaged.from <= from) {
            damages.tried = damages.tried.saturating_add(1);
            let events = damaged.events(log);
            match replay(&account, reading.clone(), &events) {
                Ok(Taken::Refused) => damages.refused = damages.refused.saturating_add(1),
                Ok(Taken::Valid) => damages.valid = damages.valid.saturating_add(1),
                Err(found) => {
                    let event = events.first().map(|event| event.name()).unwrap_or_default();
                    let what = damaged.what;
                    return Err(violation("damage_taken", None, format!("{what} at event {from}, {event}: {found}")));
                }
            }
        }
        let next = from.checked_sub(1).and_then(|index| rest.get(index));
        if let Some(event) = next.filter(|_| damaged.peek().is_some()) {
            evolve(&mut account, event).map_err(|error| broken(format!("{error:?}")))?;
            reading.read(event).map_err(broken)?;
        }
    }
    Ok(())
}

enum Taken {
    Refused,
    Valid,
}

/// A damaged copy of a history.
struct Damaged {
    /// The first place that differs.
    from: usize,
    what: &'static str,
    /// The events that are there.
    instead: Vec<Event>,
    /// Instead of this number.
    of: usize,
}

impl Damaged {
    /// What comes after the undamaged part.
    fn events<'a>(&'a self, log: &'a [Event]) -> Vec<&'a Event> {
        let rest = log.get(self.from.saturating_add(self.of)..).unwrap_or_default();
        self.instead.iter().chain(rest).collect()
    }
}

/// Replays the damaged rest of a history.
fn replay(before: &Account, mut reading: Reading, events: &[&Event]) -> Result<Taken, String> {
    let mut account = before.clone();
    let mut taken = 0_usize;
    for event in events {
        if evolve(&mut account, event).is_err() {
            break;
        }
        taken = taken.saturating_add(1);
        reading.read(event).map_err(|why| format!("taken, and {why} ({})", event.name()))?;
    }
    reading.compare(&account)?;
    if taken == events.len() {
        return Ok(Taken::Valid);
    }
    // A decision is applied wholly or not at all.
    let broken = events.iter().take(taken.saturating_add(1)).map(|event| Event::clone(event)).collect();
    let decision = Decision { version: before.version(), events: broken, answer: () };
    account.clone_from(before);
    match apply(&mut account, &decision) {
        Err(_) if account != *before => Err("refused, and the account has changed".into()),
        Ok(_) => Err("refused, and taken as a decision".into()),
        Err(_) => Ok(Taken::Refused),
    }
}

fn damaged(log: &[Event], random: &mut Random) -> Option<Damaged> {
    let at = place(log, random)?;
    let own = log.get(at)?;
    let (what, instead, of) = match random.below(12) {
        0 => ("dropped", vec![], 1),
        1 => {
            let later = random.below(log.len().saturating_sub(at)).saturating_add(1);
            let from = at.saturating_add(later);
            return Some(Damaged { from, what: "doubled", instead: vec![own.clone()], of: 0 });
        }
        2 => ("swapped", vec![log.get(at.saturating_add(1))?.clone(), own.clone()], 2),
        3 => ("foreign", vec![altered(random.pick(log)?, log, random)?], 0),
        4..8 => ("forged", vec![forged(log, random)?], 0),
        _ => ("altered", vec![altered(own, log, random)?], 1),
    };
    Some(Damaged { from: at, what, instead, of })
}

/// The place of an event that is not the first. Half of the time a rare event is as likely as a frequent one.
fn place(log: &[Event], random: &mut Random) -> Option<usize> {
    let any = random.below(log.len().saturating_sub(1)).saturating_add(1);
    if random.one_in(2) {
        return Some(any);
    }
    let mut names: Vec<&str> = log.iter().skip(1).map(Event::name).collect();
    names.sort_unstable();
    names.dedup();
    let name = *random.pick(&names)?;
    let places: Vec<usize> =
        log.iter().zip(0_usize..).skip(1).filter(|(event, _)| event.name() == name).map(|(_, at)| at).collect();
    random.pick(&places).copied()
}

/// An event of a purchase, with figures of this history, where none was.
fn forged(log: &[Event], random: &mut Random) -> Option<Event> {
    let accepted: Vec<(&PurchaseId, &Agreement, Option<&IdempotencyKey>)> = log
        .iter()
        .filter_map(|event| match event {
            Event::Account(AccountEvent::PurchaseAccepted { purchase, agreement, key, .. }) => {
                Some((purchase, &**agreement, key.as_ref()))
            }
            Event::Account(_)
            | Event::Purchase { .. }
            | Event::Evidence { .. }
            | Event::Payment { .. }
            | Event::Number { .. }
            | Event::Renewal { .. } => None,
        })
        .collect();
    let reserved: Vec<&OfferedNumber> = log
        .iter()
        .filter_map(|event| match event {
            Event::Purchase { event: PurchaseEvent::NumberReserved { offer }, .. } => Some(offer),
            Event::Account(_)
            | Event::Purchase { .. }
            | Event::Evidence { .. }
            | Event::Payment { .. }
            | Event::Number { .. }
            | Event::Renewal { .. } => None,
        })
        .collect();
    let (id, agreement, own) = *random.pick(&accepted)?;
    let (_, other, key) = *random.pick(&accepted)?;
    let due = agreement.price.due_now;
    let half = Money::new(due.minor_units().checked_div(2)?, due.currency()).ok()?;
    let amount = *random.pick(&[due, due, half])?;
    let hold = (agreement.payment == PaymentMethod::Wallet).then_some(*random.pick(&[due, half])?);
    let offer = random.pick(&reserved).copied().cloned();
    let failure = Failure::CheckoutExpired;
    let event = match random.below(9) {
        0 => PurchaseEvent::NumberReserved { offer: offer? },
        1 => PurchaseEvent::PurchaseFailed { failure, freed: hold, key: own.cloned() },
        2 => PurchaseEvent::CompensationStarted { failure },
        3 => return altered_payment(id, log, amount),
        4 => return evidence(id, EvidenceEvent::EvidenceCameLate { step: UndoStep::Refund { amount }, review: false }),
        5 => {
            let number = offer?.number;
            let step = UndoStep::ReturnReservation { number };
            return evidence(id, EvidenceEvent::EvidenceCameLate { step, review: false });
        }
        6 | 7 => {
            let (purchase, fingerprint) = (id.clone(), other.fingerprint.clone());
            return Some(AccountEvent::KeyJoined { key: key?.clone(), purchase, fingerprint, until: None }.into());
        }
        _ => PurchaseEvent::ReservationReturned,
    };
    Some(Event::Purchase { event, purchase: id.clone() })
}

fn evidence(id: &PurchaseId, event: EvidenceEvent) -> Option<Event> {
    Some(Event::Evidence { event, purchase: id.clone() })
}

/// A payment of this history, of another purchase and amount.
fn altered_payment(id: &PurchaseId, log: &[Event], amount: Money) -> Option<Event> {
    let is_payment = |event: &&Event| event.name() == "payment_taken";
    let mut json = serde_json::to_value(log.iter().find(is_payment)?).ok()?;
    let members = json.as_object_mut()?;
    members.insert("purchase".to_owned(), Value::from(id.as_str()));
    members.insert("amount".to_owned(), serde_json::to_value(amount).ok()?);
    serde_json::from_value(json).ok()
}

/// What money, keys and owners hang on.
const TELLING: [&str; 9] =
    ["minor_units", "key", "purchase", "number", "checkout_expires_at", "freed", "charged", "payment", "currency"];

/// The event with one value changed.
fn altered(event: &Event, log: &[Event], random: &mut Random) -> Option<Event> {
    let mut json = serde_json::to_value(event).ok()?;
    let mut places = Vec::new();
    leaves(&json, "", &mut places);
    if random.one_in(2) {
        let is_telling = |place: &String| place.rsplit('/').next().is_some_and(|name| TELLING.contains(&name));
        places.retain(is_telling);
        let mut names: Vec<String> =
            places.iter().filter_map(|place| Some(place.rsplit('/').next()?.to_owned())).collect();
        names.sort_unstable();
        names.dedup();
        let name = random.pick(&names)?;
        places.retain(|place| place.rsplit('/').next() == Some(name));
    }
    let place = random.pick(&places)?.clone();
    let leaf = json.pointer_mut(&place)?;
    let name = place.rsplit('/').next().unwrap_or_default();
    let other = random.pick(log).and_then(|other| serde_json::to_value(other).ok());
    let same = other.and_then(|other| member(&other, name).cloned()).filter(|same| same != leaf);
    *leaf = match (&*leaf, same) {
        (value, _) if !value.is_null() && random.one_in(8) => Value::Null,
        (_, Some(same)) if random.one_in(2) => same,
        (Value::Number(number), _) => {
            let number = number.as_i64()?;
            let changed =
                [number.checked_add(1)?, number.checked_sub(1)?, number.checked_neg()?, 0, number.checked_mul(3)?];
            Value::from(*random.pick(&changed)?)
        }
        (Value::Bool(flag), _) => Value::from(!flag),
        (Value::Null, _) => return None,
        (_, Some(same)) => same,
        (_, None) => Value::Null,
    };
    let altered: Event = serde_json::from_value(json).ok()?;
    (altered != *event).then_some(altered)
}

/// The places of everything that is no list and no object.
pub(crate) fn leaves(json: &Value, place: &str, places: &mut Vec<String>) {
    match json {
        Value::Object(members) => {
            for (name, member) in members {
                leaves(member, &format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")), places);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, &format!("{place}/{index}"), places);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => places.push(place.to_owned()),
    }
}

/// The first member of this name, at any depth.
fn member<'a>(json: &'a Value, name: &str) -> Option<&'a Value> {
    match json {
        Value::Object(members) => members.get(name).or_else(|| members.values().find_map(|inner| member(inner, name))),
        Value::Array(items) => items.iter().find_map(|item| member(item, name)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
