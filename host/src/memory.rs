//! A store in memory, for tests and as a first example: the opening and the events of each account.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use ringup_core::{Account, AccountId, Timestamp, due};

use crate::append::Append;
use crate::drive::{Appended, Store};
use crate::failure::HostError;
use crate::history::{HistoryError, StoredEvent, replay};

/// Accounts in memory, for one worker.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    accounts: BTreeMap<AccountId, History>,
}

/// An account as it was opened, and what has happened to it since.
#[derive(Clone, Debug)]
pub struct History {
    /// The account as it was opened.
    pub opening: Account,
    /// Its events, in order.
    pub events: Vec<StoredEvent>,
}

impl Memory {
    /// Stores an account as it is opened. One of the same id takes its place.
    pub fn open(&mut self, opening: Account) {
        self.accounts.insert(opening.id().clone(), History { opening, events: Vec::new() });
    }

    /// What is stored of an account.
    #[must_use]
    pub fn history(&self, account: &AccountId) -> Option<&History> {
        self.accounts.get(account)
    }

    /// The accounts to be woken up by this instant.
    ///
    /// # Errors
    /// [`HistoryError`] if what is stored makes no account.
    pub fn due(&self, now: Timestamp) -> Result<Vec<AccountId>, HistoryError> {
        let mut accounts = Vec::new();
        for (id, history) in &self.accounts {
            if due(&history.account()?).is_some_and(|due| due <= now) {
                accounts.push(id.clone());
            }
        }
        Ok(accounts)
    }
}

impl History {
    /// The account that it makes.
    ///
    /// # Errors
    /// [`HistoryError`] if it makes none.
    pub fn account(&self) -> Result<Account, HistoryError> {
        replay(self.opening.clone(), &self.events)
    }
}

impl Store for Memory {
    fn load(&mut self, account: &AccountId) -> Result<Option<Account>, HostError> {
        Ok(self.accounts.get(account).map(History::account).transpose()?)
    }

    fn append(&mut self, append: &Append) -> Result<Appended, HostError> {
        let Some(history) = self.accounts.get_mut(append.account()) else { return Ok(Appended::Stale) };
        let version = history.events.last().map_or_else(|| history.opening.version(), |last| last.seq);
        if version != append.expected_version() {
            return Ok(Appended::Stale);
        }
        history.events.extend_from_slice(append.events());
        Ok(Appended::Stored)
    }
}
