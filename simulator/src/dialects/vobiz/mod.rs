//! Vobiz: the caller picks an exact number from the inventory; the master account's wallet pays, before the order.

mod leaving;
mod numbers;
mod situations;
mod status;
mod stock;
mod transactions;
mod translate;
mod wallet;
mod wire;

use std::sync::LazyLock;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ringup_core::{PurchaseId, PurchaseRequest, Shop, policies};

use crate::dialect::{BODY_BYTES_MAX, Client, Credentials, Dialect, Fixtures, Form, PurchaseReply, Server};
use crate::dialects::open_shop;
use crate::http::{Body, Request, Response};
use crate::kit::json::{read, to_json};
use crate::kit::routes::{Call, Found, Routes};
use crate::kit::{ids, uuid};
use crate::retailer::{Caller, Session};
use wire::{ErrorBody, PurchaseBody};

static SHOP: LazyLock<Shop> = LazyLock::new(|| open_shop(policies::VOBIZ));

pub(super) static DIALECT: Dialect = Dialect {
    id: "vobiz",
    base: "/api/v1",
    shop: &SHOP,
    shop_json: policies::VOBIZ,
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
        fixture_numbers: Vec::new,
        scenarios_json: include_str!("scenarios.json"),
    },
};

/// What is encoded in a path's segment: all but letters, digits, `_` and `-`.
const IN_A_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'_').remove(b'-');

/// A caller at the account that the path names.
struct Visit {
    caller: Caller,
    /// The auth id in the path: who holds what is bought here.
    holder: String,
    /// Whether that is a master, which sees its sub-accounts' numbers.
    is_master: bool,
}

/// What answers a call at an account.
type Handler = fn(&Call<'_>, &Visit, &mut Session<'_>) -> Response;

static ROUTES: Routes<Handler> = Routes::spelt(
    &[("/Account", "/account")],
    &[
        ("POST", "/account/{auth_id}/numbers/purchase-from-inventory", |call, visit, session| {
            numbers::purchase(call.request, visit, session)
        }),
        ("GET", "/account/{auth_id}/numbers", |call, visit, session| numbers::list(call.request, visit, session)),
        ("GET", "/account/{auth_id}/inventory/numbers", |call, _, session| numbers::inventory(call.request, session)),
        ("DELETE", "/account/{auth_id}/numbers/{e164}", |call, visit, session| {
            leaving::release(call.named("e164"), call.request, visit, session)
        }),
        ("POST", "/account/{auth_id}/numbers/{e164}/cancel-release", |call, visit, session| {
            leaving::cancel(call.named("e164"), visit, session)
        }),
        ("POST", "/account/{auth_id}/numbers/{e164}/assign-subaccount", |call, visit, session| {
            leaving::assign(call.named("e164"), call.request, visit, session)
        }),
        ("DELETE", "/account/{auth_id}/numbers/{e164}/assign-subaccount", |call, visit, session| {
            leaving::unassign(call.named("e164"), call.request, visit, session)
        }),
        ("GET", "/account/{auth_id}/balance/{currency}", |call, visit, session| {
            wallet::balance(call.named("currency"), visit, session)
        }),
        ("GET", "/account/{auth_id}/transactions", |call, visit, session| {
            transactions::list(call.request, visit, session)
        }),
    ],
);

fn form() -> Form {
    Form {
        fields: vec!["holder", "number", "currency"],
        seed: PurchaseRequest { number: Some("+919876543210".into()), ..PurchaseRequest::default() },
    }
}

fn answer(request: &Request, session: &mut Session<'_>) -> Response {
    let segments = request.segments();
    let ["account" | "Account", holder, ..] = segments.iter().map(String::as_str).collect::<Vec<_>>()[..] else {
        return status::no_route();
    };
    let visit = match visit(holder, request, session) {
        Ok(visit) => visit,
        Err(refusal) => return refusal,
    };
    match ROUTES.find(request) {
        Found::Here(handler, call) => handler(&call, &visit, session),
        Found::OtherMethods(allow) => allow.told_by(status::method_not_allowed()),
        Found::Nowhere => status::no_route(),
    }
}

fn purchase_request(credentials: &Credentials, request: &PurchaseRequest) -> Request {
    let field = |name| credentials.get(name).map_or("", String::as_str);
    let holder = request.holder.as_deref().filter(|holder| !holder.is_empty()).unwrap_or(field("auth_id"));
    let holder = utf8_percent_encode(holder, IN_A_SEGMENT);
    Request::to("POST", format!("/vobiz/api/v1/account/{holder}/numbers/purchase-from-inventory"))
        .with("x-auth-id", field("auth_id"))
        .with("x-auth-token", field("auth_token"))
        .with_json(&to_json(PurchaseBody::from(request)))
}

fn purchase_reply(response: &Response) -> PurchaseReply {
    let Body::Json(body) = &response.body else { return PurchaseReply::Unclear };
    if response.status == 200 {
        let number = body.pointer("/number/e164").and_then(|number| number.as_str());
        return number.map_or(PurchaseReply::Unclear, |number| PurchaseReply::Bought { number: number.to_owned() });
    }
    match read::<ErrorBody>(body.clone()) {
        Some(ErrorBody { message, .. }) if response.status < 500 => PurchaseReply::Refused { code: message },
        // The documented 500 does not say whether the provider has sold the number.
        Some(_) | None => PurchaseReply::Unclear,
    }
}

/// A purchase's name.
fn purchase_id(entropy: u128) -> PurchaseId {
    ids::purchase(&uuid::of_entropy(entropy))
}

/// Who calls, and where: the path names the caller's own account or one of its sub-accounts.
fn visit(holder: &str, request: &Request, session: &Session<'_>) -> Result<Visit, Response> {
    let credentials = request.header("x-auth-id").zip(request.header("x-auth-token"));
    let caller = credentials.and_then(|(id, token)| session.caller(&lookup(id.trim(), token.trim())));
    let caller = caller.ok_or_else(status::unauthorized)?;
    let account = session.account(&caller.account).ok_or_else(status::unauthorized)?;
    let known = holder.parse().is_ok_and(|holder| account.holder(&holder).is_some_and(|known| known.allowed));
    let allowed = caller.actor.only_holder.as_ref().is_none_or(|only| only.as_str() == holder);
    if known && allowed {
        Ok(Visit { caller, holder: holder.into(), is_master: holder.starts_with("MA_") })
    } else {
        Err(status::foreign_account())
    }
}

/// What a credential is looked up by.
fn lookup(auth_id: &str, auth_token: &str) -> String {
    format!("{auth_id} {auth_token}")
}
