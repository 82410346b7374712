//! The customers' records: each account with its events and credentials.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ringup_core::ledger::Posting;
use ringup_core::purchase::Agreement;
use ringup_core::{
    Account, AccountEvent, AccountId, Actor, E164, Event, HolderId, PurchaseId, Search, Standing, Timestamp,
};
use ringup_host::{Append, StoredEvent};
use sha2::{Digest as _, Sha256};

use crate::http::Request;
use crate::kit::auth::{basic, bearer, is_credential, is_secret};

use super::{Caller, Credential, Credentials, HolderCard, Notes, Quotes, Settings, Situation, System};

/// SHA-256.
type Digest = [u8; 32];

fn digest(text: &str) -> Digest {
    Sha256::digest(text).into()
}

/// A customer: the account with its events and credentials.
#[derive(Clone)]
pub struct Customer {
    /// The system whose API it uses.
    pub system: System,
    /// How it stood in the beginning.
    pub situation: Situation,
    /// Its credentials; the control plane shows the first.
    pub credentials: Vec<Credential>,
    /// The opening.
    pub opened: Opened,
    /// The account.
    pub account: Account,
    /// The events, from the opening on, in order.
    pub events: Vec<StoredEvent>,
    /// Where among them each purchase was accepted.
    pub(super) accepted: BTreeMap<PurchaseId, usize>,
    /// Records beside the account.
    pub side: SideRecords,
}

/// The opening of an account.
#[derive(Clone, Debug)]
pub struct Opened {
    /// When it was opened.
    pub at: Timestamp,
    /// How many events opened it.
    pub events: usize,
    /// The postings of the opening.
    pub postings: Vec<Posting>,
}

/// A customer's records beside the account. They do not follow from events.
#[derive(Clone, Debug, Default)]
pub struct SideRecords {
    /// Settings of numbers, by purchase.
    pub settings: BTreeMap<PurchaseId, Settings>,
    /// The customer's searches that have not expired.
    pub searches: Vec<Search>,
    /// The stored quotes.
    pub quotes: Quotes,
    /// What the system keeps in its own words.
    pub notes: Notes,
    /// The holders' names.
    pub holder_cards: BTreeMap<HolderId, HolderCard>,
}

/// All customers, by account and by credential.
#[derive(Clone, Debug, Default)]
pub struct Customers {
    // Worlds that begin alike share them until they change one.
    accounts: BTreeMap<AccountId, Arc<Customer>>,
    // By the digest of a credential, so that how long a look-up takes says nothing about how near a guess is.
    callers: Arc<BTreeMap<(&'static str, Digest), Caller>>,
    // In the order in which they were opened.
    order: Arc<Vec<AccountId>>,
    // The index by the instant at which an account is due.
    due: BTreeSet<(Timestamp, AccountId)>,
    // The index by purchase.
    buyers: BTreeMap<PurchaseId, AccountId>,
}

impl Customers {
    /// The customer with this account.
    #[must_use]
    pub fn get(&self, account: &AccountId) -> Option<&Customer> {
        self.accounts.get(account).map(Arc::as_ref)
    }

    pub(super) fn get_mut(&mut self, account: &AccountId) -> Option<&mut Customer> {
        self.accounts.get_mut(account).map(Arc::make_mut)
    }

    /// All customers, in the order in which their accounts were opened.
    pub fn all(&self) -> impl Iterator<Item = &Customer> {
        self.order.iter().filter_map(|id| self.get(id))
    }

    /// The customer who made this purchase or holds this number.
    #[must_use]
    pub fn of_purchase(&self, purchase: &PurchaseId) -> Option<&Customer> {
        self.get(self.buyers.get(purchase)?)
    }

    /// The accounts that are due at an instant, the longest overdue first.
    pub(super) fn due_by(&self, now: Timestamp) -> impl Iterator<Item = &AccountId> {
        self.due.iter().take_while(move |(at, _)| *at <= now).map(|(_, account)| account)
    }

    /// The first instant after this one at which an account is due.
    pub(super) fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        self.due.iter().map(|(at, _)| *at).find(|at| now < *at)
    }

