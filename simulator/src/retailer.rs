//! The retailer: the host of the core. It keeps the accounts, decides commands, and runs what is owed against the world.
//!
//! A dialect's handler gets a [`Retailer`] for one request. Whatever it does is one step of the world: the handler never
//! waits for the clock, and answers when the purchase rests or can only go on later.

use ringup_core::{
    Account, AccountId, Actor, HeldNumber, OfferedNumber, Purchase, PurchaseId, PurchaseRequest, Rejection, Selector,
    Timestamp,
};

/// Who has signed a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account.
    pub account: AccountId,
    /// As whom.
    pub actor: Actor,
}

/// How a purchase stands when its answer is due.
#[derive(Clone, Debug)]
pub struct Purchased {
    /// The purchase, as it stands.
    pub purchase: Purchase,
    /// Whether the request repeated or joined an earlier one.
    pub repeated: bool,
}

/// What a handler may do.
#[expect(missing_debug_implementations, reason = "a borrow of the whole simulation")]
pub struct Retailer<'a> {
    _simulation: core::marker::PhantomData<&'a mut ()>,
}

#[expect(clippy::todo, unused_variables, missing_docs, reason = "the interface stands before the house")]
impl Retailer<'_> {
    /// The world's instant.
    pub fn now(&self) -> Timestamp {
        todo!()
    }
    /// The base address under which the server is reached, without a slash at the end: `http://127.0.0.1:8787`.
    pub fn public_url(&self) -> &str {
        todo!()
    }
    /// Whose credential this is, within this dialect.
    pub fn caller(&self, lookup: &str) -> Option<Caller> {
        todo!()
    }
    pub fn account(&self, id: &AccountId) -> Option<&Account> {
        todo!()
    }
    /// Decides a purchase (searching first where the core asks for it) and runs what is owed until it rests.
    pub fn purchase(
        &mut self,
        account: &AccountId,
        actor: &Actor,
        request: &PurchaseRequest,
    ) -> Result<Purchased, Rejection> {
        todo!()
    }
    /// Releases a number and runs what is owed.
    pub fn release(
        &mut self,
        account: &AccountId,
        actor: &Actor,
        number: &PurchaseId,
    ) -> Result<HeldNumber, Rejection> {
        todo!()
    }
    /// The free numbers of this dialect's stock that the selector means; all of them without one.
    pub fn search(&self, selector: Option<&Selector>) -> Vec<OfferedNumber> {
        todo!()
    }
}
