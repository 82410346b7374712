//! Opening: what an account begins with. Its first events say so, so that a history needs nothing else.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::evolve;
use crate::account::standing::CustomerTerms;
use crate::base::id::{AccountId, HolderId};
use crate::base::money::Money;
use crate::event::{AccountEvent, Event};
use crate::history::{BrokenHistory, Contradiction};
use crate::records::{Account, ImportedNumber};

/// What an account begins with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Opening {
    /// The id.
    pub account: AccountId,
    /// The customer's terms.
    pub terms: CustomerTerms,
    /// The holders that may get numbers, in order.
    pub holders: Vec<HolderId>,
    /// The holders among them whose numbers do not count against the account's limits.
    pub uncounted_holders: Vec<HolderId>,
    /// Money already in the wallet.
    pub wallet: Vec<Money>,
    /// Numbers already held.
    pub numbers: Vec<ImportedNumber>,
}

impl Opening {
    /// An account without holders, money and numbers.
    #[must_use]
    pub const fn new(account: AccountId, terms: CustomerTerms) -> Self {
        Self {
            account,
            terms,
            holders: Vec::new(),
            uncounted_holders: Vec::new(),
            wallet: Vec::new(),
            numbers: Vec::new(),
        }
    }

    /// The events that open it.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        let opened = AccountEvent::AccountOpened { account: self.account.clone(), terms: self.terms.clone() };
        let uncounted = self.uncounted_holders.iter().filter(|holder| !self.holders.contains(holder));
        let holders = self.holders.iter().map(|holder| (holder, true)).chain(uncounted.map(|holder| (holder, false)));
        let holders = holders.map(|(holder, allowed)| AccountEvent::HolderSet {
            holder: holder.clone(),
            allowed,
            counted: !self.uncounted_holders.contains(holder),
        });
        let wallet = self.wallet.iter().filter(|money| !money.is_zero());
        let wallet = wallet.map(|money| AccountEvent::WalletToppedUp { command: None, money: *money });
        let numbers = self.numbers.iter().map(|number| AccountEvent::NumberImported { held: Box::new(number.clone()) });
        [opened].into_iter().chain(holders).chain(wallet).chain(numbers).map(Event::Account).collect()
    }
}

impl Account {
    /// A new account, with all its records.
    ///
    /// # Errors
    /// [`BrokenHistory`] if it cannot begin so: an amount is negative or too large, or a number is held twice.
    pub fn open(opening: &Opening) -> Result<Self, BrokenHistory> {
        let mut account = Self::opened(&opening.account, &opening.terms);
        for event in opening.events().iter().skip(1) {
            evolve(&mut account, event)?;
        }
        Ok(account)
    }

    /// The account that a history begins with.
    ///
    /// # Errors
    /// [`BrokenHistory`] if the event opens none.
    pub fn begin(event: &Event) -> Result<Self, BrokenHistory> {
        match event {
            Event::Account(AccountEvent::AccountOpened { account, terms }) => Ok(Self::opened(account, terms)),
            Event::Account(_)
            | Event::Purchase { .. }
            | Event::Evidence { .. }
            | Event::Payment { .. }
            | Event::Number { .. }
            | Event::Renewal { .. } => {
                Err(BrokenHistory { event: Box::new(event.clone()), contradiction: Contradiction::NotOpened })
            }
        }
    }

    fn opened(account: &AccountId, terms: &CustomerTerms) -> Self {
        let mut account = Self::new(account.clone(), terms.clone());
        account.head.version = 1;
        account
    }
}