    /// Stores what was decided, and answers whether it was on the stored version.
    pub(super) fn store(&mut self, append: &Append) -> bool {
        let Some(customer) = self.accounts.get_mut(append.account()).map(Arc::make_mut) else { return false };
        if customer.account.version() != append.expected_version() {
            return false;
        }
        let before = customer.account.due();
        let bought = append.records().filter_map(|(id, _)| id.purchase().cloned());
        self.buyers.extend(bought.map(|purchase| (purchase, append.account().clone())));
        let records = append.records().map(|(id, record)| (id.clone(), record));
        customer.account.store(append.head().clone(), records);
        for stored in append.events() {
            if let Event::Account(AccountEvent::PurchaseAccepted { purchase, .. }) = &stored.event {
                customer.accepted.insert(purchase.clone(), customer.events.len());
            }
            customer.events.push(stored.clone());
        }
        let after = customer.account.due();
        self.index(append.account(), before, after);
        true
    }

    fn index(&mut self, account: &AccountId, before: Option<Timestamp>, after: Option<Timestamp>) {
        if before == after {
            return;
        }
        if let Some(at) = before {
            self.due.remove(&(at, account.clone()));
        }
        if let Some(at) = after {
            self.due.insert((at, account.clone()));
        }
    }

    /// Gives an account one more credential.
    pub(super) fn add_credential(&mut self, account: &AccountId, credential: Credential) {
        let Some(customer) = self.accounts.get_mut(account).map(Arc::make_mut) else { return };
        let caller = Caller { account: account.clone(), actor: credential.actor.clone() };
        Arc::make_mut(&mut self.callers).insert((customer.system.id, digest(&credential.lookup)), caller);
        customer.credentials.push(credential);
    }

    /// The customer and actor of a credential.
    pub(super) fn caller(&self, dialect: &'static str, lookup: &str) -> Option<&Caller> {
        self.callers.get(&(dialect, digest(lookup)))
    }

    pub(super) fn add(&mut self, customer: Customer) {
        let account = customer.account.id().clone();
        for credential in &customer.credentials {
            let caller = Caller { account: account.clone(), actor: credential.actor.clone() };
            Arc::make_mut(&mut self.callers).insert((customer.system.id, digest(&credential.lookup)), caller);
        }
        let numbers = customer.account.numbers().map(|number| number.purchase.clone());
        let purchases = customer.account.purchases().map(|purchase| purchase.id.clone());
        self.buyers.extend(numbers.chain(purchases).map(|purchase| (purchase, account.clone())));
        self.index(&account, None, customer.account.due());
        Arc::make_mut(&mut self.order).push(account.clone());
        self.accounts.insert(account, Arc::new(customer));
    }
}

impl SideRecords {
    /// Stores a search. Of each number only the latest result is kept, so that repeated searches do not fill memory.
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
    /// The standing of the account as this actor sees it.
    #[must_use]
    pub fn standing(&self, actor: &Actor, now: Timestamp) -> Option<Standing> {
        // The simulator keeps whole accounts, of which everything is loaded.
        self.account.standing(self.system.shop, actor, now).ok()
    }

    /// What was agreed about a purchase, also after its end.
    #[must_use]
    pub fn agreement(&self, purchase: &PurchaseId) -> Option<&Agreement> {
        let accepted = self.events.get(*self.accepted.get(purchase)?)?;
        let Event::Account(AccountEvent::PurchaseAccepted { agreement, .. }) = &accepted.event else { return None };
        Some(agreement)
    }

    /// Whether a request carries one of the customer's keys or tokens.
    pub(crate) fn has_signed(&self, request: &Request) -> bool {
        let sent = request.headers.iter().filter(|(name, _)| is_credential(name)).map(|(_, value)| {
            let password = basic(value).map(|(_, password)| password);
            password.or_else(|| bearer(value).map(str::to_owned)).unwrap_or_else(|| value.trim().to_owned())
        });
        let sent: Vec<String> = sent.collect();
        let fields = self.credentials.iter().flat_map(|credential| &credential.fields);
        fields.filter(|(field, _)| is_secret(field)).any(|(_, secret)| sent.contains(secret))
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
