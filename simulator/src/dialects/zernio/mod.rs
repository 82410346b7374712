//! Zernio: the system picks a number by country; checkout, subscription or usage billing; a key that finds a repeat.

mod catalogue;
mod entry;
mod kyc;
mod numbers;
mod profiles;
mod routes;
mod situations;
mod status;
mod stock;
mod translate;
mod webhooks;
mod wire;

use std::sync::LazyLock;

use ringup_core::{PurchaseId, PurchaseRequest, Shop, policies};

use crate::dialect::{BODY_BYTES_MAX, Client, Credentials, Dialect, Fixtures, Form, PurchaseReply, Server};
use crate::dialects::open_shop;
use crate::http::{Body, Request, Response};
use crate::kit::json::{read, to_json};
use crate::kit::routes::Found;
use crate::kit::{auth, ids};
use crate::retailer::Session;
use routes::{Handler, ROUTES};
use translate::DEFAULT_PROFILE;
use wire::{ErrorBody, PurchaseAnswer, PurchaseBody};

static SHOP: LazyLock<Shop> = LazyLock::new(|| open_shop(policies::ZERNIO));

pub(super) static DIALECT: Dialect = Dialect {
    id: "zernio",
    base: "/api",
    shop: &SHOP,
    shop_json: policies::ZERNIO,
    purchase_id,
    webhooks: Some(&webhooks::Words),
    server: Server {
        routes: || ROUTES.listed(),
        answer,
        body_bytes_max,
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

fn form() -> Form {
    Form {
        fields: vec![
            "holder",
            "country",
            "number",
            "area_code",
            "number_type",
            "idempotency_key",
            "confirm_additional",
        ],
        seed: PurchaseRequest {
            holder: Some(DEFAULT_PROFILE.into()),
            country: Some("US".into()),
            ..PurchaseRequest::default()
        },
    }
}

fn answer(request: &Request, session: &mut Session<'_>) -> Response {
    let found = ROUTES.find(request);
    if let Found::Here(Handler::Open(handler), call) = found {
        return handler(&call, session);
    }
    let segments = request.segments();
    let needs_a_key = matches!(
        segments.iter().map(String::as_str).collect::<Vec<_>>()[..],
        ["v1", "whatsapp", "phone-numbers", ..] | ["v1", "phone-numbers" | "webhooks", ..] | ["v1", "profiles"]
    );
    let caller = auth::caller(request, session);
    if needs_a_key && caller.is_none() {
        return status::unauthorized();
    }
    match (found, caller) {
        (Found::Here(Handler::WithKey(handler), call), Some(caller)) => handler(&call, &caller, session),
        (Found::OtherMethods(allow), _) => allow.told_by(status::method_not_allowed()),
        (Found::Here(..) | Found::Nowhere, _) => status::not_found(),
    }
}

fn purchase_request(credentials: &Credentials, request: &PurchaseRequest) -> Request {
    let key = credentials.get("api_key").map_or("", String::as_str);
    Request::to("POST", "/zernio/api/v1/whatsapp/phone-numbers/purchase")
        .with("authorization", format!("Bearer {key}"))
        .with_json(&to_json(PurchaseBody::from(request)))
}

fn purchase_reply(response: &Response) -> PurchaseReply {
    let Body::Json(body) = &response.body else { return PurchaseReply::Unclear };
    if (200..300).contains(&response.status) {
        return match read(body.clone()) {
            Some(PurchaseAnswer::Checkout { checkout_url, .. }) => PurchaseReply::Checkout { url: checkout_url },
            Some(PurchaseAnswer::Bought { phone_number, .. }) => {
                PurchaseReply::Bought { number: phone_number.phone_number }
            }
            Some(PurchaseAnswer::Replay { phone_number, .. }) => PurchaseReply::Bought { number: phone_number },
            Some(PurchaseAnswer::Kyc { .. }) => PurchaseReply::KycRequired,
            None => PurchaseReply::Unclear,
        };
    }
    match read::<ErrorBody>(body.clone()) {
        Some(ErrorBody { code: Some(code), .. }) if code == "PURCHASE_IN_PROGRESS" => PurchaseReply::Unclear,
        Some(ErrorBody { code: Some(code), .. }) => PurchaseReply::Refused { code },
        Some(ErrorBody { error, .. }) if response.status < 500 => PurchaseReply::Refused { code: error },
        Some(_) | None => PurchaseReply::Unclear,
    }
}

fn body_bytes_max(path: &str) -> usize {
    match path.ends_with("/kyc/upload-document") || path.contains("/api/kyc/") {
        true => kyc::DOCUMENT_BYTES_MAX,
        false => BODY_BYTES_MAX,
    }
}

/// A purchase's name.
fn purchase_id(entropy: u128) -> PurchaseId {
    ids::purchase(&ids::hex_24(entropy))
}
