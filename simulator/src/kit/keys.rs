//! Idempotency keys over HTTP, as a policy's `idempotency.http` says: where a request has its key, and how a repeat is told.

use ringup_core::shop::{KeyHttp, KeyLocation, UnfinishedAnswer};
use serde_json::Value;

use crate::http::{Request, Response};
use crate::retailer::Purchased;

/// What a request under a key turned out to be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Attempt {
    /// It was carried out now.
    First,
    /// It repeats one that has not ended.
    Unfinished,
    /// It repeats one that has ended.
    Repeated,
}

impl Attempt {
    /// What this request was.
    #[must_use]
    pub fn of(purchased: &Purchased) -> Self {
        match (purchased.repeated, purchased.purchase.is_settled()) {
            (false, _) => Self::First,
            (true, false) => Self::Unfinished,
            (true, true) => Self::Repeated,
        }
    }
}

/// Takes the key out of a request: what is left is the request that a repeat must equal.
#[must_use]
pub fn take(request: &Request, http: &KeyHttp) -> (Option<String>, Request) {
    match http.location {
        KeyLocation::Header => {
            let key = request.header(&http.name.to_ascii_lowercase()).map(str::to_owned);
            (key, request.clone())
        }
        KeyLocation::Body => {
            let mut left = request.clone();
            let Ok(Value::Object(mut body)) = serde_json::from_slice(&request.body) else { return (None, left) };
            let key = match body.remove(&http.name) {
                Some(Value::String(key)) => Some(key),
                // What is no text stays where it is, for the reader of the body to refuse.
                Some(_) | None => return (None, left),
            };
            left.body = Value::Object(body).to_string().into_bytes();
            (key, left)
        }
    }
}

/// The answer that the policy has for a repeat of what has not ended.
#[must_use]
pub fn unfinished(http: &KeyHttp, attempt: Attempt) -> Option<UnfinishedAnswer> {
    http.unfinished.filter(|_| attempt == Attempt::Unfinished)
}

/// The answer with the header that tells a repeat from a first attempt.
#[must_use]
pub fn told(response: Response, http: &KeyHttp, attempt: Attempt) -> Response {
    let Some(header) = &http.replayed else { return response };
    let value = match attempt {
        Attempt::First => header.first.as_ref(),
        Attempt::Unfinished => header.unfinished.as_ref(),
        Attempt::Repeated => Some(&header.repeated),
    };
    match value {
        Some(value) => response.with(header.name.to_ascii_lowercase(), value.clone()),
        None => response,
    }
}
