//! What is served, and where.

use super::{SHOP, catalogue, kyc, numbers, profiles, webhooks};
use crate::http::Response;
use crate::kit::routes::{Call, Routes};
use crate::retailer::{Caller, Session};

/// What answers a call.
#[derive(Clone, Copy)]
pub(super) enum Handler {
    /// For everybody.
    Open(fn(&Call<'_>, &mut Session<'_>) -> Response),
    /// For those with a key.
    WithKey(fn(&Call<'_>, &Caller, &mut Session<'_>) -> Response),
}

use Handler::{Open, WithKey};

/// The newer document leaves `whatsapp` out.
pub(super) static ROUTES: Routes<Handler> = Routes::spelt(
    &[("/v1/phone-numbers", "/v1/whatsapp/phone-numbers")],
    &[
        (
            "POST",
            "/v1/whatsapp/phone-numbers/purchase",
            WithKey(|call, caller, session| numbers::purchase(call.request, caller, session)),
        ),
        (
            "GET",
            "/v1/whatsapp/phone-numbers",
            WithKey(|call, caller, session| numbers::list(call.request, caller, session)),
        ),
        (
            "GET",
            "/v1/whatsapp/phone-numbers/{id}",
            WithKey(|call, caller, session| numbers::get(call.named("id"), caller, session)),
        ),
        (
            "DELETE",
            "/v1/whatsapp/phone-numbers/{id}",
            WithKey(|call, caller, session| numbers::release(call.named("id"), caller, session)),
        ),
        ("GET", "/v1/whatsapp/phone-numbers/countries", WithKey(|_, _, _| catalogue::countries(&SHOP))),
        (
            "GET",
            "/v1/whatsapp/phone-numbers/available",
            WithKey(|call, _, session| catalogue::available(call.request, session, &SHOP)),
        ),
        (
            "GET",
            "/v1/whatsapp/phone-numbers/availability",
            WithKey(|call, _, session| catalogue::availability(call.request, session, &SHOP)),
        ),
        (
            "GET",
            "/v1/whatsapp/phone-numbers/kyc",
            WithKey(|call, caller, session| kyc::form(call.request, caller, session)),
        ),
        (
            "POST",
            "/v1/whatsapp/phone-numbers/kyc",
            WithKey(|call, caller, session| kyc::submit(call.request, caller, session)),
        ),
        (
            "POST",
            "/v1/whatsapp/phone-numbers/kyc/upload-document",
            WithKey(|call, caller, session| kyc::upload(call.request, caller, session)),
        ),
        (
            "POST",
            "/v1/whatsapp/phone-numbers/kyc/validate-address",
            WithKey(|call, _, session| kyc::validate(call.request, session)),
        ),
        (
            "GET",
            "/v1/whatsapp/phone-numbers/{id}/remediate",
            WithKey(|call, caller, session| kyc::flagged(call.named("id"), caller, session)),
        ),
        ("POST", "/v1/whatsapp/phone-numbers/{id}/remediate", WithKey(kyc::remediate)),
        ("POST", "/v1/whatsapp/phone-numbers/{id}/remediate/reply", WithKey(kyc::reply)),
        ("GET", "/v1/profiles", WithKey(|_, caller, session| profiles::list(caller, session))),
        ("POST", "/v1/profiles", WithKey(|call, caller, session| profiles::create(call.request, caller, session))),
        ("GET", "/v1/webhooks/settings", WithKey(|_, caller, session| webhooks::list(caller, session))),
        (
            "POST",
            "/v1/webhooks/settings",
            WithKey(|call, caller, session| webhooks::create(call.request, caller, session)),
        ),
        (
            "PUT",
            "/v1/webhooks/settings",
            WithKey(|call, caller, session| webhooks::update(call.request, caller, session)),
        ),
        (
            "DELETE",
            "/v1/webhooks/settings",
            WithKey(|call, caller, session| webhooks::remove(call.request, caller, session)),
        ),
        ("POST", "/v1/webhooks/test", WithKey(|call, caller, session| webhooks::test(call.request, caller, session))),
        ("GET", "/v1/webhooks/logs", WithKey(|call, caller, session| webhooks::logs(call.request, caller, session))),
        ("GET", "/kyc/{country}", Open(kyc::show)),
        ("POST", "/kyc/{country}", Open(kyc::send)),
        ("GET", "/identity/{case}", Open(kyc::identity)),
        ("POST", "/identity/{case}", Open(kyc::identify)),
    ],
);
