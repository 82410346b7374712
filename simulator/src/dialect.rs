//! A dialect: one system's wire. Three groups of functions: the server side, the client side, and fixtures.
//!
//! A dialect has no business rules; those are in its policy.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ringup_core::{OfferedNumber, PurchaseId, PurchaseRequest, Shop};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::http::{Request, Response};
use crate::retailer::Session;
use crate::webhooks::Webhooks;

// The retailer defines these types; dialects import them from here.
pub use crate::retailer::{Credential, Credentials, Holding, Opening, Situation, System};

/// The default size limit of a body.
pub const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// One system: a folder under `dialects/` and its two lines in `dialects.rs`.
#[derive(Debug)]
pub struct Dialect {
    /// Its stable name: the policy's id and the first segment of its paths.
    pub id: &'static str,
    /// The rest of its base path, after `/{id}`: `/api`.
    pub base: &'static str,
    /// The shop that its policy, rate card and plans make.
    pub shop: &'static LazyLock<Shop>,
    /// The shop as JSON text.
    pub shop_json: &'static str,
    /// A purchase id in its format, made of unique entropy.
    pub purchase_id: fn(u128) -> PurchaseId,
    /// Its webhooks; `None` if it has none.
    pub webhooks: Option<&'static dyn Webhooks>,
    /// The server side.
    pub server: Server,
    /// The client side.
    pub client: Client,
    /// The fixtures.
    pub fixtures: Fixtures,
}

/// The server side: requests in, responses out. Paths begin after the base path.
#[derive(Debug)]
pub struct Server {
    /// Method and path of every route.
    pub routes: fn() -> Vec<(&'static str, &'static str)>,
    /// Answers any request; one that cannot be read gets an error of the system.
    pub answer: fn(&Request, &mut Session<'_>) -> Response,
    /// The size limit of a body at a path.
    pub body_bytes_max: fn(&str) -> usize,
    /// Answers a request whose body exceeds that limit and was not read, given the message.
    pub too_large: fn(&str) -> Response,
    /// Answers a request whose body broke off or cannot be decoded, given the message.
    pub broken_off: fn(&str) -> Response,
}

/// The client side: requests that a client of this system sends, and its reading of replies. Paths begin with `/{id}{base}`.
#[derive(Debug)]
pub struct Client {
    /// Requests that must come before a purchase request, such as a search.
    pub preparation: fn(&Credentials, &PurchaseRequest) -> Vec<Request>,
    /// The purchase request.
    pub purchase_request: fn(&Credentials, &PurchaseRequest) -> Request,
    /// Reads the reply to it.
    pub purchase_reply: fn(&Response) -> PurchaseReply,
}

/// The initial state of the world, and the documented responses.
#[derive(Debug)]
pub struct Fixtures {
    /// The purchase form.
    pub form: fn() -> Form,
    /// The situations of its accounts, the ordinary ones first. `new` and `ready` always exist.
    pub situations: &'static [Situation],
    /// An account in a situation. The tag makes its credentials and ids distinct: it is the situation's name for the account
    /// that every world begins with, and `SITUATION-N` for later ones.
    pub open: fn(&str, &str) -> Option<Opening>,
    /// The numbers for sale, including generated ones.
    pub stock: fn() -> Vec<OfferedNumber>,
    /// Numbers for accounts that begin with some; they are not for sale. If there are none, such accounts get numbers from the
    /// inventory.
    pub fixture_numbers: fn() -> Vec<OfferedNumber>,
    /// Every documented response, as a JSON list of [`Scenario`]s.
    pub scenarios_json: &'static str,
}

impl Dialect {
    /// The part that the retailer uses.
    #[must_use]
    pub fn system(&self) -> System {
        System { id: self.id, base: self.base, shop: self.shop, purchase_id: self.purchase_id, webhooks: self.webhooks }
    }

    /// Its stable name: the policy's id and the first segment of its paths.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The rest of its base path, after `/{id}`: `/api`.
    #[must_use]
    pub const fn base(&self) -> &'static str {
        self.base
    }

