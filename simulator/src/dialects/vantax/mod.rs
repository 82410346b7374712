//! Vantax: the system picks by area code or pattern; the sub-account pays the first month when its number is provisioned.

mod agents;
mod numbers;
mod situations;
mod status;
mod stock;
mod translate;
mod wire;

use std::sync::LazyLock;

use ringup_core::{PurchaseId, PurchaseRequest, Shop, policies};

use crate::dialect::{BODY_BYTES_MAX, Client, Credentials, Dialect, Fixtures, Form, PurchaseReply, Server};
use crate::dialects::open_shop;
use crate::http::{Body, Request, Response};
use crate::kit::json::{read, to_json};
use crate::kit::routes::{Call, Found, Routes};
use crate::kit::{auth, ids};
use crate::retailer::{Caller, Session};
use wire::{Done, ErrorBody, PhoneNumber, PurchaseBody};

static SHOP: LazyLock<Shop> = LazyLock::new(|| open_shop(policies::VANTAX));

pub(super) static DIALECT: Dialect = Dialect {
    id: "vantax",
    base: "/v1",
    shop: &SHOP,
    shop_json: policies::VANTAX,
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

/// What a key reaches.
enum Scope {
    /// What lies above the sub-accounts.
    Agency,
    /// One sub-account and what it has.
    SubAccount(Visit),
}

/// A caller with the key of a sub-account.
struct Visit {
    caller: Caller,
    sub_account: String,
}

/// What answers a call with the key of a sub-account.
type Handler = fn(&Call<'_>, &Visit, &mut Session<'_>) -> Response;

static ROUTES: Routes<Handler> = Routes::new(&[
    ("POST", "/phone-numbers", |call, visit, session| numbers::purchase(call.request, visit, session)),
    ("GET", "/phone-numbers", |call, visit, session| numbers::list(call.request, visit, session)),
    ("DELETE", "/phone-numbers/{id}", |call, visit, session| numbers::release(call.named("id"), visit, session)),
    ("POST", "/phone-numbers/{id}/assign", agents::assign),
    ("POST", "/phone-numbers/{id}/unassign", |call, visit, session| agents::unassign(call.named("id"), visit, session)),
    ("POST", "/agents/{agent_id}/phone-numbers", agents::add),
    ("DELETE", "/agents/{agent_id}/phone-numbers/{id}", agents::remove),
]);

fn form() -> Form {
    Form {
        fields: vec!["holder", "country", "area_code", "pattern", "idempotency_key"],
        seed: PurchaseRequest {
            country: Some("US".into()),
            area_code: Some("415".into()),
            ..PurchaseRequest::default()
        },
    }
}

fn answer(request: &Request, session: &mut Session<'_>) -> Response {
    let is_the_agency_s = request.segments().first().is_some_and(|first| first == "agency");
    match scope(request, session) {
        Err(refusal) => refusal,
        Ok(Scope::SubAccount(visit)) if !is_the_agency_s => match ROUTES.find(request) {
            Found::Here(handler, call) => handler(&call, &visit, session),
            Found::OtherMethods(allow) => allow.told_by(status::method_not_allowed()),
            Found::Nowhere => status::no_route(),
        },
        Ok(Scope::Agency) if is_the_agency_s => status::no_route(),
        Ok(Scope::Agency | Scope::SubAccount(_)) => status::forbidden_scope(),
    }
}

fn purchase_request(credentials: &Credentials, request: &PurchaseRequest) -> Request {
    let credential = |name| credentials.get(name).cloned().unwrap_or_default();
    let mut body = PurchaseBody::from(request);
    body.sub_account_id.get_or_insert_with(|| credential("sub_account_id"));
    let sent = Request::to("POST", "/vantax/v1/phone-numbers")
        .with("authorization", format!("Bearer {}", credential("api_key")))
        .with_json(&to_json(body));
    match request.idempotency_key.as_deref().filter(|key| !key.is_empty()) {
        Some(key) => sent.with("idempotency-key", key),
        None => sent,
    }
}

fn purchase_reply(response: &Response) -> PurchaseReply {
    let Body::Json(body) = &response.body else { return PurchaseReply::Unclear };
    if response.status == 201 {
        let done: Option<Done<PhoneNumber>> = read(body.clone());
        return done.map_or(PurchaseReply::Unclear, |done| PurchaseReply::Bought { number: done.data.number });
    }
    match read::<ErrorBody>(body.clone()) {
        Some(ErrorBody { message, .. }) if response.status < 500 => PurchaseReply::Refused { code: message },
        // A 500 does not say whether the carrier has sold the number.
        Some(_) | None => PurchaseReply::Unclear,
    }
}

/// A purchase's name.
fn purchase_id(entropy: u128) -> PurchaseId {
    // The documents print six digits, which would soon repeat.
    ids::purchase(&format!("pn_{}", ids::hex_24(entropy)))
}

/// Whose key the request carries: as `Authorization: Bearer KEY`, or as `x-api-key`, never both.
fn scope(request: &Request, session: &Session<'_>) -> Result<Scope, Response> {
    let sent = |name| request.header(name).map(str::trim).filter(|value| !value.is_empty());
    let key = match (sent("authorization"), sent("x-api-key")) {
        (Some(_), Some(_)) => return Err(status::two_keys()),
        (Some(authorization), None) => auth::bearer(authorization).filter(|key| !key.is_empty()),
        (None, key) => key,
    };
    let key = key.ok_or_else(status::no_key)?;
    if session.caller(&agency_lookup(key)).is_some() {
        return Ok(Scope::Agency);
    }
    let caller = session.caller(key).ok_or_else(status::unknown_key)?;
    let account = session.account(&caller.account).ok_or_else(status::unknown_key)?;
    let sub_account = account.holders().next().map(|holder| holder.id.to_string()).unwrap_or_default();
    Ok(Scope::SubAccount(Visit { caller, sub_account }))
}

/// What the key of an agency is looked up by.
fn agency_lookup(key: &str) -> String {
    format!("agency {key}")
}
