//! The customers' records: each account with its events and credentials.

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::ledger::Posting;
use ringup_core::{Account, AccountId, Actor, E164, HolderId, PurchaseId, Search, Standing, Timestamp};
use ringup_host::StoredEvent;

use super::{Caller, Credential, Credentials, HolderCard, Quotes, Settings, Situation, System};

/// A customer: the account, what happened to it, and who may sign for it.
#[derive(Clone)]
pub struct Customer {
    /// The system that it speaks to.
    pub system: System,
    /// How it stood in the beginning.
    pub situation: Situation,
    /// Who may sign for it; the first one is shown.
    pub credentials: Vec<Credential>,
    /// Its beginning: the events applied to this make the account.
    pub opened: Opened,
    /// The account.
    pub account: Account,
    /// What happened to it since, in order.
    pub events: Vec<StoredEvent>,
    /// What lies beside the account.
    pub side: SideRecords,
}

/// The beginning of an account.
#[derive(Clone, Debug)]
pub struct Opened {
    /// When it was opened.
    pub at: Timestamp,
    /// The account then.
    pub account: Account,
    /// What opening it moved from book to book.
    pub postings: Vec<Posting>,
}

/// What a retailer knows of a customer beside the account. It follows from no event.
#[derive(Clone, Debug, Default)]
pub struct SideRecords {
    /// What the customer has set about numbers, by the purchases that bought them.
    pub settings: BTreeMap<PurchaseId, Settings>,
    /// The customer's own searches that still count.
    pub searches: Vec<Search>,
    /// The quotes that were made for the customer by name.
    pub quotes: Quotes,
    /// What the customer has written on holders.
    pub holder_cards: BTreeMap<HolderId, HolderCard>,
}

/// All customers, by account and by credential.
#[derive(Clone, Debug, Default)]
pub struct Customers {
    accounts: BTreeMap<AccountId, Customer>,
    callers: BTreeMap<(&'static str, String), Caller>,
    // In the order in which they were opened.
    order: Vec<AccountId>,
}

impl Customers {
    /// The customer with this account.
    #[must_use]
    pub fn get(&self, account: &AccountId) -> Option<&Customer> {
        self.accounts.get(account)
    }

    pub(super) fn get_mut(&mut self, account: &AccountId) -> Option<&mut Customer> {
        self.accounts.get_mut(account)
    }

    /// All customers, in the order in which their accounts were opened.
    pub fn all(&self) -> impl Iterator<Item = &Customer> {
        self.order.iter().filter_map(|id| self.accounts.get(id))
    }

    /// The customer who made this purchase or holds this number.
    #[must_use]
    pub fn of_purchase(&self, purchase: &PurchaseId) -> Option<&Customer> {
        self.all().find(|customer| {
            customer.account.purchase(purchase).is_some() || customer.account.number(purchase).is_some()
        })
    }

    /// Whose credential this is.
    pub(super) fn caller(&self, dialect: &'static str, lookup: &str) -> Option<&Caller> {
        self.callers.get(&(dialect, lookup.to_owned()))
    }

    pub(super) fn add(&mut self, customer: Customer) {
        let account = customer.account.id().clone();
        for credential in &customer.credentials {
            let caller = Caller { account: account.clone(), actor: credential.actor.clone() };
            self.callers.insert((customer.system.id, credential.lookup.clone()), caller);
        }
        self.order.push(account.clone());
        self.accounts.insert(account, customer);
    }
}

impl SideRecords {
    /// Remembers a search. Every number is remembered once, as it was seen last, so that repeated searches fill no memory.
    pub(super) fn remember(&mut self, search: Search) {
        let again: BTreeSet<E164> = search.numbers.iter().map(|offer| offer.number).collect();
        for earlier in &mut self.searches {
            earlier.numbers.retain(|offer| !again.contains(&offer.number));
        }
        self.searches.retain(|earlier| search.seen_at < earlier.expires_at && !earlier.numbers.is_empty());
        self.searches.push(search);
    }
}

impl Customer {
    /// What a quote reads of the account when this actor asks.
    #[must_use]
    pub fn standing(&self, actor: &Actor, now: Timestamp) -> Standing {
        self.account.standing(self.system.shop, actor, now)
    }

    /// The credentials to show.
    #[must_use]
    pub fn shown_credentials(&self) -> Credentials {
        self.credentials.first().map(|credential| credential.fields.clone()).unwrap_or_default()
    }
}

impl std::fmt::Debug for Customer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the credentials.
        f.debug_struct("Customer").field("account", &self.account).field("events", &self.events).finish_non_exhaustive()
    }
}
