//! What to store after a decision.

use alloc::vec::Vec;

use ringup_core::{Account, AccountId, Decision, EVENT_FORMAT, EffectId, Head, Record, RecordId, Timestamp, apply};

use crate::failure::HostError;
use crate::history::StoredEvent;

/// What to store: together or not at all, and only if the account is stored at the expected version.
#[derive(Clone, Debug)]
pub struct Append {
    expected_version: u64,
    events: Vec<StoredEvent>,
    after: Account,
    changed: Vec<RecordId>,
    ended: Option<EffectId>,
}

impl Append {
    /// The events of a decision on this account, and what they change. A decision that does not fit the account is
    /// refused.
    pub(crate) fn of<A>(mut account: Account, decision: &Decision<A>, now: Timestamp) -> Result<Self, HostError> {
        let changed = apply(&mut account, decision)?;
        let numbered = (decision.version.saturating_add(1)..).zip(&decision.events);
        let events =
            numbered.map(|(seq, event)| StoredEvent { format: EVENT_FORMAT, seq, at: now, event: event.clone() });
        Ok(Self { expected_version: decision.version, events: events.collect(), after: account, changed, ended: None })
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

    /// The account's head with these events. Its version is the next expected one.
    #[must_use]
    pub const fn head(&self) -> &Head {
        self.after.head()
    }

    /// The records that change. `None`: the record is deleted. [`Record::lists`] says in which lists a record is.
    pub fn records(&self) -> impl Iterator<Item = (&RecordId, Option<Record>)> {
        self.changed.iter().map(|id| (id, self.after.record(id)))
    }

    /// The effect whose outcome this records. Its lease ends with it: delete the lease in the same transaction.
    #[must_use]
    pub const fn ended(&self) -> Option<&EffectId> {
        self.ended.as_ref()
    }

    pub(crate) fn ending(self, effect: EffectId) -> Self {
        Self { ended: Some(effect), ..self }
    }

    /// The account, as far as it was loaded, and the records that have changed.
    pub(crate) fn into_after(self) -> (Account, Vec<RecordId>) {
        (self.after, self.changed)
    }
}
