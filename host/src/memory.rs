//! A store in memory, for tests and as a first example: accounts with their records, and their events.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use ringup_core::{Account, AccountId, Need, Opening, Timestamp};

use crate::append::Append;
use crate::drive::{Appended, Store};
use crate::failure::HostError;
use crate::history::{HistoryError, StoredEvent, opening_events, replay};

/// Accounts in memory, for one worker.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    accounts: BTreeMap<AccountId, Stored>,
    // The index by the instant at which an account is due.
    due: BTreeSet<(Timestamp, AccountId)>,
}

/// An account with all its records, and what has happened to it.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The account.
    pub account: Account,
    /// Its events, from the opening on.
    pub events: Vec<StoredEvent>,
}

impl Memory {
    /// Opens an account. One of the same id takes its place.
    ///
    /// # Errors
    /// [`HistoryError`] if it cannot begin so.
    pub fn open(&mut self, opening: &Opening, at: Timestamp) -> Result<(), HistoryError> {
        let events = opening_events(opening, at);
        let account = replay(&events)?;
        let id = account.id().clone();
        let before = self.accounts.insert(id.clone(), Stored { account, events });
        self.index(&id, before.and_then(|stored| stored.account.due()));
        Ok(())
    }

    /// What is stored of an account.
    #[must_use]
    pub fn stored(&self, account: &AccountId) -> Option<&Stored> {
        self.accounts.get(account)
    }

    /// The accounts to be woken up by this instant, the longest overdue first.
    pub fn due(&self, now: Timestamp) -> impl Iterator<Item = &AccountId> {
        self.due.iter().take_while(move |(at, _)| *at <= now).map(|(_, account)| account)
    }

    fn index(&mut self, account: &AccountId, before: Option<Timestamp>) {
        if let Some(at) = before {
            self.due.remove(&(at, account.clone()));
        }
        if let Some(at) = self.accounts.get(account).and_then(|stored| stored.account.due()) {
            self.due.insert((at, account.clone()));
        }
    }
}

impl Store for Memory {
    fn load(&mut self, account: &AccountId, needs: &[Need]) -> Result<Option<Account>, HostError> {
        Ok(self.accounts.get(account).map(|stored| stored.account.extract(needs)))
    }

    fn append(&mut self, append: &Append) -> Result<Appended, HostError> {
        let Some(stored) = self.accounts.get_mut(append.account()) else { return Ok(Appended::Stale) };
        if stored.account.version() != append.expected_version() {
            return Ok(Appended::Stale);
        }
        let before = stored.account.due();
        let records = append.records().map(|(id, record)| (id.clone(), record));
        stored.account.store(append.head().clone(), records);
        stored.events.extend_from_slice(append.events());
        self.index(append.account(), before);
        Ok(Appended::Stored)
    }
}
