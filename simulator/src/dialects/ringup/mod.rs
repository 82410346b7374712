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
mod routes;
mod said;
mod situations;
mod status;
mod stock;
mod translate;
mod wire;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use ringup_core::{PurchaseId, PurchaseRequest, Shop, pointer, policies};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::dialect::{BODY_BYTES_MAX, Client, Credentials, Dialect, Fixtures, Form, PurchaseReply, Server};
use crate::dialects::open_shop;
use crate::http::{Body, Request, Response};
use crate::kit::json::{Unreadable, read, read_object, to_json};
use crate::kit::routes::Found;
use crate::kit::{auth, ids};
use crate::place;
use crate::retailer::{Caller, Session};
use routes::{Operation, ROUTES};
use wire::{PurchaseAnswer, PurchaseStatus, ReadProblem, RequestBody};

static SHOP: LazyLock<Shop> = LazyLock::new(|| open_shop(policies::RINGUP));

pub(super) static DIALECT: Dialect = Dialect {
    id: "ringup",
    base: "/v1",
    shop: &SHOP,
    shop_json: policies::RINGUP,
    purchase_id,
    webhooks: None,
    server: Server {
        routes: || ROUTES.listed(),
        answer,
        body_bytes_max: |_| BODY_BYTES_MAX,
        too_large: status::too_large,
        broken_off: status::broken_off,
    },
    client: Client { preparation: |_, _| Vec::new(), purchase_request, purchase_reply },
    fixtures: Fixtures {
        form,
        situations: situations::ALL,
        open: situations::open,
        stock: stock::numbers,
        fixture_numbers: stock::fixtures,
        scenarios_json: include_str!("scenarios.json"),
    },
};

/// The OpenAPI document, made of the wire's types by `openapi.rs`.
const DOCUMENT: &str = include_str!("openapi.json");

fn form() -> Form {
    Form {
        fields: vec![
            "holder",
            "country",
            "number_type",
            "capabilities",
            "region",
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

fn answer(request: &Request, session: &mut Session<'_>) -> Response {
    let (operation, call) = match ROUTES.find(request) {
        Found::Here(Operation::GetDocument, _) => return document(),
        Found::Here(operation, call) => (operation, call),
        Found::OtherMethods(allow) => {
            let refusal = status::method_not_allowed(&request.method, allow.as_str());
            return allow.told_by(refusal);
        }
        Found::Nowhere => return status::not_found(),
    };
    let id = call.named("id");
    let Some(caller) = auth::caller(request, session) else { return status::unauthorized() };
    match operation {
        Operation::ListAvailableNumbers => available::list(request, session),
        Operation::CreateQuote => quotes::make(request, &caller, session),
        Operation::GetQuote => quotes::get(id, &caller, session),
        Operation::CreatePurchase => purchases::make(request, &caller, session),
        Operation::ListPurchases => purchases::list(request, &caller, session),
        Operation::GetPurchase => purchases::get(id, &caller, session),
        Operation::ListNumbers => numbers::list(request, &caller, session),
        Operation::GetNumber => numbers::get(id, &caller, session),
        Operation::UpdateNumber => numbers::change(id, request, &caller, session),
        Operation::ReleaseNumber => numbers::release(id, &caller, session),
        Operation::GetAccount => account::get(&caller, session),
        Operation::GetDocument => document(),
    }
}

fn purchase_request(credentials: &Credentials, request: &PurchaseRequest) -> Request {
    let key = credentials.get("api_key").map_or("", String::as_str);
    let sent = Request::to("POST", "/ringup/v1/purchases")
        .with("authorization", format!("Bearer {key}"))
        .with_json(&to_json(RequestBody::from(request)));
    match &request.idempotency_key {
        Some(key) => sent.with("idempotency-key", key),
        None => sent,
    }
}

fn purchase_reply(response: &Response) -> PurchaseReply {
    let Body::Json(body) = &response.body else { return PurchaseReply::Unclear };
    if (200..300).contains(&response.status) {
        let Some(purchase) = read::<PurchaseAnswer>(body.clone()) else { return PurchaseReply::Unclear };
        return match (purchase.status, purchase.number, purchase.checkout) {
            (PurchaseStatus::Bought, Some(number), _) => PurchaseReply::Bought { number: number.number.to_string() },
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

/// A purchase's name.
fn purchase_id(entropy: u128) -> PurchaseId {
    ids::purchase(&format!("pur_{entropy:032x}"))
}

/// What a body asks for; a quote that it names is looked up.
fn read_request(
    request: &Request,
    key: Option<String>,
    caller: &Caller,
    session: &Session<'_>,
) -> Result<PurchaseRequest, Response> {
    let body: RequestBody = read_body(request)?;
    let quote = match &body.quote_id {
        None => None,
        Some(id) => Some(session.quote_seen(&caller.account, id).ok_or_else(|| {
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
    let text = str::from_utf8(&request.body).unwrap_or_default();
    match place::repeats(text).into_iter().next() {
        None => Ok(body),
        Some((twice, ..)) => {
            let name = pointer::last(&twice).unwrap_or_default();
            let reason = format!("the field `{name}` is given twice");
            Err(status::unreadable(Unreadable { member: None, reason }))
        }
    }
}

fn document() -> Response {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap_or_default();
    Response::json(200, document)
}
