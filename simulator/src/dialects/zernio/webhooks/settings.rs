//! `/v1/webhooks/settings` and `/v1/webhooks/test`: a customer's endpoints.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::status;
use crate::http::{Request, Response};
use crate::kit::json::{instant, non_null, read_object, to_json};
use crate::retailer::{Caller, Session};
use crate::world::{DeliveryStatus, Endpoint, EndpointId, EndpointSettings, Secret};

/// How many endpoints one user has at the most.
const ENDPOINTS_MAX: usize = 10;

/// How long a name is at the most, in characters.
const NAME_MAX: usize = 50;

/// An endpoint as it is sent. Fields that are not named here are passed over.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Sent {
    #[serde(rename = "_id", deserialize_with = "non_null")]
    id: Option<String>,
    #[serde(deserialize_with = "non_null")]
    webhook_id: Option<String>,
    #[serde(deserialize_with = "non_null")]
    name: Option<String>,
    #[serde(deserialize_with = "non_null")]
    url: Option<String>,
    #[serde(deserialize_with = "non_null")]
    secret: Option<Secret>,
    #[serde(deserialize_with = "non_null")]
    events: Option<Vec<String>>,
    #[serde(deserialize_with = "non_null")]
    is_active: Option<bool>,
    #[serde(deserialize_with = "non_null")]
    custom_headers: Option<BTreeMap<String, String>>,
}

/// An endpoint as it is shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Webhook<'a> {
    #[serde(rename = "_id")]
    id: &'a EndpointId,
    name: &'a str,
    url: &'a str,
    events: &'a [String],
    is_active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_fired_at: Option<String>,
    failure_count: u32,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    custom_headers: &'a BTreeMap<String, String>,
}

pub(in super::super) fn list(caller: &Caller, session: &Session<'_>) -> Response {
    let webhooks: Vec<Webhook<'_>> = session.endpoints(&caller.account).into_iter().map(render).collect();
    Response::json(200, json!({ "webhooks": to_json(webhooks) }))
}

pub(in super::super) fn create(request: &Request, caller: &Caller, session: &mut Session<'_>) -> Response {
    let sent: Sent = match read_object(&request.body) {
        Ok(sent) => sent,
        Err(unreadable) => return status::unreadable(unreadable),
    };
    for (field, is_there) in
        [("name", sent.name.is_some()), ("url", sent.url.is_some()), ("events", sent.events.is_some())]
    {
        if !is_there {
            return status::bad_request(format!("{field} is required"), json!({ "field": field }));
        }
    }
    let settings = match changed(EndpointSettings { is_active: true, ..EndpointSettings::default() }, sent) {
        Ok(settings) => settings,
        Err(refusal) => return refusal,
    };
    if ENDPOINTS_MAX <= session.endpoints(&caller.account).len() {
        return status::bad_request("Maximum of 10 webhooks reached", json!({ "limit": ENDPOINTS_MAX }));
    }
    saved(session.register_endpoint(&caller.account, settings))
}

pub(in super::super) fn update(request: &Request, caller: &Caller, session: &mut Session<'_>) -> Response {
    let sent: Sent = match read_object(&request.body) {
        Ok(sent) => sent,
        Err(unreadable) => return status::unreadable(unreadable),
    };
    let Some(id) = sent.webhook_id.clone().or_else(|| sent.id.clone()).filter(|id| !id.is_empty()) else {
        return status::bad_request("webhookId is required", json!({ "field": "webhookId" }));
    };
    let id = EndpointId::from(id);
    let Some(before) = session.endpoint(&caller.account, &id) else { return no_webhook() };
    match changed(before.settings.clone(), sent) {
        Ok(settings) => saved(session.change_endpoint(&caller.account, &id, settings)),
        Err(refusal) => refusal,
    }
}

pub(in super::super) fn remove(request: &Request, caller: &Caller, session: &mut Session<'_>) -> Response {
    let id = request.query("webhookId").or_else(|| request.query("id")).filter(|id| !id.is_empty());
    let Some(id) = id else {
        return status::bad_request("webhookId is required", json!({ "field": "webhookId" }));
    };
    match session.remove_endpoint(&caller.account, &EndpointId::from(id)) {
        true => Response::json(200, json!({ "success": true })),
        false => no_webhook(),
    }
}

