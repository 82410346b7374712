//! Holders as people know them: a name and a colour. The core knows their ids alone.

use ringup_core::{AccountId, HolderId, SetHolder};
use serde::Serialize;

use super::{Credential, Failure, Session};

/// What a customer has written on a holder.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct HolderCard {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Its colour, in the system's own way to write one.
    pub color: Option<String>,
}

impl Session<'_> {
    /// Adds a holder to an account.
    ///
    /// # Errors
    /// The retailer has failed.
    pub fn add_holder(&mut self, account: &AccountId, holder: HolderId, card: HolderCard) -> Result<(), Failure> {
        let command = SetHolder { holder: holder.clone(), allowed: true, counted: true };
        self.retailer.submit(account, command)?;
        if let Some(customer) = self.retailer.customers.get_mut(account) {
            customer.side.holder_cards.insert(holder, card);
        }
        Ok(())
    }

    /// Says whether a holder may get numbers.
    ///
    /// # Errors
    /// The retailer has failed.
    pub fn allow_holder(&mut self, account: &AccountId, holder: HolderId, allowed: bool) -> Result<(), Failure> {
        let command = SetHolder { holder, allowed, counted: true };
        self.retailer.submit(account, command)?;
        Ok(())
    }

    /// Gives an account one more credential, such as that of a new holder.
    pub fn add_credential(&mut self, account: &AccountId, credential: Credential) {
        self.retailer.customers.add_credential(account, credential);
    }

    /// What the customer has written on a holder; none, if the account was opened with it.
    #[must_use]
    pub fn holder_card(&self, account: &AccountId, holder: &HolderId) -> Option<&HolderCard> {
        self.retailer.customers.get(account)?.side.holder_cards.get(holder)
    }
}
