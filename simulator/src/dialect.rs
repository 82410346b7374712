//! What every dialect can do: speak its carrier's wire in both directions, and say how its accounts may stand.
//!
//! The server's side: [`Dialect::answer`] reads a request, lets the retailer act, and writes the answer. The client's side:
//! [`Dialect::purchase_request`] writes the request that a client of this system would send, and
//! [`Dialect::purchase_reply`] reads what came back. A dialect holds no rule of business: those are in its policy.

use std::collections::BTreeMap;

use ringup_core::{OfferedNumber, PurchaseRequest, Shop};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::http::{Request, Response};
use crate::retailer::Retailer;

// What a dialect tells the retailer is the retailer's to define; a dialect finds all that it needs here.
pub use crate::retailer::{Credential, Credentials, Holding, Opening, Situation, System};

/// The largest body that is read where nobody says otherwise.
pub const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// One system's wire. A dialect is a folder under `dialects/` and its two lines in `dialects.rs`.
pub trait Dialect: Send + Sync {
    /// What the retailer needs to know of it.
    fn system(&self) -> System;

    /// Its stable name: the policy's id and the first segment of its paths.
    fn id(&self) -> &'static str {
        self.system().id
    }

    /// What follows the name in its base address: `/api`.
    fn base(&self) -> &'static str;

    /// The shop that its policy, rate card and plans make.
    fn shop(&self) -> &'static Shop {
        self.system().shop
    }

    /// The text of that shop, for the page and for those who want to read it.
    fn shop_json(&self) -> &'static str;

    /// The fields of [`PurchaseRequest`] that its purchase request can carry, with what a form may begin with.
    fn form(&self) -> Form;

    /// How accounts may stand, the ordinary situations first. `new` and `ready` are always among them.
    fn situations(&self) -> &'static [Situation];

    /// An account that stands so. `tag` makes its credentials and ids distinct: it is the situation's name for the account
    /// that every world begins with, and `SITUATION-N` for fresh ones.
    fn open(&self, situation: &str, tag: &str) -> Option<Opening>;

    /// The numbers that the world begins with, generated ones among them.
    fn stock(&self) -> Vec<OfferedNumber>;

    /// Numbers that nobody can buy: out of them accounts are opened that hold some already. Where there are none, accounts
    /// are opened out of the stock.
    fn kept(&self) -> Vec<OfferedNumber> {
        Vec::new()
    }

    /// Answers a request; its path begins after [`Dialect::base`]. Never fails: whatever cannot be read has an answer too.
    fn answer(&self, request: &Request, retailer: &mut Retailer<'_>) -> Response;

    /// The largest body that is read at a path, which begins after [`Dialect::base`].
    fn body_bytes_max(&self, path: &str) -> usize {
        let _ = path;
        BODY_BYTES_MAX
    }

    /// Answers a request whose body is larger than what is read, and was not.
    fn too_large(&self, message: &str) -> Response;

    /// What a client of this system must have sent before that purchase request: a search, say. Mostly nothing.
    fn preparation(&self, _: &Credentials, _: &PurchaseRequest) -> Vec<Request> {
        Vec::new()
    }

    /// The purchase request that a client would send with these credentials; its path begins with `/{id}{base}`.
    fn purchase_request(&self, credentials: &Credentials, request: &PurchaseRequest) -> Request;

    /// What a reply to it means to a client.
    fn purchase_reply(&self, response: &Response) -> PurchaseReply;

    /// Every response that its source documents.
    fn scenarios(&self) -> Vec<Scenario>;
}

/// How a purchase form of this system looks.
#[derive(Clone, Debug, Serialize)]
pub struct Form {
    /// The fields of [`PurchaseRequest`], in the order in which a person fills them in.
    pub fields: Vec<&'static str>,
    /// What they begin with.
    pub seed: PurchaseRequest,
}

/// What a purchase reply means to a client.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PurchaseReply {
    /// The number is bought.
    Bought {
        /// The number, in E.164.
        number: String,
    },
    /// The customer must pay there first.
    Checkout {
        /// The page.
        url: String,
    },
    /// KYC must be done first.
    KycRequired,
    /// It was refused; nothing was bought.
    Refused {
        /// The dialect's own code or words.
        code: String,
    },
    /// The purchase goes on, or may have gone through: ask again.
    Unclear,
}

/// One documented response: running `setup`, then `request`, yields `expect`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Scenario {
    /// Its stable name, `dialect/…`.
    pub id: String,
    /// The dialect.
    pub dialect: String,
    /// What happens, for a person.
    pub title: String,
    /// Requests to the control plane or a dialect that bring the world there; the first is `POST /_sim/reset`.
    pub setup: Vec<ScenarioRequest>,
    /// The request.
    pub request: ScenarioRequest,
    /// The documented response.
    pub expect: Expectation,
}

/// A request of a scenario, its path from the server's root.
///
/// In path and body `{1/data/id}` stands for what the setup's second answer holds at the JSON pointer `/data/id`: the ids
/// of what was bought are not known before.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ScenarioRequest {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The headers.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The JSON body; null: none.
    #[serde(default)]
    pub body: Value,
}

/// A documented response. In the body, null stands for any value.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Expectation {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Value,
}
