//! Events to be stored after a decision.

use alloc::vec::Vec;

use ringup_core::{Account, AccountId, EVENT_FORMAT, EffectId, Event, Timestamp, due, evolve};

use crate::failure::HostError;
use crate::history::StoredEvent;

/// Events to be stored: together or not at all, and only if the account is stored at the expected version.
#[derive(Clone, Debug)]
pub struct Append {
    expected_version: u64,
    events: Vec<StoredEvent>,
    after: Account,
    ended: Option<EffectId>,
}

impl Append {
    /// The events of a decision on this account. A decision that does not fit the account is refused.
    pub(crate) fn of(
        mut account: Account,
        expected_version: u64,
        events: Vec<Event>,
        now: Timestamp,
    ) -> Result<Self, HostError> {
        let mut stored = Vec::with_capacity(events.len());
        for event in events {
            evolve(&mut account, &event)?;
            stored.push(StoredEvent { format: EVENT_FORMAT, seq: account.version(), at: now, event });
        }
        Ok(Self { expected_version, events: stored, after: account, ended: None })
    }

    /// Which account.
    #[must_use]
    pub const fn account(&self) -> &AccountId {
        self.after.id()
    }

    /// The version at which the account must be stored now.
    #[must_use]
    pub const fn expected_version(&self) -> u64 {
        self.expected_version
    }

    /// The events, in order; at least one.
    #[must_use]
    pub fn events(&self) -> &[StoredEvent] {
        &self.events
    }

    /// The account with these events. Its version is the next expected one, and it may be stored as a snapshot.
    #[must_use]
    pub const fn after(&self) -> &Account {
        &self.after
    }

    /// When the account must be woken up. Stored with the events, in a column with an index, so that a restart finds the
    /// accounts that are due.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        due(&self.after)
    }

    /// The effect whose outcome this records. Its lease ends with it: delete the lease in the same transaction.
    #[must_use]
    pub const fn ended(&self) -> Option<&EffectId> {
        self.ended.as_ref()
    }

    pub(crate) fn ending(self, effect: EffectId) -> Self {
        Self { ended: Some(effect), ..self }
    }

    pub(crate) fn into_after(self) -> Account {
        self.after
    }
}
