//! Sondos: the caller picks an exact number that a search of theirs has returned; the card on file pays by the month.

mod held;
mod ids;
mod purchase;
mod situations;
mod status;
mod stock;
mod translate;
mod wire;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use ringup_core::{E164, PurchaseId, PurchaseRequest, Shop, policies};
use ringup_numbering::PhoneNumber;

use crate::dialect::{BODY_BYTES_MAX, Client, Credentials, Dialect, Fixtures, Form, PurchaseReply, Server};
use crate::dialects::open_shop;
use crate::http::{Body, Request, Response, encoded};
use crate::kit::json::{read, to_json};
use crate::kit::routes::{Call, Found, Routes};
use crate::kit::{auth, ids as kit_ids};
use crate::retailer::{Caller, Session};
use wire::{BoughtNumber, Done, ErrorBody, PurchaseBody};

static SHOP: LazyLock<Shop> = LazyLock::new(|| open_shop(policies::SONDOS));

pub(super) static DIALECT: Dialect = Dialect {
    id: "sondos",
    base: "/api",
    shop: &SHOP,
    shop_json: policies::SONDOS,
    purchase_id,
    webhooks: None,
    server: Server {
        routes: || ROUTES.listed(),
        answer,
        body_bytes_max: |_| BODY_BYTES_MAX,
        too_large: status::too_large,
        broken_off: status::broken_off,
    },
    client: Client { preparation, purchase_request, purchase_reply },
    fixtures: Fixtures {
        form,
        situations: situations::ALL,
        open: situations::open,
        stock: stock::numbers,
        fixture_numbers: stock::fixtures,
        scenarios_json: include_str!("scenarios.json"),
    },
};

/// What answers a user's call.
type Handler = fn(&Call<'_>, &Caller, &mut Session<'_>) -> Response;

static ROUTES: Routes<Handler> = Routes::new(&[
    ("POST", "/user/phone-numbers/purchase", |call, caller, session| purchase::purchase(call.request, caller, session)),
    ("GET", "/user/phone-numbers/search", |call, caller, session| {
        purchase::search(call.request, caller, session, &SHOP)
    }),
    ("GET", "/user/phone-numbers/all", |_, caller, session| held::all(caller, session)),
    ("GET", "/user/phone-numbers", |_, caller, session| held::legacy(caller, session)),
    ("GET", "/user/phone-numbers/sip-trunks", |_, _, _| held::sip_trunks()),
    ("GET", "/user/assistants/phone-numbers", |call, caller, session| {
        held::for_assistants(call.request, caller, session)
    }),
    ("PUT", "/user/phone-numbers/{id}", held::rename),
    ("DELETE", "/user/phone-numbers/{id}", |call, caller, session| held::release(call.named("id"), caller, session)),
    ("GET", "/user/me", |_, caller, session| held::user(caller, session)),
]);

fn form() -> Form {
    Form {
        fields: vec!["number"],
        seed: PurchaseRequest { number: Some("+14155551234".into()), ..PurchaseRequest::default() },
    }
}

fn answer(request: &Request, session: &mut Session<'_>) -> Response {
    let path = request.path.split('?').next().unwrap_or_default();
    match ROUTES.find(request) {
        Found::Here(handler, call) => match auth::caller(request, session) {
            Some(caller) => handler(&call, &caller, session),
            None => status::unauthenticated(),
        },
        Found::OtherMethods(allow) => {
            let refusal = status::method_not_allowed(&request.method, path, allow.as_str());
            allow.told_by(refusal)
        }
        Found::Nowhere => status::no_route(path),
    }
}

fn preparation(credentials: &Credentials, request: &PurchaseRequest) -> Vec<Request> {
    let number = request.number.as_deref().and_then(|text| text.parse::<E164>().ok());
    number.and_then(|number| search_for(credentials, number)).into_iter().collect()
}

fn purchase_request(credentials: &Credentials, request: &PurchaseRequest) -> Request {
    Request::to("POST", "/sondos/api/user/phone-numbers/purchase")
        .with("authorization", authorization(credentials))
        .with_json(&to_json(PurchaseBody::from(request)))
}

fn purchase_reply(response: &Response) -> PurchaseReply {
    let Body::Json(body) = &response.body else { return PurchaseReply::Unclear };
    if response.status == 201 {
        let bought = read::<Done<BoughtNumber>>(body.clone());
        return bought
            .map_or(PurchaseReply::Unclear, |bought| PurchaseReply::Bought { number: bought.data.phone_number });
    }
    // The documented 500 does not say whether the provider has sold the number.
    let refused = (400..500).contains(&response.status);
    let said = || {
        let message = || body.get("message")?.as_str().map(str::to_owned);
        read::<ErrorBody>(body.clone()).map(|body| body.error).or_else(message)
    };
    refused.then(said).flatten().map_or(PurchaseReply::Unclear, |code| PurchaseReply::Refused { code })
}

/// A purchase's name.
fn purchase_id(entropy: u128) -> PurchaseId {
    // A subscription is what a purchase makes here. The wire knows only the integers of `ids.rs`.
    kit_ids::purchase(&format!("sub_{entropy:032x}"))
}

/// The search that a client makes before it buys this number; none if no country has it.
fn search_for(credentials: &Credentials, number: E164) -> Option<Request> {
    let country = PhoneNumber::parse(&number.to_string(), None).ok()?.country()?;
    let national = number.national_digits();
    let contains = national.get(national.len().saturating_sub(purchase::CONTAINS_MAX)..)?;
    let query = encoded([("country_code", country.to_string().as_str()), ("contains", contains)]);
    let path = format!("/sondos/api/user/phone-numbers/search?{query}");
    Some(Request::to("GET", path).with("authorization", authorization(credentials)))
}

fn authorization(credentials: &Credentials) -> String {
    format!("Bearer {}", credentials.get("api_key").map_or("", String::as_str))
}