pub(in super::super) fn test(request: &Request, caller: &Caller, session: &mut Session<'_>) -> Response {
    let sent: Sent = match read_object(&request.body) {
        Ok(sent) => sent,
        Err(unreadable) => return status::unreadable(unreadable),
    };
    let Some(id) = sent.webhook_id.filter(|id| !id.is_empty()) else {
        return status::bad_request("webhookId is required", json!({ "field": "webhookId" }));
    };
    let Some(delivery) = session.test_endpoint(&caller.account, &EndpointId::from(id)) else { return no_webhook() };
    match delivery.status {
        // Nobody waits for the endpoint here: the logs tell how it ended.
        DeliveryStatus::Pending { .. } | DeliveryStatus::Delivered { .. } => {
            Response::json(200, json!({ "success": true, "message": "Test webhook sent successfully" }))
        }
        DeliveryStatus::Failed { .. } | DeliveryStatus::NotSent { .. } => {
            Response::json(500, json!({ "success": false, "message": "Test webhook failed" }))
        }
    }
}

/// The settings with what was sent; the answer if something of that cannot be.
fn changed(before: EndpointSettings, sent: Sent) -> Result<EndpointSettings, Response> {
    if sent.name.as_ref().is_some_and(|name| name.is_empty() || NAME_MAX < name.chars().count()) {
        return Err(status::bad_request("name must be 1 to 50 characters", json!({ "field": "name" })));
    }
    let url = sent.url.map(|url| url.trim().to_owned());
    if url.as_ref().is_some_and(|url| !is_url(url)) {
        return Err(status::bad_request("url must be a valid URL", json!({ "field": "url" })));
    }
    if sent.events.as_ref().is_some_and(Vec::is_empty) {
        return Err(status::bad_request("At least one event is required", json!({ "field": "events" })));
    }
    if let Some(unknown) = sent.events.iter().flatten().find(|event| !is_event(event)) {
        return Err(status::bad_request("Invalid event", json!({ "field": "events", "event": unknown })));
    }
    let headers = sent.custom_headers.unwrap_or(before.headers);
    if let Some(header) = EndpointSettings::wrong_header(&headers) {
        return Err(status::bad_request(
            "Invalid custom header",
            json!({ "field": "customHeaders", "header": header }),
        ));
    }
    // An empty secret is none.
    let secret = sent.secret.or(before.secret).filter(|Secret(secret)| !secret.is_empty());
    Ok(EndpointSettings {
        name: sent.name.unwrap_or(before.name),
        url: url.unwrap_or(before.url),
        secret,
        events: sent.events.unwrap_or(before.events),
        headers,
        is_active: sent.is_active.unwrap_or(before.is_active),
    })
}

fn is_url(text: &str) -> bool {
    let uri: Option<::http::Uri> = text.parse().ok();
    let is_web = |scheme: &str| ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    uri.is_some_and(|uri| uri.scheme_str().is_some_and(is_web) && uri.host().is_some_and(|host| !host.is_empty()))
}

/// Whether it looks like one of Zernio's events, most of which are not about numbers: `post.published`.
fn is_event(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    text.contains('.') && text.split('.').all(is_word)
}

fn saved(endpoint: Option<&Endpoint>) -> Response {
    let Some(endpoint) = endpoint else { return no_webhook() };
    Response::json(200, json!({ "success": true, "webhook": to_json(render(endpoint)) }))
}

fn render(endpoint: &Endpoint) -> Webhook<'_> {
    Webhook {
        id: &endpoint.id,
        name: &endpoint.settings.name,
        url: &endpoint.settings.url,
        events: &endpoint.settings.events,
        is_active: endpoint.settings.is_active,
        last_fired_at: endpoint.last_delivered_at.map(instant),
        failure_count: endpoint.failures,
        custom_headers: &endpoint.settings.headers,
    }
}

fn no_webhook() -> Response {
    status::error(404, "Webhook not found")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_and_events_are_told_from_other_texts() {
        assert!(["http://a", "https://example.com/x?y", "HTTP://127.0.0.1:1"].into_iter().all(is_url));
        assert!(!["", "a", "/x", "ftp://a", "http://", "mailto:a@b.c"].into_iter().any(is_url));
        assert!(["post.published", "whatsapp.number.kyc_submitted"].into_iter().all(is_event));
        assert!(!["", ".", "post", "post.", "Post.published", "a b.c"].into_iter().any(is_event));
    }
}
