//! What is served, and where.

use super::{SHOP, catalogue, kyc, numbers, profiles, webhooks};
use crate::http::Response;
use crate::kit::routes::{Call, Routes};
use crate::retailer::{Caller, Retailer};

/// What answers a call.
#[derive(Clone, Copy)]
pub(super) enum Handler {
    /// For everybody.
    Open(fn(&Call<'_>) -> Response),
    /// For those with a key.
    WithKey(fn(&Call<'_>, &Caller, &mut Retailer<'_>) -> Response),
}

use Handler::{Open, WithKey};

/// The newer document leaves `whatsapp` out.
pub(super) static ROUTES: Routes<Handler> = Routes::spelt(
    &[("/v1/phone-numbers", "/v1/whatsapp/phone-numbers")],
    &[
        (
            "POST",
            "/v1/whatsapp/phone-numbers/purchase",
            WithKey(|call, caller, retailer| numbers::purchase(call.request, caller, retailer)),
        ),
        (
            "GET",
            "/v1/whatsapp/phone-numbers",
            WithKey(|call, caller, retailer| numbers::list(call.request, caller, retailer)),
        ),
        (
            "GET",
            "/v1/whatsapp/phone-numbers/{id}",
            WithKey(|call, caller, retailer| numbers::get(call.named("id"), caller, retailer)),
        ),
        (
            "DELETE",
            "/v1/whatsapp/phone-numbers/{id}",
            WithKey(|call, caller, retailer| numbers::release(call.named("id"), caller, retailer)),
        ),
        ("GET", "/v1/whatsapp/phone-numbers/countries", WithKey(|_, _, _| catalogue::countries(&SHOP))),
        (
            "GET",
            "/v1/whatsapp/phone-numbers/available",
            WithKey(|call, _, retailer| catalogue::available(call.request, retailer, &SHOP)),
        ),
        (
            "GET",
            "/v1/whatsapp/phone-numbers/availability",
            WithKey(|call, _, retailer| catalogue::availability(call.request, retailer, &SHOP)),
        ),
        (
            "GET",
            "/v1/whatsapp/phone-numbers/kyc",
            WithKey(|call, caller, retailer| kyc::form(call.request, caller, retailer)),
        ),
        (
            "POST",
            "/v1/whatsapp/phone-numbers/kyc",
            WithKey(|call, caller, retailer| kyc::submit(call.request, caller, retailer)),
        ),
        (
            "POST",
            "/v1/whatsapp/phone-numbers/kyc/upload-document",
            WithKey(|call, caller, retailer| kyc::upload(call.request, caller, retailer)),
        ),
        (
            "POST",
            "/v1/whatsapp/phone-numbers/kyc/validate-address",
            WithKey(|call, _, retailer| kyc::validate(call.request, retailer)),
        ),
        (
            "GET",
            "/v1/whatsapp/phone-numbers/{id}/remediate",
            WithKey(|call, caller, retailer| kyc::flagged(call.named("id"), caller, retailer)),
        ),
        ("POST", "/v1/whatsapp/phone-numbers/{id}/remediate", WithKey(kyc::remediate)),
        ("GET", "/v1/profiles", WithKey(|_, caller, retailer| profiles::list(caller, retailer))),
        ("POST", "/v1/profiles", WithKey(|call, caller, retailer| profiles::create(call.request, caller, retailer))),
        ("GET", "/v1/webhooks/settings", WithKey(|_, caller, retailer| webhooks::list(caller, retailer))),
        (
            "POST",
            "/v1/webhooks/settings",
            WithKey(|call, caller, retailer| webhooks::create(call.request, caller, retailer)),
        ),
        (
            "PUT",
            "/v1/webhooks/settings",
            WithKey(|call, caller, retailer| webhooks::update(call.request, caller, retailer)),
        ),
        (
            "DELETE",
            "/v1/webhooks/settings",
            WithKey(|call, caller, retailer| webhooks::remove(call.request, caller, retailer)),
        ),
        ("POST", "/v1/webhooks/test", WithKey(|call, caller, retailer| webhooks::test(call.request, caller, retailer))),
        ("GET", "/v1/webhooks/logs", WithKey(|call, caller, retailer| webhooks::logs(call.request, caller, retailer))),
        ("GET", "/kyc/{country}", Open(|call| kyc::page(call.named("country")))),
    ],
);
