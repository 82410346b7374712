//! Notes: what a system keeps beside an account in its own words, such as an address of a customer. No decision looks at one.

use std::collections::BTreeMap;

use ringup_core::{AccountId, Timestamp};

use super::Session;

/// A note.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Note {
    /// When it was first written.
    pub written_at: Timestamp,
    /// When it was last written.
    pub changed_at: Timestamp,
    /// What it says, by the system's names.
    pub words: BTreeMap<String, String>,
}

/// The notes of an account, by their ids.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    by_id: BTreeMap<String, Note>,
    // How many were ever written, so that no id comes twice.
    count: u64,
}

impl Session<'_> {
    /// The account's note of this id.
    #[must_use]
    pub fn note(&self, account: &AccountId, id: &str) -> Option<&Note> {
        self.retailer.customers.get(account)?.side.notes.by_id.get(id)
    }

    /// The account's notes whose ids begin with a prefix, each with its id; the first that was written comes first.
    #[must_use]
    pub fn notes(&self, account: &AccountId, prefix: &str) -> Vec<(&str, &Note)> {
        let customer = self.retailer.customers.get(account).into_iter();
        let all = customer.flat_map(|customer| &customer.side.notes.by_id).map(|(id, note)| (id.as_str(), note));
        let mut notes: Vec<_> = all.filter(|(id, _)| id.starts_with(prefix)).collect();
        notes.sort_by_key(|(_, note)| note.written_at);
        notes
    }

    /// How many notes were ever written for the account.
    #[must_use]
    pub fn notes_written(&self, account: &AccountId) -> u64 {
        self.retailer.customers.get(account).map_or(0, |customer| customer.side.notes.count)
    }

    /// Writes a note, or writes it anew.
    pub fn write_note(&mut self, account: &AccountId, id: &str, words: BTreeMap<String, String>) {
        let now = self.now();
        let Some(customer) = self.retailer.customers.get_mut(account) else { return };
        let notes = &mut customer.side.notes;
        notes.count = notes.count.saturating_add(1);
        let written_at = notes.by_id.get(id).map_or(now, |note| note.written_at);
        notes.by_id.insert(id.to_owned(), Note { written_at, changed_at: now, words });
    }

    /// Takes a note away.
    pub fn erase_note(&mut self, account: &AccountId, id: &str) {
        if let Some(customer) = self.retailer.customers.get_mut(account) {
            customer.side.notes.by_id.remove(id);
        }
    }
}
