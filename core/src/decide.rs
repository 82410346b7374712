//! `decide`: what should happen. It looks and answers; it changes nothing.

mod earlier;
mod purchase;

use alloc::{format, vec::Vec};

pub(crate) use purchase::decide as decide_purchase;

use crate::account::standing::Actor;
use crate::base::id::PurchaseId;
use crate::base::timestamp::Timestamp;
use crate::command::Command;
use crate::effect::{Effect, EffectId, Outcome};
use crate::event::{AccountEvent, Event, NumberEvent};
use crate::gates::Rejection;
use crate::gates::request::Malformed;
use crate::market::offers::Offers;
use crate::market::selector::Selector;
use crate::purchase::{Purchase, PurchaseCommand};
use crate::records::{Account, HeldNumber, HeldStatus};
use crate::shop::Shop;
use crate::terms::fulfilment::ReleaseTime;

/// What should happen.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Decision {
    /// The account version that it was taken on. On another version it is stale, and taken again.
    pub version: u64,
    /// What happens, to be stored together or not at all.
    pub events: Vec<Event>,
    /// What it says to whoever asked.
    pub answer: Answer,
}

/// What a decision says to whoever asked.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "answer", rename_all = "snake_case"))]
pub enum Answer {
    /// The purchase is accepted.
    Accepted {
        /// The purchase.
        purchase: PurchaseId,
    },
    /// The request repeats, or joins, an earlier one: here is its purchase, as it stands.
    Repeated {
        /// The earlier purchase.
        purchase: PurchaseId,
    },
    /// A fact is missing: search for this, and decide again with what was found. Nothing has been promised.
    SearchFirst {
        /// What to search for.
        selector: Selector,
    },
    /// It is noted.
    Noted,
}

/// The events and effects of a decision, or a refusal in which nothing changes.
///
/// # Errors
/// The [`Rejection`] of the first gate that is blocked.
pub fn decide(
    shop: &Shop,
    account: &Account,
    offers: &Offers,
    command: &Command,
    now: Timestamp,
) -> Result<Decision, Rejection> {
    let noted = |events| Ok(Decision { version: account.version, events, answer: Answer::Noted });
    let retry = &shop.policy().retry;
    // What is said of a purchase that is not there is harmless, like everything that comes late.
    let of = |purchase, then: &dyn Fn(&Purchase) -> Vec<Event>| find(account, purchase).map_or_else(Vec::new, then);
    match command {
        Command::Purchase { id, actor, request } => {
            decide_purchase(shop, account, offers, (id, actor, request), now, &mut |_, _, _| {})
        }
        Command::RecordOutcome { effect, outcome } => noted(record(shop, account, effect, outcome, now)),
        Command::RecordCheckoutPaid { purchase, checkout } => {
            noted(of(purchase, &|purchase| purchase.on(&PurchaseCommand::RecordCheckoutPaid(checkout), retry, now)))
        }
        Command::RecordCheckoutDeclined { purchase, checkout } => {
            noted(of(purchase, &|purchase| purchase.on(&PurchaseCommand::RecordCheckoutDeclined(checkout), retry, now)))
        }
        Command::Release { number, actor } => noted(release(shop, account, number, actor, now)?),
        Command::TopUp { money } if 0 < money.minor_units() && account.can_take(*money) => {
            noted([AccountEvent::WalletToppedUp { money: *money }.into()].into())
        }
        Command::TopUp { money } => {
            let problem = match 0 < money.minor_units() {
                true => format!("`{money}` cannot be added; the account's books would not hold so much"),
                false => format!("`{money}` cannot be added; the amount must be above nought"),
            };
            Err(Malformed { field: "money".into(), problem }.into())
        }
        Command::ChangeTerms { terms } => noted([AccountEvent::TermsChanged { terms: terms.clone() }.into()].into()),
        Command::Resolve { purchase, finding } => {
            noted(of(purchase, &|purchase| purchase.on(&PurchaseCommand::Resolve(*finding), retry, now)))
        }
        Command::WakeUp => noted(wake_up(shop, account, now)),
    }
}

/// When the host must look again: the earliest instant at which an effect may be run or a [`Command::WakeUp`] changes
/// something.
#[must_use]
pub fn due(account: &Account) -> Option<Timestamp> {
    let effects = account.owed().into_iter().map(|effect| effect.not_before);
    let checkouts =
        account.in_flight.iter().filter_map(|id| account.purchases.get(id)).filter_map(Purchase::checkout_expires_at);
    let releasing = account.releasing.iter().filter_map(|id| account.numbers.get(id));
    effects.chain(checkouts).chain(releasing.filter_map(HeldNumber::release_due_at)).min()
}

/// What the host must do, now or later. Derived from the account alone, so that a restart needs no other memory.
#[must_use]
pub fn owed(account: &Account) -> Vec<Effect> {
    account.owed()
}

fn find<'a>(account: &'a Account, id: &PurchaseId) -> Option<&'a Purchase> {
    account.purchases.get(id)
}

/// Takes note of an outcome. One that belongs to nothing owed is a doubled or a late one, and harmless.
fn record(shop: &Shop, account: &Account, effect: &EffectId, outcome: &Outcome, now: Timestamp) -> Vec<Event> {
    let retry = &shop.policy().retry;
    if let Some(purchase) = find(account, &effect.purchase)
        && purchase.owed().is_some_and(|owed| owed.id == *effect)
    {
        return purchase.on(&PurchaseCommand::RecordOutcome(outcome), retry, now);
    }
    if let Some(number) = account.numbers.get(&effect.purchase)
        && number.owed().is_some_and(|owed| owed.id == *effect)
    {
        return number.on_outcome(outcome, retry, now);
    }
    Vec::new()
}

/// Starts the release of a number; one that is being released already goes on.
fn release(
    shop: &Shop,
    account: &Account,
    id: &PurchaseId,
    actor: &Actor,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let held = account.numbers.get(id).ok_or(Rejection::NumberNotHeld)?;
    if let Some(only_holder) = &actor.only_holder
        && held.agreement.holder.as_ref() != Some(only_holder)
    {
        // Whether somebody else holds it is not this actor's to know.
        return Err(Rejection::NumberNotHeld);
    }
    match held.status {
        HeldStatus::Active => {
            let event = match shop.policy().release {
                ReleaseTime::AtOnce => NumberEvent::ReleaseStarted { at: now },
                ReleaseTime::PeriodEnd => match held.paid_until(now) {
                    // Nothing of what runs is paid.
                    at if at <= now => NumberEvent::ReleaseStarted { at: now },
                    at => NumberEvent::ReleaseScheduled { at },
                },
            };
            Ok([Event::Number { event, number: id.clone() }].into())
        }
        HeldStatus::Scheduled { .. } | HeldStatus::EndingCharges { .. } | HeldStatus::Releasing { .. } => {
            Ok(Vec::new())
        }
        HeldStatus::Released { .. } => Err(Rejection::NumberNotHeld),
    }
}

/// Ends the checkouts that nobody has paid in time, and starts the releases whose time has come.
fn wake_up(shop: &Shop, account: &Account, now: Timestamp) -> Vec<Event> {
    let open = account.in_flight.iter().filter_map(|id| account.purchases.get(id));
    let ended = open.filter_map(|purchase| purchase.on_wake_up(&shop.policy().retry, now));
    let releasing = account.releasing.iter().filter_map(|id| account.numbers.get(id));
    ended.chain(releasing.filter_map(|number| number.on_wake_up(now))).collect()
}
