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

use std::collections::BTreeMap;
use std::sync::LazyLock;

use form_urlencoded::Serializer;
use ringup_core::{E164, OfferedNumber, PhoneNumber, PurchaseId, PurchaseRequest, Shop, policies};

use crate::dialect::{Credentials, Dialect, Form, Opening, PurchaseReply, Scenario, Situation, System};
use crate::dialects::{open_shop, read_scenarios};
use crate::http::{Body, Request, Response};
use crate::kit::json::{read, written};
use crate::retailer::{Caller, Retailer};
use wire::{BoughtNumber, Done, ErrorBody, PurchaseBody};

/// Sondos's wire.
pub(super) struct Sondos;

static SHOP: LazyLock<Shop> = LazyLock::new(|| open_shop(policies::SONDOS));

/// What a path means.
#[derive(Clone, Copy)]
enum Endpoint<'a> {
    Purchase,
    Search,
    /// All numbers of the account.
    All,
    /// The older list.
    Legacy,
    SipTrunks,
    /// One number, by its id.
    Number(&'a str),
    /// The numbers that an assistant can be given.
    Assistants,
    /// The user.
    Me,
}

impl Dialect for Sondos {
    fn system(&self) -> System {
        System { id: "sondos", shop: &SHOP, purchase_id, webhooks: None }
    }

    fn base(&self) -> &'static str {
        "/api"
    }

    fn shop_json(&self) -> &'static str {
        policies::SONDOS
    }

    fn form(&self) -> Form {
        Form {
            fields: vec!["number"],
            seed: PurchaseRequest { number: Some("+14155551234".into()), ..PurchaseRequest::default() },
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
        let path = request.path.split('?').next().unwrap_or_default();
        let Some(endpoint) = endpoint(&segments) else { return status::no_route(path) };
        let allowed = endpoint.methods();
        if !allowed.contains(&request.method.as_str()) {
            return status::method_not_allowed(&request.method, path, allowed);
        }
        match caller(request, retailer) {
            Some(caller) => endpoint.answer(request, &caller, retailer),
            None => status::unauthenticated(),
        }
    }

    fn too_large(&self, message: &str) -> Response {
        status::too_large(message)
    }

    fn preparation(&self, credentials: &Credentials, request: &PurchaseRequest) -> Vec<Request> {
        let number = request.number.as_deref().and_then(|text| text.parse::<E164>().ok());
        number.and_then(|number| search_for(credentials, number)).into_iter().collect()
    }

    fn purchase_request(&self, credentials: &Credentials, request: &PurchaseRequest) -> Request {
        let mut headers = authorization(credentials);
        headers.insert("content-type".into(), "application/json".into());
        Request {
            method: "POST".into(),
            path: "/sondos/api/user/phone-numbers/purchase".into(),
            headers,
            body: written(PurchaseBody::from(request)).to_string().into(),
        }
    }

    fn purchase_reply(&self, response: &Response) -> PurchaseReply {
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

    fn scenarios(&self) -> Vec<Scenario> {
        read_scenarios(include_str!("scenarios.json"))
    }
}

/// A purchase's name.
#[expect(clippy::expect_used, reason = "a prefix and hexadecimal digits are an identifier")]
fn purchase_id(entropy: u128) -> PurchaseId {
    // A subscription is what a purchase makes here. The wire knows only the integers of `ids.rs`.
    format!("sub_{entropy:032x}").parse().expect("a prefix and hexadecimal digits are an identifier")
}

fn endpoint<'a>(segments: &[&'a str]) -> Option<Endpoint<'a>> {
    Some(match *segments {
        ["user", "me"] => Endpoint::Me,
        ["user", "assistants", "phone-numbers"] => Endpoint::Assistants,
        ["user", "phone-numbers"] => Endpoint::Legacy,
        ["user", "phone-numbers", "purchase"] => Endpoint::Purchase,
        ["user", "phone-numbers", "search"] => Endpoint::Search,
        ["user", "phone-numbers", "all"] => Endpoint::All,
        ["user", "phone-numbers", "sip-trunks"] => Endpoint::SipTrunks,
        ["user", "phone-numbers", id] => Endpoint::Number(id),
        _ => return None,
    })
}

impl Endpoint<'_> {
    const fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Purchase => &["POST"],
            Self::Number(_) => &["PUT", "DELETE"],
            Self::Search | Self::All | Self::Legacy | Self::SipTrunks | Self::Assistants | Self::Me => &["GET"],
        }
    }

    fn answer(self, request: &Request, caller: &Caller, retailer: &mut Retailer<'_>) -> Response {
        match self {
            Self::Purchase => purchase::purchase(request, caller, retailer),
            Self::Search => purchase::search(request, caller, retailer, &SHOP),
            Self::All => held::all(caller, retailer),
            Self::Legacy => held::legacy(caller, retailer),
            Self::SipTrunks => held::sip_trunks(),
            Self::Number(id) if request.method == "DELETE" => held::release(id, caller, retailer),
            Self::Number(id) => held::rename(id, request, caller, retailer),
            Self::Assistants => held::for_assistants(request, caller, retailer),
            Self::Me => held::user(caller, retailer),
        }
    }
}

/// The search that a client makes before it buys this number; none if no country has it.
fn search_for(credentials: &Credentials, number: E164) -> Option<Request> {
    let country = PhoneNumber::parse(&number.to_string(), None).ok()?.country()?;
    let national = number.national_digits();
    let contains = national.get(national.len().saturating_sub(purchase::CONTAINS_MAX)..)?;
    let mut query = Serializer::new(String::new());
    let query = query.append_pair("country_code", &country.to_string()).append_pair("contains", contains).finish();
    Some(Request {
        method: "GET".into(),
        path: format!("/sondos/api/user/phone-numbers/search?{query}"),
        headers: authorization(credentials),
        body: Vec::new(),
    })
}

fn authorization(credentials: &Credentials) -> BTreeMap<String, String> {
    let key = credentials.get("api_key").map_or("", String::as_str);
    BTreeMap::from([("authorization".to_owned(), format!("Bearer {key}"))])
}

/// Whose key the request carries: `Authorization: Bearer KEY`.
fn caller(request: &Request, retailer: &Retailer<'_>) -> Option<Caller> {
    let (scheme, key) = request.header("authorization")?.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| retailer.caller(key.trim()))?
}
