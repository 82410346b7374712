//! Kros: the caller picks a number from the inventory, by its id or by itself; the organization's wallet pays, before the
//! order, once its KYC is approved.

mod numbers;
mod purchase;
mod record;
mod situations;
mod status;
mod stock;
mod token;
mod translate;
mod visit;
mod webhooks;
mod wire;

use std::sync::LazyLock;

use ringup_core::{PurchaseId, PurchaseRequest, Shop, policies};

use crate::dialect::{BODY_BYTES_MAX, Client, Credentials, Dialect, Fixtures, Form, PurchaseReply, Server};
use crate::dialects::open_shop;
use crate::http::{Body, Request, Response};
use crate::kit::json::{read, to_json};
use crate::kit::routes::{Call, Found, Routes};
use crate::kit::{ids, uuid};
use crate::retailer::Session;
use visit::Visit;
use wire::{ErrorBody, PurchaseBody};

static SHOP: LazyLock<Shop> = LazyLock::new(|| open_shop(policies::KROS));

pub(super) static DIALECT: Dialect = Dialect {
    id: "kros",
    base: "/v1",
    shop: &SHOP,
    shop_json: policies::KROS,
    purchase_id,
    webhooks: Some(&webhooks::Words),
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

/// What answers a call in an organization.
type Handler = fn(&Call<'_>, &Visit, &mut Session<'_>) -> Response;

static ROUTES: Routes<Handler> = Routes::new(&[
    ("GET", "/phone-numbers", |call, visit, session| numbers::list(call.request, visit, session)),
    ("POST", "/phone-numbers", |call, visit, session| purchase::answer(call.request, visit, session)),
    ("GET", "/phone-numbers/{id}", |call, visit, session| numbers::get(call.named("id"), visit, session)),
    ("PATCH", "/phone-numbers/{id}", numbers::update),
    ("DELETE", "/phone-numbers/{id}", numbers::delete),
]);

fn form() -> Form {
    let filled = |text: &str| Some(text.to_owned());
    Form {
        fields: vec!["number", "country", "number_type", "inventory_id"],
        seed: PurchaseRequest {
            number: filled("+2348012345678"),
            country: filled("NG"),
            number_type: filled("mobile"),
            ..PurchaseRequest::default()
        },
    }
}

fn answer(request: &Request, session: &mut Session<'_>) -> Response {
    if request.segments().first().is_none_or(|first| first != "phone-numbers") {
        return status::not_found();
    }
    let visit = match visit::visit(request, session) {
        Ok(visit) => visit,
        Err(refusal) => return refusal,
    };
    match ROUTES.find(request) {
        Found::Here(handler, call) => handler(&call, &visit, session),
        Found::OtherMethods(allow) => allow.told_by(status::method_not_allowed()),
        Found::Nowhere => status::not_found(),
    }
}

fn purchase_request(credentials: &Credentials, request: &PurchaseRequest) -> Request {
    let secret = credentials.get("api_key").or_else(|| credentials.get("access_token"));
    let sent = Request::to("POST", "/kros/v1/phone-numbers")
        .with("authorization", format!("Bearer {}", secret.map_or("", String::as_str)))
        .with_json(&to_json(PurchaseBody::from(request)));
    match credentials.get("organization_id") {
        Some(organization) => sent.with("x-organization-id", organization),
        None => sent,
    }
}

fn purchase_reply(response: &Response) -> PurchaseReply {
    let Body::Json(body) = &response.body else { return PurchaseReply::Unclear };
    if (200..300).contains(&response.status) {
        let number = body.get("e164").and_then(|number| number.as_str());
        return number.map_or(PurchaseReply::Unclear, |number| PurchaseReply::Bought { number: number.to_owned() });
    }
    match read::<ErrorBody>(body.clone()) {
        Some(ErrorBody { code: Some(code), .. }) if code != status::UNCONFIRMED => PurchaseReply::Refused { code },
        Some(ErrorBody { error, code: None, .. }) if response.status < 500 => PurchaseReply::Refused { code: error },
        Some(_) | None => PurchaseReply::Unclear,
    }
}

/// A purchase's name.
fn purchase_id(entropy: u128) -> PurchaseId {
    ids::purchase(&uuid::of_entropy(entropy))
}
