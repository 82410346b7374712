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

/// Damages a history in some ways, and replays it each time.
pub(crate) fn damage(log: &[Event], random: &mut Random, damages: &mut Damages) -> Result<(), Violation> {
    for _ in 0..TIMES {
        let Some((from, what, damaged)) = damaged(log, random) else { continue };
        damages.tried = damages.tried.saturating_add(1);
        match replay(&damaged, from) {
            Ok(Taken::Refused) => damages.refused = damages.refused.saturating_add(1),
            Ok(Taken::Valid) => damages.valid = damages.valid.saturating_add(1),
            Err(found) => {
                let event = damaged.get(from).map(Event::name).unwrap_or_default();
                return Err(violation("damage_taken", None, format!("{what} at event {from}, {event}: {found}")));
            }
        }
    }
    Ok(())
}

enum Taken {
    Refused,
    Valid,
}

/// Replays events. Up to `from` they are as they were.
fn replay(events: &[Event], from: usize) -> Result<Taken, String> {
    let Some((first, rest)) = events.split_first() else { return Ok(Taken::Refused) };
    let mut reading = Reading::default();
    let Ok(mut account) = Account::begin(first) else { return Ok(Taken::Refused) };
    reading.read(first).map_err(|why| format!("begun, and {why}"))?;
    let mut is_refused = false;
    for (event, index) in rest.iter().zip(1_usize..) {
        if from == index {
            all_or_nothing(&account, events.get(from..).unwrap_or_default())?;
        }
        if evolve(&mut account, event).is_err() {
            is_refused = true;
            break;
        }
        reading.read(event).map_err(|why| format!("taken, and {why} ({})", event.name()))?;
    }
    reading.compare(&account)?;
    Ok(if is_refused { Taken::Refused } else { Taken::Valid })
}

/// A decision is applied wholly or not at all.
fn all_or_nothing(account: &Account, events: &[Event]) -> Result<(), String> {
    let mut after = account.clone();
    let decision = Decision { version: account.version(), events: events.to_vec(), answer: () };
    match apply(&mut after, &decision) {
        Err(_) if after != *account => Err("refused, and the account has changed".into()),
        Err(_) | Ok(_) => Ok(()),
    }
}

/// A damaged copy, the first place that differs, and what was done.
fn damaged(log: &[Event], random: &mut Random) -> Option<(usize, &'static str, Vec<Event>)> {
    let mut events = log.to_vec();
    let at = random.below(events.len().saturating_sub(1)).saturating_add(1);
    let what = match random.below(12) {
        0 => {
            events.remove(at);
            "dropped"
        }
        1 => {
            let event = events.get(at)?.clone();
            let to = at.saturating_add(random.below(events.len().saturating_sub(at))).saturating_add(1);
            events.insert(to.min(events.len()), event);
            return Some((to.min(log.len()), "doubled", events));
        }
        2 => {
            let other = at.saturating_add(1);
            (other < events.len()).then(|| events.swap(at, other))?;
            "swapped"
        }
        3 => {
            let foreign = altered(random.pick(log)?, log, random)?;
            events.insert(at, foreign);
            "foreign"
        }
        4..8 => {
            events.insert(at, forged(log, random)?);
            "forged"
        }
        _ => {
            let altered = altered(events.get(at)?, log, random)?;
            *events.get_mut(at)? = altered;
            "altered"
        }
    };
    Some((at, what, events))
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
            | Event::Number { .. } => None,
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
            | Event::Number { .. } => None,
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
            return Some(AccountEvent::KeyJoined { key: key?.clone(), purchase, fingerprint }.into());
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
fn leaves(json: &Value, place: &str, places: &mut Vec<String>) {
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
