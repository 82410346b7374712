//! Twilio: the client names a number or an area code, in a form; the parent account's balance pays, before the order.

mod accounts;
mod addresses;
mod available;
mod incoming;
mod magic;
mod page;
mod pattern;
mod pricing;
mod settings;
mod sids;
mod situations;
mod status;
mod stock;
mod translate;
mod visit;
mod wire;

use std::sync::LazyLock;

use ringup_core::NumberType::{Local, Mobile, TollFree};
use ringup_core::{PurchaseRequest, Shop, policies};

use crate::dialect::{BODY_BYTES_MAX, Client, Credentials, Dialect, Fixtures, Form, PurchaseReply, Server};
use crate::dialects::open_shop;
use crate::http::{Body, Request, Response};
use crate::kit::auth;
use crate::kit::json::read;
use crate::kit::routes::{Call, Found, Routes};
use crate::retailer::Session;
use visit::Visit;
use wire::{ErrorBody, PurchaseForm};

static SHOP: LazyLock<Shop> = LazyLock::new(|| open_shop(policies::TWILIO));

pub(super) static DIALECT: Dialect = Dialect {
    id: "twilio",
    // Two hosts answer below it: api.twilio.com by /2010-04-01, pricing.twilio.com by /v1.
    base: "",
    shop: &SHOP,
    shop_json: policies::TWILIO,
    purchase_id: sids::purchase,
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

/// What answers a call at an account.
type Handler = fn(&Call<'_>, &Visit, &mut Session<'_>) -> Response;

static ROUTES: Routes<Handler> = Routes::new(&[
    ("POST", "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json", |call, visit, session| match visit.is_test {
        true => magic::create(call.request, visit, session),
        false => incoming::create(call.request, None, visit, session),
    }),
    ("GET", "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json", |call, visit, session| {
        incoming::list(call.request, None, visit, session)
    }),
    ("POST", "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/Local.json", |call, visit, session| {
        incoming::create(call.request, Some(Local), visit, session)
    }),
    ("GET", "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/Local.json", |call, visit, session| {
        incoming::list(call.request, Some(Local), visit, session)
    }),
    ("POST", "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/Mobile.json", |call, visit, session| {
        incoming::create(call.request, Some(Mobile), visit, session)
    }),
    ("GET", "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/Mobile.json", |call, visit, session| {
        incoming::list(call.request, Some(Mobile), visit, session)
    }),
    ("POST", "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/TollFree.json", |call, visit, session| {
        incoming::create(call.request, Some(TollFree), visit, session)
    }),
    ("GET", "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/TollFree.json", |call, visit, session| {
        incoming::list(call.request, Some(TollFree), visit, session)
    }),
    ("GET", "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{sid}.json", |call, visit, session| {
        incoming::fetch(call, visit, session)
    }),
    ("POST", "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{sid}.json", incoming::update),
    ("DELETE", "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{sid}.json", incoming::delete),
    ("GET", "/2010-04-01/Accounts/{account}/AvailablePhoneNumbers.json", |_, visit, _| available::countries(visit)),
    ("GET", "/2010-04-01/Accounts/{account}/AvailablePhoneNumbers/{country}.json", |call, visit, _| {
        available::country(call, visit)
    }),
    ("GET", "/2010-04-01/Accounts/{account}/AvailablePhoneNumbers/{country}/Local.json", |call, visit, session| {
        available::search(call, Local, visit, session)
    }),
    ("GET", "/2010-04-01/Accounts/{account}/AvailablePhoneNumbers/{country}/Mobile.json", |call, visit, session| {
        available::search(call, Mobile, visit, session)
    }),
    ("GET", "/2010-04-01/Accounts/{account}/AvailablePhoneNumbers/{country}/TollFree.json", |call, visit, session| {
        available::search(call, TollFree, visit, session)
    }),
    ("POST", "/2010-04-01/Accounts/{account}/Addresses.json", |call, visit, session| {
        addresses::create(call.request, visit, session)
    }),
    ("GET", "/2010-04-01/Accounts/{account}/Addresses.json", |call, visit, session| {
        addresses::list(call.request, visit, session)
    }),
    ("GET", "/2010-04-01/Accounts/{account}/Addresses/{sid}.json", |call, visit, session| {
        addresses::fetch(call, visit, session)
    }),
    ("POST", "/2010-04-01/Accounts/{account}/Addresses/{sid}.json", addresses::update),
    ("DELETE", "/2010-04-01/Accounts/{account}/Addresses/{sid}.json", addresses::delete),
    ("GET", "/2010-04-01/Accounts/{account}/Balance.json", |_, visit, session| accounts::balance(visit, session)),
    ("POST", "/2010-04-01/Accounts.json", |call, visit, session| accounts::create(call.request, visit, session)),
    ("GET", "/2010-04-01/Accounts.json", |call, visit, session| accounts::list(call.request, visit, session)),
    ("GET", "/2010-04-01/Accounts/{sid}.json", |call, visit, session| accounts::fetch(call, visit, session)),
    ("POST", "/2010-04-01/Accounts/{sid}.json", accounts::update),
    ("GET", "/v1/PhoneNumbers/Countries", |call, _, session| pricing::countries(call, session)),
    ("GET", "/v1/PhoneNumbers/Countries/{country}", |call, _, session| pricing::country(call, session)),
]);

fn form() -> Form {
    Form {
        fields: vec!["number", "area_code"],
        seed: PurchaseRequest { number: Some("+18089251571".into()), ..PurchaseRequest::default() },
    }
}

fn answer(request: &Request, session: &mut Session<'_>) -> Response {
    let visit = match visit::of(request, session) {
        Ok(visit) => visit,
        Err(refusal) => return refusal,
    };
    match ROUTES.find(request) {
        Found::Here(handler, call) => {
            let account = call.named("account").to_owned();
            if visit.is_test && !is_purchase(request) {
                return status::test_credentials();
            }
            let visit = if account.is_empty() { Ok(visit) } else { visit.at(&account, session) };
            match visit {
                Ok(visit) => handler(&call, &visit, session),
                Err(refusal) => refusal,
            }
        }
        Found::OtherMethods(allow) => allow.told_by(status::method_not_allowed()),
        Found::Nowhere => status::not_found(&request.path),
    }
}

/// The one call that test credentials may make.
fn is_purchase(request: &Request) -> bool {
    let segments = request.segments();
    let last = segments.get(3..).unwrap_or_default();
    request.method == "POST" && last == ["IncomingPhoneNumbers.json"]
}

fn purchase_request(credentials: &Credentials, request: &PurchaseRequest) -> Request {
    let field = |name| credentials.get(name).map_or("", String::as_str);
    let path = format!("/twilio/2010-04-01/Accounts/{}/IncomingPhoneNumbers.json", field("account_sid"));
    let PurchaseForm { phone_number, area_code } = PurchaseForm::from(request);
    let form = [("PhoneNumber", phone_number), ("AreaCode", area_code)];
    Request::to("POST", path)
        .with("authorization", auth::basic_header(field("account_sid"), field("auth_token")))
        .with_form(form.into_iter().filter_map(|(name, value)| Some((name, value?))))
}

fn purchase_reply(response: &Response) -> PurchaseReply {
    let Body::Json(body) = &response.body else { return PurchaseReply::Unclear };
    if response.status == 201 {
        let number = body.get("phone_number").and_then(|number| number.as_str());
        return number.map_or(PurchaseReply::Unclear, |number| PurchaseReply::Bought { number: number.to_owned() });
    }
    match read::<ErrorBody>(body.clone()) {
        Some(ErrorBody { code: 21649, .. }) => PurchaseReply::KycRequired,
        Some(ErrorBody { code, .. }) if response.status < 500 => PurchaseReply::Refused { code: code.to_string() },
        // A 500 does not say whether the number was bought.
        Some(_) | None => PurchaseReply::Unclear,
    }
}
