//! Events: what has happened to an account. They are stored, and `evolve` replays them.
//!
//! They are nested by what they happen to, so that each state of a purchase or a number names every event that can reach it
//! and no other.

mod account;
mod number;
mod purchase;

use alloc::vec::Vec;
use ringup_derive::data;

pub use account::AccountEvent;
pub use number::NumberEvent;
pub use purchase::PurchaseEvent;

use crate::account::key::IdempotencyKey;
use crate::base::id::PurchaseId;
use crate::ledger::Posting;

/// The format in which events are stored; every older one still loads.
pub const EVENT_FORMAT: u32 = 1;

/// What has happened. JSON: one flat object, whose `event` says what.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(untagged, expecting = "an `event` of a `purchase`, of a `number` or of the account")]
pub enum Event {
    /// To a purchase that was accepted.
    Purchase {
        /// What.
        #[serde(flatten)]
        event: PurchaseEvent,
        /// The purchase.
        purchase: PurchaseId,
    },
    /// To a number that is held.
    Number {
        /// What.
        #[serde(flatten)]
        event: NumberEvent,
        /// The purchase that bought it.
        number: PurchaseId,
    },
    /// To the account itself.
    Account(AccountEvent),
}

/// A record of an account that an event touched. The host rewrites these, never the whole account.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum RecordId {
    /// A purchase.
    Purchase(PurchaseId),
    /// A held number, by the purchase that bought it.
    Number(PurchaseId),
    /// A key.
    Key(IdempotencyKey),
}

impl Event {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Purchase { event, .. } => event.name(),
            Self::Number { event, .. } => event.name(),
            Self::Account(event) => event.name(),
        }
    }

    /// The purchase, or the purchase that bought the number.
    #[must_use]
    pub const fn purchase(&self) -> Option<&PurchaseId> {
        match self {
            Self::Purchase { purchase, .. }
            | Self::Number { number: purchase, .. }
            | Self::Account(AccountEvent::PurchaseAccepted { purchase, .. }) => Some(purchase),
            Self::Account(AccountEvent::WalletToppedUp { .. } | AccountEvent::TermsChanged { .. }) => None,
        }
    }

    /// The records that this event changes, beside the account's own small one.
    #[must_use]
    pub fn touches(&self) -> Vec<RecordId> {
        match self {
            Self::Purchase { event, purchase } => {
                let second = event.second_record(purchase);
                [RecordId::Purchase(purchase.clone())].into_iter().chain(second).collect()
            }
            Self::Number { number, .. } => [RecordId::Number(number.clone())].into(),
            Self::Account(AccountEvent::PurchaseAccepted { purchase, key, .. }) => {
                let key = key.clone().map(RecordId::Key);
                [RecordId::Purchase(purchase.clone())].into_iter().chain(key).collect()
            }
            Self::Account(AccountEvent::WalletToppedUp { .. } | AccountEvent::TermsChanged { .. }) => Vec::new(),
        }
    }

    /// What the event moves from book to book.
    #[must_use]
    pub fn postings(&self) -> Vec<Posting> {
        let mut postings = match self {
            Self::Purchase { event, .. } => event.postings(),
            Self::Number { event, .. } => event.postings(),
            Self::Account(event) => event.postings(),
        };
        postings.retain(|posting| !posting.money.is_zero());
        postings
    }
}

impl From<AccountEvent> for Event {
    fn from(event: AccountEvent) -> Self {
        Self::Account(event)
    }
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;

    use super::*;
    use crate::base::money::Money;

    #[test]
    fn an_event_is_one_flat_object_with_its_name() {
        let id: PurchaseId = "p1".parse().unwrap();
        let purchases =
            PurchaseEvent::samples().into_iter().map(|event| Event::Purchase { event, purchase: id.clone() });
        let numbers = NumberEvent::samples().into_iter().map(|event| Event::Number { event, number: id.clone() });
        let topped_up = AccountEvent::WalletToppedUp { money: Money::zero("USD".parse().unwrap()) };
        let all: Vec<Event> = purchases.chain(numbers).chain([topped_up.into()]).collect();
        let names: BTreeSet<_> = all.iter().map(Event::name).collect();
        assert_eq!(names.len(), all.len(), "no two have the same name");
        for event in all {
            let json = serde_json::to_value(&event).unwrap();
            assert_eq!(json["event"], event.name());
            assert_eq!(json.get("purchase").is_some(), matches!(event, Event::Purchase { .. }), "{json}");
            assert_eq!(json.get("number").is_some(), matches!(event, Event::Number { .. }), "{json}");
            assert_eq!(serde_json::from_value::<Event>(json).unwrap(), event);
        }
    }
}
