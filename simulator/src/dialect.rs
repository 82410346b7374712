//! What a dialect is: a system's wire in both directions, and how its accounts may stand; three groups of functions.
//!
//! A dialect holds no rule of business: those are in its policy.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ringup_core::{OfferedNumber, PurchaseId, PurchaseRequest, Shop};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::http::{Request, Response};
use crate::retailer::Session;
use crate::webhooks::Webhooks;

// What a dialect tells the retailer is the retailer's to define; a dialect finds all that it needs here.
pub use crate::retailer::{Credential, Credentials, Holding, Opening, Situation, System};

/// The largest body that is read where nobody says otherwise.
pub const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// One system: a folder under `dialects/` and its two lines in `dialects.rs`.
#[derive(Debug)]
pub struct Dialect {
    /// Its stable name: the policy's id and the first segment of its paths.
    pub id: &'static str,
    /// What follows the name in its base address: `/api`.
    pub base: &'static str,
    /// The shop that its policy, rate card and plans make.
    pub shop: &'static LazyLock<Shop>,
    /// The text of that shop.
    pub shop_json: &'static str,
    /// A purchase's name in its style, made of entropy that never repeats.
    pub purchase_id: fn(u128) -> PurchaseId,
    /// What it sends to those who listen; none, where nobody can.
    pub webhooks: Option<&'static dyn Webhooks>,
    /// How it answers.
    pub server: Server,
    /// How it is asked.
    pub client: Client,
    /// What it begins with.
    pub fixtures: Fixtures,
}

/// The server's side: requests in, responses out. A request's path begins after the base address.
#[derive(Debug)]
pub struct Server {
    /// Method and path of every route.
    pub routes: fn() -> Vec<(&'static str, &'static str)>,
    /// Answers a request. Never fails: whatever cannot be read has an answer too.
    pub answer: fn(&Request, &mut Session<'_>) -> Response,
    /// The largest body that is read at a path.
    pub body_bytes_max: fn(&str) -> usize,
    /// Answers a request whose body is larger than that, and was not read; with what is to be said of it.
    pub too_large: fn(&str) -> Response,
}

/// The client's side: what a client of this system sends, and how it reads the answer. Paths begin with `/{id}{base}`.
#[derive(Debug)]
pub struct Client {
    /// What must have been sent before a purchase request: a search, say.
    pub preparation: fn(&Credentials, &PurchaseRequest) -> Vec<Request>,
    /// The purchase request.
    pub purchase_request: fn(&Credentials, &PurchaseRequest) -> Request,
    /// What the reply to it means.
    pub purchase_reply: fn(&Response) -> PurchaseReply,
}

/// What the world begins with, and what the sources document.
#[derive(Debug)]
pub struct Fixtures {
    /// The purchase form.
    pub form: fn() -> Form,
    /// How accounts may stand, the ordinary situations first. `new` and `ready` are always among them.
    pub situations: &'static [Situation],
    /// An account in a situation. The tag makes its credentials and ids distinct: it is the situation's name for the account
    /// that every world begins with, and `SITUATION-N` for fresh ones.
    pub open: fn(&str, &str) -> Option<Opening>,
    /// The numbers for sale, generated ones among them.
    pub stock: fn() -> Vec<OfferedNumber>,
    /// Numbers that nobody can buy: out of them accounts are opened that hold some already. Where there are none, accounts
    /// are opened out of the stock.
    pub kept: fn() -> Vec<OfferedNumber>,
    /// Every response that its source documents: a list of [`Scenario`]s.
    pub scenarios_json: &'static str,
}

impl Dialect {
    /// What the retailer needs to know of it.
    #[must_use]
    pub fn system(&self) -> System {
        System { id: self.id, shop: self.shop, purchase_id: self.purchase_id, webhooks: self.webhooks }
    }

    /// Its stable name: the policy's id and the first segment of its paths.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// What follows the name in its base address: `/api`.
    #[must_use]
    pub const fn base(&self) -> &'static str {
        self.base
    }

    /// The shop that its policy, rate card and plans make.
    #[must_use]
    pub fn shop(&self) -> &'static Shop {
        self.shop
    }

    /// The text of that shop, for the page and for those who want to read it.
    #[must_use]
    pub const fn shop_json(&self) -> &'static str {
        self.shop_json
    }

    /// Method and path of every route; the path begins after the base address.
    #[must_use]
    pub fn routes(&self) -> Vec<(&'static str, &'static str)> {
        (self.server.routes)()
    }

    /// Answers a request; its path begins after the base address.
    pub fn answer(&self, request: &Request, session: &mut Session<'_>) -> Response {
        (self.server.answer)(request, session)
    }

    /// The largest body that is read at a path, which begins after the base address.
    #[must_use]
    pub fn body_bytes_max(&self, path: &str) -> usize {
        (self.server.body_bytes_max)(path)
    }

    /// Answers a request whose body is larger than what is read, and was not.
    #[must_use]
    pub fn too_large(&self, message: &str) -> Response {
        (self.server.too_large)(message)
    }

    /// What a client of this system must have sent before that purchase request: a search, say. Mostly nothing.
    #[must_use]
    pub fn preparation(&self, credentials: &Credentials, request: &PurchaseRequest) -> Vec<Request> {
        (self.client.preparation)(credentials, request)
    }

    /// The purchase request that a client would send with these credentials; its path begins with `/{id}{base}`.
    #[must_use]
    pub fn purchase_request(&self, credentials: &Credentials, request: &PurchaseRequest) -> Request {
        (self.client.purchase_request)(credentials, request)
    }

    /// What a reply to it means to a client.
    #[must_use]
    pub fn purchase_reply(&self, response: &Response) -> PurchaseReply {
        (self.client.purchase_reply)(response)
    }

    /// The fields of [`PurchaseRequest`] that its purchase request can carry, with what a form may begin with.
    #[must_use]
    pub fn form(&self) -> Form {
        (self.fixtures.form)()
    }

    /// How accounts may stand, the ordinary situations first. `new` and `ready` are always among them.
    #[must_use]
    pub const fn situations(&self) -> &'static [Situation] {
        self.fixtures.situations
    }

    /// An account that stands so; `tag` makes its credentials and ids distinct.
    #[must_use]
    pub fn open(&self, situation: &str, tag: &str) -> Option<Opening> {
        (self.fixtures.open)(situation, tag)
    }

    /// The numbers for sale that the world begins with.
    #[must_use]
    pub fn stock(&self) -> Vec<OfferedNumber> {
        (self.fixtures.stock)()
    }

    /// Numbers that nobody can buy: out of them accounts are opened that hold some already.
    #[must_use]
    pub fn kept(&self) -> Vec<OfferedNumber> {
        (self.fixtures.kept)()
    }

    /// Every response that its source documents.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the text is compiled in, and a test reads every dialect's scenarios")]
    pub fn scenarios(&self) -> Vec<Scenario> {
        serde_json::from_str(self.fixtures.scenarios_json).expect("the scenarios' JSON")
    }
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
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct ScenarioRequest {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The headers. A form's content type need not be among them.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The JSON body; null: none, or a form.
    #[serde(default)]
    pub body: Value,
    /// The form that is the body, where it is one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub form: BTreeMap<String, String>,
}

/// A documented response. In the body, null stands for any value.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Expectation {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Value,
}
