//! Tampering: stored records that are misspelt, doubled, altered or cut. The reader refuses them, or what is done next is
//! refused or keeps the books; nothing panics.

use ringup_core::ledger::Book;
use ringup_core::{
    Account, Confirmation, Decided, Effect, Head, Offers, Outcome, Record, RecordOutcome, Timestamp, WakeUp, apply,
    decide,
};
use ringup_numbering::WorldPlan;
use serde_json::Value;

use crate::accountant::{Violation, violation};
use crate::call::kind_of;
use crate::moves::Kind;
use crate::random::Random;
use crate::shops::{self, Stage, usd};

/// What was done to the records of accounts.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tampers {
    /// The accounts with a record that was tampered with.
    pub tried: u64,
    /// Those that the reader refused.
    pub unread: u64,
    /// Those in which it changed nothing.
    pub same: u64,
    /// Those that were read, and whose next command was refused as broken or misused.
    pub refused: u64,
    /// Those that went on, with the books balanced.
    pub went_on: u64,
}

/// How often the records of one account are tampered with.
const TIMES: usize = 6;

/// How many commands are tried on an account that was read.
const COMMANDS_MAX: usize = 6;

/// Tampers with the records of an account in some ways, and goes on with each that is read.
pub(crate) fn tamper(
    stage: &Stage,
    account: &Account,
    now: Timestamp,
    random: &mut Random,
    tampers: &mut Tampers,
) -> Result<(), Violation> {
    let known = account.known();
    for _ in 0..TIMES {
        let record = random.pick(&known).filter(|_| !random.one_in(4)).and_then(|id| account.record(id));
        let stored = match &record {
            Some(record) => serde_json::to_value(record),
            None => serde_json::to_value(account.head()),
        };
        let Some((what, is_to_be_refused, text)) = stored.ok().and_then(|stored| tampered(stored, random)) else {
            continue;
        };
        tampers.tried = tampers.tried.saturating_add(1);
        let mut read = account.clone();
        let is_read = match record {
            Some(_) => serde_json::from_str::<Record>(&text)
                .map(|record| read.store(account.head().clone(), [(record.id(), Some(record))])),
            None => serde_json::from_str::<Head>(&text).map(|head| read.store(head, [])),
        };
        let count = match is_read {
            Err(_) => &mut tampers.unread,
            Ok(()) if is_to_be_refused => return Err(violation("tampered_record_read", None, what)),
            Ok(()) if read == *account => &mut tampers.same,
            Ok(()) => match go_on(stage, read, now, random) {
                Some(true) => &mut tampers.went_on,
                Some(false) => return Err(violation("tampered_books", None, what)),
                None => &mut tampers.refused,
            },
        };
        *count = count.saturating_add(1);
    }
    Ok(())
}

/// What was done, whether no reader may take it, and the record as text.
fn tampered(mut record: Value, random: &mut Random) -> Option<(String, bool, String)> {
    let names: Vec<String> = record.as_object()?.keys().cloned().collect();
    let name = random.pick(&names)?.clone();
    let kind = record.get("record").and_then(Value::as_str).unwrap_or("head").to_owned();
    let told = |how: &str| format!("{kind}.{name} {how}");
    match random.below(6) {
        0 => {
            let members = record.as_object_mut()?;
            let value = members.remove(&name)?;
            members.insert(format!("{name}x"), value);
            Some((told("misspelt"), true, record.to_string()))
        }
        1 => {
            let member = format!("{}:{}", Value::from(name.as_str()), record.get(&name)?);
            Some((told("doubled"), true, format!("{{{member},{}", record.to_string().strip_prefix('{')?)))
        }
        2 => {
            record.as_object_mut()?.remove(&name)?;
            Some((told("dropped"), false, record.to_string()))
        }
        _ => {
            let mut leaves = Vec::new();
            crate::damage::leaves(&record, "", &mut leaves);
            let leaf = random.pick(&leaves)?.clone();
            let value = record.pointer_mut(&leaf)?;
            *value = match &*value {
                Value::Number(number) => {
                    let number = number.as_i64()?;
                    Value::from(*random.pick(&[number.checked_add(1)?, number.checked_neg()?, i64::MAX, 0])?)
                }
                Value::String(_) if random.one_in(2) => Value::from("p1"),
                Value::String(text) => Value::from(format!("{text}0")),
                Value::Bool(flag) => Value::from(!flag),
                Value::Null | Value::Array(_) | Value::Object(_) => Value::from(1),
            };
            Some((format!("{kind}{leaf} altered"), false, record.to_string()))
        }
    }
}

/// Goes on with an account that was read. `None`: it was refused. `Some(false)`: books that balanced do not any more.
fn go_on(stage: &Stage, mut account: Account, now: Timestamp, random: &mut Random) -> Option<bool> {
    let balanced = is_balanced(&account)?;
    for _ in 0..COMMANDS_MAX {
        let records = account.due_by(now);
        let is_taken = match random.pick(&account.owed()) {
            Some(effect) if records.is_empty() || random.one_in(2) => {
                let outcome = outcome(stage, effect)?;
                on(stage, &mut account, now, &RecordOutcome { effect: effect.id.clone(), outcome })
            }
            _ if records.is_empty() => break,
            _ => on(stage, &mut account, now, &WakeUp { records }),
        };
        is_taken?;
    }
    Some(!balanced || is_balanced(&account)?)
}

fn on<C: ringup_core::Command>(stage: &Stage, account: &mut Account, now: Timestamp, command: &C) -> Option<()> {
    match decide(&stage.shop, &WorldPlan, account, &Offers::default(), command, now) {
        Ok(Decided::Decision(decision)) => apply(account, &decision).ok().map(drop),
        Ok(Decided::Load { .. } | Decided::Search { .. }) | Err(_) => None,
    }
}

fn outcome(stage: &Stage, effect: &Effect) -> Option<Outcome> {
    let confirmation = match kind_of(effect.id.kind) {
        Kind::OpenCheckout => Confirmation::CheckoutOpen { checkout: shops::session(0, 0)?, url: String::new() },
        Kind::Reserve => Confirmation::Reserved { offer: stage.number(0)?.clone() },
        Kind::QueryOrder => Confirmation::OrderFound,
        Kind::Charge
        | Kind::Order
        | Kind::Unreserve
        | Kind::Refund
        | Kind::EndCharges
        | Kind::Renew
        | Kind::Release => Confirmation::Done,
    };
    Some(Outcome::Confirmed { confirmation })
}

/// Whether what was taken is what all other books have.
fn is_balanced(account: &Account) -> Option<bool> {
    let currency = usd(0)?.currency();
    let sum = Book::ALL.into_iter().map(|book| i128::from(account.ledger().balance(book, currency).minor_units()));
    Some(sum.sum::<i128>() == 0)
}
