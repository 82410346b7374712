//! How an account begins: what it has arranged, who may sign for it, what it holds.

use std::collections::BTreeMap;

use ringup_core::{Actor, CustomerTerms, HolderId, Money, PurchaseRequest};
use serde::Serialize;

/// A client's credentials, by the system's names for them.
pub type Credentials = BTreeMap<String, String>;

/// A situation: an account prepared for one case.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Situation {
    /// Its stable name.
    pub name: &'static str,
    /// A description, in a sentence.
    pub note: &'static str,
}

/// An account to be opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The account's terms.
    pub terms: CustomerTerms,
    /// The holders of its numbers, in order.
    pub holders: Vec<HolderId>,
    /// Money in the wallet.
    pub wallet: Vec<Money>,
    /// Whether the payment provider declines every charge of its subscription or invoice.
    pub card_declined: bool,
    /// The credentials; the control plane shows the first.
    pub credentials: Vec<Credential>,
    /// Numbers that it holds already.
    pub held: Vec<Holding>,
}

/// One credential of an account.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The lookup key: the secret, or the id with the secret.
    pub lookup: String,
    /// The same as a client has it.
    pub fields: Credentials,
    /// Its actor.
    pub actor: Actor,
}

/// A number that an account begins with, from the fixture numbers or the inventory.
#[derive(Clone, Debug)]
pub struct Holding {
    /// The request by which it was bought: its holder, and its country or exact number.
    pub request: PurchaseRequest,
    /// Its age, in days.
    pub days_ago: u32,
}