    /// The shop that its policy, rate card and plans make.
    #[must_use]
    pub fn shop(&self) -> &'static Shop {
        self.shop
    }

    /// The shop as JSON text.
    #[must_use]
    pub const fn shop_json(&self) -> &'static str {
        self.shop_json
    }

    /// Method and path of every route; the path begins after the base path.
    #[must_use]
    pub fn routes(&self) -> Vec<(&'static str, &'static str)> {
        (self.server.routes)()
    }

    /// Answers a request; its path begins after the base path.
    pub fn answer(&self, request: &Request, session: &mut Session<'_>) -> Response {
        (self.server.answer)(request, session)
    }

    /// The size limit of a body at a path, which begins after the base path.
    #[must_use]
    pub fn body_bytes_max(&self, path: &str) -> usize {
        (self.server.body_bytes_max)(path)
    }

    /// Answers a request whose body broke off.
    #[must_use]
    pub fn broken_off(&self, message: &str) -> Response {
        (self.server.broken_off)(message)
    }

    /// Answers a request whose body exceeds the size limit.
    #[must_use]
    pub fn too_large(&self, message: &str) -> Response {
        (self.server.too_large)(message)
    }

    /// Requests that a client of this system sends before that purchase request, such as a search. Usually none.
    #[must_use]
    pub fn preparation(&self, credentials: &Credentials, request: &PurchaseRequest) -> Vec<Request> {
        (self.client.preparation)(credentials, request)
    }

    /// The purchase request that a client would send with these credentials; its path begins with `/{id}{base}`.
    #[must_use]
    pub fn purchase_request(&self, credentials: &Credentials, request: &PurchaseRequest) -> Request {
        (self.client.purchase_request)(credentials, request)
    }

    /// Reads a reply to it.
    #[must_use]
    pub fn purchase_reply(&self, response: &Response) -> PurchaseReply {
        (self.client.purchase_reply)(response)
    }

    /// The fields of [`PurchaseRequest`] that its purchase request has, with initial values for a form.
    #[must_use]
    pub fn form(&self) -> Form {
        (self.fixtures.form)()
    }

    /// The situations of its accounts, the ordinary ones first. `new` and `ready` always exist.
    #[must_use]
    pub const fn situations(&self) -> &'static [Situation] {
        self.fixtures.situations
    }

    /// An account in a situation; `tag` makes its credentials and ids distinct.
    #[must_use]
    pub fn open(&self, situation: &str, tag: &str) -> Option<Opening> {
        (self.fixtures.open)(situation, tag)
    }

    /// The numbers for sale in a new world.
    #[must_use]
    pub fn stock(&self) -> Vec<OfferedNumber> {
        (self.fixtures.stock)()
    }

    /// Numbers for accounts that begin with some; they are not for sale.
    #[must_use]
    pub fn fixture_numbers(&self) -> Vec<OfferedNumber> {
        (self.fixtures.fixture_numbers)()
    }

    /// Every response that its source documents.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the text is compiled in, and a test reads every dialect's scenarios")]
    pub fn scenarios(&self) -> Vec<Scenario> {
        serde_json::from_str(self.fixtures.scenarios_json).expect("the scenarios' JSON")
    }
}

/// The purchase form of this system.
#[derive(Clone, Debug, Serialize)]
pub struct Form {
    /// The fields of [`PurchaseRequest`], in the order of the form.
    pub fields: Vec<&'static str>,
    /// Their initial values.
    pub seed: PurchaseRequest,
}

/// A purchase reply as a client reads it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PurchaseReply {
    /// The number is bought.
    Bought {
        /// The number, in E.164.
        number: String,
    },
    /// The customer must pay at a page first.
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
    /// The purchase is pending or its outcome is unknown: ask again.
    Unclear,
}

/// One documented response: running `setup`, then `request`, yields `expect`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Scenario {
    /// Its stable name, `dialect/…`.
    pub id: String,
    /// The dialect.
    pub dialect: String,
    /// A description.
    pub title: String,
    /// Requests to the control plane or a dialect that prepare the world; the first is `POST /_sim/reset`.
    pub setup: Vec<ScenarioRequest>,
    /// The request.
    pub request: ScenarioRequest,
    /// The documented response.
    pub expect: Expectation,
}

/// A request of a scenario, its path from the server's root.
///
/// In path and body `{1/data/id}` stands for the value at the JSON pointer `/data/id` in the setup's second answer, such as the
/// id of a purchase.
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
