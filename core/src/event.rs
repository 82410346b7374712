//! Events: what has happened to an account. The host stores them and `evolve` replays them.
//!
//! They are nested by what they happen to: each state of a purchase or a number names every event that can reach it,
//! and no other.

mod account;
mod evidence;
mod number;
mod payment;
mod purchase;
mod renewal;

use alloc::vec::Vec;
use ringup_derive::data;

pub use account::AccountEvent;
pub use evidence::EvidenceEvent;
pub use number::NumberEvent;
pub use payment::PaymentEvent;
pub use purchase::PurchaseEvent;
pub use renewal::RenewalEvent;

use crate::base::id::PurchaseId;
use crate::ledger::Posting;

/// The format of stored events. No other one loads.
pub const EVENT_FORMAT: u32 = 2;

/// Something that has happened. JSON: one flat object; `event` has the name.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(untagged, expecting = "an `event` of a `purchase`, of a `number` or of the account")]
pub enum Event {
    /// An event of a purchase.
    Purchase {
        /// What happened.
        #[serde(flatten)]
        event: PurchaseEvent,
        /// The purchase it happened to.
        purchase: PurchaseId,
    },
    /// Late evidence about a purchase.
    Evidence {
        /// What came to light.
        #[serde(flatten)]
        event: EvidenceEvent,
        /// The purchase that it is about.
        purchase: PurchaseId,
    },
    /// A payment that does not pay the purchase.
    Payment {
        /// What happened.
        #[serde(flatten)]
        event: PaymentEvent,
        /// The purchase that it is about.
        purchase: PurchaseId,
    },
    /// An event of a held number.
    Number {
        /// What happened.
        #[serde(flatten)]
        event: NumberEvent,
        /// The purchase that bought the number.
        number: PurchaseId,
    },
    /// An event of the renewals of a held number.
    Renewal {
        /// What happened.
        #[serde(flatten)]
        event: RenewalEvent,
        /// The purchase that bought the number.
        number: PurchaseId,
    },
    /// An event of the account itself.
    Account(AccountEvent),
}

impl Event {
    /// The name in JSON: `payment_taken`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Purchase { event, .. } => event.name(),
            Self::Evidence { event, .. } => event.name(),
            Self::Payment { event, .. } => event.name(),
            Self::Number { event, .. } => event.name(),
            Self::Renewal { event, .. } => event.name(),
            Self::Account(event) => event.name(),
        }
    }

    /// The purchase concerned; for a number, the one that bought it.
    #[must_use]
    pub const fn purchase(&self) -> Option<&PurchaseId> {
        match self {
            Self::Purchase { purchase, .. }
            | Self::Evidence { purchase, .. }
            | Self::Payment { purchase, .. }
            | Self::Number { number: purchase, .. }
            | Self::Renewal { number: purchase, .. }
            | Self::Account(
                AccountEvent::PurchaseAccepted { purchase, .. }
                | AccountEvent::PurchaseAwaitsKyc { purchase, .. }
                | AccountEvent::KycWaitExtended { purchase, .. }
                | AccountEvent::KycWaitEnded { purchase, .. }
                | AccountEvent::KeyJoined { purchase, .. },
            ) => Some(purchase),
            Self::Account(AccountEvent::NumberImported { held }) => Some(&held.purchase),
            Self::Account(
                AccountEvent::AccountOpened { .. }
                | AccountEvent::HolderSet { .. }
                | AccountEvent::KeyExpired { .. }
                | AccountEvent::WalletToppedUp { .. }
                | AccountEvent::VerificationRecorded { .. }
                | AccountEvent::TermsChanged { .. },
            ) => None,
        }
    }

    /// The money that the event moves between books. Postings may be zero.
    #[must_use]
    pub fn postings(&self) -> Vec<Posting> {
        let mut postings = match self {
            Self::Purchase { event, .. } => event.postings(),
            Self::Evidence { event, .. } => event.postings(),
            Self::Payment { event, .. } => event.postings(),
            Self::Number { event, .. } => event.postings(),
            Self::Renewal { event, .. } => event.postings(),
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
        let topped_up = AccountEvent::WalletToppedUp { command: None, money: Money::zero("USD".parse().unwrap()) };
        let evidence =
            EvidenceEvent::samples().into_iter().map(|event| Event::Evidence { event, purchase: id.clone() });
        let renewals = RenewalEvent::samples().into_iter().map(|event| Event::Renewal { event, number: id.clone() });
        let payments = PaymentEvent::samples().into_iter().map(|event| Event::Payment { event, purchase: id.clone() });
        let all: Vec<Event> = purchases
            .chain(evidence)
            .chain(payments)
            .chain(numbers)
            .chain(renewals)
            .chain([topped_up.into()])
            .collect();
        let names: BTreeSet<_> = all.iter().map(Event::name).collect();
        assert_eq!(names.len(), all.len(), "no two have the same name");
        for event in all {
            let json = serde_json::to_value(&event).unwrap();
            assert_eq!(json["event"], event.name());
            assert_eq!(
                json.get("purchase").is_some(),
                matches!(event, Event::Purchase { .. } | Event::Evidence { .. } | Event::Payment { .. }),
                "{json}"
            );
            assert_eq!(
                json.get("number").is_some(),
                matches!(event, Event::Number { .. } | Event::Renewal { .. }),
                "{json}"
            );
            assert_eq!(serde_json::from_value::<Event>(json).unwrap(), event);
        }
    }
}
