//! Our own wire: a key for every purchase, quotes by name, every gate in one answer.

mod account;
mod available;
mod numbers;
#[cfg(all(test, feature = "describe"))]
mod openapi;
mod page;
mod problem;
mod purchases;
mod quotes;
mod said;
mod routes;
mod situations;
mod status;
mod stock;
mod translate;
mod wire;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ringup_core::{OfferedNumber, PurchaseId, PurchaseRequest, Shop, policies};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::dialect::{Credentials, Dialect, Form, Opening, PurchaseReply, Scenario, Situation, System};
use crate::dialects::json::{Unreadable, read, read_object, written};
use crate::dialects::{open_shop, read_scenarios};
use crate::http::{Body, Request, Response};
use crate::retailer::{Caller, Retailer};
use crate::unreadable;
use routes::{Operation, Route};
use wire::{PurchaseAnswer, PurchaseStatus, ReadProblem, RequestBody};

/// Our own wire.
pub(super) struct Ringup;

static SHOP: LazyLock<Shop> = LazyLock::new(|| open_shop(policies::RINGUP));

/// The OpenAPI document, made of the wire's types by `openapi.rs`.
const DOCUMENT: &str = include_str!("openapi.json");

impl Dialect for Ringup {
    fn system(&self) -> System {
        System { id: "ringup", shop: &SHOP, purchase_id, webhooks: None }
    }

    fn base(&self) -> &'static str {
        "/v1"
    }

    fn shop_json(&self) -> &'static str {
        policies::RINGUP
    }

    fn form(&self) -> Form {
        Form {
            fields: vec![
                "holder",
                "country",
                "number_type",
                "number",
                "inventory_id",
                "area_code",
                "pattern",
                "currency",
                "idempotency_key",
                "confirm_additional",
            ],
            seed: PurchaseRequest {
                holder: Some("default".into()),
                country: Some("US".into()),
                idempotency_key: Some("order-1".into()),
                ..PurchaseRequest::default()
            },
        }
    }

    fn situations(&self) -> &'static [Situation] {
        situations::ALL
    }

    fn open(&self, situation: &str, tag: &str) -> Option<Opening> {
        situations::open(situation, tag)
    }

    fn stock(&self) -> Vec<OfferedNumber> {
        stock::numbers()
    }

    fn kept(&self) -> Vec<OfferedNumber> {
        stock::kept()
    }

    fn answer(&self, request: &Request, retailer: &mut Retailer<'_>) -> Response {
        let segments = request.segments();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let (operation, id) = match routes::find(&request.method, &segments) {
            Route::To(Operation::GetDocument, _) => return document(),
            Route::To(operation, id) => (operation, id),
            Route::OtherMethods(allowed) => return status::method_not_allowed(&request.method, &allowed),
            Route::Nowhere => return status::not_found(),
        };
        let Some(caller) = caller(request, retailer) else { return status::unauthorized() };
        match operation {
            Operation::ListAvailableNumbers => available::list(request, retailer),
            Operation::CreateQuote => quotes::make(request, &caller, retailer),
            Operation::GetQuote => quotes::get(&id, &caller, retailer),
            Operation::CreatePurchase => purchases::make(request, &caller, retailer),
            Operation::ListPurchases => purchases::list(request, &caller, retailer),
            Operation::GetPurchase => purchases::get(&id, &caller, retailer),
            Operation::ListNumbers => numbers::list(request, &caller, retailer),
            Operation::GetNumber => numbers::get(&id, &caller, retailer),
            Operation::UpdateNumber => numbers::change(&id, request, &caller, retailer),
            Operation::ReleaseNumber => numbers::release(&id, &caller, retailer),
            Operation::GetAccount => account::get(&caller, retailer),
            Operation::GetDocument => document(),
        }
    }

    fn too_large(&self, message: &str) -> Response {
        status::too_large(message)
    }

    fn purchase_request(&self, credentials: &Credentials, request: &PurchaseRequest) -> Request {
        let key = credentials.get("api_key").map_or("", String::as_str);
        let mut headers = BTreeMap::from([
            ("authorization".to_owned(), format!("Bearer {key}")),
            ("content-type".to_owned(), "application/json".to_owned()),
        ]);
        headers.extend(request.idempotency_key.clone().map(|key| (status::KEY_HEADER.to_lowercase(), key)));
        let body = written(RequestBody::from(request)).to_string();
        Request { method: "POST".into(), path: "/ringup/v1/purchases".into(), headers, body }
    }

    fn purchase_reply(&self, response: &Response) -> PurchaseReply {
        let Body::Json(body) = &response.body else { return PurchaseReply::Unclear };
        if (200..300).contains(&response.status) {
            let Some(purchase) = read::<PurchaseAnswer>(body.clone()) else { return PurchaseReply::Unclear };
            return match (purchase.status, purchase.number, purchase.checkout) {
                (PurchaseStatus::Bought, Some(number), _) => {
                    PurchaseReply::Bought { number: number.number.to_string() }
                }
                (PurchaseStatus::AwaitingPayment, _, Some(checkout)) => PurchaseReply::Checkout { url: checkout.url },
                _ => PurchaseReply::Unclear,
            };
        }
        match read::<ReadProblem>(body.clone()) {
            Some(problem) if problem.code == "kyc_required" => PurchaseReply::KycRequired,
            Some(problem) => PurchaseReply::Refused { code: problem.code },
            None => PurchaseReply::Unclear,
        }
    }

    fn scenarios(&self) -> Vec<Scenario> {
        read_scenarios(include_str!("scenarios.json"))
    }
}

/// A purchase's name.
#[expect(clippy::expect_used, reason = "hexadecimal digits are an identifier")]
fn purchase_id(entropy: u128) -> PurchaseId {
    format!("pur_{entropy:032x}").parse().expect("hexadecimal digits are an identifier")
}

/// Whose key the request carries: `Authorization: Bearer KEY`.
fn caller(request: &Request, retailer: &Retailer<'_>) -> Option<Caller> {
    let (scheme, key) = request.header("authorization")?.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| retailer.caller(key.trim()))?
}

/// What a body asks for; a quote that it names is looked up.
fn read_request(
    request: &Request,
    key: Option<String>,
    caller: &Caller,
    retailer: &Retailer<'_>,
) -> Result<PurchaseRequest, Response> {
    let body: RequestBody = read_body(request)?;
    let quote = match &body.quote_id {
        None => None,
        Some(id) => Some(retailer.quote_seen(&caller.account, id).ok_or_else(|| {
            let reason = "this can be no quote's id".into();
            status::unreadable(Unreadable { member: Some("quote_id".into()), reason })
        })?),
    };
    Ok(translate::request(body, key, quote))
}

/// Reads a body to the letter: an object in which each name stands once.
fn read_body<T: DeserializeOwned>(request: &Request) -> Result<T, Response> {
    let body = read_object(&request.body).map_err(status::unreadable)?;
    // An object that was read into a map holds each name once; the text may not.
    let twice = serde_json::from_str::<T>(&request.body).err().map(|error| error.to_string());
    match twice {
        None => Ok(body),
        Some(message) => {
            let reason = unreadable::value(message.split(" at line ").next().unwrap_or_default());
            Err(status::unreadable(Unreadable { member: None, reason }))
        }
    }
}

fn document() -> Response {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap_or_default();
    Response::json(200, document)
}
