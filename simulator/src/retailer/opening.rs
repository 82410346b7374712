//! How an account begins: what it has arranged, who may sign for it, what it holds.

use std::collections::BTreeMap;

use ringup_core::{Actor, CustomerTerms, Money, PurchaseRequest};
use serde::Serialize;

/// What a client knows to sign its requests with, by the names that its system gives them.
pub type Credentials = BTreeMap<String, String>;

/// A way in which an account may stand.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Situation {
    /// Its stable name.
    pub name: &'static str,
    /// What is special about it, in a sentence.
    pub note: &'static str,
}

/// An account to be opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// What the customer has arranged.
    pub terms: CustomerTerms,
    /// Money in the wallet.
    pub wallet: Vec<Money>,
    /// Whether the payment provider declines every charge of its subscription or invoice.
    pub card_declined: bool,
    /// The credentials that a client of it uses; the first one is shown.
    pub credentials: Vec<Credential>,
    /// Numbers that it holds already.
    pub held: Vec<Holding>,
}

/// One credential of an account.
#[derive(Clone, Debug)]
pub struct Credential {
    /// What the dialect looks it up by; it holds the secret, or the id and the secret.
    pub lookup: String,
    /// The same for a client.
    pub fields: Credentials,
    /// Who acts with it.
    pub actor: Actor,
}

/// A number that an account holds from the beginning; the world takes it from the fixture numbers, or from the stock.
#[derive(Clone, Debug)]
pub struct Holding {
    /// The request by which it was bought: its holder, and its country or exact number.
    pub request: PurchaseRequest,
    /// How long ago.
    pub days_ago: u32,
}
