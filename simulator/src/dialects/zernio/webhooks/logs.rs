//! `GET /v1/webhooks/logs`: every attempt to deliver, the newest first.

use serde::Serialize;
use serde_json::{Value, json};

use super::super::status;
use crate::http::{Request, Response};
use crate::kit::json::{instant, to_json};
use crate::kit::paging::Part;
use crate::retailer::{Caller, Session};
use crate::world::{Attempt, AttemptOutcome, Delivery, Endpoint, EndpointId};

/// How long attempts are shown.
const KEPT_S: u32 = 30 * 86_400;

const LIMIT_DEFAULT: usize = 50;
const LIMIT_MAX: usize = 100;
const SKIP_MAX: usize = 10_000;

/// One attempt.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    user_id: &'a str,
    webhook_id: &'a EndpointId,
    webhook_name: &'a str,
    event_id: &'a str,
    event: &'a str,
    url: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code: Option<u16>,
    request_payload: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_body: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<String>,
    attempt_number: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_time: Option<u64>,
    created_at: String,
}

pub(in super::super) fn logs(request: &Request, caller: &Caller, session: &Session<'_>) -> Response {
    let bounds = bounds(request, "limit", (1, LIMIT_DEFAULT, LIMIT_MAX))
        .and_then(|limit| Ok((limit, bounds(request, "skip", (0, 0, SKIP_MAX))?)));
    let (limit, skip) = match bounds {
        Ok(bounds) => bounds,
        Err(refusal) => return refusal,
    };
    let wanted = request.query("status");
    if let Some(unknown) = wanted.as_deref().filter(|wanted| !["success", "failed"].contains(wanted)) {
        return status::bad_request("Invalid status", json!({ "status": unknown }));
    }
    let fits = |name: &str, found: &str| request.query(name).is_none_or(|wanted| wanted == found);
    let oldest = session.now().plus_millis(i64::from(KEPT_S).saturating_mul(-1000));
    let deliveries = session.deliveries(&caller.account);
    let mut attempts: Vec<(&Delivery, usize, &Attempt)> = deliveries
        .into_iter()
        .filter(|delivery| {
            fits("event", &delivery.event)
                && fits("eventId", &delivery.message)
                && fits("webhookId", delivery.endpoint.as_str())
        })
        .flat_map(|delivery| (1..).zip(&delivery.attempts).map(move |(number, attempt)| (delivery, number, attempt)))
        .filter(|(_, _, attempt)| oldest <= attempt.at && fits("status", outcome(&attempt.outcome)))
        .collect();
    attempts.reverse();
    attempts.sort_by_key(|(_, _, attempt)| std::cmp::Reverse(attempt.at));
    let total = attempts.len();
    let endpoints = session.endpoints(&caller.account);
    let part = Part { skip, take: limit };
    let logs: Vec<Log<'_>> = part.of(attempts.into_iter().map(|attempt| render(attempt, &endpoints)));
    let pagination = json!({
        "total": total,
        "limit": limit,
        "skip": skip,
        "pages": total.div_ceil(limit),
        "hasMore": part.has_more(total),
    });
    Response::json(200, json!({ "logs": to_json(logs), "pagination": pagination }))
}

fn render<'a>((delivery, number, attempt): (&'a Delivery, usize, &'a Attempt), endpoints: &[&'a Endpoint]) -> Log<'a> {
    let (code, answer, took, problem) = match &attempt.outcome {
        AttemptOutcome::Answered { code, answer, took_ms } if attempt.outcome.is_taken() => {
            (Some(*code), Some(answer.as_str()), Some(*took_ms), None)
        }
        AttemptOutcome::Answered { code, answer, took_ms } => {
            (Some(*code), Some(answer.as_str()), Some(*took_ms), Some(format!("HTTP {code}")))
        }
        AttemptOutcome::Unanswered { reason } => (None, None, None, Some(reason.clone())),
    };
    let endpoint = endpoints.iter().find(|endpoint| endpoint.id == delivery.endpoint);
    Log {
        user_id: delivery.account.as_str(),
        webhook_id: &delivery.endpoint,
        webhook_name: endpoint.map_or("", |endpoint| endpoint.settings.name.as_str()),
        event_id: &delivery.message,
        event: &delivery.event,
        url: &attempt.url,
        status: outcome(&attempt.outcome),
        status_code: code,
        request_payload: serde_json::from_str(&delivery.body).unwrap_or_default(),
        response_body: answer,
        error_message: problem,
        attempt_number: number,
        response_time: took,
        created_at: instant(attempt.at),
    }
}

fn outcome(outcome: &AttemptOutcome) -> &'static str {
    if outcome.is_taken() { "success" } else { "failed" }
}

/// A number of the query within its bounds; the answer if it is none.
fn bounds(request: &Request, name: &str, (min, otherwise, max): (usize, usize, usize)) -> Result<usize, Response> {
    let Some(text) = request.query(name) else { return Ok(otherwise) };
    let number = text.parse().ok().filter(|number| (min..=max).contains(number));
    number.ok_or_else(|| status::bad_request(format!("{name} must be {min} to {max}"), json!({ "field": name })))
}
